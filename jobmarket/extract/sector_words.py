"""Find the words of the seed ``sector_words.csv`` that indicate an employer's sector."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.folding import LineTexts, fold, fold_word
from jobmarket.extract.line import Line
from jobmarket.extract.marks import Mark, Marks, packaged_marks

SEED = "sector_words.csv"
# What joins the words of a list, and how many words after one can begin beside it: "electric vehicles" is two.
_BETWEEN = re.compile(r" ?[,/&] ?(?:(?:and|or|und|oder|et|ou) )?| (?:and|or|und|oder|et|ou) ")
_WORDS_BESIDE = 3


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
    """Record the position and number of each sector word in the lines, except in lists of several sectors.

    "Enterprises across automotive, life sciences, and financial services" are customers.

    Args:
        lines: The lines.
        texts: The same lines as one text.
    """
    # Line feeds become blanks, so that words at a line's end match. Two blanks between lines keep phrases in one line.
    folded = texts.folded.replace(b"\n", b" ")
    found = _automaton().find_matches_as_indexes(folded, overlapping=True)
    listed = _listed(found, texts.joined)
    for index, (number, start, _) in enumerate(found):
        if index not in listed:
            at = bisect_right(texts.starts, start + 1) - 1
            lines[at].sector_words = [*lines[at].sector_words, (start + 1 - texts.starts[at], number)]


def _listed(found: Sequence[tuple[int, int, int]], text: str) -> set[int]:
    """Return the indexes of the words that stand directly beside one of another sector in a list.

    Args:
        found: Number, start and end of each word, a blank included on either side; in order of their ends.
        text: The text in which they stand.
    """
    values = [{mark.value for mark in marks} for marks in sector_words()]
    listed: set[int] = set()
    for index, (number, _, end) in enumerate(found):
        for other, (next_number, start, _) in enumerate(found[index + 1 : index + 1 + _WORDS_BESIDE], index + 1):
            if _BETWEEN.fullmatch(text, end - 1, start + 1) and not values[number] & values[next_number]:
                listed |= {index, other}
    return listed
