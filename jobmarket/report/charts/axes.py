"""Round numbers for an axis, and room for the labels beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jobmarket.report.formats import foreign

# Pixels that a letter of a label takes, on an average.
LETTER = 7.4


def label_room(labels: Sequence[str], is_narrow: bool) -> int:
    """Pixels left of a chart: as many as its longest label needs, as far as there is room."""
    least, most = (96, 160) if is_narrow else (180, 300)
    return min(most, max(least, round(14 + LETTER * max(map(len, labels), default=0))))


def labelled(label: str, room: int) -> str:
    """A label cut to its room."""
    return foreign(label, int((room - 14) / LETTER))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values between two ends, as many as fit and not more than asked for.

    Args:
        low: Lower end of the axis.
        high: Upper end, above ``low``.
        most: The largest number of ticks, at least 1.
    """
    magnitude = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1, 2, 5, 10, 20, 50):
        step = factor * magnitude
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            # Rounded, so that 3 × 0.1 is 0.3 on every machine.
            return [round(number * step, 12) for number in range(first, last + 1)]
    return [low, high]
