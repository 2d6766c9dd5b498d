"""The change of pay with the mix of jobs held fixed: the median over kinds of job of the change within each.

    d_g = mean log pay of kind g in the later week - in the earlier one,      over employers known in both weeks
    d   = median of d_g over the kinds that both weeks have, weighted by their postings with pay in the two together,
          interpolated between the middles of the two kinds next to one half; kinds that change alike count as one

The interval comes from Rubin's Bayesian bootstrap over employers: each draws one weight for all of its postings. With C
employers and changes x, replicates of a mean have variance sum (x - mean)^2 / C (C + 1). That of the mean itself has
C - 1 in place of C + 1, and the interval is widened accordingly. Employers are of unequal size, so C is replaced by the
effective number K = (sum n)^2 / sum n^2 over their postings of the two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from jobmarket.statistics.changes import LEAST_EMPLOYERS, t_quantile
from jobmarket.statistics.panel import Floors, Indexes, Numbers, Panel

# Enough for the second digit of an interval's width to be stable.
REPLICATES = 200
# Every run draws the same weights.
_SEED = 200
# Standard deviations of replicates below this, and changes of log pay, are rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class PaySums:
    """Pay of one cell, by kind of job and employer.

    Attributes:
        kind: Index of each row's kind of job, in ascending order.
        employer: Index of each row's employer.
        n_kinds: The number of kinds.
        number: (weeks, rows): postings with pay.
        total: (bases, weeks, rows): sum of the logarithms of their pay, on each basis.
    """

    kind: Indexes
    employer: Indexes
    n_kinds: int
    number: Numbers
    total: Numbers


@dataclass(frozen=True)
class ControlledChange:
    """A change of pay relative to the earlier week: 0.02 is two per cent up.

    The bounds are NaN where the spread between employers is unknown, and a change other than 0 then is NaN as well.
    """

    value: float
    low: float
    high: float
    n_kinds: int


def bootstrap_weights(n_employers: int) -> Numbers:
    """Draw (employers, 1 + REPLICATES) weights; the first column is 1, and rows do not depend on ``n_employers``."""
    drawn = np.random.default_rng(_SEED).exponential(size=(n_employers, REPLICATES))
    return np.hstack([np.ones((n_employers, 1)), drawn])


def weighted_median(values: Numbers, weights: Numbers) -> Numbers:
    """Interpolated weighted median of each column of ``values``; both arguments are (kinds, replicates).

    Kinds with equal values (most often 0) count as one, or the result would depend on which of them comes last. Values
    are equal if they agree in twelve decimals, as dividing weighted sums by weights leaves rounding errors.
    """
    values = np.round(values, 12)
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    share = np.take_along_axis(weights, order, axis=0) / weights.sum(axis=0)
    end = np.cumsum(share, axis=0)
    is_new = np.diff(ordered, axis=0, prepend=-np.inf) > 0
    start_of_equals = np.maximum.accumulate(np.where(is_new, end - share, 0.0), axis=0)
    is_last = np.roll(is_new, -1, axis=0)  # the first row is always new, so the last one is always last
    end_of_equals = np.minimum.accumulate(np.where(is_last, end, np.inf)[::-1], axis=0)[::-1]
    middle = (start_of_equals + end_of_equals) / 2
    # for all columns at once: the last value whose middle is at or below one half, and the next one
    columns = np.arange(values.shape[1])
    below = np.clip((middle <= 0.5).sum(axis=0) - 1, 0, len(values) - 1)
    above = np.minimum(below + 1, len(values) - 1)
    gap = middle[above, columns] - middle[below, columns]
    part = np.divide(0.5 - middle[below, columns], gap, out=np.zeros_like(gap), where=gap > 0)
    step = ordered[above, columns] - ordered[below, columns]
    return np.asarray(ordered[below, columns] + np.clip(part, 0.0, 1.0) * step)


def controlled_changes(
    pay: PaySums, panel: Panel, floors: Floors, weights: Numbers, earlier: int, later: int
) -> list[ControlledChange] | None:
    """Estimate changes of pay between two weeks, one per basis; None if too few comparable employers state pay.

    Besides the floors, LEAST_EMPLOYERS effective employers must: with fewer, the interval tells nothing.

    Args:
        pay: The cell's pay.
        panel: Which employers can be compared.
        floors: Minimum sample of each side.
        weights: ``bootstrap_weights`` for at least as many employers as the panel has.
        earlier: Index of the earlier week.
        later: Index of the later week.
    """
    known = panel.comparable(earlier, later)[pay.employer]
    number = pay.number[[earlier, later]] * known
    n_of_kind = np.stack([np.bincount(pay.kind, side, pay.n_kinds) for side in number])
    is_shared = np.asarray((n_of_kind > 0).all(axis=0))
    counted = is_shared[pay.kind]
    by_employer = np.stack([np.bincount(pay.employer, side * counted, panel.n_employers) for side in number])
    for side in by_employer.astype(float):
        if not floors.are_met(side):
            return None
    sample = by_employer.sum(axis=0).astype(float)
    effective = sample.sum() ** 2 / np.square(sample).sum()
    if round(float(effective), 9) < LEAST_EMPLOYERS:
        return None
    # weights go by an employer's place among those compared: employers of other weeks change none
    place_of = np.cumsum(by_employer.any(axis=0)) - 1
    rows = np.flatnonzero(counted & number.any(axis=0))
    n_shared, n_compared = int(is_shared.sum()), int(place_of[-1]) + 1
    # one product for both weeks' numbers and totals of all kinds
    values = np.concatenate([number[:, rows], *(pay.total[:, [earlier, later]][:, :, rows] * known[rows])])
    ends = np.cumsum(np.tile(np.bincount(pay.kind[rows], minlength=pay.n_kinds)[is_shared], len(values)))
    place = np.tile(place_of[pay.employer[rows]], len(values)), np.append(0, ends)
    sums = csr_array((values.ravel(), *place), (n_shared * len(values), n_compared)) @ weights[:n_compared]
    n_before, n_after, *totals = sums.reshape(len(values), n_shared, -1)
    # replicates vary less than the mean: (K - 1) / (K + 1)
    widened = t_quantile(effective - 1) * np.sqrt((effective + 1) / (effective - 1))
    bases = len(totals) // 2
    moved = np.hstack(
        [after / n_after - before / n_before for before, after in zip(totals[::2], totals[1::2], strict=True)]
    )
    # weights of kinds are resampled too: the change of a kind with one employer is the same in every replicate
    medians = weighted_median(moved, np.tile(n_before + n_after, bases)).reshape(bases, -1)
    found = []
    for of_basis in medians:
        spread = of_basis[1:].std(ddof=1)
        value, half = of_basis[0], widened * spread
        if abs(value) < _ROUNDING:  # interpolated to a kind that has not changed
            value = 0.0
        if spread < _ROUNDING:
            # the deciding kinds moved alike at all employers, which says nothing about how much employers differ
            value, half = np.nan if value else 0.0, np.nan
        value, low, high = np.expm1([value, value - half, value + half])
        found.append(ControlledChange(float(value), float(low), float(high), n_shared))
    return found
