"""Fold text: remove differences in spelling that do not change the meaning, keeping every character in place.

No character is added or removed, so a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

# Signs that separate words become blanks. A dot stays inside a word (node.js) and becomes a blank at its end; the signs
# of C++, C#, R&D and user@host stay.
_ASCII_TO_SPACE = '-_/,;:()[]{}"|*!?=<>~`^'
_ASCII_TABLE = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _ASCII_TO_SPACE, "abcdefghijklmnopqrstuvwxyz" + " " * len(_ASCII_TO_SPACE)
)
# Signs that separate words only beside a blank or a line's end: dots and quotation marks. And the apostrophe of French
# words that lose their vowel: "l'IA", "d'Airflow".
_BESIDE_BLANKS = (
    *((". ", "  "), (".\n", " \n")),
    *((" '", "  "), ("' ", "  "), ("'\n", " \n")),
    *((" d'", " d "), (" l'", " l "), (" qu'", " qu ")),
)
_BESIDE_BLANKS_AS_BYTES = tuple((signs.encode(), blanks.encode()) for signs, blanks in _BESIDE_BLANKS)
# Up to this many distinct signs, replacing each in the whole text is fast; with thousands (Chinese) it is not.
_FEW = 48
_NOT_ASCII = re.compile("[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return the replacement for one non-ASCII character: its base letter, itself, or a blank for a sign."""
    if character in "’ʼ":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 and base.isalnum() else " "


def _replaced(text: str, characters: re.Pattern[str]) -> str:
    """Replace the matched characters by their folded forms; ``len`` is unchanged."""
    signs = set(characters.findall(text))
    if len(signs) > _FEW:
        return text.translate({ord(sign): _fold_character(sign) for sign in signs})
    for sign in signs:
        text = text.replace(sign, _fold_character(sign))
    return text


def fold(text: str) -> str:
    """Lower case, without accents, with blanks for separators, dots at word ends and quotes; ``len`` is unchanged."""
    padded = f" {_fold_characters(text)}\n"
    for signs, blanks in _BESIDE_BLANKS:
        padded = padded.replace(signs, blanks)
    return padded[1:-1]


def _fold_characters(text: str) -> str:
    """Fold each character by itself, whatever is beside it."""
    return (text if text.isascii() else _replaced(text, _NOT_ASCII)).translate(_ASCII_TABLE)


def lower(text: str) -> str:
    """Lower-case a text without changing ``len``: "İ", whose lower case is longer, stays as it is."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "İ".join(part.lower() for part in text.split("İ"))


# Lines are folded to one byte per character through Windows-1252, which contains the quotation marks and dashes that
# postings use. OTHER_LETTER stands for any letter outside Latin-1.
OTHER_LETTER = 0xFF
_OTHER = ord("?")
_WINDOWS = {code: letter for code in range(0x80, 0x100) if (letter := bytes((code,)).decode("cp1252", "ignore"))}
_QUESTION_MARK = re.compile(rb"\?")


def _table(of_letter: Callable[[str], str], other: int) -> bytes:
    """Return a byte translation table from a function on letters; results outside Latin-1 become ``other``."""
    codes = [ord(of_letter(_WINDOWS.get(code, chr(code)))) for code in range(0x100)]
    return bytes(code if code < 0x100 else other for code in codes)


_FOLDED = _table(_fold_characters, OTHER_LETTER)
_LOWERED = _table(lambda letter: "'" if letter == "’" else lower(letter), _OTHER)


class LineTexts:
    """Several lines as one text, each with a blank before it and a line feed after it.

    Attributes:
        joined: The text.
        starts: The offset of each line in it.
        lowered: The text in lower case, one byte per character: Latin-1, with ``?`` for any other character.
        folded: The text folded, one byte per character, with ``OTHER_LETTER`` for letters outside Latin-1.
    """

    __slots__ = ("folded", "joined", "lowered", "starts")

    def __init__(self, lines: Sequence[str]) -> None:
        self.joined = joined = " " + "\n ".join(lines) + "\n" if lines else ""
        self.starts = list(accumulate([len(line) + 2 for line in lines[:-1]], initial=1))
        encoded = joined.encode("cp1252", "replace")
        self.lowered = encoded.translate(_LOWERED)
        folded = encoded.translate(_FOLDED)
        if not joined.isascii():
            # A question mark in the encoded text that is none in the original stands for some other character.
            other = bytearray(folded)
            for mark in _QUESTION_MARK.finditer(encoded):
                place = mark.start()
                if joined[place] != "?":
                    other[place] = _folded_byte(joined[place])
            folded = bytes(other)
        for signs, blanks in _BESIDE_BLANKS_AS_BYTES:
            folded = folded.replace(signs, blanks)
        self.folded = folded


@lru_cache(maxsize=4096)
def _folded_byte(character: str) -> int:
    folded = _fold_character(character).encode("cp1252", "replace")[0]
    return OTHER_LETTER if folded == _OTHER else _FOLDED[folded]


@lru_cache(maxsize=1)  # trigger words, sectors and skills are read from the same lines in turn
def together(lines: tuple[str, ...]) -> LineTexts:
    """Return lines as one text."""
    return LineTexts(lines)


def fold_word(word: str) -> bytes:
    """Return a word or phrase as it appears in :attr:`LineTexts.folded`, with the blank before it."""
    return LineTexts((word,)).folded[:-1]


def lower_word(word: str) -> bytes:
    """Return a word or phrase as it appears in :attr:`LineTexts.lowered`."""
    return word.encode("cp1252", "replace").translate(_LOWERED)
