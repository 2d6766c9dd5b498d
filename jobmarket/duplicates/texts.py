"""Texts: how much of their wording two postings share, of all of it and of the part that speaks of the role.

The measure is the overlap of their runs of three words: blind to markup, order and headings, and sharp enough to
tell a reworded paragraph from another job's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from jobmarket.duplicates.titles import spelt_one_way
from jobmarket.extract.document import read_document
from jobmarket.extract.language import detect_language

_RUN = 3
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]*>")
_TITLE_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_BOILERPLATE = frozenset(("about", "benefits", "pay"))


@dataclass(frozen=True)
class Text:
    """A posting's text as it is compared: HTML or plain, read no further than a comparison needs."""

    source: str

    @cached_property
    def plain(self) -> str:
        """The text without its markup, in lower case."""
        return unescape(_TAG.sub(" ", unescape(self.source) if "&lt;" in self.source else self.source)).lower()

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of all runs of three words."""
        return _runs(self.plain)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, spelt as titles spell them."""
        return spelt_one_way(_TITLE_WORD.findall(self.plain))

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code."""
        return detect_language(self.plain)

    @cached_property
    def role_runs(self) -> frozenset[int]:
        """As ``runs``, of the sections that are neither on the employer nor on pay and benefits."""
        document = read_document("", None, self.source, None)
        parts = [document.text[part.start : part.end] for part in document.sections if part.kind not in _BOILERPLATE]
        return _runs(" ".join(parts).lower())


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


SAME_WORDING = Wording(alike=1.0, contained=1.0, role_contained=1.0, length_ratio=1.0, shorter=1_000)

# Fewer runs than these in a text's role part say nothing of the role.
_ENOUGH_RUNS = 60
# Where as much is shared of the whole, the part on the role, which costs a reading, has nothing to add.
_ALL_BUT = 0.95


def compare(first: Text, second: Text) -> Wording:
    """Measure what two texts share."""
    runs, others = first.runs, second.runs
    n_shared = len(runs & others)
    n_shorter, n_longer = sorted((len(runs), len(others)))
    role_contained = 0.0
    if n_shared < _ALL_BUT * n_shorter:
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


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(text)
    return frozenset(map(hash, zip(*(words[start:] for start in range(_RUN)), strict=False)))
