"""What speaks for each of three kinds of work where a title says "AI" or "ML": words of title and text, weighed.

Such titles are used for building with language models, for training models, and for software in a team that has AI as
its subject; no single word tells them apart. ``role_evidence.csv`` has one row per cue with its weight for each family:

- ``title``: whether the pattern is in the title
- ``reading``: whether the title alone reads as that family
- ``mentions``: how often words of that group of :mod:`jobmarket.extract.anchors` stand in the text, as log(1 + n)
- ``topics``: how many different words of that group do, as log(1 + n)
- ``always``: what each family begins with

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
# A text of fewer characters says too little against its title.
LEAST_TEXT: Final = 600
# Another family must be this many times as likely as the one that the rules read.
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
        """Whether the text, not the title, says it."""
        return self.place in ("mentions", "topics")


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The rows of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Cue(row["cue"], row["place"], row["words"], tuple(float(row[family]) for family in FAMILIES))
            for row in csv.DictReader(file)
        )


def _question(cue: Cue) -> _Question:
    """What is asked of a title, its reading and a document."""
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
    """Return what each cue says of a posting, in the table's order.

    Args:
        title: The role's title, lower-cased.
        reading: The family that the title alone names.
        document: The posting.
    """
    return [ask(title, reading, document) for ask in _questions()]


def weighed(title: str, reading: str, document: Document, family: str) -> str:
    """Return the family that the evidence speaks for: the one the rules read, unless another is clearly more likely.

    Args:
        title: The role's title, lower-cased.
        reading: The family that the title alone names.
        document: The posting.
        family: What the rules read from both, one of the three.
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
