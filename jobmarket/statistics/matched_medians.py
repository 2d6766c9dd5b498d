"""The median of pay, chained over employers known in both weeks of each comparison, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.chains import Statistic, chain
from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel

# Rounding error of sums that cancel.
_CANCELLED = 1e-12


@dataclass(frozen=True)
class MatchedMedians:
    """Estimates of one cell, each (weeks,).

    Attributes:
        level: The matched median; NaN where no comparison reaches.
        low: Lower bound of its 95 % interval; NaN where the width is unknown, because many postings state exactly the
            median amount or half of each employer's postings lie above it.
        high: Upper bound.
        since: Index of the week at which the chain begins; -1 where there is no level.
    """

    level: Numbers
    low: Numbers
    high: Numbers
    since: Indexes


def matched_medians(
    values: list[Numbers], employers: list[Indexes], size: Numbers, panel: Panel, floors: Floors
) -> MatchedMedians:
    """Chain the medians of one cell.

    Args:
        values: For each week, the postings' values in ascending order.
        employers: For each week, the index of each value's employer.
        size: (weeks, employers): postings.
        panel: Which employers can be compared.
        floors: Minimum sample of the first week, and of each side of a comparison.
    """
    chained = chain(medians(values, employers, panel.n_employers), 1, size, panel, floors)
    level, half = chained.level[:, 0], np.full(len(size), np.nan)
    for week in np.flatnonzero(chained.since >= 0):
        half[week] = _half_width(chained.influence[week, :, 0], size[week])
    return MatchedMedians(level, level - half, level + half, chained.since)


def medians(values: list[Numbers], employers: list[Indexes], n_employers: int) -> Statistic:
    """The linearised median of postings' values, as a statistic to chain.

    The density at the median is estimated from the values within the median's own interval (Woodruff), which is never
    taken narrower than with independent postings: pay is stated in round numbers, and a narrower one may contain a
    single amount.

    Args:
        values: For each week, the postings' values in ascending order.
        employers: For each week, the index of each value's employer.
        n_employers: The number of employers.
    """

    def of_week(week: int, known: Booleans) -> tuple[Numbers, Numbers]:
        is_counted = known[employers[week]]
        counted, owner = values[week][is_counted], employers[week][is_counted]
        number, size = len(counted), np.bincount(owner, minlength=n_employers).astype(float)
        middle = _quantiles_of_sorted(counted, np.array([0.5]))
        above = np.bincount(owner, np.sign(counted - middle) / 2, n_employers)
        of_share = (above - above.sum() / number * size) / number
        half = min(0.45, np.fmax(1 / np.sqrt(number), _half_width(of_share, size)))
        low, high = _quantiles_of_sorted(counted, np.array([0.5 - half, 0.5 + half]))
        slope = (high - low) / (2 * half)  # one over the density
        has_spread = slope > 0 and np.abs(of_share).max() > _CANCELLED
        return middle, (of_share * slope if has_spread else np.full(n_employers, np.nan))[:, None]

    return of_week


def _half_width(influence: Numbers, size: Numbers) -> float:
    """Half the width of an interval, from employers' influences and postings; NaN for a single employer.

    The degrees of freedom are K - 1 with K effective employers: with equal sizes, the usual C - 1.
    """
    effective, divisor = equal_companies(size)
    if divisor < _CANCELLED:
        return np.nan
    return float(t_quantile(max(1.0, effective - 1)) * np.sqrt(np.square(influence).sum() / divisor))


def _quantiles_of_sorted(ascending: Numbers, parts: Numbers) -> Numbers:
    """The same as ``np.quantile`` for sorted values, but faster: it runs for every comparison of every cell."""
    place = (len(ascending) - 1) * parts
    below = np.floor(place).astype(np.int64)
    low, high = ascending[below], ascending[np.minimum(below + 1, len(ascending) - 1)]
    return np.asarray(low + (place - below) * (high - low))
