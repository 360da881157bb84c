"""Checks data/ar/organizations.tsv and data/ar/people.tsv beyond what the build checks.

    python3 tools/check_names.py crates/musnad-lexicon/data/ar

Refuses: ids that are not slugs, not sorted or not unique; a name that two rows of one table claim without ? (a doubtful name may
be another's, but only one row may claim it outright); unknown states, sectors and kinds; offices that cannot be read, that stand in
an unknown place, that end before they begin, or that one person holds twice at once. Prints counts, and as a hint, not a fault,
offices that two people hold at once for more than a year of change.
"""

import re
import sys
from collections import Counter, defaultdict

from fold import fold

SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC "
    "IGO UNO EUR NGO ISM IMG MNC".split()
)
KINDS = set(
    "international alliance government ministry parliament army police intelligence court party movement armed agency channel "
    "radio paper site company bank ngo union religious university think-tank sport other".split()
)
OFFICE = re.compile(r"([^@|:]+)@([A-Z]{3}|[a-z0-9-]+):(\d{4})-(\d{4})?")
# The years that an office without an end lasts.
NOW = 2026
# A title is not part of a person's name.
TITLES = set("الملك الملكة السلطان الأمير الأميرة الرئيس البابا البطريرك الكاردينال القس الشيخ السيد العماد المشير الدكتور".split())
# The pairs of spellings that build.rs makes of each other: a duplicate may hide behind them.
SPELLINGS = (("عبد ال", "عبدال"), ("مريك", "ميرك"), ("ديموقراط", "ديمقراط"), ("مليشي", "ميليشي"), ("تليفزيون", "تلفزيون"))


def read(path):
    """The rows of a table as (line number, cells by column)."""
    rows, header = [], None
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
            else:
                rows.append((number, dict(zip(header, cells, strict=True))))
    return rows


def key(name):
    """The spelling under which the index knows a name."""
    folded = fold(re.sub("[-.]", " ", name))
    for one, other in SPELLINGS:
        folded = folded.replace(one, other)
    return folded


def names(row):
    """(name, whether doubtful) for the name and each variant."""
    yield row["name"], row.get("kind", "").endswith("?")
    for name in filter(None, row["variants"].split("|")):
        yield name.removeprefix("?"), name.startswith("?")


def check(path, states, extra):
    """Checks one table; gives (its rows, faults)."""
    rows = read(path)
    faults = []
    claimed = {}
    keys = Counter()
    last = ""
    for number, row in rows:

        def fault(reason, number=number):
            faults.append(f"{path}:{number}: {reason}")

        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            fault(f"{row['id']!r} is no slug")
        if row["id"] <= last:
            fault(f"{row['id']} does not come after {last}")
        last = row["id"]
        if row["iso3"] not in states and row["iso3"]:
            fault(f"{row['iso3']!r} is no state of countries.tsv")
        if row["sector"] not in SECTORS:
            fault(f"sector {row['sector']!r} is unknown")
        if not row["en"] or re.search("[\u0600-\u06ff]", row["en"]):
            fault("no English name")
        own = set()
        for name, doubtful in names(row):
            k = key(name)
            if not k:
                fault("an empty name")
            if k in own:
                fault(f"{name} stands twice in the row")
                continue
            own.add(k)
            keys["doubtful" if doubtful else "certain"] += 1
            if not doubtful:
                if k in claimed:
                    fault(f"{name} is also claimed by {claimed[k]}")
                claimed[k] = row["id"]
        faults.extend(f"{path}:{number}: {reason}" for reason in extra(row))
    print(f"{path}: {len(rows)} rows, {keys['certain']} certain names, {keys['doubtful']} doubtful")
    return rows, faults


def organization(row):
    if row["kind"].removesuffix("?") not in KINDS:
        yield f"kind {row['kind']!r} is unknown"


def main(folder):
    states = {row["iso3"] for _, row in read(f"{folder}/countries.tsv")}
    organizations, faults = check(f"{folder}/organizations.tsv", states, organization)
    places = states | {"UNO", "EUR"} | {row["id"] for _, row in organizations}
    held = defaultdict(list)

    def person(row):
        mine = defaultdict(list)
        for name, _ in names(row):
            if name.split()[0] in TITLES and " " in name:
                yield f"{name} begins with a title"
        for office in filter(None, row["offices"].split("|")):
            m = OFFICE.fullmatch(office)
            if not m:
                yield f"office {office!r} cannot be read"
                continue
            title, where, start, end = m[1], m[2], int(m[3]), int(m[4] or NOW)
            if where not in places:
                yield f"{where} is neither a state nor a row of organizations.tsv"
            if end < start:
                yield f"office {office!r} ends before it begins"
            if any(start < e and s < end for s, e in mine[title, where]):
                yield f"office {title}@{where} is held twice at once"
            mine[title, where].append((start, end))
            held[title, where].append((start, end, row["id"]))

    people, more = check(f"{folder}/people.tsv", states, person)
    faults += more
    for (title, where), terms in sorted(held.items()):
        for i, (s, e, one) in enumerate(sorted(terms)):
            for s2, e2, other in sorted(terms)[i + 1 :]:
                if one != other and min(e, e2) - max(s, s2) > 1:
                    print(f"hint: {one} and {other} are both {title}@{where} in {max(s, s2)}-{min(e, e2)}")
    for title, rows, column in (("kinds", organizations, "kind"), ("sectors", people, "sector")):
        counts = Counter(row[column] for _, row in rows)
        print(f"{title}: " + ", ".join(f"{k} {n}" for k, n in sorted(counts.items())))
    for f in faults:
        print(f, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
