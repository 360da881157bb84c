#!/usr/bin/env python3
"""Measures how long `musnad search` and `musnad who` take on a store.

    tools/search_times.py MUSNAD STORE [QUERIES]

Every line of QUERIES (tools/queries.txt) is a query. It is asked three times over everything, of which the middle time counts, and once each
over reports, statements and entities, in a process of its own each time: starting the program is included. `who` is asked for every query
before the first line that says "Words". --print lists the queries with what they find; --cpu counts the processor's time, not the clock's.
Nothing but the standard library.
"""
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path


def timed(command):
    """Milliseconds by the clock, or of the processor alone with --cpu, for a machine that has other work as well."""
    if "--cpu" in sys.argv:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000, done
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    return (time.perf_counter() - begun) * 1000, done


def middle(command, runs=3):
    runs = [timed(command) for _ in range(runs)]
    return statistics.median(ms for ms, _ in runs), runs[-1][1]


def at(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def table(what, times):
    print(f"| {what} | {len(times)} | {statistics.median(times):.1f} | {at(times, 0.9):.1f} | {at(times, 0.99):.1f} | {max(times):.1f} |")


def main():
    listed = "--print" in sys.argv
    musnad, store, *rest = [a for a in sys.argv[1:] if not a.startswith("--")]
    lines = Path(rest[0] if rest else Path(__file__).parent / "queries.txt").read_text(encoding="utf-8").splitlines()
    names, queries, is_name = [], [], True
    for line in lines:
        if line.startswith("#"):
            is_name = is_name and "Words" not in line
        elif line.strip():
            queries.append(line)
            names += [line] if is_name else []
    nothing, slow, found_nothing = [], [], 0
    for _ in range(10):
        ms, _ = timed([musnad, "stages"])
        nothing.append(ms)
    every = {"all": [], "reports": [], "statements": [], "entities": []}
    for query in queries:
        for among, times in every.items():
            ms, done = middle([musnad, "search", store, query, "--in", among, "--format", "json"], 3 if among == "all" else 1)
            if done.returncode != 0:
                if among != "entities":
                    print(f"{query}: {done.stderr.strip()}", file=sys.stderr)
                continue
            times.append(ms)
            if among == "all":
                slow.append((ms, query))
                counts = {k: v["found"] for k, v in json.loads(done.stdout).items()}
                found_nothing += not any(counts.values())
                if listed:
                    print(f"{ms:7.1f} ms  {query}  {counts}")
    who, unknown = [], 0
    for name in names:
        ms, done = middle([musnad, "who", store, name])
        unknown += done.returncode != 0
        who.append(ms)
        if listed:
            print(f"{ms:7.1f} ms  who {name}  {done.stdout.splitlines()[:1]} {done.stderr.strip()}")
    print("| ms | runs | median | 90 % | 99 % | most |\n|---|---|---|---|---|---|")
    for among, times in every.items():
        table(f"`search --in {among}`", times)
    table("`who`", who)
    table("starting the program", nothing)
    print(f"\nnothing found: {found_nothing} of {len(queries)} queries; unknown to who: {unknown} of {len(names)} names")
    print("slowest: " + "; ".join(f"{ms:.0f} ms {query}" for ms, query in sorted(slow, reverse=True)[:5]))


main()
