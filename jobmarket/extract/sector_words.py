"""The words of lines that tell an employer's sector, the seed ``sector_words.csv``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.folding import fold, fold_lines
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
    patterns = [fold_lines((fold(word).strip(),))[:-1] + b" " for word in sector_marks().of_kind["word"]]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA)


def read_sector_words(lines: Sequence[Line]) -> None:
    """Read which words of the seed stand in some lines, and where: place and number of each."""
    texts = tuple([line.text for line in lines])
    # the blank behind each line and the one before the next: no phrase goes over a line's end
    folded = fold_lines(texts).replace(b"\n", b" ")
    starts = list(accumulate([len(text) + 2 for text in texts], initial=0))
    for number, start, _ in _automaton().find_matches_as_indexes(folded, overlapping=True):
        at = bisect_right(starts, start) - 1
        lines[at].sector_words = [*lines[at].sector_words, (start - starts[at], number)]
