"""A line of text and what it says by itself: read once and shared by all postings that contain it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from jobmarket.extract.folding import lower
from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.line_words import line_parts
from jobmarket.extract.sentence_bounds import goes_on

if TYPE_CHECKING:
    from jobmarket.extract.amounts import Token
    from jobmarket.extract.emerging import LineTerms
    from jobmarket.extract.skill_lines import LineSkills

UNREAD: Final = -1
_BREAKS = (". ", "! ", "? ", "; ", " • ")


class Line:
    """A line and what is read from it. :func:`jobmarket.extract.line_reading.read_lines` fills the first four readings.

    Attributes:
        text: The line.
        cues: The cues of :mod:`jobmarket.extract.line_words` as bit flags; ``UNREAD`` until the line is read.
        spots: Trigger words by group of :mod:`jobmarket.extract.anchors`, as (position, word); None if there are none.
        numbers: The line's numbers if one of them can be money, else empty (:mod:`jobmarket.extract.amounts`).
        sector_words: Position and number of each sector word (:mod:`jobmarket.extract.sector`).
        skills: The skills of the line; None until a reader has read it (:mod:`jobmarket.extract.skill_lines`).
        terms: Candidate terms of the line; None until a finder has read it (:mod:`jobmarket.extract.emerging`).
        sentences: Hashes of its sentences; None until they are requested (:mod:`jobmarket.extract.sentences`).
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
        """The line in lower case, every character in its place."""
        if self._lowered is None:
            self._lowered = lower(self.text)
        return self._lowered

    def parts(self, kind: str) -> tuple[tuple[str, int], ...]:
        """Return :func:`jobmarket.extract.line_words.line_parts` of this line, cached."""
        if not self.cues:
            return ((kind, len(self.text)),)  # the common case
        if self._parts is None:
            self._parts = {}
        parts = self._parts.get(kind)
        if parts is None:
            parts = self._parts[kind] = line_parts(self.text, self.lowered, self.cues, kind)
        return parts

    def answers(self, group: str, reach: int, ask: Callable[[str], Any]) -> list[tuple[int, Any]]:
        """Return each answer of ``ask`` other than None, with the position of its sentence; cached per ``ask``.

        ``ask`` receives the lower-case sentence around each trigger word of a group. A sentence ends at the line's end,
        at a full stop or after ``reach`` characters, whichever comes first, so the work is linear in the line's length.
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
                while stop >= 0 and goes_on(lowered, stop):
                    stop = lowered.rfind(mark, start, stop)
                if stop >= 0:
                    start = stop + len(mark)
                stop = lowered.find(mark, spot, end)
                while stop >= 0 and goes_on(lowered, stop):
                    stop = lowered.find(mark, stop + 1, end)
                if stop >= 0:
                    end = stop
            last_end = end
            found.append((start, lowered[start:end]))
        return found


def _new(texts: list[str]) -> list[Line]:
    return [Line(text) for text in texts]


lines_of = LineMemory(_new).of
