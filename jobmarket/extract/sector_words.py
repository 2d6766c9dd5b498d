"""The words of lines that tell an employer's sector, the seed ``sector_words.csv``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.folding import LineTexts, fold, fold_word
from jobmarket.extract.line import Line
from jobmarket.extract.marks import Mark, Marks, packaged_marks

SEED = "sector_words.csv"


def sector_marks() -> Marks:
    """The seed's words and companies."""
    return packaged_marks(SEED, "sector", frozenset(("word", "company")))


@lru_cache(maxsize=1)
def sector_words() -> list[list[Mark]]:
    """What each of the seed's words tells, by its number."""
    return list(sector_marks().of_kind["word"].values())


@lru_cache(maxsize=1)
def _automaton() -> BytesAhoCorasick:
    patterns = [fold_word(fold(word).strip()) + b" " for word in sector_marks().of_kind["word"]]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA)


def read_sector_words(lines: Sequence[Line], texts: LineTexts) -> None:
    """Read which words of the seed stand in some lines, and where: place and number of each.

    Args:
        lines: The lines.
        texts: The same lines as one text.
    """
    # the blank behind each line and the one before the next: no phrase goes over a line's end
    folded = texts.folded.replace(b"\n", b" ")
    for number, start, _ in _automaton().find_matches_as_indexes(folded, overlapping=True):
        at = bisect_right(texts.starts, start + 1) - 1
        lines[at].sector_words = [*lines[at].sector_words, (start + 1 - texts.starts[at], number)]
