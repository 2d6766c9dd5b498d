"""Read the employer's sector where its posting shows it: fintech, healthcare, mobility and others.

The marks are in the seed ``sector_words.csv``. Each word counts once per posting, and double where the company
describes itself. The sector with the highest score wins if at least two words support it and it leads clearly;
otherwise the sector is ``unspecified``.
"""

from __future__ import annotations

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.facts import UNSPECIFIED
from jobmarket.extract.folding import fold
from jobmarket.extract.sector_words import sector_marks, sector_words

# Characters that are read; within the first ones the company mostly introduces itself.
_READ, _OPENING = 20_000, 700
# The minimum score, number of words, and ratio to the score of the second-best sector.
_ENOUGH, _WORDS, _LEAD = 6, 2, 1.5


def sector(document: Document, company: str | None = None) -> str:
    """Return the sector shown by the employer's name or the posting; else ``unspecified``.

    Args:
        document: The posting as read.
        company: The employer's name, if known.
    """
    if company:
        named = sector_marks().of_kind["company"].get(" ".join(fold(company).split()))
        if named:
            return named[0].value
    marks = sector_words()
    score: dict[str, int] = {}
    words: dict[str, int] = {}
    for number, factor in _factors(document).items():
        for mark in marks[number]:
            score[mark.value] = score.get(mark.value, 0) + mark.weight * factor
            words[mark.value] = words.get(mark.value, 0) + 1
    ranked = sorted(score, key=lambda value: -score[value])[:2]
    if not ranked or score[ranked[0]] < _ENOUGH or words[ranked[0]] < _WORDS:
        return UNSPECIFIED
    if len(ranked) > 1 and score[ranked[0]] < _LEAD * score[ranked[1]]:
        return UNSPECIFIED
    return ranked[0]


def _factors(document: Document) -> dict[int, int]:
    """Return how often each sector word of a text counts, by its number: twice where the company describes itself."""
    about = [(0, _OPENING)] + [(one.start, one.end) for one in document.sections if one.kind == "about"]
    factors: dict[int, int] = {}
    for position, line in document.spots.get(anchors.SECTOR, ()):
        if position <= _READ:
            for start, number in line.sector_words:
                if factors.get(number) != 2:
                    place = position + start
                    factors[number] = 2 if any(first <= place < last for first, last in about) else 1
    return factors
