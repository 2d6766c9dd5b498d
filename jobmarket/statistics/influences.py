"""Employers' influences on the matched shares of a cell, computed in blocks of employers.

By the links of the cell (views v of weeks j, with weights w, sizes N and shares p), an employer's influence on the
share of attribute s in week t is

    u(e) = sum_v w(t, v) k(v, e) / N(v) [y(j, e) - n(j, e) p(v)]          k: whether the view counts the employer

The factor of y is the same for all attributes, and that of n for all employers: two matrix products.

A week may have a hundred views, most of which leave out the same few employers. All others are counted by every view in
which they have postings. For them the views of a week collapse into one:

    u(e) = sum_j [a(t, j) y(j, e) - b(t, j) n(j, e)]
    a(t, j) = sum_v w(t, v) / N(v)
    b(t, j) = sum_v w(t, v) / N(v) p(v)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from jobmarket.statistics.chains import Links
from jobmarket.statistics.panel import Indexes, Numbers

# Numbers in memory at once for one cell (8 bytes each, four arrays): few enough to stay in the processor's cache.
_NUMBERS_AT_ONCE = 250_000


@dataclass(frozen=True)
class _Alike:
    """Employers whose influences consist of the same parts: either weeks or views.

    Attributes:
        employers: Their indexes.
        size: (employers, parts): postings.
        of_size: For each week, its parts and the factors of their postings, (parts, attributes).
        of_having: (employers, weeks, weeks): the factor of y of the second week in the first.
    """

    employers: Indexes
    size: Numbers
    of_size: list[tuple[Indexes, Numbers]]
    of_having: Numbers

    def influence(self, some: slice, having: Numbers) -> Numbers:
        """Return (weeks, employers, attributes) for some of the employers; ``having`` is their y in the same shape."""
        found, size = np.empty_like(having), self.size[some]
        for of_week, (parts, counted_by) in zip(found, self.of_size, strict=True):
            np.matmul(size[:, parts], counted_by, out=of_week)
        found += np.matmul(self.of_having[some], having.transpose(1, 0, 2)).transpose(1, 0, 2)
        return found


class Influences:
    """The influences of one cell.

    Args:
        links: How its weeks are compared.
        having: (weeks × employers, attributes): postings that have the attribute; a row is week × employers + employer.
        size: (weeks, employers): postings.

    Attributes:
        figures: (views, attributes): the views' shares.
    """

    def __init__(self, links: Links, having: csr_array, size: Numbers) -> None:
        self._links, self._having, self._size = links, having, size
        self._laid_out: tuple[Indexes, Numbers] | None = None
        self._counted = links.known * size[links.weeks]
        self._views = [np.flatnonzero(links.weeks == week) for week in range(len(size))]
        self._at_once = max(1, _NUMBERS_AT_ONCE // max(1, len(size) * having.shape[1]))
        # a cell that fits into one block needs no distinction
        is_left_out = (self._counted < size[links.weeks]).any(axis=0) | (size.shape[1] <= self._at_once)
        self._left_out, self._others = np.flatnonzero(is_left_out), np.flatnonzero(~is_left_out)
        totals = self._counted.sum(axis=1)[:, None]
        self.figures = self._sums() / totals
        self._per_posting = links.weight / totals[:, 0]

    def blocks(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield y and the influences, in blocks of employers: (weeks, employers, attributes)."""
        alike = [self._by_week()] if len(self._others) else []
        alike += [self._by_view()] if len(self._left_out) else []
        for one in alike:
            for some in self._some_of(one.employers):
                having = self._of(one.employers[some])
                yield having, one.influence(some, having)

    def _some_of(self, employers: Indexes) -> Iterator[slice]:
        return (slice(start, start + self._at_once) for start in range(0, len(employers), self._at_once))

    def _of(self, employers: Indexes) -> Numbers:
        """Return (weeks, employers, attributes): y of some employers."""
        if self._laid_out is None or not np.array_equal(self._laid_out[0], employers):
            rows = np.arange(len(self._size))[:, None] * self._size.shape[1] + employers
            self._laid_out = employers, self._having[rows.ravel()].toarray().reshape(*rows.shape, -1)
        return self._laid_out[1]

    def _sums(self) -> Numbers:
        """Return (views, attributes): the sum of y over the employers that the view counts."""
        weeks, others = np.arange(len(self._size)), self._others
        rows = weeks[:, None] * self._size.shape[1] + others
        place = np.repeat(weeks, len(others)), rows.ravel()
        in_week = csr_array((np.ones(rows.size), place), (len(weeks), self._size.size))
        found: Numbers = (in_week @ self._having).toarray()[self._links.weeks]
        for some in self._some_of(self._left_out):
            employers = self._left_out[some]
            known = self._links.known[:, employers].astype(float)
            for views, having in zip(self._views, self._of(employers), strict=True):
                found[views] += known[views] @ having
        return found

    def _by_week(self) -> _Alike:
        """Employers counted by every view in which they have postings."""
        of_week = self._links.weeks == np.arange(len(self._size))[:, None]
        of_having = self._per_posting @ of_week.T
        of_size = []
        for weight in self._per_posting:
            used = of_week[:, weight != 0]
            weeks = np.flatnonzero(used.any(axis=1))
            of_size.append((weeks, -(used[weeks] * weight[weight != 0]) @ self.figures[weight != 0]))
        return _Alike(
            self._others, self._size[:, self._others].T.copy(), of_size,
            np.broadcast_to(of_having, (len(self._others), *of_having.shape)),
        )  # fmt: skip

    def _by_view(self) -> _Alike:
        """Employers that some view leaves out although they have postings in it."""
        of_having = np.empty((len(self._left_out), len(self._size), len(self._size)))
        for week, views in enumerate(self._views):
            known = self._links.known[np.ix_(views, self._left_out)]
            of_having[:, :, week] = known.T @ self._per_posting[:, views].T
        of_size = []
        for weight in self._per_posting:
            views = np.flatnonzero(weight)
            of_size.append((views, -weight[views, None] * self.figures[views]))
        return _Alike(self._left_out, self._counted[:, self._left_out].T.copy(), of_size, of_having)
