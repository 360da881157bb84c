#!/usr/bin/env python3
"""Makes many reports of few: each several times over, in other years and with other names, to see what a store costs when it grows.

    musnad read --format jsonl news/ > records.jsonl
    tools/enlarge.py records.jsonl 10 > ten_times.jsonl
    tools/enlarge.py records.jsonl 1 --reports 1000 > thousand.jsonl

The first time reports stay as they are. The n-th time their days and the years in their texts are a year (n - 1) later, their addresses and ids are others, and
whoever is named in them and stands in no register has another surname: its consonants are exchanged for others, the same way in all
reports, so that people meet as often as before, but never those of another time. With --times the costs are measured, too:

    tools/enlarge.py records.jsonl 10 --times --musnad target/release/musnad

adds 1,000, 4,000, all, and ten times all reports (or those sizes that --sizes tells) to new stores and prints a table: seconds by the
clock and of the processor to add, seconds of these to tell what is the same, seconds to add a thousand more, most memory, size of the file by size of the
texts, seconds to add the same again. Only Python's own library is used.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time

# Consonants that are exchanged among each other. Long vowels, hamzas and what may be an attached letter or an ending stay.
CONSONANTS = "رزدذسشصضطظعغجحخقثفن"
YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")


def exchanged(name, n):
    """A name whose last word has other consonants."""
    words = name.split(" ")
    turn = {c: CONSONANTS[(i + n) % len(CONSONANTS)] for i, c in enumerate(CONSONANTS)}
    words[-1] = "".join(turn.get(c, c) for c in words[-1])
    return " ".join(words)


def again(record, n):
    """The report of a record for the n-th time, n from 0."""
    report = record["report"]
    text = report["text"]
    out = {key: report.get(key) for key in ("id", "uri", "outlet", "published")}
    if n > 0:
        names = [
            (m["start"], m["end"])
            for e in record["entities"]
            if e["type"] == "person" and not e["link"]
            for m in e["mentions"]
            if m["kind"] == "name"
        ]
        last = len(text) + 1
        for start, end in sorted(set(names), reverse=True):
            if end <= last:
                text = text[:start] + exchanged(text[start:end], n) + text[end:]
                last = start
        text = YEAR.sub(lambda m: str(int(m[0]) + n), text)
        out["id"] = f"{out['id']}/{n}"
        out["uri"] = out["uri"] and f"{out['uri']}?{n}"
        if out["published"]:
            day = datetime.date.fromisoformat(out["published"][:10]) + datetime.timedelta(days=365 * n)
            out["published"] = day.isoformat()
    out["text"] = text
    return out


def reports(path, times, most):
    """All reports, time after time."""
    count = 0
    for n in range(times):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if most is not None and count >= most:
                    return
                count += 1
                yield again(json.loads(line), n)


def run(command):
    """Seconds by the clock and of the processor, most memory in MB, and what was told."""
    started = time.monotonic()
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(said)
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def told(said):
    """Seconds in which it was told what is the same."""
    found = re.search(r"told in ([0-9.]+) s", said)
    return float(found[1]) if found else 0.0


def times(options):
    """Prints what a store of each size costs."""
    print("| reports | text MB | read s | add s (processor) | of it grouping s | most memory MB | file MB | by text | again s | a thousand more: add s, grouping s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            news, more, store = (os.path.join(folder, n) for n in ("news.jsonl", "more.jsonl", "news.db"))
            text = count = 0
            with open(news, "w", encoding="utf-8") as first, open(more, "w", encoding="utf-8") as then:
                for report in reports(options.records, options.times, size + 1000):
                    count += 1
                    (first if count <= size else then).write(json.dumps(report, ensure_ascii=False) + "\n")
                    text += len(report["text"].encode()) if count <= size else 0
            jobs = ["--jobs", str(options.jobs)]
            # Reading alone, as a measure of the machine.
            with open(os.devnull, "w") as nowhere:
                started = time.monotonic()
                subprocess.run([options.musnad, "read", news, "--format", "jsonl", *jobs], stdout=nowhere, stderr=nowhere, check=True)
                read = time.monotonic() - started
            add, spent, memory, said = run([options.musnad, "add", store, news, *jobs])
            file = os.path.getsize(store)
            second, _, _, _ = run([options.musnad, "add", store, news, *jobs])
            added = ""
            if count > size:
                wall, _, _, said_more = run([options.musnad, "add", store, more, *jobs])
                added = f"{wall:.1f}, {told(said_more):.1f}"
            print(
                f"| {min(size, count):,} | {text / 1e6:.1f} | {read:.1f} | {add:.1f} ({spent:.1f}) | {told(said):.1f} | {memory:.0f} "
                f"| {file / 1e6:.1f} | {file / text:.2f} | {second:.2f} | {added} |",
                flush=True,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", help="records as `musnad read --format jsonl` prints them")
    parser.add_argument("times_over", type=int, metavar="N", help="how many times")
    parser.add_argument("--reports", type=int, help="no more reports than these")
    parser.add_argument("--times", dest="measure", action="store_true", help="measure the costs instead of printing reports")
    parser.add_argument("--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[1000, 4000, 11979, 119790])
    parser.add_argument("--musnad", default="target/release/musnad", help="the program")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", help="where the stores are made; a place with room for 22 KB a report")
    options = parser.parse_args()
    options.times = options.times_over
    if options.measure:
        times(options)
        return
    for report in reports(options.records, options.times, options.reports):
        print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
