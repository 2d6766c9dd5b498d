"""Round numbers for an axis."""

from __future__ import annotations

import math


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
