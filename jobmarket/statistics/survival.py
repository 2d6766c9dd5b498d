"""How long postings stay open: the median of a curve that knows their ends only so far.

When a posting closed is known as the days between the crawl that saw it last and the first that did not; of one that is
open, or was lost sight of, that it was open when last seen; of none what was before its first sighting. The curve takes
each for no more than that (jobmarket.statistics.closing_curve), so that crawls of every day, of every week and of now
and then show the same lives as long. Its hazard has a knot every so many days as lie, on average, between a last
sighting and the first miss: what happens in less the crawls do not tell.

Where boards are crawled once a week hardly a posting is seen on its first days: the curve begins on the first day on
which enough are watched, and speaks of postings that are open then.

Who was seen once and never missed tells nothing: the likelihood is S(e) / S(e). The sample is of those that tell.

The interval of the median, with v(t) the variance of log S(t) between employers, begins where S(t) > 1/2 is shown last,
and ends where S(t) < 1/2 is shown first, at 95 % and with K - 1 degrees of freedom; that of S(30) has the same width:

    |log(-log S(t)) - log(log 2)| > t_{K-1} sqrt(v(t)) / |log S(t)|

Between two days S and sqrt(v) are straight lines, of the median and of its bounds alike: on a day on which most of the
postings go, half a day lies between one reading and another.

Source: Brookmeyer and Crowley, Biometrics 38 (1982), the interval of the median.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.closing_curve import Curve, Days, Lives, closing_curve
from jobmarket.statistics.panel import Booleans, Numbers

# Later days are counted together: hardly a posting is watched that long.
LONGEST_DAYS = 365
# Below so many watched postings a day's share of closings is noise: the curve has not begun, or ends.
LEAST_WATCHED = 5
# A curve that begins later, after two weekly crawls, says nothing of how long a posting stays open.
LATEST_BEGINNING = 14
# Days after which a share is told, and over which quarters are compared.
MONTH = 30
# What a day is divided into; an uneven number, so that no part ends where days are rounded up or down.
_PARTS = 25


@dataclass(frozen=True, slots=True)
class TimeToClose:
    """Days until half of the postings are closed, with its 95 % interval; null where the curve does not get there.

    Attributes:
        n_postings: Postings that tell anything: found closed, or seen on two days.
        n_closed: Of these, those found closed within the days that the curve is of.
        n_companies: Their employers.
        n_of_largest_company: Postings of the employer with most of them.
        closing_interval_days: Mean days between the last sighting and the first miss of the closed ones.
        begins_day: The first day of the curve: all of it speaks of postings that were open then.
        median_days: Days from publication until half are closed.
        median_low: Lower end of its interval; null where all are of one employer.
        median_high: Upper end; null where it lies beyond what is known as well.
        share_open_30_days: S(30).
        share_open_30_low: Lower end of its interval; null where nothing tells how far employers differ.
        share_open_30_high: Upper end.
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
    """The lives of a cell's postings and their curve.

    Attributes:
        sample: How many they are; no figure.
        known: The days on which enough of them are watched, one after another; None, as the curve, where there is none.
        curve: The curve, of which those days are told.
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
    return told_by(watched(lives))


def told_by(cell: Watched) -> TimeToClose:
    """The figures that a curve tells, beside its sample."""
    sample, known, curve = cell.sample, cell.known, cell.curve
    if known is None or curve is None:
        return sample
    log_survival = curve.log_survival[known] - curve.log_survival[known[0]]
    error = np.sqrt(curve.variance_since(int(known[0]))[known])
    # half the width on the scale of the test; one employer tells nothing of others
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
    """How many of one cell's postings tell of the time to close; no figure."""
    return _sample(_that_count(lives))


def _that_count(lives: Lives) -> Lives:
    return lives.until(LONGEST_DAYS + 1).that_tell()


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
    """The days of the curve: from the first after which enough postings are watched to the last before too few are."""
    end = int(lives.left.max(initial=0))
    change = np.bincount(lives.entered, minlength=end + 1) - np.bincount(lives.left, minlength=end + 1)
    enough = np.cumsum(change) >= LEAST_WATCHED  # until the next day
    begin = int(np.argmax(enough))
    if not enough[begin] or begin > LATEST_BEGINNING:
        return None
    return np.arange(begin, begin + int(np.argmin(enough[begin:])) + 1)  # at the end nobody is watched


def _median(known: Days, log_survival: Numbers, width: Numbers | None) -> tuple[int | None, int | None, int | None]:
    """The median and its interval, each None where it lies beyond what is known; without a width the interval is."""
    moments = np.linspace(known[0], known[-1], (len(known) - 1) * _PARTS + 1)
    survival = np.interp(moments, known, np.exp(log_survival))
    median = _first(survival <= 1 / 2, moments)
    if width is None:
        return median, None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.log(survival)
        distance = (np.log(-log_survival) - np.log(np.log(2.0))) * np.abs(log_survival)
    # before the first closing, and where nobody varies, the curve is on one side for sure
    bound = np.interp(moments, known, width)
    is_above = (survival > 1 / 2) & ((distance < -bound) | (bound == 0))
    is_below = (survival < 1 / 2) & ((distance > bound) | (bound == 0))
    # the curve falls: where more than half is shown to be open, it was so before
    since = np.flatnonzero(is_above)[-1] + 1 if is_above.any() else 0
    return median, _first(np.arange(len(moments)) >= since, moments), _first(is_below, moments)


def _share_open(
    known: Days, log_survival: Numbers, width: Numbers | None
) -> tuple[float | None, float | None, float | None]:
    """The share open after a month and its interval, which is None where nothing tells how far employers differ."""
    if not known[0] <= MONTH <= known[-1]:
        return None, None, None
    day = MONTH - int(known[0])
    log_share = float(log_survival[day])
    if width is None or log_share == 0 or width[day] == 0:
        return float(np.exp(log_share)), None, None
    spread = np.exp(float(width[day]) / -log_share)
    return float(np.exp(log_share)), float(np.exp(log_share * spread)), float(np.exp(log_share / spread))


def _first(is_reached: Booleans, moments: Numbers) -> int | None:
    """The first moment, as a whole day; None where there is none."""
    return round(float(moments[np.argmax(is_reached)])) if is_reached.any() else None
