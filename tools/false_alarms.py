#!/usr/bin/env python3
"""Count the events that the reader finds where hardly any belong: reports of sport, economy, culture and accidents, chosen by their address.

    tools/false_alarms.py NEWS.jsonl.gz... [--each 75] [--seed 5] [--show SPHERE] [--musnad target/release/musnad]

Each file holds reports with `id`, `uri` and `text`, one a line. A report belongs to a sphere when a section or a word of its address says so.
For every sphere it prints how many events a report has, and of what types. Where there are no files, that is said and nothing is counted.
"""
import argparse
import collections
import gzip
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

# What an address says of a sphere: sections of sites, and words of the headline that many sites write into it.
SPHERES = {
    "sport": r"/sport|aawsat com.*(?<!\w)(?:ال|لل)?(?:منتخب|دوري|لاعب|لاعبي|لاعبين|مدرب|هداف|فيفا|مونديال|ملعب|مباراة|تنس|كرة|نهائي|الأهلي|الهلال|النصر|الزمالك|يونايتد|ريال مدريد|برشلونة|يوفنتوس|آرسنال|تشيلسي)(?!\w)",
    "economy": r"/(?:business|economy|aswaq)",
    "culture": r"/(?:style|entertainment|culture|travel|tech|social-media)|(?<!\w)(?:ال)?(?:فيلم|مهرجان|فنان|فنانة|رواية|متحف|مسرح|سينما|أغنية|موضة|مسلسل|معرض)(?!\w)",
    "accidents": r"(?<!\w)(?:ال)?(?:حادث|حريق|حرائق|زلزال|غرق|إعصار|فيضانات|بركان|طقس|أمطار|عاصفة|سمكة)(?!\w)",
}


def words(uri):
    return re.sub(r"[-_.«»()]+|/(?=[^a-z])", " ", unquote(uri))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("news", type=Path, nargs="*")
    ap.add_argument("--each", type=int, default=75, help="reports of each sphere")
    ap.add_argument("--seed", type=int, default=5)
    ap.add_argument("--show", metavar="SPHERE", help="print the events of one sphere with their sentences' beginnings")
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    ap.add_argument("--musnad", type=Path, default=target / "release" / "musnad", help="the program")
    a = ap.parse_args()
    files = [f for f in a.news if f.exists()]
    if not files:
        print("false_alarms: there are no reports: nothing is counted")
        return
    chosen = collections.defaultdict(list)
    for f in files:
        with gzip.open(f, "rt", encoding="utf-8") if f.suffix == ".gz" else f.open(encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                address = words(report.get("uri") or "")
                for sphere, pattern in SPHERES.items():
                    if re.search(pattern, address):
                        chosen[sphere].append(report)
                        break
    rng = random.Random(a.seed)
    print("| sphere | reports | words | events | a report | with none | types |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for sphere in SPHERES:
        pool = sorted(chosen[sphere], key=lambda r: r["id"])
        reports = rng.sample(pool, min(a.each, len(pool)))
        stdin = "\n".join(json.dumps(r, ensure_ascii=False) for r in reports)
        run = subprocess.run([a.musnad, "read", "-", "--quiet", "--format", "jsonl"], input=stdin.encode(), capture_output=True)
        if run.returncode:
            sys.exit(f"false_alarms: {run.stderr.decode()}")
        records = [json.loads(line) for line in run.stdout.decode().splitlines()]
        events = [(r, v) for r in records for v in r["events"]]
        types = collections.Counter(v["type"] for _, v in events)
        none = sum(not r["events"] for r in records)
        n = sum(len(r["report"]["text"].split()) for r in records)
        told = ", ".join(f"{t} {k}" for t, k in types.most_common())
        print(f"| {sphere} | {len(records)} | {n} | {len(events)} | {len(events) / max(len(records), 1):.2f} | {none} | {told} |")
        if a.show == sphere:
            for r, v in events:
                text, names = r["report"]["text"], {e["id"]: e["name"] for e in r["entities"]}
                at = v["trigger"]
                around = text[max(0, at["start"] - 60) : at["start"]] + "⟦" + text[at["start"] : at["end"]] + "⟧" + text[at["end"] : at["end"] + 60]
                who = "+".join(names[x] for x in v["actors"]) + " > " + "+".join(names[x] for x in v["recipients"])
                print(f"    {r['report']['id']} {v['type']}/{v['mode']} {who} | {around!r}".replace("\\n", "¶"))


if __name__ == "__main__":
    main()
