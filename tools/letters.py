"""Learns how newspapers write Arabic names in Latin letters, and writes crates/musnad/src/ar/entities/letters.tsv.

Reads the project's own tables (people, places, given names, surnames): pairs of a word in Arabic letters and one in Latin letters. Each
Arabic letter is aligned with none to four Latin letters (expectation maximisation, which begins from a sound table), then the commonest Latin
letters of each letter are counted by the letters around it, apart for Arabic names (a) and foreign ones (f). What a longer context says
like the shorter one is left out. Rows of people.tsv whose number in the file is a multiple of five are left out: the tests measure on them.

Usage: python3 tools/letters.py
"""
import collections
import math
import os
import re
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(__file__))
from fold import DROPPED

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "crates/musnad-lexicon/data/ar")
OUT = os.path.join(ROOT, "crates/musnad/src/ar/entities/letters.tsv")
ARAB = set("SAU ARE KWT QAT BHR OMN YEM IRQ SYR LBN JOR PSE EGY SDN LBY TUN DZA MAR MRT SOM DJI COM ESH".split())
SOUNDS = {
    "ا": "a aa e i o u ", "أ": "a aa e o u", "إ": "i e ei ai ey a", "آ": "a aa", "ب": "b p bb", "ت": "t tt", "ث": "th t s", "ج": "j g dj zh gg", "ح": "h", "خ": "kh h x j ch", "د": "d dd",
    "ذ": "dh th d z", "ر": "r rr", "ز": "z s zz", "س": "s ss c z x sc", "ش": "sh ch sch s", "ص": "s ss", "ض": "d dh", "ط": "t tt",
    "ظ": "z dh", "ع": " a i e", "غ": "gh g gg gu", "ف": "f v ff ph w", "ق": "q k g c gh", "ك": "k c ck g ch q x kk cc", "ل": "l ll",
    "م": "m mm", "ن": "n nn", "ه": "h a e", "و": "w u o ou oo v uu au", "ي": "y i e ee ei ai ay ey iy j", "ى": "a i y", "ة": "a ah e eh at",
    "ئ": " i e y ie", "ؤ": " o u", "ء": " a", "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g", "^": " ",
}
VOWELS = ["", "a", "e", "i", "o", "u", "ou"]


def fold(word):
    """Without vowel signs and the like; the alefs keep their hamza, which tells i from a."""
    return DROPPED.sub("", word).lower()


def latin(text):
    text = text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ß", "ss").replace("æ", "ae")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z \-]", "", text.lower())


def rows(name):
    number = -1
    for line in open(os.path.join(DATA, name + ".tsv"), encoding="utf-8"):
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if number < 0:
            header, number = cells, 0
            continue
        yield number, dict(zip(header, cells))
        number += 1


def pairs():
    """(mode, Arabic word, Latin word, weight)."""
    for table, weight in (("people", 6), ("places", 1)):
        for number, row in rows(table):
            if table == "people" and number % 5 == 0:
                continue
            mode = "a" if row["iso3"] in ARAB else "f"
            arabic = [fold(w) for w in row["name"].lstrip("?").split()]
            english = latin(row["en"])
            english = re.sub(r"\b(al|el|ad|as|ash|an|ar|at)[ -](?=[a-z])", "al-", english).split()
            if len(arabic) != len(english):
                english = [w for e in english for w in ([e] if e.startswith("al-") else e.split("-"))]
            if len(arabic) == len(english):
                for a, e in zip(arabic, english):
                    yield mode, a, e, weight
    for table in ("given_names", "surnames"):
        for _, row in rows(table):
            if row["en"] and " " not in row["en"]:
                yield "a", fold(row["name"]), latin(row["en"]), 1


def usable():
    for mode, a, e, weight in pairs():
        if a.startswith("ال") and len(a) > 4 and e.startswith("al"):
            e = e.removeprefix("al-") if e.startswith("al-") else e[2:]
            a = a[2:]
        e = e.replace("-", "").replace(" ", "")
        if 2 <= len(a) <= 14 and 2 <= len(e) <= 18 and all(c in SOUNDS for c in a):
            yield mode, "^" + a, e, weight


def chunks():
    out = {}
    for c, sounds in SOUNDS.items():
        for s in sounds.split(" "):
            for v in [""] if c == "^" else VOWELS + ["ia", "ea", "ai", "ie", "ue"]:
                if len(s + v) <= 4:
                    out.setdefault(c, {})[s + v] = (0.3 if v else 1.0) if s else 0.5
    return out


def normal(table):
    return {c: {k: v / sum(t.values()) for k, v in t.items()} for c, t in table.items()}


