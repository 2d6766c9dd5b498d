"""How long postings stay open: the median of a survival curve of interval-censored lifetimes.

When a posting closed is known only as the days between the crawl that saw it last and the first that missed it. A
posting that is open, or was lost sight of, is known to be open when last seen. What happened before its first sighting
is unknown. The curve uses no more than that (jobmarket.statistics.closing_curve), so that daily, weekly and irregular
crawls give the same lifetimes. The knots of its hazard are as far apart as last sightings and first misses are on
average: crawls carry no information about shorter times.

Where boards are crawled once a week hardly any posting is seen on its first days. The curve begins on the first day on
which enough postings are watched, and describes postings open on that day.

A posting seen once and never missed carries no information: its likelihood is S(e) / S(e). The sample excludes it.

With v(t) the variance of log S(t) between employers, the 95 % interval of the median begins where S(t) > 1/2 is last
shown and ends where S(t) < 1/2 is first shown, with K - 1 degrees of freedom; that of S(30) has the same width:

    |log(-log S(t)) - log(log 2)| > t_{K-1} sqrt(v(t)) / |log S(t)|

Between two days S and sqrt(v) are interpolated linearly, for the median and its bounds: on a day on which most postings
close, other conventions differ by half a day.

Source: Brookmeyer and Crowley, Biometrics 38 (1982), the interval of the median.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.closing_curve import Curve, Days, Lives, closing_curve
from jobmarket.statistics.panel import Booleans, Numbers

# Later days are pooled: hardly any posting is watched that long.
LONGEST_DAYS = 365
# Minimum postings watched on each day of the curve: with fewer, a day's share of closings is noise.
LEAST_WATCHED = 5
# A curve that begins later, after two weekly crawls, does not describe how long a posting stays open.
LATEST_BEGINNING = 14
# The day of the published share, up to which quarters are compared.
MONTH = 30
# Parts of a day; an odd number, so that no part ends where days are rounded.
_PARTS = 25


@dataclass(frozen=True, slots=True)
class TimeToClose:
    """Days until half of the postings are closed, with a 95 % interval; None where the curve does not reach it.

    Attributes:
        n_postings: Informative postings: found closed, or seen on two days.
        n_closed: Those of them found closed within the days of the curve.
        n_companies: Their employers.
        n_of_largest_company: Postings of the employer with most of them.
        closing_interval_days: Mean days between last sighting and first miss of the closed postings.
        begins_day: The first day of the curve, which describes postings open on that day.
        median_days: Days from publication until half are closed.
        median_low: Lower bound of its interval; None if all postings belong to one employer.
        median_high: Upper bound; also None if it lies beyond the curve.
        share_open_30_days: S(30).
        share_open_30_low: Lower bound of its interval; None where the spread between employers is unknown.
        share_open_30_high: Upper bound.
    """

    n_postings: int
    n_closed: int
    n_companies: int
    n_of_largest_company: int
    closing_interval_days: float | None
    begins_day: int | None = None
    median_days: int | None = None
    median_low: int | None = None
    median_high: int | None = None
    share_open_30_days: float | None = None
    share_open_30_low: float | None = None
    share_open_30_high: float | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """The sample of a cell's postings and their curve.

    Attributes:
        sample: The sample sizes, without figures.
        known: The consecutive days on which enough postings are watched; None, like the curve, if there are none.
        curve: The curve, to be read on those days; also None if it has not converged.
    """

    sample: TimeToClose
    known: Days | None = None
    curve: Curve | None = None


def watched(lives: Lives) -> Watched:
    """Estimate the curve of one cell's postings."""
    lives = _that_count(lives)
    sample = _sample(lives)
    known = _days_known(lives)
    if known is None:
        return Watched(sample)
    knot_days = max(1, round(sample.closing_interval_days or 1))
    return Watched(sample, known, closing_curve(lives, int(lives.left.max()), knot_days))


def time_to_close(lives: Lives) -> TimeToClose:
    """Estimate the time to close of one cell's postings."""
    return read_off(watched(lives))


