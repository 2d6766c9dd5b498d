"""Folded text: what differs in spelling but not in meaning made equal, every character kept in its place.

Because no character is added or removed, a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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


# Lines are folded to one byte a character by way of Windows' letters, which hold the quotation marks and dashes of
# postings; OTHER_LETTER stands for each letter that is not among Latin-1's.
OTHER_LETTER = 0xFF
_OTHER = ord("?")
_WINDOWS = {code: letter for code in range(0x80, 0x100) if (letter := bytes((code,)).decode("cp1252", "ignore"))}
_NOT_WINDOWS = re.compile(f"[^\x00-\x7f{''.join(_WINDOWS.values())}]")


def _table(of_letter: Callable[[str], str], other: int) -> bytes:
    """What stands for each byte, of what stands for the letter that it is."""
    codes = [ord(of_letter(_WINDOWS.get(code, chr(code)))) for code in range(0x100)]
    return bytes(code if code < 0x100 else other for code in codes)


_FOLDED = bytearray(_table(lambda letter: fold(letter) if letter != "." else ".", OTHER_LETTER))
_FOLDED[_OTHER] = OTHER_LETTER
_LOWERED = _table(lambda letter: "'" if letter == "’" else lower(letter), _OTHER)


@lru_cache(maxsize=1)  # skills and sectors are read from the same lines, one after the other
def fold_lines(lines: tuple[str, ...]) -> bytes:
    """Some lines folded, one byte a character, each between a blank before it and a line feed behind it."""
    joined = (" " + "\n ".join(lines) + "\n").replace("?", " ")
    try:
        encoded = joined.encode("cp1252")
    except UnicodeEncodeError:
        joined = _NOT_WINDOWS.sub(lambda other: _fold_character(other[0]), joined)
        encoded = joined.encode("cp1252", "replace")
    folded = encoded.translate(_FOLDED)
    return folded.replace(b". ", b"  ").replace(b".\n", b" \n")


def lower_bytes(text: str) -> bytes:
    """A text lower-cased, one byte a character: Latin-1's letters, and ``?`` for any other."""
    return text.encode("cp1252", "replace").translate(_LOWERED)
