"""Folded text: what differs in spelling but not in meaning made equal, every character kept in its place.

Because no character is added or removed, a position in the folded text is a position in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

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
_QUESTION_MARK = re.compile(rb"\?")


def _table(of_letter: Callable[[str], str], other: int) -> bytes:
    """What stands for each byte, of what stands for the letter that it is."""
    codes = [ord(of_letter(_WINDOWS.get(code, chr(code)))) for code in range(0x100)]
    return bytes(code if code < 0x100 else other for code in codes)


_FOLDED = _table(lambda letter: fold(letter) if letter != "." else ".", OTHER_LETTER)
_LOWERED = _table(lambda letter: "'" if letter == "’" else lower(letter), _OTHER)


class LineTexts:
    """Some lines as one text: each between a blank before it and a line feed behind it.

    Attributes:
        joined: That text.
        starts: Where each line begins in it.
        lowered: It lower-cased, one byte a character: Latin-1's letters, and ``?`` for any other.
        folded: It folded likewise, with ``OTHER_LETTER`` for letters that are not Latin-1's.
    """

    __slots__ = ("folded", "joined", "lowered", "starts")

    def __init__(self, lines: Sequence[str]) -> None:
        self.joined = joined = " " + "\n ".join(lines) + "\n" if lines else ""
        self.starts = list(accumulate([len(line) + 2 for line in lines[:-1]], initial=1))
        encoded = joined.encode("cp1252", "replace")
        self.lowered = encoded.translate(_LOWERED)
        folded = encoded.translate(_FOLDED)
        if not joined.isascii():
            # where the encoded text has a question mark, and the text has none, stands some other character
            other = bytearray(folded)
            for mark in _QUESTION_MARK.finditer(encoded):
                place = mark.start()
                if joined[place] != "?":
                    other[place] = _folded_byte(joined[place])
            folded = bytes(other)
        self.folded = folded.replace(b". ", b"  ").replace(b".\n", b" \n")


@lru_cache(maxsize=4096)
def _folded_byte(character: str) -> int:
    folded = _fold_character(character).encode("cp1252", "replace")[0]
    return OTHER_LETTER if folded == _OTHER else _FOLDED[folded]


@lru_cache(maxsize=1)  # plain words, sectors and skills are read from the same lines, one after the other
def together(lines: tuple[str, ...]) -> LineTexts:
    """Some lines as one text."""
    return LineTexts(lines)


def fold_word(word: str) -> bytes:
    """A word or phrase, with the blank before it, as :attr:`LineTexts.folded` has it."""
    return LineTexts((word,)).folded[:-1]


def lower_word(word: str) -> bytes:
    """A word or phrase as :attr:`LineTexts.lowered` has it."""
    return word.encode("cp1252", "replace").translate(_LOWERED)
