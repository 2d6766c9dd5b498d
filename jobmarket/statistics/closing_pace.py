"""Whether postings close faster in one stretch of the calendar than in an earlier one.

A stretch has a curve of its own (jobmarket.statistics.survival), of the days that were lived in it: a posting enters
when the stretch begins, if it was open then, and leaves when it ends, if it is still open. So the curve tells how long
postings would stay open if all their days were as those of the stretch, and neither the long lives that an old stretch
had time to see nor the short ones alone that a young one can have seen move it.

    H = -(log S(30) - log S(b))            what closes up to day 30, of those open on day b, on which both curves begin
    pace = H_later / H_earlier - 1         twice as fast: 1; lives of half the median, where hazards are in proportion

Employers of both stretches are alike in both. With u_c the influence of employer c on log S(30) - log S(b) of each,

    v = sum_c (u_c,later / H_later - u_c,earlier / H_earlier)^2        variance of log(H_later / H_earlier)
    bounds = exp(log(H_later / H_earlier) -+ t sqrt(v)) - 1

with t of K - 1 degrees of freedom, K the least of both stretches' and (sum d^2)^2 / sum d^4 of the terms d of v.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.survival import MONTH, Watched


@dataclass(frozen=True, slots=True)
class Pace:
    """How much faster postings closed than before, with its 95 % interval: 0.25 is a quarter faster."""

    change: float
    low: float
    high: float


def change_of_pace(earlier: Watched, later: Watched) -> Pace | None:
    """Compare two stretches.

    Args:
        earlier: The curve of one; employers have the same numbers in both.
        later: That of the other.

    Returns:
        None where a curve does not reach from a day before the 30th to it, nothing closed on one of them, or nothing
        tells how far employers differ.
    """
    if earlier.known is None or later.known is None or earlier.curve is None or later.curve is None:
        return None
    begin = int(max(earlier.known[0], later.known[0]))
    if begin >= MONTH or min(earlier.known[-1], later.known[-1]) < MONTH:
        return None
    before, after = (float(of.log_survival[begin] - of.log_survival[MONTH]) for of in (earlier.curve, later.curve))
    if min(before, after) <= 0:
        return None
    influence = earlier.curve.influence(begin, MONTH) / before, later.curve.influence(begin, MONTH) / after
    # an employer that one stretch alone has moves that one alone
    moved = np.zeros(max(map(len, influence)))
    for sign, of_employers in zip((-1, 1), influence, strict=True):
        moved[: len(of_employers)] += sign * of_employers
    squares = np.square(moved)
    total = float(squares.sum())
    if total == 0:
        return None
    effective = min(earlier.curve.n_employers, later.curve.n_employers, total**2 / float(np.square(squares).sum()))
    half = float(t_quantile(max(1.0, effective - 1))) * np.sqrt(total)
    ratio = np.log(after / before)
    return Pace(*(float(np.expm1(value)) for value in (ratio, ratio - half, ratio + half)))
