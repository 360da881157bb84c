"""Writes data/ar/ordinary_words.tsv: words that are hardly ever part of a proper name.

    python3 tools/ordinary_words.py DATA_AR NEWS_FOLDER NAMES_FOLDER > crates/musnad-lexicon/data/ar/ordinary_words.tsv

The folders are those of tools/people_names.py. A word is ordinary when annotated texts have it outside names nine times in ten, or when
newspapers use it as nouns and adjectives are used: with the article and without it, or with pronouns after it.
"""

import sys

from fold import fold
from places import column, news_words, tag_shares


def main(tables, news, names):
    words, _ = news_words(news)
    shares = tag_shares(names)
    known = {fold(n) for n in column(tables, "given_names", "name") + column(tables, "surnames", "name")}
    known |= {fold(n).lstrip("?") for t in ("places", "places_more") for n in column(tables, t, "name", "variants")}
    known |= {fold(n) for n in column(tables, "countries", "name", "variants", "nisba", "capital", "metonyms")}
    letters = set("ءابةتثجحخدذرزسشصضطظعغفقكلمنهويىؤئ")
    out = set()
    for word in set(shares) | set(words):
        if len(word) < 3 or not set(word) <= letters:
            continue
        place, person, other, outside = shares.get(word, (0, 0, 0, 0))
        total = place + person + other + outside
        if total >= 3:
            # A word inside many names of things (وزارة, جامعة) is ordinary too where people are looked for.
            if (outside + other) >= 0.93 * total and outside >= 0.6 * total and person <= 0.04 * total:
                out.add(word)
            continue
        if word in known or total and (person or place):
            continue
        bare, article = words[word], words["ال" + word] + words["لل" + word]
        owned = sum(words[(word[:-1] + "ت" if word.endswith("ة") else word) + p] for p in ("ها", "ه", "هم", "هما", "نا"))
        if bare >= 3 and (article >= 3 or owned >= 3) or bare >= 1 and outside and article + owned >= 3:
            out.add(word)
        if word.startswith("ال") and words[word] >= 8 and words[word[2:]] >= 3:
            out.add(word)
    # A word that a shorter one explains is left out: the reader strips these letters itself.
    def explained(word):
        return word.startswith("ال") and word[2:] in out or word[0] in "وف" and word[1:] in out
    print("# Words that are hardly ever part of a proper name. Made by tools/ordinary_words.py, not edited by hand.")
    print("# word: folded spelling, without و, ف and the article where the word without them is here too.")
    print("# Sources: counted in ANERcorp, NewsFANE and WikiFANE (CC BY-SA) and in newspapers, of which nothing else is kept.")
    print("word")
    for word in sorted(out):
        if not explained(word):
            print(word)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
