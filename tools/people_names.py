"""Writes data/ar/given_names.tsv and data/ar/surnames.tsv.

    python3 tools/people_names.py DATA_AR ARABIC_NAME_ROMANIZER.whl FAKER.whl NEWS_FOLDER NAMES_FOLDER

DATA_AR is crates/musnad-lexicon/data/ar, where the tables are written. The wheels are PyPI arabic-name-romanizer 0.2.0 and faker 40.63.0;
tools/given_names_foreign.txt adds what they lack. NEWS_FOLDER holds newspaper text as `*.jsonl.gz` with a field `text`, of which only words
are counted; NAMES_FOLDER holds `anercorp-train.tsv.gz`, `newsfane.tsv.gz` and `wikifane.tsv.gz`, one word and its tag a line. Both tell
which names are ordinary words too, and how a name is spelled whose final letters the romaniser's keys have merged.
"""

import ast
import collections
import gzip
import os
import re
import sqlite3
import sys
import tempfile
import zipfile

from fold import fold
from places import PEOPLE, column, news_words, tag_shares

GIVEN, SURNAMES = 8_000, 15_000
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{3,}")


def romanizer(wheel):
    """(key, role) to (count, Latin spelling, countries) for names of one word in Arabic letters."""
    with tempfile.TemporaryDirectory() as folder:
        path = zipfile.ZipFile(wheel).extract("arabic_name_romanizer/resources/names.sqlite3", folder)
        base = sqlite3.connect(path)
        rows = base.execute("select arabic_key, role, latin, country, count from units order by arabic_key, role, count desc, latin").fetchall()
        base.close()
    out = {}
    for key, role, latin, country, count in rows:
        if WORD.fullmatch(key):
            known = out.setdefault((key, role), [0, latin, set()])
            known[0] += count
            known[2].add(country)
    return out


