"""The curve of lives whose end is known to lie between two looks at them.

A posting is met on day e of its life, when some of its age are closed already (left truncation), was last seen on day l
and was gone on day r (interval censoring), or was still there on day l (right censoring). Its part of the likelihood:

    (S(l) - S(r)) / S(e),      or S(l) / S(e)
    S(t) = exp(-sum_{u <= t} lambda(u)),      lambda(u) = sum_j beta_j B_j(u),  beta_j >= 0

The hazard lambda is a broken line with a knot every so many days. With a knot each day and a look each day S is Kaplan
and Meier's curve. Where looks are w days apart, nothing tells what happens in less than about w days; with more knots
than that the most likely curve is all steps (Turnbull's), whose place is chance.

It is found by self-consistency (EM): with w_i = 1 / (S(l_i) - S(r_i)) of those whose interval holds day u,

    d(u) = (S(u-1) - S(u)) sum_i w_i                                      expected to close on day u
    Y(u) = all that are open for sure + d(u) / lambda(u) - sum_i w_i S(r_i)      expected to be watched on it, in days
    beta_j <- beta_j (sum_u B_j(u) d(u) / lambda(u)) / (sum_u B_j(u) Y(u))

Postings of one employer close together: the error of log S counts employers. With the score U_c of each, and the
observed information H, both of the beta that are not held at 0,

    V = H^-1 (sum_c U_c U_c') H^-1 / (1 - 2 sum_c n_c^3 / (N sum_c n_c^2) + 1 / K),      K = N^2 / sum_c n_c^2

Sources: Turnbull, JRSS B 38 (1976), self-consistency with truncation; Lindsey and Ryan, Statistics in Medicine 17
(1998), hazards in pieces for lives known by intervals; White, Econometrica 50 (1982), and Williams, Biometrics 51
(1995), the variance; Bell and McCaffrey, Survey Methodology 28 (2002), the divisor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Booleans, Numbers

Days = NDArray[np.int64]

# ``missed`` of a posting that was open when it was last seen.
STILL_OPEN = -1
# Of the curve from one round to the next: 1/10,000 is a hundredth of a day in a median.
_SETTLED = 1e-5
_MOST_ROUNDS = 500
# Of a day on which all that are watched close: one in half a billion stays.
_HIGHEST_HAZARD = 20.0
# A knot's hazard that still shrinks by as much, or is as small, is on its way to 0.
_SHRINKS, _NOUGHT = 0.98, 1e-5


@dataclass(frozen=True, slots=True)
class Lives:
    """When postings were looked at, in whole days of their lives; each column has a row for each posting.

    Attributes:
        entered: The first sighting.
        last_seen: The last one; at least ``entered``.
        missed: The first look after it that did not find the posting, a later day; STILL_OPEN if there was none.
        companies: The employer of each, as a number from 0.
    """

    entered: Days
    last_seen: Days
    missed: Days
    companies: NDArray[np.int64]

    def __post_init__(self) -> None:
        columns = (self.entered, self.last_seen, self.missed, self.companies)
        if len({len(column) for column in columns}) > 1:
            raise ValueError("the columns must have a row for each posting")
        if np.any(self.entered < 0) or np.any(self.last_seen < self.entered):
            raise ValueError("no posting may be last seen before it entered, nor enter before it was published")
        if np.any(self.is_closed & (self.missed <= self.last_seen)):
            raise ValueError("no posting may be missed before it was last seen")

    @property
    def is_closed(self) -> Booleans:
        """Whether each was found closed."""
        return np.asarray(self.missed != STILL_OPEN)

    @property
    def left(self) -> Days:
        """From which day on nothing is known of each but that it is closed, if it is."""
        return np.where(self.is_closed, self.missed, self.last_seen)

    def until(self, day: int) -> Lives:
        """What was known if the days after one were one day: who is seen there was seen on it, and so was any miss."""
        is_missed = self.is_closed & (self.last_seen < day)
        return Lives(
            np.minimum(self.entered, day),
            np.minimum(self.last_seen, day),
            np.where(is_missed, np.minimum(self.missed, day), STILL_OPEN),
            self.companies,
        )

    def that_tell(self) -> Lives:
        """Without those seen once and never missed: what is likely of them is so under any curve."""
        return self.of(self.left > self.entered)

    def of(self, chosen: Booleans) -> Lives:
        """Those that are chosen, (postings,)."""
        return Lives(*(column[chosen] for column in (self.entered, self.last_seen, self.missed, self.companies)))


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve over all days from 0 on, (days + 1,), and how its logarithm errs.

    Attributes:
        log_survival: log S(t).
        n_employers: K, employers of equal size that would tell as much.
    """

    log_survival: Numbers
    n_employers: float
    _steps: Numbers
    _influence: Numbers
    _covariance: Numbers

    def variance_since(self, day: int) -> Numbers:
        """Of log S(t) - log S(day), (days + 1,)."""
        since = self._steps - self._steps[day]
        # where an employer's score is nought, rounding makes it less than nothing
        return np.asarray(np.maximum(0.0, ((since @ self._covariance) * since).sum(axis=1)))

    def influence(self, begin: int, end: int) -> Numbers:
        """What each employer does to log S(end) - log S(begin), (employers,): the squares add up to its variance."""
        return np.asarray(self._influence @ (self._steps[begin] - self._steps[end]))


