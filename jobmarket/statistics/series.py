"""Matched shares of all attributes of a cell, and their changes: the formulas of :mod:`chains`, for many at once.

An employer's influence on the share of attribute s in week t is, by the links of the cell (views v of weeks j, their
weights w, sizes N and shares p),

    u(e) = sum_v w(t, v) k(v, e) / N(v) [y(j, e) - n(j, e) p(v)]          k: whether the view counts the employer

Most weights are 0: where every crawl qualified, those of all views but the week's own. Of a week only the others are
summed. Influences are never kept, only the sums over employers of their powers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csc_array

from jobmarket.statistics.chains import Links, variance_of_sum
from jobmarket.statistics.changes import HORIZONS, Changes, changes_of_sums
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers

# Numbers held at once for one cell, 8 bytes each, twice over: attributes are taken in blocks that keep to it.
_NUMBERS_AT_ONCE = 8_000_000
# The sum of squares that rounding leaves of influences that cancel, and what it leaves of a share of none or of all.
_CANCELLED = 1e-24
_NOTHING = 1e-12


@dataclass(frozen=True)
class Estimates:
    """Of one cell, each (weeks, attributes); NaN where no comparison reaches.

    Attributes:
        level: The matched share.
        variance: Its variance, clustered by employer.
        changes: By horizon in weeks.
        since: (weeks,): index of the week at which the chain begins; -1 where there is no level.
    """

    level: Numbers
    variance: Numbers
    changes: dict[int, Changes]
    since: Indexes


def matched_shares(links: Links, having: csc_array, size: Numbers, floors: Floors) -> Estimates:
    """Chain the shares of one cell.

    Args:
        links: How its weeks are compared.
        having: (weeks × employers, attributes): postings that have the attribute; a row is week × employers + employer.
        size: (weeks, employers): postings.
        floors: A change is judged where so many employers have postings with the attribute in one of the two weeks.
    """
    weeks, employers = size.shape
    attributes = having.shape[1]
    level, squares = np.full((weeks, attributes), np.nan), np.zeros((weeks, attributes))
    moved = {horizon: np.full((4, weeks, attributes), np.nan) for horizon in HORIZONS}
    weighting = _weighting(links, size)
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, size.size))
    for start in range(0, attributes, at_once):
        some = slice(start, start + at_once)
        block = having[:, some].toarray().reshape(weeks, employers, -1)
        figures = _of_views(weighting, block)
        level[:, some] = np.where(links.since[:, None] >= 0, _whole(links.weight @ figures), np.nan)
        influence = _influences(weighting, block, figures)
        squares[:, some] = np.einsum("tes,tes->ts", influence, influence)
        has = block != 0
        for horizon in HORIZONS:
            moved[horizon][:, :, some] = _changes(links, horizon, has, level[:, some], influence, size, floors)
    # where nobody differs, nothing is known of the variance: what rounding leaves of it would be taken for knowledge
    squares[squares < _CANCELLED] = 0.0
    # whom the weeks' views count, and who has postings in one of them
    counted = (links.weight != 0).astype(float) @ (links.known & (size[links.weeks] > 0))
    variances = variance_of_sum(squares, np.count_nonzero(counted, axis=1)[:, None])
    return Estimates(level, variances, {horizon: Changes(*parts) for horizon, parts in moved.items()}, links.since)


def _whole(level: Numbers) -> Numbers:
    """Shares of none and of all without what rounding adds."""
    return np.where(np.abs(level) < _NOTHING, 0.0, np.where(np.abs(level - 1.0) < _NOTHING, 1.0, level))


class _Week(NamedTuple):
    """Of what views a week's figures are made.

    Attributes:
        views: Those that count.
        of_size: (employers, views): the coefficients of their shares, postings counted in.
        of_having: The coefficients of y, (employers, 1), each with its week.
    """

    views: Indexes
    of_size: Numbers
    of_having: list[tuple[int, Numbers]]


class _Weighting(NamedTuple):
    """What all attributes of a cell share.

    Attributes:
        views: By week, the views of it.
        known: By week, whom each of them counts, (views, employers).
        counted: (views,): the postings of those.
        weeks: By week, of what it is made.
    """

    views: list[Indexes]
    known: list[Numbers]
    counted: Numbers
    weeks: list[_Week]


def _weighting(links: Links, size: Numbers) -> _Weighting:
    counted = (links.known * size[links.weeks]).sum(axis=1)
    views = [np.flatnonzero(links.weeks == week) for week in range(len(size))]
    known = [links.known[chosen].astype(float) for chosen in views]
    weeks = []
    for weight in links.weight:
        chosen = np.flatnonzero(weight)
        at = links.weeks[chosen]
        per_posting = links.known[chosen] * (weight[chosen] / counted[chosen])[:, None]
        of_having = [(int(week), per_posting[at == week].sum(axis=0)[:, None]) for week in np.unique(at)]
        weeks.append(_Week(chosen, np.ascontiguousarray((per_posting * size[at]).T), of_having))
    return _Weighting(views, known, counted, weeks)


def _of_views(weighting: _Weighting, block: Numbers) -> Numbers:
    """(views, attributes): the shares."""
    figures = np.zeros((len(weighting.counted), block.shape[2]))
    for views, known, having in zip(weighting.views, weighting.known, block, strict=True):
        figures[views] = (known @ having) / weighting.counted[views][:, None]
    return figures


def _influences(weighting: _Weighting, block: Numbers, figures: Numbers) -> Numbers:
    """(weeks, employers, attributes)."""
    found, part = np.empty_like(block), np.empty(block.shape[1:])
    for influence, week in zip(found, weighting.weeks, strict=True):
        # in place: one week of the cell stays near the processor
        np.matmul(week.of_size, -figures[week.views], out=influence)
        for at, coefficients in week.of_having:
            np.multiply(block[at], coefficients, out=part)
            influence += part
    return found


def _changes(
    links: Links, horizon: int, has: Booleans, level: Numbers, influence: Numbers, size: Numbers, floors: Floors
) -> Numbers:
    """(value, low, high, p-value; weeks; attributes).

    NaN where the chain began in between, the earlier week is below the floors, or too few have the attribute.
    """
    weeks, _, attributes = has.shape
    found = np.full((4, weeks, attributes), np.nan)
    # a change from a week that is not shown would tell what it hides
    earlier = np.flatnonzero(floors.held(size[: max(0, weeks - horizon)]))
    earlier = earlier[(links.since[earlier] >= 0) & (links.since[earlier] == links.since[earlier + horizon])]
    if not len(earlier):
        return found
    later = earlier + horizon
    squares, fourth = np.empty((2, len(earlier), attributes))
    everybody, moved_by = np.ones(influence.shape[1]), np.empty(influence.shape[1:])
    for number, (before, after) in enumerate(zip(earlier, later, strict=True)):
        # in place: one week of the cell stays near the processor
        np.subtract(influence[after], influence[before], out=moved_by)
        np.square(moved_by, out=moved_by)
        squares[number] = everybody @ moved_by
        fourth[number] = np.einsum("es,es->s", moved_by, moved_by)
    n_employers = np.count_nonzero(size[later] + size[earlier], axis=1)[:, None]
    judged = _asked_by(has, earlier, later) >= floors.companies
    moved = changes_of_sums(
        (level[later] - level[earlier])[judged],
        squares[judged],
        fourth[judged],
        np.broadcast_to(n_employers, judged.shape)[judged],
    )
    for part, values in zip(found, (moved.value, moved.low, moved.high, moved.p_value), strict=True):
        part[later] = _spread(judged, values)
    return found


def _asked_by(has: Booleans, earlier: Indexes, later: Indexes) -> Indexes:
    """(comparisons, attributes): employers that have postings with the attribute in one of the two weeks."""
    return np.stack(
        [
            np.add.reduce((has[before] | has[after]).view(np.uint8), axis=0, dtype=np.int32)
            for before, after in zip(earlier, later, strict=True)
        ]
    )


def _spread(places: Booleans, values: Numbers) -> Numbers:
    """The values at their places, NaN elsewhere."""
    found = np.full(places.shape, np.nan)
    found[places] = values
    return found