def read_off(cell: Watched) -> TimeToClose:
    """Return the sample with the figures of its curve."""
    sample, known, curve = cell.sample, cell.known, cell.curve
    if known is None or curve is None:
        return sample
    log_survival = curve.log_survival[known] - curve.log_survival[known[0]]
    error = np.sqrt(curve.variance_since(int(known[0]))[known])
    # half the width on the scale of the test; unknown from one employer
    width = float(t_quantile(max(1.0, curve.n_employers - 1))) * error if sample.n_companies > 1 else None
    median, low, high = _median(known, log_survival, width)
    share, share_low, share_high = _share_open(known, log_survival, width)
    return replace(
        sample,
        begins_day=int(known[0]),
        median_days=median,
        median_low=low,
        median_high=high,
        share_open_30_days=share,
        share_open_30_low=share_low,
        share_open_30_high=share_high,
    )


def sample_of(lives: Lives) -> TimeToClose:
    """Return the sample of one cell, without figures."""
    return _sample(_that_count(lives))


def _that_count(lives: Lives) -> Lives:
    return lives.until(LONGEST_DAYS + 1).informative()


def _sample(lives: Lives) -> TimeToClose:
    closed = lives.is_closed
    sizes = np.unique(lives.companies, return_counts=True)[1]
    return TimeToClose(
        n_postings=len(closed),
        n_closed=int(closed.sum()),
        n_companies=len(sizes),
        n_of_largest_company=int(sizes.max(initial=0)),
        closing_interval_days=float((lives.missed - lives.last_seen)[closed].mean()) if closed.any() else None,
    )


def _days_known(lives: Lives) -> Days | None:
    """Return the days of the curve: from the first with enough watched postings to the last before too few are left."""
    end = int(lives.left.max(initial=0))
    change = np.bincount(lives.entered, minlength=end + 1) - np.bincount(lives.left, minlength=end + 1)
    enough = np.cumsum(change) >= LEAST_WATCHED  # until the next day
    begin = int(np.argmax(enough))
    if not enough[begin] or begin > LATEST_BEGINNING:
        return None
    return np.arange(begin, begin + int(np.argmin(enough[begin:])) + 1)  # at the end nobody is watched


def _median(known: Days, log_survival: Numbers, width: Numbers | None) -> tuple[int | None, int | None, int | None]:
    """Return the median and its interval, each None beyond the curve; without a width the interval is None."""
    moments = np.linspace(known[0], known[-1], (len(known) - 1) * _PARTS + 1)
    survival = np.interp(moments, known, np.exp(log_survival))
    median = _first(survival <= 1 / 2, moments)
    if width is None:
        return median, None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.log(survival)
        distance = (np.log(-log_survival) - np.log(np.log(2.0))) * np.abs(log_survival)
    # before the first closing, and without variance, the curve is on one side with certainty
    bound = np.interp(moments, known, width)
    is_above = (survival > 1 / 2) & ((distance < -bound) | (bound == 0))
    is_below = (survival < 1 / 2) & ((distance > bound) | (bound == 0))
    # the curve falls: if more than half is shown to be open on a day, it was so before
    since = np.flatnonzero(is_above)[-1] + 1 if is_above.any() else 0
    return median, _first(np.arange(len(moments)) >= since, moments), _first(is_below, moments)


def _share_open(
    known: Days, log_survival: Numbers, width: Numbers | None
) -> tuple[float | None, float | None, float | None]:
    """Return the share open after a month and its interval, None where the spread between employers is unknown."""
    if not known[0] <= MONTH <= known[-1]:
        return None, None, None
    day = MONTH - int(known[0])
    log_share = float(log_survival[day])
    if width is None or log_share == 0 or width[day] == 0:
        return float(np.exp(log_share)), None, None
    spread = np.exp(float(width[day]) / -log_share)
    return float(np.exp(log_share)), float(np.exp(log_share * spread)), float(np.exp(log_share / spread))


def _first(is_reached: Booleans, moments: Numbers) -> int | None:
    """Return the first moment that is reached, as a whole day; None if none is."""
    return round(float(moments[np.argmax(is_reached)])) if is_reached.any() else None