def closing_curve(lives: Lives, days: int, knot_days: int) -> Curve:
    """Estimate the curve.

    Args:
        lives: Of one posting at least, each of which tells anything; nothing after ``days``.
        days: The last day of the curve.
        knot_days: Days from one knot of the hazard to the next.
    """
    # the hazard of the day that ends with u + 1 at index u
    knots = np.arange(-(-(days - 1) // knot_days) + 1) * knot_days
    basis = np.maximum(0.0, 1 - np.abs(np.arange(days)[:, None] - knots) / knot_days)
    log_survival, is_free = _most_likely(lives, days, basis)
    basis = basis[:, is_free]
    effective, divisor = equal_companies(np.bincount(lives.companies).astype(float))
    score = _score(lives, log_survival, days)
    # with a knot each day there is nothing to add up, of many employers' rows
    score = score[:, is_free] if knot_days == 1 else score @ basis
    # by eigenvalues, for two knots that no posting tells apart have but one hazard
    inverse = np.linalg.pinv(basis.T @ _information(lives, log_survival, days) @ basis, rcond=1e-8, hermitian=True)
    steps = np.vstack([np.zeros(basis.shape[1]), np.cumsum(basis, axis=0)])
    influence = score @ inverse / np.sqrt(divisor) if divisor > 0 else np.zeros_like(score)
    return Curve(log_survival, effective, steps, influence, influence.T @ influence)


def _between(lives: Lives, days: int) -> tuple[Days, Days, Numbers]:
    """The intervals in which a closing lies, (last sighting, first miss), and how many closings each has."""
    closed = lives.is_closed
    pairs, number = np.unique(lives.last_seen[closed] * (days + 1) + lives.missed[closed], return_counts=True)
    return pairs // (days + 1), pairs % (days + 1), number.astype(float)


def _over_days(first: Days, last: Days, days: int, weight: Numbers | None = None) -> Numbers:
    """Sum over intervals (first, last] of their weights, of each day."""
    change = np.bincount(first, weight, days + 1) - np.bincount(last, weight, days + 1)
    return np.asarray(np.cumsum(change)[:days], dtype=float)


def _most_likely(lives: Lives, days: int, basis: Numbers) -> tuple[Numbers, Booleans]:
    """The logarithm of the curve, (days + 1,), and which knots' hazards are above 0 and have a bound."""
    seen, missed, number = _between(lives, days)
    surely = _over_days(lives.entered, lives.last_seen, days)
    heights, before = np.full(basis.shape[1], 1 / days), np.zeros(days + 1)
    for _ in range(_MOST_ROUNDS):
        hazard = basis @ heights
        log_survival = np.concatenate([[0.0], -np.cumsum(hazard)])
        survival = np.exp(log_survival)
        if np.abs(survival - before).max() < _SETTLED:
            break
        before = survival
        weight = number / np.maximum(survival[seen] - survival[missed], np.finfo(float).tiny)
        share = np.divide(-np.expm1(-hazard), hazard, out=np.ones(days), where=hazard > 0)
        closing = survival[:-1] * share * _over_days(seen, missed, days, weight)  # over the hazard
        watched = surely + closing - _over_days(seen, missed, days, weight * survival[missed])
        exposed = basis.T @ watched
        change = np.divide(basis.T @ closing, exposed, out=np.zeros_like(exposed), where=exposed > _NOUGHT)
        heights = np.minimum(heights * change, _HIGHEST_HAZARD)
    return log_survival, (change > _SHRINKS) & (heights > _NOUGHT) & (heights < _HIGHEST_HAZARD)


def _odds(log_survival: Numbers, seen: Days, missed: Days) -> Numbers:
    """S(missed) / (S(seen) - S(missed))."""
    fall = log_survival[seen] - log_survival[missed]
    return np.asarray(1 / np.expm1(np.maximum(fall, np.finfo(float).tiny)))


def _score(lives: Lives, log_survival: Numbers, days: int) -> Numbers:
    """(employers, days): how the log-likelihood of an employer's postings changes with the hazard of each day."""
    shape = int(lives.companies.max()) + 1, days + 1
    row, closed = lives.companies * (days + 1), lives.is_closed
    odds = _odds(log_survival, lives.last_seen[closed], lives.missed[closed])
    size = shape[0] * shape[1]
    # less 1 on each day that a posting was open for sure, and the odds more on each on which it may have closed
    change = np.bincount(row + lives.last_seen, minlength=size) - np.bincount(row + lives.entered, minlength=size)
    change = change + np.bincount((row + lives.last_seen)[closed], odds, size)
    change -= np.bincount((row + lives.missed)[closed], odds, size)
    return np.asarray(np.cumsum(change.reshape(shape), axis=1)[:, :days])


def _information(lives: Lives, log_survival: Numbers, days: int) -> Numbers:
    """(days, days): less the second derivatives of the log-likelihood by the hazards of two days."""
    seen, missed, number = _between(lives, days)
    odds = _odds(log_survival, seen, missed)
    at = np.zeros((days + 1, days + 1))
    at[seen, missed] = number * odds * (1 + odds)
    # of all intervals that begin before the one day and end after the other
    begun = np.cumsum(at, axis=0)[:days]
    both = np.cumsum(begun[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return np.asarray(np.triu(both) + np.triu(both, 1).T)
