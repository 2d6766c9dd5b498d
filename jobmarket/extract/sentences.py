"""Hash sentences and list items by their letters, to compare texts regardless of headings and markup.

Two texts that share most hashes are the same text, whatever order, headings or markup each board uses. All lines of a
batch are split into sentences and hashed at once.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jobmarket.extract.line import Line

_Numbers: TypeAlias = NDArray[np.int64]
_Words: TypeAlias = NDArray[np.uint64]

# Shorter sentences are headings and labels.
LEAST_LETTERS: Final = 20
# A sentence ends at one of these signs before a blank. Letters become lower case; other ASCII except digits is removed.
_SIGNS = bytes.maketrans(
    b"!?;:\t\v\f\r\x1c\x1d\x1e\x1f\0" + string.ascii_uppercase.encode(),
    b"....        '" + string.ascii_lowercase.encode(),
)
_SENTENCE_END, _LINE_END = b"\0", b"\n"
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum() and code not in _SENTENCE_END + _LINE_END)
# The non-ASCII signs of most lines. Like other signs, an apostrophe is not a letter and does not end a sentence.
_TYPOGRAPHIC = "’“”–—•"
# Letters are read eight at a time, so each sentence is padded with as many zeros.
_AT_ONCE: Final = 8
_GAP = b"\0" * _AT_ONCE
# Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014): each bit flips half of all others.
_GOLDEN, _MIX_1, _MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def sentence_hashes(texts: Sequence[Sequence[Line]]) -> list[list[int]]:
    """Return the sentence hashes of each text, given as its lines: 64 bits each, distinct and sorted.

    A sentence is hashed as its letters and digits in lower case; those of fewer than ``LEAST_LETTERS`` are left out.
    """
    _read_sentences(chain.from_iterable(texts))
    return [sorted(set().union(*[line.sentences or () for line in lines])) for lines in texts]


def _read_sentences(lines: Iterable[Line]) -> None:
    """Hash the sentences of the lines that have no hashes yet."""
    unread = list(dict.fromkeys([line for line in lines if line.sentences is None]))
    if not unread:
        return
    letters = _letters([line.text for line in unread])
    codes = np.frombuffer(letters, np.uint8)
    edges = np.flatnonzero(np.diff(codes > ord(_LINE_END), prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    is_long = _counted(codes, starts, ends) >= LEAST_LETTERS
    starts, ends = starts[is_long], ends[is_long]
    hashes = _hashes(letters, starts, ends).tolist()
    # The index of each line's first sentence.
    firsts = [0, *np.searchsorted(starts, np.flatnonzero(codes == ord(_LINE_END))).tolist(), len(hashes)]
    for line, (first, end) in zip(unread, pairwise(firsts), strict=True):
        line.sentences = hashes[first:end]


def _letters(lines: list[str]) -> bytes:
    """Return the letters and digits of lines: a gap after each sentence, a gap and line feed after each line."""
    plain = _LINE_END.decode().join([line if line.isascii() else _plain(line) for line in lines])
    cut = plain.encode("utf-8", "replace").translate(_SIGNS).replace(b". ", b"." + _SENTENCE_END)
    letters = cut.translate(None, _NO_LETTERS).replace(_SENTENCE_END, _GAP)
    return letters.replace(_LINE_END, _GAP + _LINE_END) + _GAP


def _plain(line: str) -> str:
    """Return a line in lower case whose only non-ASCII characters are letters and digits."""
    for mark in _TYPOGRAPHIC:
        line = line.replace(mark, "'")
    return line if line.isascii() else line.lower().translate(_PLAIN)


class _Plain(dict[int, str]):
    """The replacement of each character: itself if it is ASCII or alphanumeric, else a blank or a sign."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character if code < 0x80 or character.isalnum() else " " if character.isspace() else "'"
        self[code] = kept
        return kept


_PLAIN = _Plain()


def _counted(codes: NDArray[np.uint8], starts: _Numbers, ends: _Numbers) -> _Numbers:
    """Count the characters in each range of a UTF-8 text."""
    if codes.max(initial=0) < 0x80:
        return ends - starts
    counted: _Numbers = np.cumsum((codes & 0xC0) != 0x80)
    return counted[ends - 1] - counted[starts] + 1


def _hashes(letters: bytes, starts: _Numbers, ends: _Numbers) -> _Words:
    """Hash each range: mix every eight letters with their index in the range, add them up and mix the sum."""
    n_words = -(-(ends - starts) // _AT_ONCE)
    first = np.cumsum(n_words) - n_words
    number = np.arange(n_words.sum()) - np.repeat(first, n_words)
    at = np.repeat(starts, n_words) + number * _AT_ONCE
    words = np.ndarray(len(letters) - _AT_ONCE + 1, "<u8", letters, strides=(1,))[at]
    scattered = _scattered(words + _scattered(number.astype(np.uint64) + np.uint64(1)))
    return _scattered(np.add.reduceat(scattered, first))


def _scattered(words: _Words) -> _Words:
    words = words * _GOLDEN
    words = (words ^ (words >> np.uint64(30))) * _MIX_1
    words = (words ^ (words >> np.uint64(27))) * _MIX_2
    return words ^ (words >> np.uint64(31))
