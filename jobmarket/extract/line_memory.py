"""What was read from a text, remembered: an employer's postings share half of their lines, word for word.

Texts not seen yet are read together, in one pass over all of them: an automaton or a table costs far more to call than
to run over a line of a hundred characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Reading = TypeVar("Reading")

# Some 200 MB, if there are so many: those not met again among as many are forgotten. Builds hand postings out employer
# by employer, and few employers have a tenth as many lines.
_MOST_LINES = 60_000
# Longer ones are texts without line ends, and come once.
_LONGEST = 2_000


class LineMemory(Generic[Reading]):
    """Readings by text, bounded. Only as pure as what reads: the same text must always be read the same way."""

    def __init__(self, read: Callable[[list[str]], Iterable[Reading]]) -> None:
        """``read`` gives a reading for each of some texts, in their order."""
        self._read = read
        self._known: dict[str, Reading] = {}
        self._older: dict[str, Reading] = {}

    def of(self, texts: Sequence[str]) -> list[Reading]:
        """The readings of some texts, in their order; those that are not known are read together."""
        known = self._known
        found = list(map(known.get, texts))
        missing = dict.fromkeys([text for text, reading in zip(texts, found, strict=True) if reading is None])
        if not missing:
            return [reading for reading in found if reading is not None]
        older = self._older
        known.update([(text, older[text]) for text in missing if text in older])
        unknown = [text for text in missing if text not in older]
        if unknown:
            known.update(zip(unknown, self._read(unknown), strict=True))
        readings = [known[text] if reading is None else reading for text, reading in zip(texts, found, strict=True)]
        for text in unknown:
            if len(text) > _LONGEST:
                del known[text]
        if len(known) > _MOST_LINES:
            self._known, self._older = {}, known
        return readings