def align(a, e, probs):
    best = [[(-1e9, None)] * (len(e) + 1) for _ in range(len(a) + 1)]
    best[0][0] = (0.0, None)
    for i, c in enumerate(a):
        for j in range(len(e) + 1):
            score = best[i][j][0]
            if score < -1e8:
                continue
            for n in range(0, min(4, len(e) - j) + 1):
                p = probs[c].get(e[j:j + n])
                if p and score + math.log(p) > best[i + 1][j + n][0]:
                    best[i + 1][j + n] = (score + math.log(p), j)
    if best[len(a)][len(e)][0] < -1e8:
        return None
    parts, j = [], len(e)
    for i in range(len(a), 0, -1):
        k = best[i][j][1]
        parts.append(e[k:j])
        j = k
    return parts[::-1]


def main():
    words = list(usable())
    probs = normal(chunks())
    for step in range(5):
        counts = collections.defaultdict(collections.Counter)
        aligned = []
        for mode, a, e, weight in words:
            parts = align(a, e, probs)
            if parts and (step == 0 or sum(math.log(probs[c][p]) for c, p in zip(a, parts)) / len(a) > -3.0):
                aligned.append((mode, a, parts, weight))
                for c, p in zip(a, parts):
                    counts[c][p] += weight
        probs = normal({c: {k: counts[c][k] + 0.05 for k in t} for c, t in chunks().items()})
    print(len(words), "words,", len(aligned), "aligned", file=sys.stderr)
    # Contexts from the widest to the letter alone: letters before, letters after.
    shapes = [(3, 2), (2, 2), (1, 2), (2, 1), (1, 1), (0, 1), (1, 0), (0, 0)]
    tables = {}
    for mode in "af":
        votes = [collections.defaultdict(collections.Counter) for _ in shapes]
        for m, a, parts, weight in aligned:
            weight = weight * (4 if m == mode else 1)
            text = "__" + a + "__"
            for i, p in enumerate(parts):
                k = i + 2
                for s, (before, after) in enumerate(shapes):
                    votes[s][(text[k - before:k], text[k], text[k + 1:k + 1 + after])][p] += weight
        for s in range(len(shapes) - 1, -1, -1):
            for key in sorted(votes[s]):
                tally = votes[s][key]
                best, n = max(sorted(tally.items()), key=lambda x: x[1])
                total = sum(tally.values())
                if s < len(shapes) - 1 and (total < 8 or n / total < 0.5 and s < 4):
                    continue
                # What the next shorter context that the table has says already.
                known = None
                for t in range(s + 1, len(shapes)):
                    before, after = shapes[t]
                    full_before, c, full_after = key
                    short = (mode, full_before[len(full_before) - before:] if before else "", c, full_after[:after])
                    if len(full_before) >= before and len(full_after) >= after and short in tables:
                        known = tables[short]
                        break
                if known != best:
                    tables[(mode,) + key] = best
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("# Latin letters for Arabic ones, by the letters around them: how English writes names. Made by tools/letters.py from the project's own\n")
        out.write("# tables of people, places and names (see their headers for sources and licences), not edited by hand.\n")
        out.write("# mode: a Arabic names, f foreign ones. key: letters before, the letter in brackets, letters after; ^ begins a word, _ is past its edge.\n")
        out.write("# latin: the letters for it, empty for none.\n")
        out.write("mode\tkey\tlatin\n")
        lines = {f"{mode}\t{before}[{c}]{after}": best for (mode, before, c, after), best in tables.items()}
        for key, best in sorted(lines.items()):
            out.write(f"{key}\t{best}\n")
    print(len(tables), "contexts", file=sys.stderr)
    # A check on the rows that were left out.
    good, n = 0.0, 0
    shown = 0
    for number, row in rows("people"):
        if number % 5:
            continue
        mode = "a" if row["iso3"] in ARAB else "f"
        for_word = []
        for w in row["name"].lstrip("?").split():
            w = fold(w)
            article = w.startswith("ال") and len(w) > 4
            text = "__^" + (w[2:] if article else w) + "__"
            word = ""
            for k in range(2, len(text) - 2):
                for before, after in shapes:
                    got = tables.get((mode, text[k - before:k] if before else "", text[k], text[k + 1:k + 1 + after]))
                    if got is not None:
                        word += got
                        break
            for_word.append(("al-" if article else "") + word)
        got, want = " ".join(for_word), latin(row["en"])
        d = distance(got, want)
        good += 1 - d / max(len(got), len(want))
        n += 1
        if number % 100 == 0:
            print(row["name"], got, "|", want, file=sys.stderr)
    print(good / n, n, file=sys.stderr)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


if __name__ == "__main__":
    main()
