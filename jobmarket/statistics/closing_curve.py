"""The survival curve of lifetimes whose end is only known to lie between two crawls.

A posting is first seen on day e of its life, when others of its age are already closed (left truncation). It was last
seen on day l and missing on day r (interval censoring), or still open on day l (right censoring). Its likelihood:

    (S(l) - S(r)) / S(e),      or S(l) / S(e)
    S(t) = exp(-sum_{u <= t} lambda(u)),      lambda(u) = sum_j beta_j B_j(u),  beta_j >= 0

The hazard lambda is piecewise linear with equidistant knots. With a knot and a crawl each day, S is Kaplan and Meier's
curve. With crawls w days apart there is no information about shorter times: with more knots than that, the most likely
curve consists of steps (Turnbull's) whose position is chance.

It is approached by self-consistency (EM). With w_i = 1 / (S(l_i) - S(r_i)) over the postings whose interval contains
day u,

    d(u) = (S(u-1) - S(u)) sum_i w_i                                      expected to close on day u
    Y(u) = all that are certainly open + d(u) / lambda(u) - sum_i w_i S(r_i)      expected exposure on day u, in days
    beta_j <- beta_j (sum_u B_j(u) d(u) / lambda(u)) / (sum_u B_j(u) Y(u))

A beta that is 0 at the maximum falls so slowly under EM that it looks like a small one, which may make the interval far
too wide. The likelihood is concave in beta: Newton's method with bounds goes the rest of the way.

Postings of one employer close together, so the error of log S is clustered by employer. With each employer's score U_c
and the observed information H, both with respect to the beta that are not bound at 0,

    V = H^-1 (sum_c U_c U_c') H^-1 / (1 - 2 sum_c n_c^3 / (N sum_c n_c^2) + 1 / K),      K = N^2 / sum_c n_c^2

Sources: Turnbull, JRSS B 38 (1976), self-consistency with truncation; Lindsey and Ryan, Statistics in Medicine 17
(1998), piecewise hazards for interval-censored lifetimes; White, Econometrica 50 (1982), and Williams, Biometrics 51
(1995), the variance; Bell and McCaffrey, Survey Methodology 28 (2002), the divisor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Booleans, Numbers

Days = NDArray[np.int64]

# ``missed`` of a posting that was open when it was last seen.
STILL_OPEN = -1
# Change of the curve between rounds of EM that ends them, and the most rounds. With daily crawls it is exact then.
_SETTLED = 1e-5
_ROUNDS = 30
# The log-likelihood that a further step would gain at the maximum: a ten-thousandth of a standard error, or its own
# rounding error where that is more.
_LEAST_GAIN = 1e-8
_ROUNDING = 1e-12
_MOST_STEPS = 200
_SHORTEST_STEP = 1e-6
_EXCHANGES = 20
# Added to the information's diagonal, relative to its largest: knots may be indistinguishable.
_RIDGE = 1e-10
# The hazard of a day on which all watched postings close: one in half a billion stays open.
_HIGHEST_HAZARD = 20.0
# Exposure below which a knot is not observed.
_NOUGHT = 1e-5


@dataclass(frozen=True, slots=True)
class Lives:
    """When postings were seen, in whole days since publication; each column has one row per posting.

    Attributes:
        entered: Day of the first sighting.
        last_seen: Day of the last sighting; at least ``entered``.
        missed: Day of the first crawl after that which did not find the posting; STILL_OPEN if there was none.
        companies: The employer, as an index from 0.
    """

    entered: Days
    last_seen: Days
    missed: Days
    companies: NDArray[np.int64]

    def __post_init__(self) -> None:
        columns = (self.entered, self.last_seen, self.missed, self.companies)
        if len({len(column) for column in columns}) > 1:
            raise ValueError("all columns must have one row per posting")
        if np.any(self.entered < 0) or np.any(self.last_seen < self.entered):
            raise ValueError("a posting must be first seen on day 0 or later, and last seen no earlier than that")
        if np.any(self.is_closed & (self.missed <= self.last_seen)):
            raise ValueError("a posting must be missed on a later day than it was last seen")

    @property
    def is_closed(self) -> Booleans:
        """(postings,): whether each was found closed."""
        return np.asarray(self.missed != STILL_OPEN)

    @property
    def left(self) -> Days:
        """(postings,): the day on which the posting leaves observation: its first miss, else its last sighting."""
        return np.where(self.is_closed, self.missed, self.last_seen)

    def until(self, day: int) -> Lives:
        """Pool the days after ``day`` into it: later sightings and misses are moved to that day."""
        is_missed = self.is_closed & (self.last_seen < day)
        return Lives(
            np.minimum(self.entered, day),
            np.minimum(self.last_seen, day),
            np.where(is_missed, np.minimum(self.missed, day), STILL_OPEN),
            self.companies,
        )

    def informative(self) -> Lives:
        """Drop postings seen once and never missed: their likelihood is the same under any curve."""
        return self.of(self.left > self.entered)

    def of(self, chosen: Booleans) -> Lives:
        """Select postings; ``chosen``: (postings,)."""
        return Lives(*(column[chosen] for column in (self.entered, self.last_seen, self.missed, self.companies)))


class _Closings(NamedTuple):
    """The distinct intervals between a last sighting and the first miss, and the number of closings in each."""

    seen: Days
    missed: Days
    number: Numbers


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve over the days from 0, (days + 1,), and the variance of its logarithm.

    Attributes:
        log_survival: log S(t).
        n_employers: K, the effective number of employers.
    """

    log_survival: Numbers
    n_employers: float
    _steps: Numbers
    _influence: Numbers
    _covariance: Numbers

    def variance_since(self, day: int) -> Numbers:
        """Return the variance of log S(t) - log S(day), (days + 1,)."""
        since = self._steps - self._steps[day]
        # rounding may make a variance of 0 slightly negative
        return np.asarray(np.maximum(0.0, ((since @ self._covariance) * since).sum(axis=1)))

    def influence(self, begin: int, end: int) -> Numbers:
        """Return each employer's influence on log S(end) - log S(begin), (employers,); squares sum to the variance."""
        return np.asarray(self._influence @ (self._steps[begin] - self._steps[end]))


