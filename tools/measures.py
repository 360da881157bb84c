"""Further measures on annotated reports, beside the scorer's: names by type, and which mentions are one entity (B cubed).

A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains", LREC 1998: for each mention, the share of its cluster that is
right (precision) and the share of its true cluster that is there (recall), averaged over mentions. A mention that the other side
lacks counts as wrong.
"""

import random


def b_cubed(true, found):
    """Sums for precision and recall: (right found, number found, right true, number true) over clusters given as sets of mentions.

    >>> b_cubed([{1, 2, 3}, {4}], [{1, 2, 3}, {4}])
    (4.0, 4, 4.0, 4)
    >>> b_cubed([{1, 2}, {3}], [{1, 2, 3}])  # all in one: each of 1 and 2 is right with 2 of 3, 3 with 1 of 3
    (1.6666666666666665, 3, 3.0, 3)
    >>> b_cubed([{1, 2}], [{1}, {2}])  # torn apart
    (2.0, 2, 1.0, 2)
    >>> b_cubed([{1, 2}], [{1, 9}])  # one is missing, one is made up
    (0.5, 2, 0.5, 2)
    """

    def right(ours, theirs):
        of = {m: c for c in theirs for m in c}
        return float(sum(len(c & of[m]) / len(c) for c in ours for m in sorted(c) if m in of)), sum(map(len, ours))

    return (*right(found, true), *right(true, found))


def f1(p_right, found, r_right, true):
    """The harmonic mean of precision and recall, with both.

    >>> f1(2.0, 2, 1.0, 2)
    (0.6666666666666666, 1.0, 0.5)
    """
    p, r = (p_right / found if found else 1.0), (r_right / true if true else 1.0)
    return (2 * p * r / (p + r) if p + r else 0.0), p, r


def figures(score, reports, records):
    """The figures as `score.py --json` gives its own; `score` is that module, `records` go by the report's id."""
    types = ("person", "organization", "place")
    tallies = []
    for doc in reports:
        gold, record = score.Gold(doc), records.get(doc["id"], {})
        kind = {e["id"]: e["type"] for e in doc["entities"]}
        mentions = [
            (e.get("type"), m, score.trim(gold.text, m["start"], m["end"]))
            for e in record.get("entities", [])
            for m in e.get("mentions", [])
            if m["start"] not in gold.debris and m.get("kind") != "pronoun"
        ]
        tally = {}
        for t in types:
            want = {score.trim(gold.text, *s) for g, spans in gold.names.items() if kind[g] == t for s in spans}
            have = {span for k, m, span in mentions if k == t and m.get("kind") == "name"}
            both = len(want & have)
            tally[f"names {t}"] = (both, len(have), both, len(want))
        true = [{score.trim(gold.text, *s) for s in spans} for spans in gold.all.values() if spans]
        found = []
        for e in record.get("entities", []):
            spans = {
                score.trim(gold.text, m["start"], m["end"])
                for m in e.get("mentions", [])
                if m["start"] not in gold.debris and m.get("kind") != "pronoun"
            }
            found.append(spans)
        tally["entities B3"] = b_cubed(true, [c for c in found if c])
        # Only where both sides have the mention: how well they are joined, apart from whether they are found.
        common = set().union(*true) & set().union(*found) if true and found else set()
        tally["entities B3 (found)"] = b_cubed([c & common for c in true if c & common], [c & common for c in found if c & common])
        tallies.append(tally)
    rng, out = random.Random(7), {}
    add = lambda ts, k: tuple(sum(t[k][i] for t in ts) for i in range(4))
    boots = [rng.choices(tallies, k=len(tallies)) for _ in range(300)]
    for k in tallies[0] if tallies else ():
        total = add(tallies, k)
        f, p, r = f1(*total)
        spread = sorted(f1(*add(b, k))[0] for b in boots)
        out[k] = {"F1": f, "low": spread[7], "high": spread[-8], "P": p, "R": r, "n": total[3]}
    return out
