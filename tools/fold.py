"""Folded spelling, as the reader's lexicons compare words: for finding duplicates in the tables."""

import re

DROPPED = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")
ALEFS = str.maketrans("أإآٱ", "اااا")


def fold(word):
    """The word without vowel signs, stretching and direction marks, its alefs bare, its spaces single."""
    return " ".join(DROPPED.sub("", word).translate(ALEFS).lower().split())
