#!/usr/bin/env python3
"""Measure the reader on a public gold standard of sentences: is there an ASSAULT, a PROTEST, and who does what to whom?

    tools/detect_events.py DATA [--show assault|protest] [--musnad target/release/musnad]

DATA holds {assault,protest}-detect.jsonl (`text`, `label`: yes, easy no, difficult no, ambiguous; ambiguous ones are left out) and
{assault,protest}-spans.jsonl (`text`, `spans`: source_actor, verb, target_actor as words, by several annotators). Each sentence is read as a
report of its own. `yes` are the sentences in which every annotator saw an event. Two ways to decide from a record are measured:

 any   an event of the type stands in the record, whatever its status
 news  one that happened or goes on, that the sentence tells as news (the record's `news`: gold is `no` where an event is only referred to), and in full: at
       least three of these hold: its trigger is a finite verb, it has both sides, casualties, a further mention, a place, a time, a mode

Spans: of the sentences in which an annotator gave a source, verb or target, in how many do the record's actors, trigger or recipients share a word
with any annotator's. Where there is no DATA, that is said and nothing is measured.
"""
import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
FOLD = str.maketrans("أإآٱةى", "ااااهي")


def folded(word):
    """A word without vowel signs, spelled alike whatever its hamzas; ال and one letter before it do not count.

    >>> folded("والمدنيون"), folded("مدنيون")
    ('مدنيون', 'مدنيون')
    """
    word = re.sub(r"\W", "", MARKS.sub("", word).translate(FOLD))
    return re.sub(r"^[وفبكل]?ال(?=\w{3})|^لل(?=\w{3})", "", word)


def read(musnad, sentences):
    stdin = "\n".join(json.dumps({"id": str(i), "text": t}, ensure_ascii=False) for i, t in enumerate(sentences))
    run = subprocess.run([musnad, "read", "-", "--quiet", "--format", "jsonl"], input=stdin.encode(), capture_output=True)
    if run.returncode:
        sys.exit(f"detect_events: {run.stderr.decode()}")
    records = {r["report"]["id"]: r for r in map(json.loads, run.stdout.decode().splitlines())}
    return [records.get(str(i)) for i in range(len(sentences))]


def any_event(event):
    return True


def news(event):
    told = (
        event["because"].startswith("events:verb"),
        event["actors"] and event["recipients"],
        event["casualties"],
        event["mentions"],
        event["place"],
        event["time"],
        event["mode"],
    )
    return event["status"] in ("happened", "ongoing") and event["news"] and sum(map(bool, told)) >= 3


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def detect(a, kind):
    gold = [d for d in lines(a.data / f"{kind}-detect.jsonl") if d["label"] != "ambiguous"]
    records = read(a.musnad, [d["text"] for d in gold])
    for name, counts in (("any", any_event), ("news", news)):
        tp = fp = fn = hard = 0
        for d, r in zip(gold, records):
            found = [v for v in (r or {"events": []})["events"] if v["type"] == kind.upper() and counts(v)]
            yes = d["label"] == "yes"
            tp += yes and bool(found)
            fn += yes and not found
            fp += bool(found) and not yes
            hard += bool(found) and d["label"] == "difficult no"
            if a.show == kind and name == "news" and yes != bool(found):
                print(f"    {'FP ' + d['label'] if found else 'FN'} | {d['text'][:300]} | {[v['because'] for v in found]}")
        p, r_ = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        print(f"| {kind.upper()} | {name} | {len(gold)} | {tp + fn} | {100 * p:.1f} | {100 * r_:.1f} | {200 * p * r_ / max(p + r_, 1e-9):.1f} | {fp - hard} | {hard} |")


def spans(a, kind):
    gold = lines(a.data / f"{kind}-spans.jsonl")
    records = read(a.musnad, [d["text"] for d in gold])
    out = []
    for field, side in (("source_actor", "actors"), ("verb", "trigger"), ("target_actor", "recipients")):
        given = shared = found = 0
        for d, r in zip(gold, records):
            theirs = {folded(w) for s in d["spans"] for part in s[field] for w in part.split()} - {""}
            events = [v for v in (r or {"events": []})["events"] if v["type"] == kind.upper()]
            if side == "trigger":
                at = [x for v in events for x in [v["trigger"], *v["mentions"]]]
            else:
                wanted = {e for v in events for e in v[side]}
                at = [m for e in (r or {"entities": []})["entities"] if e["id"] in wanted for m in e["mentions"]]
            ours = {folded(w) for x in at for w in r["report"]["text"][x["start"] : x["end"]].split()} - {""}
            given += bool(theirs)
            found += bool(theirs and ours)
            shared += bool(theirs & ours)
        out.append(f"{100 * shared / max(given, 1):.1f} of {given} ({100 * shared / max(found, 1):.1f} of {found} found)")
    print(f"| {kind.upper()} | {len(gold)} | " + " | ".join(out) + " |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("--show", choices=("assault", "protest"), help="print the sentences that are decided wrongly")
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    ap.add_argument("--musnad", type=Path, default=target / "release" / "musnad", help="the program to measure")
    a = ap.parse_args()
    kinds = [k for k in ("assault", "protest") if (a.data / f"{k}-detect.jsonl").exists()]
    if not kinds:
        print(f"detect_events: there is no gold standard in {a.data}: nothing is measured")
        return
    print("| type | decided by | sentences | yes | P | R | F1 | easy no | difficult no |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in kinds:
        detect(a, kind)
    print("\n| type | sentences | source | verb | target |")
    print("|---|---:|---|---|---|")
    for kind in kinds:
        if (a.data / f"{kind}-spans.jsonl").exists():
            spans(a, kind)


if __name__ == "__main__":
    main()
