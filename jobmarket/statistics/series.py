"""Matched shares of all attributes of a cell, and their changes, vectorised.

The formulas are those of :mod:`jobmarket.statistics.chains`.

Only sums over employers are kept: of powers of the influences, and of powers of their differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from jobmarket.statistics.chains import Links
from jobmarket.statistics.changes import HORIZONS, Changes, changes_of_sums
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.influences import Influences
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers

# Rounding error of squared influences that cancel, and of a share of 0 or 1.
_CANCELLED = 1e-24
_NOTHING = 1e-12


@dataclass(frozen=True)
class Estimates:
    """Estimates of one cell, each (weeks, attributes); NaN where no comparison reaches.

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


def matched_shares(links: Links, having: csr_array, size: Numbers, floors: Floors) -> Estimates:
    """Chain the shares of one cell.

    Args:
        links: How its weeks are compared.
        having: (weeks × employers, attributes): postings that have the attribute; a row is week × employers + employer.
        size: (weeks, employers): postings.
        floors: A change needs this many employers with the attribute in one of the two weeks.
    """
    influences = Influences(links, having, size)
    squares = np.zeros((len(size), having.shape[1]))
    moves = {horizon: _Moves(_earlier(links, horizon, size, floors), horizon, having.shape[1]) for horizon in HORIZONS}
    for block, influence in influences.blocks():
        squares += np.einsum("tes,tes->ts", influence, influence)
        has = block != 0
        for of_horizon in moves.values():
            of_horizon.add(influence, has)
    # without a spread between employers the variance is unknown: do not take rounding error for one
    squares[squares < _CANCELLED] = 0.0
    # postings by employer that the week's views count; without a level there may be none, whose spread is unknown
    counted = np.abs(links.weight) @ (links.known * size[links.weeks])
    divisors = [equal_companies(of_week)[1] if np.count_nonzero(of_week) > 1 else np.nan for of_week in counted]
    variances = squares / np.array(divisors)[:, None]
    level = np.where(links.since[:, None] >= 0, _whole(links.weight @ influences.figures), np.nan)
    changes = {horizon: of_horizon.judged(level, size, floors) for horizon, of_horizon in moves.items()}
    return Estimates(level, variances, changes, links.since)


def _whole(level: Numbers) -> Numbers:
    """Remove the rounding error of shares of 0 and 1."""
    return np.where(np.abs(level) < _NOTHING, 0.0, np.where(np.abs(level - 1.0) < _NOTHING, 1.0, level))


def _earlier(links: Links, horizon: int, size: Numbers, floors: Floors) -> Indexes:
    """Weeks from which a change is given: neither below the floors nor before the chain began."""
    # a change from a suppressed week would reveal its figure
    earlier = np.flatnonzero(floors.met_by_week(size[: max(0, len(size) - horizon)]))
    is_one_chain = (links.since[earlier] >= 0) & (links.since[earlier] == links.since[earlier + horizon])
    return np.asarray(earlier[is_one_chain])


class _Moves:
    """Sums over employers of the moves between weeks a horizon apart.

    Args:
        earlier: The earlier weeks.
        horizon: Weeks between earlier and later.
        attributes: The number of attributes.
    """

    def __init__(self, earlier: Indexes, horizon: int, attributes: int) -> None:
        self._earlier, self._horizon = earlier, horizon
        # sum over all weeks from first to last: nearly all of them are needed
        self._first, self._end = (int(earlier[0]), int(earlier[-1]) + 1) if len(earlier) else (0, 0)
        self._squares, self._fourth = np.zeros((2, self._end - self._first, attributes))
        self._n_having = np.zeros(self._squares.shape, dtype=np.int32)

    def add(self, influence: Numbers, has: Booleans) -> None:
        """Add some employers: influences (weeks, employers, attributes), and whether they have the attribute."""
        earlier = slice(self._first, self._end)
        later = slice(self._first + self._horizon, self._end + self._horizon)
        moved = influence[later] - influence[earlier]
        np.square(moved, out=moved)
        self._squares += moved.sum(axis=1)
        self._fourth += np.einsum("tes,tes->ts", moved, moved)
        self._n_having += np.add.reduce((has[later] | has[earlier]).view(np.uint8), axis=1, dtype=np.int32)

    def judged(self, level: Numbers, size: Numbers, floors: Floors) -> Changes:
        """Return changes (weeks, attributes): NaN where there is none, or too few employers have the attribute."""
        earlier, later, among = self._earlier, self._earlier + self._horizon, self._earlier - self._first
        n_employers = np.count_nonzero(size[later] + size[earlier], axis=1)[:, None]
        judged = self._n_having[among] >= floors.companies
        moved = changes_of_sums(
            (level[later] - level[earlier])[judged],
            self._squares[among][judged],
            self._fourth[among][judged],
            np.broadcast_to(n_employers, judged.shape)[judged],
        )
        parts = (moved.value, moved.low, moved.high, moved.p_value, moved.freedom)
        found = np.full((len(parts), *level.shape), np.nan)
        for part, values in zip(found, parts, strict=True):
            part[later] = _spread(judged, values)
        return Changes(*found)


def _spread(places: Booleans, values: Numbers) -> Numbers:
    """Put the values at their places, with NaN elsewhere."""
    found = np.full(places.shape, np.nan)
    found[places] = values
    return found
