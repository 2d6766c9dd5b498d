"""Folded text: what differs in spelling but not in meaning made equal, every character kept in its place.

Because no character is added or removed, a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata

# Signs that separate words become a space. A dot stays inside a word (node.js) and goes at its end.
_TO_SPACE = "-_/,;:()[]{}\"|*!?=<>~`^…“”„«»‹›‐‑‒–—―·•●‘\u00a0\u2007\u202f®™©"
_TABLE = dict.fromkeys(map(ord, _TO_SPACE), " ")
_TABLE[ord("’")] = "'"
_TABLE[ord("ʼ")] = "'"
_ASCII_TO_SPACE = "".join(c for c in _TO_SPACE if c < "\x80")
_ASCII_TABLE = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _ASCII_TO_SPACE, "abcdefghijklmnopqrstuvwxyz" + " " * len(_ASCII_TO_SPACE)
)
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def _fold_character(character: str) -> str:
    known = _TABLE.get(ord(character))
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", character)[0].lower()
    if len(base) == 1 and (base.isalnum() or base == character):
        return base
    return " " if character.isspace() else character


def fold(text: str) -> str:
    """Lower case, no accents, separators as spaces, dots at a word's end as spaces; ``len`` is unchanged."""
    if not text.isascii():
        for character in set(_NOT_ASCII.findall(text)):
            text = text.replace(character, _fold_character(character))
    folded = text.translate(_ASCII_TABLE)
    folded = folded.replace(". ", "  ").replace(".\n", " \n")
    return folded[:-1] + " " if folded.endswith(".") else folded
