"""A line of postings and what it says by itself, whichever posting it stands in: read once, for all that hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from jobmarket.extract.folding import lower
from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.line_words import line_parts

if TYPE_CHECKING:
    from jobmarket.extract.amounts import Token
    from jobmarket.extract.emerging import LineTerms
    from jobmarket.extract.skills import LineSkills

UNREAD: Final = -1
_BREAKS = (". ", "! ", "? ", "; ", " • ")
# Full stops that end no sentence: "a B.S. or M.S. in Physics", "a degree with much mathematics, e.g. Physics".
_ABBREVIATIONS = ("b.s", "m.s", "b.sc", "m.sc", "ph.d", "e.g")


class Line:
    """A line, and what is read from it: the first four by :func:`jobmarket.extract.line_reading.read_lines`.

    Attributes:
        text: The line.
        cues: The cues of :mod:`jobmarket.extract.line_words`, added up; ``UNREAD`` until it is read.
        spots: Group of :mod:`jobmarket.extract.anchors` to (position, word) of each of its words; null without any.
        numbers: Its numbers if one of them can be money, else empty (:mod:`jobmarket.extract.amounts`).
        sector_words: Place and number of each word that tells a sector (:mod:`jobmarket.extract.sector`).
        skills: What it says of skills, null until a matcher has read it (:mod:`jobmarket.extract.skills`).
        terms: Names in its list of skills, null likewise (:mod:`jobmarket.extract.emerging`).
        sentences: Hashes of its sentences, null until they are asked for (:mod:`jobmarket.extract.sentences`).
    """

    __slots__ = (
        "_answers",
        "_lowered",
        "_parts",
        "cues",
        "numbers",
        "sector_words",
        "sentences",
        "skills",
        "spots",
        "terms",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self._lowered: str | None = None
        self.cues = UNREAD
        self.spots: dict[str, list[tuple[int, str]]] | None = None
        self.numbers: Sequence[Token] = ()
        self.sector_words: Sequence[tuple[int, int]] = ()
        self.skills: LineSkills | None = None
        self.terms: LineTerms | None = None
        self.sentences: Sequence[int] | None = None
        self._parts: dict[str, tuple[tuple[str, int], ...]] | None = None
        self._answers: dict[Callable[[str], Any], list[tuple[int, Any]]] | None = None

    @property
    def lowered(self) -> str:
        """The line, lower-cased, every character in its place."""
        if self._lowered is None:
            self._lowered = lower(self.text)
        return self._lowered

    def parts(self, kind: str) -> tuple[tuple[str, int], ...]:
        """As :func:`jobmarket.extract.line_words.line_parts`, remembered."""
        if not self.cues:
            return ((kind, len(self.text)),)  # as most lines are
        if self._parts is None:
            self._parts = {}
        parts = self._parts.get(kind)
        if parts is None:
            parts = self._parts[kind] = line_parts(self.text, self.lowered, self.cues, kind)
        return parts

    def answers(self, group: str, reach: int, ask: Callable[[str], Any]) -> list[tuple[int, Any]]:
        """What ``ask`` answers, and is not null, of each sentence around a word of a group, with its place; remembered.

        A sentence is lower-cased. It ends at the line's end, at a full stop or after ``reach`` characters, whichever
        comes first; so the work stays linear in the line however long it is.
        """
        if self._answers is None:
            self._answers = {}
        answers = self._answers.get(ask)
        if answers is None:
            sentences = self._sentences(group, reach)
            answers = [(at, answer) for at, sentence in sentences if (answer := ask(sentence)) is not None]
            self._answers[ask] = answers
        return answers

    def _sentences(self, group: str, reach: int) -> list[tuple[int, str]]:
        lowered = self.lowered
        found: list[tuple[int, str]] = []
        last_end = -1
        for spot, _ in (self.spots or {}).get(group, ()):
            if spot < last_end:
                continue
            start = max(spot - reach, 0)
            end = min(spot + reach, len(lowered))
            for mark in _BREAKS:
                stop = lowered.rfind(mark, start, spot)
                while stop >= 0 and lowered.endswith(_ABBREVIATIONS, start, stop):
                    stop = lowered.rfind(mark, start, stop)
                if stop >= 0:
                    start = stop + len(mark)
                stop = lowered.find(mark, spot, end)
                while stop >= 0 and lowered.endswith(_ABBREVIATIONS, start, stop):
                    stop = lowered.find(mark, stop + 1, end)
                if stop >= 0:
                    end = stop
            last_end = end
            found.append((start, lowered[start:end]))
        return found


def _new(texts: list[str]) -> list[Line]:
    return [Line(text) for text in texts]


lines_of = LineMemory(_new).of
