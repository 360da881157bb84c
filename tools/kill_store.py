#!/usr/bin/env python3
"""Interrupts `musnad add` in every way that a machine can, and looks at what is left.

    tools/kill_store.py [--musnad PATH] [--kills 200] [--reports 1200] [--seed 1] [--full]

The program is killed (kill -9) at random moments while it adds invented reports and tells what is the same across them, and started
again, until it gets through; then with a new store, until there have been as many kills as were asked for. After each kill the file must
pass PRAGMA integrity_check, and what was there before must be there still. The reports come in three parts, one after the other, so that what is the same
is told of parts; what is there at the end must be what an undisturbed run leaves that adds all at once, row for row.

--full does one thing more: a store on a disk that has no room (a tmpfs of 16 MB, which needs the right to mount one).
Nothing but Python's own library is used.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

PEOPLE = ["سليم البارودي", "ليلى حداد", "سامر الحكيم", "جمانة الوراق", "فاروق المنستيري"]
OFFICES = ["وزير الصحة", "وزيرة الثقافة", "وزير الخارجية", "رئيسة البلدية", "السفير"]
PLACES = ["الموصل", "تونس", "عمان", "حلب", "وهران", "طرابلس"]


def report(n, rng):
    """An invented report: a minister says something and visits a town, gunmen attack a convoy."""
    person, office = rng.choice(list(zip(PEOPLE, OFFICES)))
    lines = [f"افتتاح المستشفى رقم {n}"]
    for k in range(rng.randint(1, 6)):
        place, dead = rng.choice(PLACES), rng.randint(2, 90)
        lines.append(
            f'قال {office} {person} إن المستشفى رقم {n} افتتح أمس، مضيفا: "سنفتتح {k + 2} مستشفيات أخرى في {place}". '
            f"وهاجم مسلحون قافلة قرب {place} يوم الأحد، ما أسفر عن مقتل {dead} شخصا على الأقل. وسيزور {person} {place} غدا."
        )
    return {
        "id": f"r{n}",
        "uri": f"https://example.org/{n}",
        "outlet": rng.choice(["الساحة", "الأفق", "الجسر"]),
        "published": f"2022-{n % 12 + 1:02}-{n % 28 + 1:02}",
        "text": "\n".join(lines),
    }


def contents(path):
    """Every row of every table, without when and from which file it was added."""
    store = sqlite3.connect(path)
    out = []
    tables = store.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'")
    for (table,) in tables.fetchall():
        columns = [c[1] for c in store.execute(f'PRAGMA table_info("{table}")') if c[1] not in ("added", "origin")]
        picked = ", ".join(f'"{c}"' for c in columns)
        out += [(table, *row) for row in store.execute(f'SELECT {picked} FROM "{table}"')]
    store.close()
    return sorted(out, key=repr)


def look(path):
    """The reports of a store whose adding was interrupted, after checking that the file is whole."""
    store = sqlite3.connect(path)
    try:
        said = store.execute("PRAGMA integrity_check").fetchall()
        assert said == [("ok",)], said
        said = store.execute("PRAGMA foreign_key_check").fetchall()
        assert said == [], said
        if not store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'records'").fetchall():
            return set()
        return {key for (key,) in store.execute("SELECT key FROM reports JOIN versions ON report = reports.id JOIN records ON version = versions.id")}
    finally:
        store.close()


def waits(path):
    """Whether it is still to be told what is the same."""
    store = sqlite3.connect(path)
    try:
        return store.execute("SELECT count(*) FROM waiting").fetchone()[0] > 0
    finally:
        store.close()


def kills(options, folder, source):
    undisturbed = os.path.join(folder, "undisturbed.db")
    started = time.monotonic()
    subprocess.run([options.musnad, "add", undisturbed, source, "--quiet", "--batch", "32"], check=True)
    whole = time.monotonic() - started
    with open(source, encoding="utf-8") as lines:
        lines = lines.readlines()
    parts = []
    for n in range(3):
        parts.append(os.path.join(folder, f"part-{n}.jsonl"))
        with open(parts[-1], "w", encoding="utf-8") as out:
            out.writelines(lines[len(lines) * n // 3 : len(lines) * (n + 1) // 3])
    wanted = contents(undisturbed)
    print(f"undisturbed: {options.reports} reports, {len(wanted)} rows, {whole:.1f} s", flush=True)
    rng = random.Random(options.seed)
    killed = rounds = during = telling = 0
    while killed < options.kills:
        rounds += 1
        store = os.path.join(folder, f"killed-{rounds}.db")
        there = set()
        for n, part in enumerate(parts):
            while True:
                child = subprocess.Popen([options.musnad, "add", store, part, "--quiet", "--batch", "32"])
                try:
                    # Short enough that a part takes several kills, so that they fall on every part of the work.
                    if child.wait(rng.uniform(0, whole / 4)) != 0:
                        sys.exit(f"it ended with {child.returncode}")
                    break
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
                killed += 1
                # The log of writing that was under way.
                during += os.path.exists(store + "-wal") and os.path.getsize(store + "-wal") > 0
                if os.path.exists(store):
                    now = look(store)
                    assert there <= now, "reports that were there are gone"
                    there = now
                    telling += len(there) == len(lines) * (n + 1) // 3 and waits(store)
        assert contents(store) == wanted, f"{store} is not what an undisturbed run leaves"
        os.remove(store)
        print(f"round {rounds}: whole and the same; {killed} kills so far, {during} of them left a log, {telling} fell while it was told what is the same", flush=True)
    print(f"{killed} kills in {rounds} stores: every file whole, nothing lost, every end the same")


def full_disk(options, folder, source):
    mount = os.path.join(folder, "small")
    os.mkdir(mount)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mount], check=True)
    try:
        store = os.path.join(mount, "news.db")
        run = subprocess.run([options.musnad, "add", store, source, "--batch", "32"], capture_output=True, text=True)
        print(run.stderr.strip())
        assert run.returncode == 1 and "room" in run.stderr, run.returncode
        there = look(store)
        assert there, "nothing was stored before the disk was full"
        subprocess.run(["mount", "-o", "remount,size=200m", mount], check=True)
        run = subprocess.run([options.musnad, "add", store, source, "--batch", "32"], capture_output=True, text=True)
        print(run.stderr.strip())
        assert run.returncode == 0 and there <= look(store)
        assert contents(store) == contents(os.path.join(folder, "undisturbed.db"))
        print(f"full disk: {len(there)} reports were stored before it was full; with room the rest went in, and all is the same")
    finally:
        subprocess.run(["umount", mount], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--musnad", default="target/release/musnad", help="the program")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="a full disk, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "news.jsonl")
        rng = random.Random(options.seed)
        with open(source, "w", encoding="utf-8") as out:
            for n in range(options.reports):
                out.write(json.dumps(report(n, rng), ensure_ascii=False) + "\n")
        kills(options, folder, source)
        if options.full:
            full_disk(options, folder, source)


if __name__ == "__main__":
    main()
