#!/usr/bin/env python3
"""Which quotation marks a reading left out: pairs of marks with five words or more inside that lie in no statement.

    musnad read --quiet --format jsonl NEWS... > records.jsonl
    tools/quotations.py records.jsonl                     # how many reports and pairs, by kind of mark
    tools/quotations.py records.jsonl --sample 100        # and so many of the pairs, drawn by chance, to read

A pair lies in a statement when at least half of the letters inside it are content of statements. Debris is left out. Marks pair within a line:
« with », “ with ”, and a straight " with the next one. docs/quotations.md tells what such pairs are.
"""

import argparse
import json
import random
import re

PAIRS = {"«": "»", "“": "”", "„": "“", "‟": "”"}
LETTER = re.compile(r"\w")
WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u064b-\u065f])*")


def pairs(text):
    """The pairs of marks in a text, as the positions inside of them: (start, end, mark)."""
    at = 0
    for line in text.split("\n"):
        opened = {}
        for i, c in enumerate(line):
            if c == '"':
                if c in opened:
                    yield at + opened.pop(c) + 1, at + i, c
                else:
                    opened[c] = i
            elif c in PAIRS and c not in opened.values():
                opened[c] = i
            else:
                for mark in [m for m, close in PAIRS.items() if close == c and m in opened]:
                    yield at + opened.pop(mark) + 1, at + i, mark
        at += len(line) + 1


def missed(record):
    """The pairs with five words or more inside that lie in no statement."""
    text = record["report"]["text"]
    inside = bytearray(len(text))
    for statement in record["statements"]:
        for piece in statement["content"]:
            inside[piece["start"] : piece["end"]] = b"\1" * (piece["end"] - piece["start"])
    debris = bytearray(len(text))
    for piece in record["report"]["debris"]:
        debris[piece["start"] : piece["end"]] = b"\1" * (piece["end"] - piece["start"])
    for start, end, mark in pairs(text):
        if len(WORD.findall(text[start:end])) < 5 or any(debris[start:end]):
            continue
        letters = [i for i in range(start, end) if LETTER.match(text[i])]
        yield start, end, mark, 2 * sum(inside[i] for i in letters) < len(letters)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records")
    parser.add_argument("--sample", type=int, default=0, help="how many of the pairs to print")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    reports = with_pair = with_missed = all_pairs = 0
    found = []
    for line in open(args.records, encoding="utf-8"):
        record = json.loads(line)
        reports += 1
        these = list(missed(record))
        all_pairs += len(these)
        with_pair += bool(these)
        left = [(record["report"]["id"], record["report"]["text"], *pair[:3]) for pair in these if pair[3]]
        with_missed += bool(left)
        found += left
    print(f"{reports} reports, {with_pair} with a pair of five words or more; {with_missed} have one that lies in no statement")
    print(f"{all_pairs} pairs, {len(found)} in no statement")
    for mark in sorted({f[4] for f in found}):
        print(f"  {mark}: {sum(f[4] == mark for f in found)}")
    random.seed(args.seed)
    for name, text, start, end, mark in random.sample(found, min(args.sample, len(found))):
        before, after = text[max(0, start - 110) : start], text[end : end + 90]
        print(f"\n{name} {start}\n{before}⟦{text[start:end][:260]}⟧{after}".replace("\n\n", "\n"))


if __name__ == "__main__":
    main()
