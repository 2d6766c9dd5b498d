"""Round numbers for an axis, and room for the labels beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jobmarket.report.formats import foreign

# Average width of a letter of a label, in pixels.
LETTER = 7.0
# Pixels between a label and the plot, and before the label.
_BESIDE = 14
# Width of a chart on a phone, which shows it at nine tenths, and on a wide page.
NARROW_WIDTH, WIDE_WIDTH = 400, 760


def label_room(labels: Sequence[str], is_narrow: bool) -> int:
    """Return the pixels to the left of a chart: enough for its longest label, within limits."""
    least, most = (96, 182) if is_narrow else (180, 300)
    return min(most, max(least, math.ceil(_BESIDE + LETTER * max(map(len, labels), default=0))))


def labelled(label: str, room: int) -> str:
    """Cut a label to its room."""
    return foreign(label, int((room - _BESIDE) / LETTER))


def n_ticks(axis_format: str, is_narrow: bool) -> int:
    """Return how many labels fit on an axis: shares are short, changes and amounts are not."""
    if not is_narrow:
        return 8
    return 5 if axis_format.endswith("%") and not axis_format.startswith("+") else 4


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two ends, as many as fit up to a maximum.

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
