"""Sentences and list items as hashes of their letters: by them texts are compared without their headings and marks.

Two texts that share most of them are one text, whatever order, headings or markup each board gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from jobmarket.extract.line import Line

# Shorter ones are headings and labels.
LEAST_LETTERS: Final = 20
_ENDS = re.compile(r"[.!?;:]\s")
# The same of ASCII alone, as most lines are, in a third of the time: every end is ". ", and all else is cut out.
_PLAIN_ENDS = bytes.maketrans(b"!?;:\t\n\v\f\r\x1c\x1d\x1e\x1f", b"....         ")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
# What keeps most of the others from it; none of them is a letter or ends a sentence, and an apostrophe is none either.
_TYPOGRAPHIC = "’“”–—•"


def sentence_hashes(lines: Iterable[Line]) -> list[int]:
    """Hashes, 64 bits each, of the sentences of some lines: distinct, in order of the hash.

    A sentence is hashed as its letters and digits in lower case; one of fewer than ``LEAST_LETTERS`` is left out.
    """
    found: set[int] = set()
    for line in lines:
        if line.sentences is None:
            line.sentences = _hashes(line.lowered)
        found.update(line.sentences)
    return sorted(found)


def _hashes(lowered: str) -> tuple[int, ...]:
    if not lowered.isascii():
        for mark in _TYPOGRAPHIC:
            lowered = lowered.replace(mark, "'")
    if lowered.isascii():
        sentences = lowered.encode().translate(_PLAIN_ENDS).split(b". ")
        plain = [sentence.translate(None, _NO_LETTERS) for sentence in sentences]
        return tuple([_hash(letters) for letters in plain if len(letters) >= LEAST_LETTERS])
    lettered = ["".join(filter(str.isalnum, sentence)) for sentence in _ENDS.split(lowered)]
    return tuple([_hash(letters.encode()) for letters in lettered if len(letters) >= LEAST_LETTERS])


def _hash(letters: bytes) -> int:
    return int.from_bytes(blake2b(letters, digest_size=8).digest(), "big")
