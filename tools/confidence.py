#!/usr/bin/env python3
"""Reliability of the confidences of statements: how often those of a confidence are right.

    tools/confidence.py GOLD RECORDS [--score score.py] [--rules] [--out eval/confidence.tsv]

A statement is right when an annotated one holds the same words (overlap of letters of a half at least) and has the same speaker. GOLD
holds annotated reports, RECORDS what `musnad read --format jsonl` made of them; what falls into debris counts on neither side. Prints a
table of bins, and with --rules the shares of each rule, kind and depth, from which `chain.rs` has its figures.
"""
import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from pathlib import Path

BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def scorer(path):
    """The scorer as a module, for what it knows of annotated reports."""
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(score, reports, records):
    """Pairs of a statement of ours and whether it is right."""
    for report in reports:
        gold, record = score.Gold(report), records.get(report["id"])
        if record is None:
            continue
        text = gold.text
        to = score.align_entities(gold, record)

        def letters(spans):
            return set().union(*(score.letters(text, s) for s in spans)) if spans else set()

        theirs = [
            (letters([score.nth(text, c["text"], c.get("nth", 1)) for c in s["content"]]), s) for s in report["statements"]
        ]
        ours = [
            (letters([(c["start"], c["end"]) for c in s["content"]]), s)
            for s in record["statements"]
            if s["content"] and s["content"][0]["start"] not in gold.debris
        ]
        right = set()
        for i, j, _ in score.greedy(theirs, ours, lambda a, b: score.iou(a[0], b[0]), 0.5):
            if to.get(ours[j][1]["speaker"]) == theirs[i][1]["speaker"]:
                right.add(j)
        for j, (_, statement) in enumerate(ours):
            yield statement, j in right


def table(pairs):
    """Rows of a bin: its bounds, how many statements, the mean confidence, the share that is right."""
    bins = defaultdict(list)
    for statement, right in pairs:
        c = statement["confidence"]
        bins[max(b for b in BINS if b <= c)].append((c, right))
    for low, high in zip(BINS, BINS[1:]):
        if members := bins.get(low):
            n = len(members)
            yield low, min(high, 1.0), n, sum(c for c, _ in members) / n, sum(r for _, r in members) / n


def lines(pairs, reports):
    """The table as lines of a file."""
    rows = list(table(pairs))
    error = sum(n * abs(mean - share) for _, _, n, mean, share in rows) / max(1, len(pairs))
    out = [f"# {len(pairs)} statements of {reports} reports; mean distance of confidence and share {error:.3f}"]
    out.append("from\tto\tstatements\tconfidence\tright")
    out += [f"{low:.1f}\t{high:.1f}\t{n}\t{mean:.2f}\t{share:.2f}" for low, high, n, mean, share in rows]
    return "\n".join(out) + "\n"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("records", type=Path)
    ap.add_argument("--score", type=Path, help="the scorer, if it is not GOLD/../score.py")
    ap.add_argument("--rules", action="store_true", help="also the shares of each rule")
    ap.add_argument("--out", type=Path, help="the file to write the table to")
    a = ap.parse_args()
    path = a.score or a.gold.resolve().parent / "score.py"
    for needed in (a.gold, path, a.records):
        if not needed.exists():
            sys.exit(f"confidence: there is no {needed}")
    score = scorer(path)
    reports = [json.loads(f.read_text("utf-8")) for f in (sorted(a.gold.glob("*.json")) if a.gold.is_dir() else [a.gold])]
    records = map(json.loads, a.records.read_text("utf-8").splitlines())
    pairs = list(judged(score, reports, {r["report"]["id"]: r for r in records}))
    text = lines(pairs, len(reports))
    print(text, end="")
    if a.out:
        a.out.write_text(text, "utf-8")
    if a.rules:
        shares = defaultdict(lambda: [0, 0])
        for s, right in pairs:
            for key in (
                ("rule", s["because"].split("+")[0], s["kind"] == "stance", s["in"] is not None, s["speaker"] is not None),
            ):
                shares[key][0] += right
                shares[key][1] += 1
        for key, (k, n) in sorted(shares.items(), key=lambda x: -x[1][1]):
            print(n, f"{k / n:.2f}", *key)


if __name__ == "__main__":
    main()
