#!/usr/bin/env python3
"""Score the reader on a folder of annotated reports: print the table, and write it as a file that shows what a change moved.

    tools/eval.py GOLD [--out eval/scores.tsv] [--musnad target/release/musnad]

GOLD holds annotated reports (or is one); `score.py` in the folder that holds GOLD does the scoring; measures.py
adds names by type and which mentions are one entity, confidence.py how far the confidences of statements hold (confidence.tsv beside the file). Where there is no GOLD there
is nothing to score: that is said, nothing is written, and all is well.
"""
import argparse
import datetime
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import confidence
import measures

COLUMNS = ("F1", "low", "high", "P", "R", "n")


def scorer(path):
    """The scorer as a module, for what it knows of annotated reports."""
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def git(*args):
    return subprocess.run(["git", *args], capture_output=True, text=True).stdout.strip()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--out", type=Path, help="the file to write the figures to")
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    ap.add_argument("--musnad", type=Path, default=target / "release" / "musnad", help="the program to score")
    ap.add_argument("--score", type=Path, help="the scorer, if it is not GOLD/../score.py")
    a = ap.parse_args()
    score = a.score or a.gold.resolve().parent / "score.py"
    for needed in (a.gold, score):
        if not needed.exists():
            print(f"eval: there is no {needed}: nothing is scored")
            return
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "records.jsonl"
        with answers.open("wb") as out:
            read = [a.musnad, "read", "--quiet", "--format", "jsonl", a.gold]
            if subprocess.run(read, stdout=out).returncode:
                sys.exit("eval: some reports could not be read: no figures")
        reports = [json.loads(f.read_text("utf-8")) for f in (sorted(a.gold.glob("*.json")) if a.gold.is_dir() else [a.gold])]
        lines = answers.read_text("utf-8").splitlines()
        records = {r["report"]["id"]: r for r in map(json.loads, lines)}
        further = measures.figures(scorer(score), reports, records)
        reliability = confidence.lines(list(confidence.judged(scorer(score), reports, records)), len(reports))
        scored = subprocess.run([sys.executable, score, a.gold, answers, "--json"], capture_output=True, text=True)
    if scored.returncode:
        sys.exit(f"eval: {score} failed: {scored.stderr.strip()}")
    result = json.loads(scored.stdout)
    print(f"{result['reports']} reports, {result['records']} records")
    print(f"{'':34}{'F1':>7}  {'95%':^13} {'P':>6} {'R':>6} {'n':>6}")
    rows = []
    for figure, v in {**result["figures"], **further}.items():
        percent = [f"{100 * v[c]:.1f}" for c in COLUMNS[:-1]]
        rows.append("\t".join([figure, *percent, str(v["n"])]))
        f1, low, high, p, r = percent
        print(f"{figure:34}{f1:>7}  {low:>5}–{high:<5}  {p:>6} {r:>6} {v['n']:>6}")
    if a.out:
        # The file itself changes with every run; only other changes make the commit an inexact name for what was scored.
        changed = [line for line in git("status", "--porcelain", "--untracked-files=no").splitlines() if a.out.name not in line and "confidence.tsv" not in line]
        commit = git("rev-parse", "--short=12", "HEAD") + ("+changes" if changed else "")
        day = datetime.datetime.now(datetime.timezone.utc).date()
        a.out.parent.mkdir(parents=True, exist_ok=True)
        head = f"# {result['reports']} annotated reports, {commit}, {day}; percent, low and high: 95% interval from resampling whole reports"
        a.out.with_name("confidence.tsv").write_text(reliability, "utf-8")
        a.out.write_text("\n".join([head, "\t".join(("figure", *COLUMNS)), *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
