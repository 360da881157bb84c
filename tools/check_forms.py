#!/usr/bin/env python3
"""Compares the forms of every verb in verbs.tsv with those of mazini, an independent conjugator.

mazini (PyPI, CC BY 4.0) is a port of Wiktionary's Module:ar-verb. It is no dependency: install it for the comparison only.

    pip install mazini
    cargo run -q -p musnad-lexicon --example forms > forms.tsv
    python3 tools/check_forms.py forms.tsv

Compared are the unvocalised spellings of each slot: past, present in all moods, imperative, their passives, and the base forms
of the participles. Both directions are told: what mazini has and we lack, and what we have and mazini lacks. mazini writes no
free spellings of hamza beside its own, no accusatives, duals and plurals of participles and no shapes before pronouns, so these
are left out of the second list where they are the only difference.
"""

import collections
import re
import sys

from mazini import conjugate

SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]")
FOUR = {"Q1": "Iq", "Q2": "IIq", "Q4": "IVq"}
NUMBER = {"s": "", "d": " dual", "p": " plural"}


def bare(word):
    return SIGNS.sub("", word).replace("ٱ", "ا")


def features(slot):
    """Our name for one of mazini's slots; None for those that are compared elsewhere or not at all."""
    tense, *passive, person = [*slot.split("_"), ""] if "_" not in slot else slot.split("_")
    name = {"past": "Past", "ind": "Present", "sub": "Present", "juss": "Present", "imp": "Imperative"}.get(tense)
    if name is None:
        return None
    number = NUMBER[person[-1]]
    genders = [""] if person[1:-1] == "m" else [" feminine"] if person[1:-1] == "f" else [""]
    if person == "2d":
        genders = ["", " feminine"] if name == "Present" else [""]
    # Our order: part, person, number, gender, voice.
    return [f"{name} {person[0]}{number}{g}" for g in genders], bool(passive)


def vowels(lemma, imperfect, root):
    """The vowels of form I are not in the table: every pair is tried until one gives lemma and imperfect."""
    for past in "aiu":
        for present in "aui":
            try:
                v = conjugate(root, "I", vowels=(past, present), passive=True)
            except Exception:
                continue
            if lemma in forms(v, "past_3ms") and imperfect in forms(v, "ind_3ms"):
                yield v


def forms(v, slot):
    return {bare(f.form) for f in v.slots.get(slot, [])}


def theirs(lemma, root, form, imperfect):
    root = root.replace(" ", "")
    if form == "I":
        return next(vowels(lemma, imperfect, root), None)
    for options in ({"passive": True}, {"passive": True, "reduced": True}, {}, {"reduced": True}):
        try:
            v = conjugate(root, FOUR.get(form, form), **options)
        except Exception:
            continue
        if lemma in forms(v, "past_3ms") and imperfect in forms(v, "ind_3ms"):
            return v
    return None


def main():
    ours = collections.OrderedDict()
    for line in open(sys.argv[1], encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        lemma, root, form, imperfect, word, feat = cells
        ours.setdefault((lemma, root, form, imperfect), collections.defaultdict(set))[feat].add(word)
    compared = agreed = extra = known = 0
    without = []
    missing, surplus = collections.defaultdict(list), collections.defaultdict(list)
    for (lemma, root, form, imperfect), have in ours.items():
        v = theirs(lemma, root, form, imperfect)
        if v is None:
            without.append(f"{lemma} ({root}, {form}, {imperfect})")
            continue
        want = collections.defaultdict(set)
        for slot in v.slots:
            told = features(slot)
            if told:
                names, passive = told
                for name in names:
                    want[name, passive] |= forms(v, slot)
        for slot, name in (("ap", "Active"), ("pp", "Passive")):
            want[name, False] |= {w for w in forms(v, slot) if "?" not in w}
        for (name, passive), words in want.items():
            mine = have.get(name, set())
            if passive:
                # Ours tells a passive only where its letters differ from the active.
                mine = mine | have.get(f"{name} passive", set())
            for word in words:
                compared += 1
                if word in mine:
                    agreed += 1
                else:
                    missing[name + (" passive" if passive else "")].append(f"{lemma}/{form} {word}")
        for name, words in have.items():
            passive = name.endswith(" passive")
            base = name.removesuffix(" passive")
            if (base, passive) not in want and (base, False) not in want:
                continue
            for word in words:
                extra += 1
                if word in want[base, passive] or word in want[base, False]:
                    known += 1
                else:
                    surplus[name].append(f"{lemma}/{form} {word}")
    print(f"{len(ours)} verbs, {len(without)} of them not made by mazini from root and form")
    print(f"mazini's forms that we have: {agreed} of {compared} ({100 * agreed / compared:.2f} %)")
    print(f"our forms that mazini has: {known} of {extra} ({100 * known / extra:.2f} %)")
    for title, lists in (("only mazini", missing), ("only we", surplus)):
        for name, words in sorted(lists.items()):
            print(f"{title}: {name} ({len(words)}): {', '.join(words)}")
    for verb in without:
        print(f"not compared: {verb}")


if __name__ == "__main__":
    main()
