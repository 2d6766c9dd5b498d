"""Figures chained over employers known in both weeks of each comparison, with each employer's influence on the result.

A week's level is the mean over several comparisons with earlier weeks, weighted by their size:

    m(t) = sum_k w(t-k, t) [m(t-k) + p(t; P) - p(t-k; P)] / sum_k w(t-k, t),    P = panel of weeks t-k and t

Where every crawl qualified, P is everybody and m(t) is the plain figure p(t), whatever the lags. What is published of a
week depends on no later week.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from jobmarket.statistics.panel import LAGS, Booleans, Floors, Indexes, Numbers, Panel

# A week and the employers to count → the figures (figures,), and each employer's influence (employers, figures).
Statistic: TypeAlias = Callable[[int, Booleans], tuple[Numbers, Numbers]]


@dataclass(frozen=True)
class Chained:
    """Matched figures of one cell.

    Attributes:
        level: (weeks, figures): the matched figure; NaN where no comparison reaches.
        influence: (weeks, employers, figures): what each employer adds to the error of the level; its sum over
            employers is 0, the sum of its squares the level's variance.
        since: (weeks,): index of the week at which the chain begins; -1 where there is no level.
    """

    level: Numbers
    influence: Numbers
    since: Indexes


def chain(statistic: Statistic, figures: int, size: Numbers, panel: Panel, floors: Floors) -> Chained:
    """Chain several figures of one cell.

    Args:
        statistic: Computes the figures of some employers in a week.
        figures: How many there are.
        size: (weeks, employers): postings.
        panel: Who can be compared.
        floors: Least sample of the first week, and of each side of a comparison.
    """
    weeks, employers = size.shape
    level = np.full((weeks, figures), np.nan)
    influence = np.zeros((weeks, employers, figures))
    since = np.full(weeks, -1, dtype=np.int64)
    for week in range(weeks):
        total, bases = 0.0, []
        sum_level, sum_influence = np.zeros(figures), np.zeros((employers, figures))
        for earlier in (week - lag for lag in LAGS if week >= lag and since[week - lag] >= 0):
            known = panel.comparable(earlier, week)
            before, after = size[earlier] * known, size[week] * known
            if not (floors.hold(before) and floors.hold(after)):
                continue
            weight = before.sum() * after.sum() / (before.sum() + after.sum())
            value_before, influence_before = statistic(earlier, known)
            value_after, influence_after = statistic(week, known)
            sum_level += weight * (level[earlier] + value_after - value_before)
            sum_influence += weight * (influence[earlier] + influence_after - influence_before)
            total += weight
            bases.append(since[earlier])
        if total:
            level[week], influence[week], since[week] = sum_level / total, sum_influence / total, min(bases)
        elif (
            floors.hold(size[week] * panel.comparable(week, week))
            and not (since[max(0, week - max(LAGS)) : week] >= 0).any()
        ):
            # the first week, or again after so long that nothing earlier compares
            level[week], influence[week] = statistic(week, np.ones(employers, dtype=np.bool_))
            since[week] = week
    return Chained(level, influence, since)


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


def log_totals(size: Numbers) -> Statistic:
    """Logarithm of the number of postings: of differences, the growth of the employers compared.

    Args:
        size: (weeks, employers): postings.
    """

    def of_week(week: int, known: Booleans) -> tuple[Numbers, Numbers]:
        counted = size[week] * known
        total = counted.sum()
        return np.array([np.log(total)]), (counted / total)[:, None]

    return of_week


def medians(values: list[Numbers], employers: list[Indexes], n_employers: int) -> Statistic:
    """The median of values of postings, linearised: half of them are at or below it.

    The density at the median is that of the values within the bounds of the median's own interval (Woodruff), as if
    postings were independent: it is a bandwidth, not the interval.

    Args:
        values: Of each week, the postings' values in ascending order.
        employers: Of each week, the index of each value's employer.
        n_employers: How many employers there are.
    """

    def of_week(week: int, known: Booleans) -> tuple[Numbers, Numbers]:
        is_counted = known[employers[week]]
        counted, owner = values[week][is_counted], employers[week][is_counted]
        number = len(counted)
        half = min(0.45, 1 / np.sqrt(number))
        low, middle, high = _quantiles_of_sorted(counted, np.array([0.5 - half, 0.5, 0.5 + half]))
        slope = (high - low) / (2 * half)  # one over the density
        above = np.bincount(owner, np.sign(counted - middle) / 2, n_employers)
        centred = above - above.sum() / number * np.bincount(owner, minlength=n_employers)
        return np.array([middle]), (centred * slope / number)[:, None]

    return of_week


def _quantiles_of_sorted(ascending: Numbers, parts: Numbers) -> Numbers:
    """What ``np.quantile`` gives, without its search: it is asked for every two weeks of every cell."""
    place = (len(ascending) - 1) * parts
    below = np.floor(place).astype(np.int64)
    low, high = ascending[below], ascending[np.minimum(below + 1, len(ascending) - 1)]
    return np.asarray(low + (place - below) * (high - low))


def variance(influence: Numbers, n_employers: int) -> Numbers:
    """Variance of figures from their employers' influences (employers in the first axis).

    Where nobody has an influence, all are alike and nothing varies; from one employer alone it is unknown, NaN.
    """
    if n_employers == 0:
        return np.zeros(influence.shape[1:])
    correction = n_employers / (n_employers - 1) if n_employers > 1 else np.nan
    return np.asarray(correction * np.square(influence).sum(axis=0))
