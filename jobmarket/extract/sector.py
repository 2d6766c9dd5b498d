"""The employer's sector, where its posting tells: fintech, healthcare, mobility and others.

The marks are the seed ``sector_words.csv``. A word counts once a posting, twice what it weighs where the company
speaks of itself; the sector whose words weigh most has it, if they
are two at least and lead clearly. Anything else is not said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobmarket.extract.document import Document
from jobmarket.extract.folding import fold, fold_lines
from jobmarket.extract.line import Line, fill
from jobmarket.extract.marks import Mark, Marks, packaged_marks

SEED = "sector_words.csv"
UNSPECIFIED = "unspecified"
# Characters that are read; where a posting opens, the company mostly introduces itself.
_READ, _OPENING = 20_000, 700
_ENOUGH, _WORDS, _LEAD = 6, 2, 1.5


def _marks() -> Marks:
    return packaged_marks(SEED, "sector", frozenset(("word", "company")))


@lru_cache(maxsize=1)
def _words() -> tuple[BytesAhoCorasick, list[list[Mark]]]:
    words = _marks().of_kind["word"]
    patterns = [fold_lines((fold(word).strip(),))[:-1] + b" " for word in words]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA), list(words.values())


def _read(lines: list[str]) -> list[Sequence[tuple[int, int]]]:
    """Of each line its words of the seed: where each stands, and its number."""
    found: dict[int, list[tuple[int, int]]] = {}
    # the blank behind each line and the one before the next: no phrase goes over a line's end
    folded = fold_lines(tuple(lines)).replace(b"\n", b" ")
    starts = list(accumulate([len(line) + 2 for line in lines], initial=0))
    for number, start, _ in _words()[0].find_matches_as_indexes(folded, overlapping=True):
        line = bisect_right(starts, start) - 1
        found.setdefault(line, []).append((start - starts[line], number))
    return [found.get(line, ()) for line in range(len(lines))]


def learn_sector_words(lines: Iterable[Line]) -> None:
    """Read the words of the seed that stand in some lines."""
    fill("sector_words", lines, _read)


def sector(document: Document, company: str | None = None) -> str:
    """Return the sector that the posting, or its employer's name, tells; else ``unspecified``.

    Args:
        document: The posting as read.
        company: The employer's name, if known.
    """
    if company:
        named = _marks().of_kind["company"].get(" ".join(fold(company).split()))
        if named:
            return named[0].value
    about = [(0, _OPENING)] + [(one.start, one.end) for one in document.sections if one.kind == "about"]
    marks = _words()[1]
    seen: dict[int, int] = {}
    learn_sector_words(document.lines)
    for position, line in zip(document.starts, document.lines, strict=True):
        if line.sector_words and position <= _READ:
            for start, number in line.sector_words:
                if seen.get(number) != 2:
                    place = position + start
                    seen[number] = 2 if any(first <= place < last for first, last in about) else 1
    score: dict[str, int] = {}
    words: dict[str, int] = {}
    for number, factor in seen.items():
        for mark in marks[number]:
            score[mark.value] = score.get(mark.value, 0) + mark.weight * factor
            words[mark.value] = words.get(mark.value, 0) + 1
    ranked = sorted(score, key=lambda value: -score[value])[:2]
    if not ranked or score[ranked[0]] < _ENOUGH or words[ranked[0]] < _WORDS:
        return UNSPECIFIED
    if len(ranked) > 1 and score[ranked[0]] < _LEAD * score[ranked[1]]:
        return UNSPECIFIED
    return ranked[0]
