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
_LETTERS = re.compile(r"[^\W_]+")


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
    letters = ["".join(_LETTERS.findall(sentence)) for sentence in _ENDS.split(lowered)]
    return tuple([_hash(each) for each in letters if len(each) >= LEAST_LETTERS])


def _hash(letters: str) -> int:
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "big")
