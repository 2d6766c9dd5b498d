"""The median of pay, chained over employers known in both weeks of each comparison, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.chains import Statistic, chain
from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel

# What is left of sums that cancel.
_CANCELLED = 1e-12


@dataclass(frozen=True)
class MatchedMedians:
    """Of one cell, each (weeks,).

    Attributes:
        level: The matched median; NaN where no comparison reaches.
        low: Lower bound of its 95 % interval; NaN where nothing tells a width, as so many postings state the median's
            very amount, or as half of each employer's lie above it.
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
        values: Of each week, the postings' values in ascending order.
        employers: Of each week, the index of each value's employer.
        size: (weeks, employers): postings.
        panel: Who can be compared.
        floors: Least sample of the first week, and of each side of a comparison.
    """
    chained = chain(medians(values, employers, panel.n_employers), 1, size, panel, floors)
    level, half = chained.level[:, 0], np.full(len(size), np.nan)
    for week in np.flatnonzero(chained.since >= 0):
        half[week] = _half_width(chained.influence[week, :, 0], size[week])
    return MatchedMedians(level, level - half, level + half, chained.since)


def medians(values: list[Numbers], employers: list[Indexes], n_employers: int) -> Statistic:
    """The median of values of postings, linearised: half of them are at or below it.

    The density at the median is that of the values within the bounds of the median's own interval (Woodruff), and not
    of fewer than if postings were independent: where pay is stated in round numbers, less of it may be one of them.

    Args:
        values: Of each week, the postings' values in ascending order.
        employers: Of each week, the index of each value's employer.
        n_employers: How many employers there are.
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
        is_told = slope > 0 and np.abs(of_share).max() > _CANCELLED
        return middle, (of_share * slope if is_told else np.full(n_employers, np.nan))[:, None]

    return of_week


def _half_width(influence: Numbers, size: Numbers) -> float:
    """Half the width of a figure's interval, from its employers' influences and postings; NaN of one employer alone.

    The degrees of freedom are those of K employers of equal size: with equal ones, the usual C - 1.
    """
    effective, divisor = equal_companies(size)
    if divisor < _CANCELLED:
        return np.nan
    return float(t_quantile(max(1.0, effective - 1)) * np.sqrt(np.square(influence).sum() / divisor))


def _quantiles_of_sorted(ascending: Numbers, parts: Numbers) -> Numbers:
    """What ``np.quantile`` gives, without its search: it is asked for every two weeks of every cell."""
    place = (len(ascending) - 1) * parts
    below = np.floor(place).astype(np.int64)
    low, high = ascending[below], ascending[np.minimum(below + 1, len(ascending) - 1)]
    return np.asarray(low + (place - below) * (high - low))
