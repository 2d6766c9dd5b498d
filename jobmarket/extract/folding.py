"""Folded text: what differs in spelling but not in meaning made equal, every character kept in its place.

Because no character is added or removed, a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Signs that separate words become a space. A dot stays inside a word (node.js) and goes at its end; the signs of
# C++, C#, R&D and user@host stay.
_ASCII_TO_SPACE = '-_/,;:()[]{}"|*!?=<>~`^'
_ASCII_TABLE = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _ASCII_TO_SPACE, "abcdefghijklmnopqrstuvwxyz" + " " * len(_ASCII_TO_SPACE)
)
# Replacing a sign in the whole text is fast, but once for each of thousands (Chinese) is not.
_FEW = 48
_NOT_ASCII = re.compile("[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """What stands for one character that is not ASCII: its base letter, itself, or a blank for any sign."""
    if character in "’ʼ":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 and base.isalnum() else " "


def fold(text: str) -> str:
    """Lower case, no accents, separators as spaces, dots at a word's end as spaces; ``len`` is unchanged."""
    if not text.isascii():
        signs = set(_NOT_ASCII.findall(text))
        if len(signs) <= _FEW:
            for sign in signs:
                text = text.replace(sign, _fold_character(sign))
        else:
            text = text.translate({ord(sign): _fold_character(sign) for sign in signs})
    folded = text.translate(_ASCII_TABLE)
    folded = folded.replace(". ", "  ").replace(".\n", " \n")
    return folded[:-1] + " " if folded.endswith(".") else folded
