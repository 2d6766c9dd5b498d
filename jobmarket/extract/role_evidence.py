"""Weigh evidence for three kinds of work where a title says "AI" or "ML".

Such titles are used for building with language models, for training models, and for software in a team that works on
AI. No single word separates them. ``role_evidence.csv`` has one row per cue, with its weight for each family:

- ``title``: whether the pattern matches the title
- ``reading``: whether the title alone suggests that family
- ``mentions``: how often words of that group of :mod:`jobmarket.extract.anchors` occur in the text, as log(1 + n)
- ``topics``: how many distinct words of that group occur, as log(1 + n)
- ``always``: the intercept of each family

`python -m benchmarks.role_evidence` fits the weights to labelled postings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from math import log, log1p
from pathlib import Path
from typing import Final, NamedTuple

from jobmarket.extract.document import Document
from jobmarket.extract.passages import mentions, topics

TABLE: Final = Path(__file__).with_name("role_evidence.csv")
FAMILIES: Final = ("ai_engineer", "ml_engineer", "software_engineer")
# Characters. A shorter text is too little evidence against its title.
LEAST_TEXT: Final = 600
# Log odds: another family must be 1.5 times as likely as the one from the rules.
HEAD_START: Final = log(1.5)

_Question = Callable[[str, str, Document], float]


class Cue(NamedTuple):
    """A row of the table."""

    name: str
    place: str
    words: str
    weights: tuple[float, ...]

    @property
    def is_of_text(self) -> bool:
        """Whether the cue is about the text rather than the title."""
        return self.place in ("mentions", "topics")


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """Return the rows of the table, in order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Cue(row["cue"], row["place"], row["words"], tuple(float(row[family]) for family in FAMILIES))
            for row in csv.DictReader(file)
        )


def _question(cue: Cue) -> _Question:
    """Return the function that evaluates a cue for a title, its reading and a document."""
    if cue.place == "title":
        search = re.compile(cue.words).search
        return lambda title, _reading, _document: float(search(title) is not None)
    if cue.place == "reading":
        return lambda _title, reading, _document: float(reading == cue.words)
    if cue.place == "always":
        return lambda _title, _reading, _document: 1.0
    counted = {"mentions": mentions, "topics": topics}[cue.place]
    return partial(_log_count, counted, cue.words)


def _log_count(
    counted: Callable[[Document, str], int], group: str, _title: str, _reading: str, document: Document
) -> float:
    return log1p(counted(document, group))


@lru_cache(maxsize=1)
def _questions() -> list[_Question]:
    return [_question(cue) for cue in cues()]


def values(title: str, reading: str, document: Document) -> list[float]:
    """Return the value of each cue for a posting, in the table's order.

    Args:
        title: The role's title in lower case.
        reading: The family that the title alone suggests.
        document: The posting.
    """
    return [ask(title, reading, document) for ask in _questions()]


def weighed(title: str, reading: str, document: Document, family: str) -> str:
    """Return the family with the strongest evidence: the one from the rules, unless another is clearly more likely.

    Args:
        title: The role's title in lower case.
        reading: The family that the title alone suggests.
        document: The posting.
        family: The family from the rules, one of :data:`FAMILIES`.
    """
    if len(document.text) < LEAST_TEXT:
        return family
    found = values(title, reading, document)
    if not any(value for value, cue in zip(found, cues(), strict=True) if cue.is_of_text):
        return family
    scores = _scores(found)
    scores[FAMILIES.index(family)] += HEAD_START
    return FAMILIES[scores.index(max(scores))]


def _scores(found: Sequence[float]) -> list[float]:
    said = [(value, cue.weights) for value, cue in zip(found, cues(), strict=True) if value]
    return [sum(value * weights[family] for value, weights in said) for family in range(len(FAMILIES))]
