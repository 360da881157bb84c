#!/usr/bin/env python3
"""How well pages are read, by Musnad and by others: the F1 of the words of each page's main text.

    pip install trafilatura lxml_html_clean readability-lxml "newspaper4k[nlp]"
    cargo build --release -p musnad-sources --example reports
    tools/compare_pages.py                       # the pages of crates/musnad-sources/tests/pages
    tools/compare_pages.py FOLDER                # other pages: NAME.html with the expected NAME.txt beside each
    tools/compare_pages.py --also NAME=FILE      # and a program whose results are in FILE, lines of {"path", "title", "text"}

Expected is NAME.txt: the headline, then a paragraph a line. Compared is the body, without the headline: words as they stand, each as often as it
stands, so that what is missing lowers recall and menus, related links and comments lower precision. A line of the table is a page, a column a
program; below it whether headline and day of publication were found, where the program gives them.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def words(text):
    return collections.Counter(re.findall(r"\w+", text))


def f1(expected, found):
    expected, found = words(expected), words(found)
    shared = sum((expected & found).values())
    return 2 * shared / max(1, sum(expected.values()) + sum(found.values()))


def without_title(text, title):
    """The body: some programs repeat the headline on the first line of the text."""
    lines = [line.strip() for line in (text or "").split("\n") if line.strip()]
    squeezed = lambda text: " ".join(text.split())
    if lines and title and squeezed(lines[0]) == squeezed(title):
        lines = lines[1:]
    return "\n".join(lines)


def decoded(data):
    """For the programs that want text: what a browser would read."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1256")


def by_musnad(pages):
    program = ROOT / "target/release/examples/reports"
    program = pathlib.Path(args.program) if args.program else program
    out = subprocess.run([program, *map(str, pages)], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in out.splitlines():
        report = json.loads(line)
        title, _, body = report["text"].partition("\n")
        found[pathlib.Path(report["origin"]).stem] = (title, body, report["published"])
    return found


def by_trafilatura(pages):
    import trafilatura

    found = {}
    for page in pages:
        result = trafilatura.bare_extraction(page.read_bytes(), with_metadata=True)
        if result:
            found[page.stem] = (result.title, result.text, result.date)
    return found


def by_readability(pages):
    import lxml.html
    import readability

    found = {}
    for page in pages:
        document = readability.Document(decoded(page.read_bytes()))
        tree = lxml.html.fromstring(document.summary())
        found[page.stem] = (document.short_title(), "\n".join(tree.itertext()), None)
    return found


def by_newspaper(pages):
    import newspaper

    found = {}
    for page in pages:
        article = newspaper.Article("https://outlet.example/", language="ar", fetch_images=False)
        article.download(input_html=decoded(page.read_bytes()))
        article.parse()
        found[page.stem] = (article.title, article.text, article.publish_date and str(article.publish_date)[:10])
    return found


def from_file(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        result = json.loads(line)
        found[pathlib.Path(result["path"]).stem] = (result["title"], result["text"], result.get("published"))
    return found


def main():
    folder = pathlib.Path(args.folder)
    pages = sorted(page for page in folder.glob("*.html") if page.with_suffix(".txt").exists())
    programs = {"musnad": by_musnad}
    for name, run, module in [
        ("trafilatura", by_trafilatura, "trafilatura"),
        ("readability-lxml", by_readability, "readability"),
        ("newspaper4k", by_newspaper, "newspaper"),
    ]:
        try:
            __import__(module)
            programs[name] = run
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    found = {name: run(pages) for name, run in programs.items()}
    for also in args.also:
        name, _, path = also.partition("=")
        found[name] = from_file(path)
    names = list(found)
    print("| page | " + " | ".join(names) + " |")
    print("|---|" + "---:|" * len(names))
    sums = collections.Counter()
    headlines, days = collections.Counter(), collections.Counter()
    dated = 0
    for page in pages:
        title, _, expected = page.with_suffix(".txt").read_text(encoding="utf-8").partition("\n")
        if args.no_title:
            title, expected = None, f"{title}\n{expected}"
        stated = page.with_suffix(".json")
        published = json.loads(stated.read_text(encoding="utf-8")).get("published") if stated.exists() else None
        dated += published is not None
        cells = []
        for name in names:
            found_title, text, day = found[name].get(page.stem, ("", "", None))
            score = f1(expected, without_title(text, title or found_title))
            sums[name] += score
            headlines[name] += bool(title and found_title and " ".join(found_title.split()) == title)
            days[name] += bool(published and day and published in str(day))
            cells.append(f"{100 * score:.1f}")
        print(f"| {page.stem} | " + " | ".join(cells) + " |")
    print("| **mean** | " + " | ".join(f"**{100 * sums[name] / max(1, len(pages)):.1f}**" for name in names) + " |")
    print("| headline exact | " + " | ".join(f"{headlines[name]} of {len(pages)}" for name in names) + " |")
    print("| day exact | " + " | ".join(f"{days[name]} of {dated}" for name in names) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=ROOT / "crates/musnad-sources/tests/pages")
    parser.add_argument("--also", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--program", help="the built example `reports`, if it is not under target/release")
    parser.add_argument("--no-title", action="store_true", help="the expected texts hold the body only")
    args = parser.parse_args()
    main()
