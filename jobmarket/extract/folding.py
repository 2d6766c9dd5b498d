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


def _replaced(text: str, characters: re.Pattern[str]) -> str:
    """Each of some characters replaced by what stands for it; ``len`` is unchanged."""
    signs = set(characters.findall(text))
    if len(signs) > _FEW:
        return text.translate({ord(sign): _fold_character(sign) for sign in signs})
    for sign in signs:
        text = text.replace(sign, _fold_character(sign))
    return text


def fold(text: str) -> str:
    """Lower case, no accents, separators as spaces, dots at a word's end as spaces; ``len`` is unchanged."""
    folded = (text if text.isascii() else _replaced(text, _NOT_ASCII)).translate(_ASCII_TABLE)
    folded = folded.replace(". ", "  ").replace(".\n", " \n")
    return folded[:-1] + " " if folded.endswith(".") else folded


def lower(text: str) -> str:
    """Lower-case a text; ``len`` is unchanged, as the one letter whose small form is longer stays as it is."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "İ".join(part.lower() for part in text.split("İ"))


# Stands for each letter that is neither ASCII's nor Latin-1's.
OTHER_LETTER = 0xFF
_NOT_LATIN_1 = re.compile("[^\x00-\xff]")
_BYTES = (
    {code: ord(_fold_character(chr(code))) for code in range(0x80, 0x100)} | _ASCII_TABLE | {ord("?"): OTHER_LETTER}
)
_BYTE_TABLE = bytes(_BYTES.get(code, code) for code in range(0x100))


def fold_lines(lines: list[str]) -> bytes:
    """Some lines folded, one byte a character, each between a blank before it and a line feed behind it.

    A letter that is neither ASCII's nor Latin-1's is :data:`OTHER_LETTER`.
    """
    joined = _replaced(" " + "\n ".join(lines) + "\n", _NOT_LATIN_1)
    folded = joined.replace("?", " ").encode("latin-1", "replace").translate(_BYTE_TABLE)
    return folded.replace(b". ", b"  ").replace(b".\n", b" \n")
