"""Cache readings by text: an employer's postings share half of their lines word for word.

Texts not seen before are read together in one pass, because calling an automaton or table costs far more than running
it over a line of a hundred characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Reading = TypeVar("Reading")

# About 200 MB when full. Texts not seen again within as many others are dropped. Builds process postings employer by
# employer, and few employers have a tenth as many lines.
_MOST_LINES = 60_000
# Characters. Longer texts have no line breaks and rarely recur.
_LONGEST = 2_000


class LineMemory(Generic[Reading]):
    """A bounded cache of readings. The reader must be pure: the same text always gives the same reading."""

    def __init__(self, read: Callable[[list[str]], Iterable[Reading]]) -> None:
        """``read`` returns one reading per text, in order."""
        self._read = read
        self._known: dict[str, Reading] = {}
        self._older: dict[str, Reading] = {}

    def of(self, texts: Sequence[str]) -> list[Reading]:
        """Return the readings of texts in order; unknown texts are read together."""
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
