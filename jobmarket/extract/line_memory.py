"""What was read from a line, remembered: an employer's postings share half of their lines, word for word.

Lines not seen yet are read together, in one pass over all of them: an automaton or a table costs far more to call than
to run over a line of a hundred characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Reading = TypeVar("Reading")

# Some 30 MB: more lines than the boards of a hundred employers hold. When they are reached, all is forgotten.
_MOST_LINES = 60_000
# Longer ones are texts without line ends, and come once.
_LONGEST = 2_000


class LineMemory(Generic[Reading]):
    """Readings by line, bounded. Only as pure as what reads: the same line must always be read the same way."""

    def __init__(self, read: Callable[[list[str]], Iterable[Reading]]) -> None:
        """``read`` gives a reading for each of some lines, in their order."""
        self._read = read
        self._known: dict[str, Reading] = {}

    def of(self, lines: Sequence[str]) -> list[Reading]:
        """The readings of some lines, in their order."""
        known = self._known
        unknown = dict.fromkeys([line for line in lines if line not in known])
        if not unknown:
            return [known[line] for line in lines]
        if len(known) + len(unknown) > _MOST_LINES:
            known.clear()
            unknown = dict.fromkeys(lines)
        known.update(zip(unknown, self._read(list(unknown)), strict=True))
        found = [known[line] for line in lines]
        if len(known) > _MOST_LINES:  # one text of more lines than are kept
            known.clear()
        else:
            for line in unknown:
                if len(line) > _LONGEST:
                    del known[line]
        return found

    def learn(self, lines: Iterable[str]) -> None:
        """Read together what is not known yet, so that asking for it is cheap; what is not kept is left to be asked."""
        known = self._known
        unknown = dict.fromkeys([line for line in lines if line not in known and len(line) <= _LONGEST])
        if not unknown or len(unknown) > _MOST_LINES:
            return
        if len(known) + len(unknown) > _MOST_LINES:
            known.clear()
        known.update(zip(unknown, self._read(list(unknown)), strict=True))
