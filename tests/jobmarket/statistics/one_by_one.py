"""Textbook formulas of shares, employer by employer, against which the matrix products are tested."""

from __future__ import annotations

import numpy as np

from jobmarket.statistics.chains import Statistic
from jobmarket.statistics.changes import Changes, changes_of_sums
from jobmarket.statistics.panel import Booleans, Numbers


def shares(having: Numbers, size: Numbers) -> Statistic:
    """Shares of attributes, linearised.

    Args:
        having: (weeks, employers, attributes): postings that have the attribute.
        size: (weeks, employers): postings.
    """

    def of_week(week: int, known: Booleans) -> tuple[Numbers, Numbers]:
        counted, parts = size[week] * known, having[week] * known[:, None]
        total = counted.sum()
        share = parts.sum(axis=0) / total
        return share, (parts - counted[:, None] * share) / total

    return of_week


def paired_changes(value: Numbers, influence: Numbers, n_employers: int) -> Changes:
    """Estimate changes from the employers' own changes.

    Args:
        value: (figures,): later minus earlier.
        influence: (employers, figures): likewise, the difference of the employers' influences.
        n_employers: Employers counted in either week.
    """
    squared = np.square(influence)
    return changes_of_sums(value, squared.sum(axis=0), np.square(squared).sum(axis=0), n_employers)
