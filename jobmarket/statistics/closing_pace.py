"""Whether postings close faster in one period than in an earlier one.

Each period has its own curve (jobmarket.statistics.survival), over the days lived in it. A posting that is already open
enters when the period begins, and one that is still open leaves when it ends. The curve shows how long postings would
stay open if all their days were like those of the period. It does not depend on how long lifetimes could be observed.

    H = -(log S(30) - log S(b))            cumulative hazard up to day 30 from day b, on which both curves begin
    pace = H_later / H_earlier - 1         twice as fast: 1; with proportional hazards, half the median

An employer in both periods counts once. With u_c the influence of employer c on log S(30) - log S(b) of each period,

    v = sum_c (u_c,later / H_later - u_c,earlier / H_earlier)^2        variance of log(H_later / H_earlier)
    bounds = exp(log(H_later / H_earlier) -+ t sqrt(v)) - 1

with t of K - 1 degrees of freedom, K the least of both periods' and (sum d^2)^2 / sum d^4 over the terms d of v. With
fewer than LEAST_EMPLOYERS effective employers (K), or an error as large as the hazard itself (sqrt(v) of 1), the
interval would reach from nothing to many times the pace: there is no change then.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from jobmarket.statistics.changes import FEW_EMPLOYERS, LEAST_EMPLOYERS, t_quantile
from jobmarket.statistics.survival import MONTH, Watched

# From here on the error of a cumulative hazard is as large as the hazard, and the logarithm is not linear within it.
_TOO_LARGE_ERROR = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How much faster postings closed than before, with a 95 % interval; 0.25 is a quarter faster."""

    change: float
    low: float
    high: float


class NoPace(StrEnum):
    """Why two periods are not compared, as published."""

    NOT_FOLLOWED = "no posting was followed in the earlier quarter"
    FEW_IN_BOTH = "too few postings or companies watched in both quarters, or most are one company’s"
    NO_DAY = f"too few postings followed up to day {MONTH} in one of the quarters"
    NO_CLOSING = f"no posting closed by day {MONTH} in one of the quarters"
    FEW_EMPLOYERS = FEW_EMPLOYERS
    LARGE_ERROR = "the standard error is as large as the pace"


def change_of_pace(earlier: Watched, later: Watched) -> Pace | NoPace:
    """Compare two periods.

    Args:
        earlier: The earlier curve; employers have the same numbers in both.
        later: The later curve.
    """
    if earlier.known is None or later.known is None or earlier.curve is None or later.curve is None:
        return NoPace.NO_DAY
    begin = int(max(earlier.known[0], later.known[0]))
    if begin >= MONTH or min(earlier.known[-1], later.known[-1]) < MONTH:
        return NoPace.NO_DAY
    before, after = (float(of.log_survival[begin] - of.log_survival[MONTH]) for of in (earlier.curve, later.curve))
    if min(before, after) <= 0:
        return NoPace.NO_CLOSING
    influence = earlier.curve.influence(begin, MONTH) / before, later.curve.influence(begin, MONTH) / after
    # an employer may be in one period only
    moved = np.zeros(max(map(len, influence)))
    for sign, of_employers in zip((-1, 1), influence, strict=True):
        moved[: len(of_employers)] += sign * of_employers
    squares = np.square(moved)
    total = float(squares.sum())
    if total == 0:
        return NoPace.FEW_EMPLOYERS
    effective = min(earlier.curve.n_employers, later.curve.n_employers, total**2 / float(np.square(squares).sum()))
    if round(effective, 9) < LEAST_EMPLOYERS:
        return NoPace.FEW_EMPLOYERS
    if np.sqrt(total) >= _TOO_LARGE_ERROR:
        return NoPace.LARGE_ERROR
    half = float(t_quantile(effective - 1)) * np.sqrt(total)
    ratio = np.log(after / before)
    return Pace(*(float(np.expm1(value)) for value in (ratio, ratio - half, ratio + half)))
