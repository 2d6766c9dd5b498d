"""The numbers of postings of employers in simulated markets."""

from __future__ import annotations

import numpy as np

from jobmarket.statistics.panel import Indexes


def employer_sizes(employers: int, each: int, *, is_unequal: bool) -> Indexes:
    """Return the number of postings of each employer.

    Args:
        employers: The number of employers.
        each: The mean number of postings per employer.
        is_unequal: Whether sizes follow Zipf's law: the k-th employer has a k-th of the first one's postings, and the
            first one at most half of all. Otherwise all are equal.
    """
    if not is_unequal:
        return np.full(employers, each)
    weight = 1 / np.arange(1, employers + 1)
    size: Indexes = np.maximum(1, np.round(weight / weight.sum() * employers * each)).astype(int)
    size[0] = min(size[0], size[1:].sum())
    return size
