"""Find the words of the seed ``sector_words.csv`` that indicate an employer's sector."""

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
    """Return the seed's words and companies."""
    return packaged_marks(SEED, "sector", frozenset(("word", "company")))


@lru_cache(maxsize=1)
def sector_words() -> list[list[Mark]]:
    """Return what each of the seed's words indicates, by its number."""
    return list(sector_marks().of_kind["word"].values())


@lru_cache(maxsize=1)
def _automaton() -> BytesAhoCorasick:
    patterns = [fold_word(fold(word).strip()) + b" " for word in sector_marks().of_kind["word"]]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA)


def read_sector_words(lines: Sequence[Line], texts: LineTexts) -> None:
    """Record the position and number of each sector word in the lines.

    Args:
        lines: The lines.
        texts: The same lines as one text.
    """
    # Line feeds become blanks, so that words at a line's end match. Two blanks between lines keep phrases in one line.
    folded = texts.folded.replace(b"\n", b" ")
    for number, start, _ in _automaton().find_matches_as_indexes(folded, overlapping=True):
        at = bisect_right(texts.starts, start + 1) - 1
        lines[at].sector_words = [*lines[at].sector_words, (start + 1 - texts.starts[at], number)]
