"""How many postings each employer of a drawn market has."""

from __future__ import annotations

import numpy as np

from jobmarket.statistics.panel import Indexes


def employer_sizes(employers: int, each: int, *, is_unequal: bool) -> Indexes:
    """Postings of each employer: as many, or of the k-th a k-th of the first's, who has no more than half."""
    if not is_unequal:
        return np.full(employers, each)
    weight = 1 / np.arange(1, employers + 1)
    size: Indexes = np.maximum(1, np.round(weight / weight.sum() * employers * each)).astype(int)
    size[0] = min(size[0], size[1:].sum())
    return size
