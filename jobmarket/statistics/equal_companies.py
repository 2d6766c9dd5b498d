"""The effective number of employers: how many of equal size would carry as much information."""

from __future__ import annotations

import numpy as np

from jobmarket.statistics.panel import Numbers


def equal_companies(size: Numbers) -> tuple[float, float]:
    """Compute the effective number of employers and the divisor of a sum of squared influences.

    The divisor is the expected value of the sum if all postings of an employer are identical. With C employers of
    equal size it is the usual (C - 1) / C.

    Args:
        size: (employers,): postings.
    """
    total, squares = size.sum(), np.square(size).sum()
    effective = total**2 / squares
    return float(effective), float(1 - 2 * (size**3).sum() / (total * squares) + 1 / effective)