def faker(wheel):
    """Lists of names by what they are: first_names_female, first_names_male, last_names."""
    out = collections.defaultdict(list)
    archive = zipfile.ZipFile(wheel)
    for locale in ("ar_AA", "ar_PS", "ar_SA"):
        tree = ast.parse(archive.read(f"faker/providers/person/{locale}/__init__.py"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Tuple):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                out[target.id] += [e.value for e in node.value.elts if isinstance(e, ast.Constant)]
    return out


def people_in(folder):
    """How often a folded word begins and ends a person's name of several words in the annotated texts."""
    first, last = collections.Counter(), collections.Counter()
    for name in ("anercorp-train", "newsfane", "wikifane"):
        words = []
        for line in gzip.open(f"{folder}/{name}.tsv.gz", "rt", encoding="utf-8"):
            cells = line.split()
            tag = cells[-1] if len(cells) > 1 else "O"
            person = tag[2:] in PEOPLE
            if not person or tag[0] == "B":
                if len(words) > 1:
                    first[words[0]] += 1
                    last[words[-1]] += 1
                words = []
            if person:
                words.append(fold(cells[0]))
    return first, last


def spelled(key, latin, countries, weight):
    """The usual spelling of a key in which final ة is ه and final ى is ي."""
    options = [key]
    if key.endswith("ه"):
        options.append(key[:-1] + "ة")
    elif key.endswith("ي"):
        options.append(key[:-1] + "ى")
    best = max(options, key=weight)
    if weight(best) or len(options) == 1:
        return best
    # Unseen: a Persian name keeps its ه, an Arabic one in -a has ة.
    ends_in_a = re.search("(a|ah|eh|e)$", latin.lower())
    arab = countries - {"IR", "AF", "PK", "TJ", "UZ", "TR"}
    if key.endswith("ه"):
        return options[1] if ends_in_a and arab else key
    return options[1] if latin.lower().endswith("a") else key


def main(tables, romanizer_wheel, faker_wheel, news, names):
    words, pairs = news_words(news)
    shares = tag_shares(names)
    first, last = people_in(names)
    fixed = {k: [re.sub("[\u064b-\u0652]", "", n) for n in v if " " not in n] for k, v in faker(faker_wheel).items()}
    closed = {fold(w) for w in column(tables, "particles", "word")}
    titles = {fold(w) for w in column(tables, "titles", "word", "feminine", "plural")}
    nisbas = {fold(n) for n in column(tables, "countries", "nisba")}
    countries = {fold(n) for n in column(tables, "countries", "name", "variants")}
    verbs = {fold(w) for w in column(tables, "verbs", "lemma") + column(tables, "nouns", "lemma", "plurals")}

    def weight(key):
        return words[key] + 3 * shares.get(key, (0, 0, 0, 0))[1]

    def verdict(key):
        """`no`, `y` for a name that is an ordinary word too, `` for one that is only a name."""
        if key in closed or key in countries:
            return "no"
        place, person, other, outside = shares.get(key, (0, 0, 0, 0))
        total = place + person + other + outside
        if total >= 8 and person < 0.03 * total or total == 0 and words[key] >= 60 and not first[key]:
            return "no"
        if key in titles or key in verbs or key in nisbas:
            return "y"
        if total >= 3:
            return "y" if person < 0.6 * total else ""
        # What newspapers have and annotated texts have not is seldom only a name.
        return "y" if words[key] >= 8 and not person else ""

    units = romanizer(romanizer_wheel)
    given, surnames, latin = collections.Counter(), collections.Counter(), {}
    for (key, role), (count, spelling, where) in units.items():
        name = fold(spelled(key, spelling, where, weight))
        if role == "given":
            given[name] += count
        elif role == "surname" or count >= 2:
            surnames[name] += count
        else:
            continue
        if count >= latin.get(name, (0, ""))[0]:
            latin[name] = (count, spelling)
    gender, shown, by_hand = {}, {}, {}
    for name in fixed["first_names_male"]:
        gender[fold(name)] = "m"
    for name in fixed["first_names_female"]:
        gender[fold(name)] = "f" if gender.get(fold(name)) != "m" else ""
    for name in fixed["first_names_male"] + fixed["first_names_female"]:
        shown.setdefault(fold(name), name)
        given[fold(name)] += 5
    for name in fixed["last_names"]:
        shown.setdefault(fold(name), name)
        surnames[fold(name)] += 5
    for name, count in first.items():
        # A name of other languages that annotated texts know: seen twice before further names.
        if WORD.fullmatch(name) and count >= 2 and name not in given and name not in titles:
            bare = name[1:] if name[0] in "ولب" and name[1:] in given else name
            given[bare] += count
    for name, count in last.items():
        if WORD.fullmatch(name) and count >= 2 and name not in titles:
            surnames[name] += count
    here = os.path.dirname(os.path.abspath(__file__))
    for line in open(os.path.join(here, "given_names_foreign.txt"), encoding="utf-8"):
        if line.startswith("#"):
            continue
        sex, en, spellings = line.rstrip("\n").split(" ", 2)
        for name in spellings.split("|"):
            if " " in name or len(fold(name)) < 2:
                continue
            by_hand.setdefault(fold(name), en)
            shown.setdefault(fold(name), name)
            known = gender.get(fold(name))
            gender[fold(name)] = sex if known in (None, sex) else ""
            given[fold(name)] += 20
            latin.setdefault(fold(name), (0, en))

    def rows(counter, limit, least):
        out = []
        for name, count in sorted(counter.items(), key=lambda x: (-x[1], x[0])):
            common = verdict(name)
            if name in by_hand:
                common = "y" if common == "no" or common == "y" and words[name] >= 8 else ""
            if common == "no" or count < least or len(name) < 2 or name.startswith("عبدال"):
                continue
            if counter is surnames and common and count < 4 or counter is given and count < 2 and not words[name]:
                continue
            out.append((name, count, common))
            if len(out) == limit:
                break
        return sorted(out, key=lambda r: shown.get(r[0], r[0]))

    notes = [
        "# name: usual spelling, one word. en: usual romanisation. {}common: y where it is also an ordinary word, so that it is a name only in company.",
        "# Made by tools/people_names.py, not edited by hand. Sources: arabic-name-romanizer 0.2.0 (MIT; Wikidata and Algerian Name Transcription Corpus, CC0;",
        "# DziriNames, MIT), faker 40.63.0 (MIT){}; names that begin or end a person's name in ANERcorp, NewsFANE and",
        "# WikiFANE (CC BY-SA) more than once, of which only counts are used.",
    ]

    def capital(text):
        return text[:1].upper() + text[1:]

    with open(f"{tables}/given_names.tsv", "w", encoding="utf-8", newline="\n") as f:
        print("# Given names.", file=f)
        print("\n".join(notes).format("gender: m, f or empty where unknown or both. ", ", tools/given_names_foreign.txt (by hand)"), file=f)
        print("name\ten\tgender\tcommon", file=f)
        for name, _, common in rows(given, GIVEN, 1):
            sex = gender.get(name, "f" if name.endswith(("ة", "اء")) else "")
            en = by_hand.get(name) or latin.get(name, (0, ""))[1]
            print(shown.get(name, name), capital(en), sex, common, sep="\t", file=f)
    with open(f"{tables}/surnames.tsv", "w", encoding="utf-8", newline="\n") as f:
        print("# Surnames.", file=f)
        print("\n".join(notes).format("count: how many bearers the sources have. ", ""), file=f)
        print("name\ten\tcount\tcommon", file=f)
        for name, count, common in rows(surnames, SURNAMES, 2):
            print(shown.get(name, name), capital(latin.get(name, (0, ""))[1]), count, common, sep="\t", file=f)


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
