"""Chain figures over the employers known in both weeks of each comparison, with each employer's influence.

A week's level is the mean over several comparisons with earlier weeks, weighted by their size:

    m(t) = sum_k w(t-k, t) [m(t-k) + p(t; P) - p(t-k; P)] / sum_k w(t-k, t),    P = panel of weeks t-k and t

Where every crawl qualified, P is all employers and m(t) is the plain figure p(t), whatever the lags. A week's figures
depend on no later week.

A week whose openings are not all discovered yet is compared with earlier weeks as they were known at the same age:
p(t; P) with the p(t-k; P) of that time. Openings that are late in every week are then not a fall of the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from jobmarket.statistics.panel import LAGS, Booleans, Floors, Indexes, Numbers, Panel

# Rounding error of weights that cancel.
_CANCELLED = 1e-12
# (week, employers to count) → figures (figures,), and each employer's influence (employers, figures), NaN where the
# spread between employers is unknown.
Statistic: TypeAlias = Callable[[int, Booleans], tuple[Numbers, Numbers]]


class Young(NamedTuple):
    """What a week that is not final is compared with: earlier weeks as they were known at its age.

    Attributes:
        size: (lags, employers): postings of the week each of LAGS before, as known then.
        known: (lags, employers): the employers that the two weeks compare.
    """

    size: Numbers
    known: Booleans


@dataclass(frozen=True)
class Links:
    """How the weeks of one cell are compared. It follows from sizes alone, whatever figure is chained.

    A view is a week as one of its comparisons sees it: restricted to the employers that the comparison counts.

    Attributes:
        weeks: (views,): the week of each view, a row of ``rows_of``.
        known: (views, employers): the employers that the view counts.
        weight: (weeks, views): a week's level, and its error, are sums over views weighted by these.
        since: (weeks,): index of the week at which the chain begins; -1 where there is no level.
    """

    weeks: Indexes
    known: Booleans
    weight: Numbers
    since: Indexes


@dataclass(frozen=True)
class Chained:
    """Matched figures of one cell.

    Attributes:
        level: (weeks, figures): the matched figure; NaN where no comparison reaches.
        influence: (weeks, employers, figures): each employer's contribution to the error of the level. It sums to 0
            over employers, and its squares sum to the level's variance. NaN where the week's own figures have no
            influences. Earlier weeks, which count as differences, add nothing where they have none.
        since: (weeks,): index of the week at which the chain begins; -1 where there is no level.
    """

    level: Numbers
    influence: Numbers
    since: Indexes


class _Views:
    """Numbers views in order of first use; comparisons that count the same employers of a week share one."""

    def __init__(self, rows: Numbers) -> None:
        self._size = rows
        self._numbers: dict[tuple[int, bytes], int] = {}
        self.weeks: list[int] = []
        self.known: list[Booleans] = []

    def number(self, week: int, known: Booleans) -> int:
        # employers without postings in the week do not count, known or not
        key = week, (known & (self._size[week] > 0)).tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self.weeks)
            self.weeks.append(week)
            self.known.append(known)
        return self._numbers[key]


class _Comparisons(NamedTuple):
    """Comparisons of each week with the one a lag later: (weeks - lag, employers) and weights, 0 if too small."""

    known: Booleans
    importance: Numbers


def _comparisons(size: Numbers, panel: Panel, floors: Floors, lag: int) -> _Comparisons:
    known = panel.comparable_over(lag)
    return _Comparisons(known, _importance(size[:-lag] * known, size[lag:] * known, floors))


def _importance(before: Numbers, after: Numbers, floors: Floors) -> Numbers:
    """(comparisons,): the precision of each difference; 0 where either side is too small."""
    n_before, n_after = before.sum(axis=1), after.sum(axis=1)
    importance = np.zeros(len(before))
    both_large = floors.met_by_week(before) & floors.met_by_week(after)
    importance[both_large] = (n_before * n_after)[both_large] / (n_before + n_after)[both_large]
    return importance


def rows_of(size: Numbers, young: Mapping[int, Young]) -> Numbers:
    """(rows, employers): each week as known now, then the weeks that young weeks are compared with, as known then."""
    return np.concatenate([size, *(then.size for then in young.values())])


def link(size: Numbers, panel: Panel, floors: Floors, young: Mapping[int, Young] | None = None) -> Links:
    """Determine how the weeks of one cell are compared.

    Args:
        size: (weeks, employers): postings.
        panel: Which employers can be compared.
        floors: Minimum sample of the first week, and of each side of a comparison.
        young: By week that is not final: what to compare it with. None compares all weeks as known now.
    """
    young = young or {}
    weeks, employers = size.shape
    if not floors.may_be_met(size):
        nothing = np.zeros((0, employers), dtype=np.bool_)
        return Links(np.zeros(0, dtype=np.int64), nothing, np.zeros((weeks, 0)), np.full(weeks, -1))
    views = _Views(rows_of(size, young))
    first_row = {week: weeks + len(LAGS) * number for number, week in enumerate(young)}
    weight = np.zeros((weeks, weeks * (2 * len(LAGS) + 1)))
    since = np.full(weeks, -1, dtype=np.int64)
    comparisons = {lag: _comparisons(size, panel, floors, lag) for lag in LAGS if lag < weeks}
    at_age = {
        week: _importance(then.size * then.known, size[week] * then.known, floors) for week, then in young.items()
    }
    may_begin = floors.may_begin(panel)
    for week in range(weeks):
        compared = []
        for number, lag in enumerate(LAGS):
            earlier = week - lag
            if earlier < 0 or since[earlier] < 0:
                continue
            if week in young:
                importance, known, row = at_age[week][number], young[week].known[number], first_row[week] + number
            else:
                importance, known, row = comparisons[lag].importance[earlier], comparisons[lag].known[earlier], earlier
            if importance:
                compared.append((earlier, views.number(row, known), views.number(week, known), importance))
        total = sum(importance for *_, importance in compared)
        for earlier, before_it, after_it, importance in compared:
            part = importance / total
            weight[week] += part * weight[earlier]
            weight[week, after_it] += part
            weight[week, before_it] -= part
        if compared:
            since[week] = min(since[earlier] for earlier, *_ in compared)
        elif (
            may_begin[week]
            and floors.are_met(size[week] * panel.comparable(week, week))
            and not (since[max(0, week - max(LAGS)) : week] >= 0).any()
        ):
            # the first week, or the first after a gap longer than any lag
            weight[week, views.number(week, np.ones(employers, dtype=np.bool_))] = 1.0
            since[week] = week
    weight[np.abs(weight) < _CANCELLED] = 0.0
    known = np.stack(views.known) if views.known else np.zeros((0, employers), dtype=np.bool_)
    return Links(np.array(views.weeks, dtype=np.int64), known, weight[:, : len(views.weeks)], since)


def chain(
    statistic: Statistic,
    figures: int,
    size: Numbers,
    panel: Panel,
    floors: Floors,
    young: Mapping[int, Young] | None = None,
) -> Chained:
    """Chain several figures of one cell.

    Args:
        statistic: Computes the figures of some employers in a week (a row of ``rows_of`` if there are young weeks).
        figures: The number of figures.
        size: (weeks, employers): postings.
        panel: Which employers can be compared.
        floors: Minimum sample of the first week, and of each side of a comparison.
        young: As for ``link``.
    """
    links = link(size, panel, floors, young)
    values, influences = np.zeros((len(links.weeks), figures)), np.zeros((len(links.weeks), size.shape[1], figures))
    is_unknown = np.zeros(size.shape[0], dtype=np.bool_)
    for number, (week, known) in enumerate(zip(links.weeks, links.known, strict=True)):
        values[number], influence = statistic(int(week), known)
        if np.isnan(influence).any():
            if week < len(size):
                is_unknown[week] |= links.weight[week, number] != 0
        else:
            influences[number] = influence
    level = np.where(links.since[:, None] >= 0, links.weight @ values, np.nan)
    influence_on_level = np.tensordot(links.weight, influences, axes=1)
    influence_on_level[is_unknown] = np.nan
    return Chained(level, influence_on_level, links.since)


def log_totals(size: Numbers) -> Statistic:
    """The statistic log(number of postings); its differences are the growth of the employers compared.

    Args:
        size: (weeks, employers): postings.
    """

    def of_week(week: int, known: Booleans) -> tuple[Numbers, Numbers]:
        counted = size[week] * known
        total = counted.sum()
        return np.array([np.log(total)]), (counted / total)[:, None]

    return of_week


def variance_of_sum(squares: Numbers, n_employers: int | Numbers) -> Numbers:
    """Variance of figures from the sums of their employers' squared influences, in any shape.

    It is 0 without employers that have an influence, and NaN for a single employer, where it is unknown.
    """
    number = np.asarray(n_employers, dtype=float)
    correction = np.divide(number, number - 1, out=np.full_like(number, np.nan), where=number > 1)
    return np.where(number == 0, 0.0, correction * squares)
