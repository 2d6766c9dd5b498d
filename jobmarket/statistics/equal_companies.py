"""Employers of unequal size as employers of equal size that tell as much."""

from __future__ import annotations

import numpy as np

from jobmarket.statistics.panel import Numbers


def equal_companies(size: Numbers) -> tuple[float, float]:
    """As many employers of equal size as would tell as much, and what a sum of squared influences is divided by.

    The divisor is what the sum is expected to be of postings that are all alike within an employer: with C employers of
    equal size the usual (C - 1) / C.

    Args:
        size: (employers,): postings of each.
    """
    total, squares = size.sum(), np.square(size).sum()
    effective = total**2 / squares
    return float(effective), float(1 - 2 * (size**3).sum() / (total * squares) + 1 / effective)