def closing_curve(lives: Lives, days: int, knot_days: int) -> Curve | None:
    """Estimate the curve; None if it has not converged.

    Args:
        lives: At least one posting, all of them ``informative``, with no day after ``days``.
        days: The last day of the curve.
        knot_days: Days between knots of the hazard.
    """
    # index u is the hazard of the day that ends with u + 1
    knots = np.arange(-(-(days - 1) // knot_days) + 1) * knot_days
    basis = np.maximum(0.0, 1 - np.abs(np.arange(days)[:, None] - knots) / knot_days)
    closings = _closings(lives, days)
    likely = _most_likely(lives, closings, days, basis, is_daily=knot_days == 1)
    if likely is None:
        return None
    log_survival, is_free = likely
    basis = basis[:, is_free]
    effective, divisor = equal_companies(np.bincount(lives.companies).astype(float))
    score = _score(lives, log_survival, days)
    # with daily knots the basis is the identity: select columns instead of multiplying many employers' rows
    score = score[:, is_free] if knot_days == 1 else score @ basis
    # pseudo-inverse: knots that no posting distinguishes share one hazard
    inverse = np.linalg.pinv(basis.T @ _information(closings, log_survival, days) @ basis, rcond=1e-8, hermitian=True)
    steps = np.vstack([np.zeros(basis.shape[1]), np.cumsum(basis, axis=0)])
    influence = score @ inverse / np.sqrt(divisor) if divisor > 0 else np.zeros_like(score)
    return Curve(log_survival, effective, steps, influence, influence.T @ influence)


def _closings(lives: Lives, days: int) -> _Closings:
    closed = lives.is_closed
    # days are few: to count all pairs of them is much faster than to sort the postings
    number = np.bincount(lives.last_seen[closed] * (days + 1) + lives.missed[closed])
    pairs = np.flatnonzero(number)
    return _Closings(pairs // (days + 1), pairs % (days + 1), number[pairs].astype(float))


def _over_days(first: Days, last: Days, days: int, weight: Numbers | None = None) -> Numbers:
    """Return for each day the summed weight of the intervals (first, last] that contain it."""
    change = np.bincount(first, weight, days + 1) - np.bincount(last, weight, days + 1)
    return np.asarray(np.cumsum(change)[:days], dtype=float)


def _most_likely(
    lives: Lives, closings: _Closings, days: int, basis: Numbers, *, is_daily: bool
) -> tuple[Numbers, Booleans] | None:
    """Return the logarithm of the curve, (days + 1,), and which knots' hazards are strictly within their bounds.

    None if the maximum is not reached: neither the knots nor the variance would be right.
    """
    seen, missed, number = closings
    surely = _over_days(lives.entered, lives.last_seen, days)

    def likelihood(log_survival: Numbers) -> float:
        fall = np.maximum(log_survival[seen] - log_survival[missed], np.finfo(float).tiny)
        return float(surely @ np.diff(log_survival) + number @ np.log(-np.expm1(-fall)))

    heights = _settled(closings, surely, basis)
    log_survival = _log_survival(basis @ heights)
    for _ in range(_MOST_STEPS):
        slope = basis.T @ (_over_days(seen, missed, days, number * _odds(log_survival, seen, missed)) - surely)
        by_day = _information(closings, log_survival, days)
        # with daily knots the basis is the identity
        step = _step(slope, by_day if is_daily else basis.T @ by_day @ basis, heights)
        is_free = (heights + step > 0) & (heights + step < _HIGHEST_HAZARD - _NOUGHT)
        reached, part = likelihood(log_survival), 1.0
        if slope @ step < 2 * max(_LEAST_GAIN, _ROUNDING * abs(reached)):
            return log_survival, is_free
        while likelihood(_log_survival(basis @ (heights + part * step))) <= reached:
            part /= 2
            if part < _SHORTEST_STEP:
                return None
        # a whole step ends exactly at the bounds
        heights = np.clip(heights + part * step, 0.0, _HIGHEST_HAZARD)
        log_survival = _log_survival(basis @ heights)
    return None


def _settled(closings: _Closings, surely: Numbers, basis: Numbers) -> Numbers:
    """Return the knots' hazards after some rounds of EM."""
    seen, missed, number = closings
    days = len(surely)
    heights, before = np.full(basis.shape[1], 1 / days), np.zeros(days + 1)
    for _ in range(_ROUNDS):
        hazard = basis @ heights
        survival = np.exp(_log_survival(hazard))
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
    return heights


def _step(slope: Numbers, information: Numbers, heights: Numbers) -> Numbers:
    """Return Newton's step of the knots' hazards: to the maximum, within the bounds, of the quadratic approximation."""
    below = (heights < _HIGHEST_HAZARD) | (slope < 0)
    curved = _with_ridge(information)
    # those that are above 0 at the maximum: exchange all that turn out wrong, which mostly takes a few rounds
    is_positive = below & ((heights > 0) | (slope > 0))
    for _ in range(_EXCHANGES):
        step = np.where(below, -heights, 0.0)
        rest = slope - curved[:, ~is_positive] @ step[~is_positive]
        step[is_positive] = np.linalg.solve(curved[np.ix_(is_positive, is_positive)], rest[is_positive])
        left = rest - curved[:, is_positive] @ step[is_positive]
        is_wrong = below & np.where(is_positive, heights + step < 0, left > _NOUGHT)
        if not is_wrong.any():
            return np.minimum(step, _HIGHEST_HAZARD - heights)
        is_positive ^= is_wrong
    chosen = np.flatnonzero(below)
    root = np.linalg.cholesky(curved[np.ix_(chosen, chosen)])
    target = np.linalg.solve(root, slope[chosen] + curved[np.ix_(chosen, chosen)] @ heights[chosen])
    step = np.zeros(len(heights))
    step[chosen] = nnls(root.T, target, maxiter=30 * len(chosen))[0] - heights[chosen]
    return np.minimum(step, _HIGHEST_HAZARD - heights)


def _with_ridge(information: Numbers) -> Numbers:
    return np.asarray(information + _RIDGE * information.diagonal().max() * np.eye(len(information)))


def _log_survival(hazard: Numbers) -> Numbers:
    return np.concatenate([[0.0], -np.cumsum(hazard)])


def _odds(log_survival: Numbers, seen: Days, missed: Days) -> Numbers:
    """S(missed) / (S(seen) - S(missed))."""
    fall = log_survival[seen] - log_survival[missed]
    return np.asarray(1 / np.expm1(np.maximum(fall, np.finfo(float).tiny)))


def _score(lives: Lives, log_survival: Numbers, days: int) -> Numbers:
    """Return (employers, days): the derivative of each employer's log-likelihood by the hazard of each day."""
    shape = int(lives.companies.max()) + 1, days + 1
    row, closed = lives.companies * (days + 1), lives.is_closed
    odds = _odds(log_survival, lives.last_seen[closed], lives.missed[closed])
    size = shape[0] * shape[1]
    # -1 for each day on which a posting was certainly open, + odds for each on which it may have closed
    change = np.bincount(row + lives.last_seen, minlength=size) - np.bincount(row + lives.entered, minlength=size)
    change = change + np.bincount((row + lives.last_seen)[closed], odds, size)
    change -= np.bincount((row + lives.missed)[closed], odds, size)
    return np.asarray(np.cumsum(change.reshape(shape), axis=1)[:, :days])


def _information(closings: _Closings, log_survival: Numbers, days: int) -> Numbers:
    """Return (days, days): minus the second derivatives of the log-likelihood by the hazards of two days."""
    seen, missed, number = closings
    odds = _odds(log_survival, seen, missed)
    at = np.zeros((days + 1, days + 1))
    at[seen, missed] = number * odds * (1 + odds)
    # sum over intervals that begin before the one day and end after the other
    begun = np.cumsum(at, axis=0)[:days]
    both = np.cumsum(begun[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return np.asarray(np.triu(both) + np.triu(both, 1).T)
