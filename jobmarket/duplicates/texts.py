"""Texts: how much of their wording two postings share, of all of it and of the part that speaks of the role.

The measure is the overlap of their runs of three words: blind to markup, order and headings, and sharp enough to
tell a reworded paragraph from another job's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from jobmarket.duplicates.titles import spelt_one_way
from jobmarket.extract.document import Document

_RUN = 3
_WORD = re.compile(r"[^\W_]+")
_TITLE_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_BOILERPLATE = frozenset(("about", "benefits", "pay"))


@dataclass(frozen=True)
class Text:
    """A posting's text as it is compared."""

    document: Document

    @cached_property
    def words(self) -> list[str]:
        """All words, in order and in lower case."""
        return _WORD.findall(self.document.text.lower())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, spelt as titles spell them."""
        return spelt_one_way(_TITLE_WORD.findall(self.document.text.lower()))

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of all runs of three words."""
        return _runs(self.words)

    @cached_property
    def role_runs(self) -> frozenset[int]:
        """As ``runs``, of the sections that are neither on the employer nor on pay and benefits."""
        text = self.document.text
        parts = [text[part.start : part.end] for part in self.document.sections if part.kind not in _BOILERPLATE]
        return _runs(_WORD.findall(" ".join(parts).lower()))


@dataclass(frozen=True, slots=True)
class Wording:
    """What two texts share: ``alike`` of both together, ``contained`` of the shorter one, each from 0 to 1.

    ``role_contained`` is the latter for the parts on the role; ``length_ratio`` the shorter text over the longer.
    """

    alike: float
    contained: float
    role_contained: float
    length_ratio: float
    shorter: int

    @property
    def shared(self) -> float:
        """The part of the shorter text that the other has too, whichever reading shows more."""
        return max(self.contained, self.role_contained)


# Fewer runs than these in a text's role part say nothing of the role.
_ENOUGH_RUNS = 60


def compare(first: Text, second: Text) -> Wording:
    """Measure what two texts share."""
    runs, others = first.runs, second.runs
    n_shared = len(runs & others)
    n_shorter, n_longer = sorted((len(runs), len(others)))
    role_contained = 0.0
    if n_shared < n_shorter:
        role, other_role = first.role_runs, second.role_runs
        n_role = min(len(role), len(other_role))
        if n_role >= _ENOUGH_RUNS:
            role_contained = len(role & other_role) / n_role
    return Wording(
        alike=n_shared / max(1, n_shorter + n_longer - n_shared),
        contained=n_shared / max(1, n_shorter),
        role_contained=role_contained,
        length_ratio=n_shorter / max(1, n_longer),
        shorter=n_shorter,
    )


def _runs(words: list[str]) -> frozenset[int]:
    return frozenset(map(hash, zip(*(words[start:] for start in range(_RUN)), strict=False)))
