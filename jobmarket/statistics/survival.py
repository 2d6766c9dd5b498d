"""How long postings stay open: the median of a survival curve that knows the open ones only so far.

Kaplan and Meier's estimate over whole days, with late entry: a posting that was first seen when it was old says nothing
of the days before. It is watched on all days from that of its first sighting to that of its last, both included. Boards
that are crawled once a week show hardly a posting on its first days: the curve begins on the first day on which enough
are watched, and speaks of postings that are open then; and as none is found closed within half an interval between two
crawls of its first sighting, it falls too late by part of that. Postings of one employer close together, so the
interval counts employers, not postings:

    h(u) = d(u) / Y(u)                                          closed on day u, of those watched that day
    log S(t) = sum_{u <= t} log(1 - h(u))
    psi_c(t) = sum_{u <= t} (d_c(u) - Y_c(u) h(u)) / (Y(u) (1 - h(u)))      share of employer c in its error
    v(t) = C / (C - 1) sum_c psi_c(t)^2                         variance of log S(t), C employers

The interval of the median begins on the first day on which S(t) > 1/2 is not shown, and ends on the first on which
S(t) < 1/2 is, on the scale log(-log S).

Sources: Kaplan and Meier, JASA 53 (1958); Williams, Biometrics 51 (1995), the variance for clustered lives; Brookmeyer
and Crowley, Biometrics 38 (1982), the interval of the median.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.changes import t_quantile

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Later days are counted together: hardly a posting is watched that long.
LONGEST_DAYS = 365
# Below so many watched postings a day's share of closings is noise: the curve has not begun, or ends.
LEAST_WATCHED = 5
# A curve that begins later, after two weekly crawls, says nothing of how long a posting stays open.
LATEST_BEGINNING = 14


@dataclass(frozen=True, slots=True)
class TimeToClose:
    """Days until half of the postings are closed, with its 95 % interval; null where the curve does not get there.

    ``begins_day`` is the first day of the curve: all of it speaks of postings that were open then.
    """

    begins_day: int | None
    median_days: int | None
    median_low: int | None
    median_high: int | None
    share_open_30_days: float | None


def time_to_close(entered: Days, left: Days, is_closed: Flags, companies: Days) -> TimeToClose:
    """Estimate the time to close.

    Args:
        entered: Day of its life, from publication, on which each posting was first seen.
        left: Day on which it was found closed, or last seen; at least ``entered``.
        is_closed: Whether it was found closed; the others are known to be open until ``left`` and no further.
        companies: The employer of each, as a number from 0.

    Raises:
        ValueError: The columns differ in length, or a posting left before it entered.
    """
    if not len(entered) == len(left) == len(is_closed) == len(companies):
        raise ValueError("the columns must have a row for each posting")
    if np.any(left < entered) or np.any(entered < 0):
        raise ValueError("no posting may leave before it entered, nor enter before it was published")
    # the day of the first sighting is watched as well, by who closes on it as by who does not: without the former no
    # posting would close on its first day, without the latter each that does would be all that was watched of it
    first, last = np.minimum(entered, LONGEST_DAYS + 1), np.minimum(left, LONGEST_DAYS)
    closed = is_closed & (left <= LONGEST_DAYS)
    watched, ended = _by_company_and_day(first, last, closed, companies)
    known = _while_enough_are_watched(watched.sum(axis=0))
    if not known.any():
        return TimeToClose(None, None, None, None, None)
    watched[:, : np.argmax(known)] = ended[:, : np.argmax(known)] = 0
    at_risk, closings = watched.sum(axis=0), ended.sum(axis=0)
    hazard = np.divide(closings, at_risk, out=np.zeros(len(at_risk)), where=at_risk > 0)
    with np.errstate(divide="ignore"):
        survival = np.exp(np.cumsum(np.log1p(-hazard)))
    is_half, is_refuted = survival <= 0.5, _days_refuted(watched, ended, at_risk, hazard, survival)
    one_employer = np.count_nonzero(watched.any(axis=1)) < 2  # says nothing of others
    return TimeToClose(
        begins_day=_first(known),
        median_days=_first(known & is_half),
        median_low=None if one_employer else _first(known & ~(is_refuted & ~is_half)),
        # the curve falls in steps, and one half may lie within a step; after the last known day it may still pass it
        median_high=_first(known & is_refuted & is_half),
        share_open_30_days=float(survival[30]) if known[30] else None,
    )


def _first(days: Flags) -> int | None:
    return int(np.argmax(days)) if days.any() else None


def _by_company_and_day(
    first: Days, last: Days, closed: Flags, companies: Days
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Postings watched and closed, one row an employer, one column a day: watched on the days from first to last."""
    shape = (int(companies.max(initial=-1)) + 1, LONGEST_DAYS + 2)
    change, ended = np.zeros(shape), np.zeros(shape)
    np.add.at(change, (companies, first), 1)
    np.add.at(change, (companies, last + 1), -1)
    np.add.at(ended, (companies[closed], last[closed]), 1)
    return np.cumsum(change, axis=1)[:, :-1], ended[:, :-1]


def _while_enough_are_watched(at_risk: NDArray[np.float64]) -> Flags:
    """The days of the curve: from the first on which enough postings are watched to the last before too few are."""
    known = np.zeros(len(at_risk), dtype=bool)
    enough = np.flatnonzero(at_risk >= LEAST_WATCHED)
    if len(enough) and enough[0] <= LATEST_BEGINNING:
        few = np.flatnonzero(at_risk[enough[0] :] < LEAST_WATCHED)
        known[enough[0] : (enough[0] + few[0] if len(few) else len(at_risk))] = True
    return known


def _days_refuted(
    watched: NDArray[np.float64],
    ended: NDArray[np.float64],
    at_risk: NDArray[np.float64],
    hazard: NDArray[np.float64],
    survival: NDArray[np.float64],
) -> Flags:
    """Whether what was seen by day t refutes S(t) = 1/2, at 95 %, with C - 1 degrees of freedom."""
    n_companies = int(np.count_nonzero(watched.any(axis=1)))
    if n_companies < 2:
        return np.zeros(len(at_risk), dtype=bool)
    weight = at_risk * (1 - hazard)
    shares = np.divide(ended - watched * hazard, weight, out=np.zeros_like(watched), where=weight > 0)
    variance = n_companies / (n_companies - 1) * np.square(np.cumsum(shares, axis=1)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.log(survival)
        deviation = np.log(-log_survival) - np.log(np.log(2.0))
        bound = t_quantile(n_companies - 1) * np.sqrt(variance) / np.abs(log_survival)
    refuted: Flags = np.nan_to_num(np.abs(deviation), nan=np.inf) > np.nan_to_num(bound, nan=0.0)
    return refuted
