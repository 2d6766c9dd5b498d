"""How long postings stay open: the median of a curve that knows their ends only so far.

When a posting closed is known as the days between the crawl that saw it last and the first that did not; of one that is
open, or was lost sight of, that it was open when last seen; of none what was before its first sighting. The curve takes
each for no more than that (jobmarket.statistics.closing_curve), so that crawls of every day, of every week and of now
and then show the same lives as long. Its hazard has a knot every so many days as lie, on average, between a last
sighting and the first miss: what happens in less the crawls do not tell.

Where boards are crawled once a week hardly a posting is seen on its first days: the curve begins on the first day on
which enough are watched, and speaks of postings that are open then.

The interval of the median, with v(t) the variance of log S(t) between employers, ends with the last day on which
S(t) > 1/2 is shown, and with the first on which S(t) < 1/2 is, at 95 % and with K - 1 degrees of freedom:

    |log(-log S(t)) - log(log 2)| > t_{K-1} sqrt(v(t)) / |log S(t)|

Source: Brookmeyer and Crowley, Biometrics 38 (1982), the interval of the median.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.closing_curve import Curve, Days, Lives, closing_curve
from jobmarket.statistics.panel import Numbers

# Later days are counted together: hardly a posting is watched that long.
LONGEST_DAYS = 365
# Below so many watched postings a day's share of closings is noise: the curve has not begun, or ends.
LEAST_WATCHED = 5
# A curve that begins later, after two weekly crawls, says nothing of how long a posting stays open.
LATEST_BEGINNING = 14
_MONTH = 30


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


NOTHING_KNOWN = TimeToClose(None, None, None, None, None)


def time_to_close(lives: Lives) -> TimeToClose:
    """Estimate the time to close of one cell's postings."""
    lives = lives.until(LONGEST_DAYS + 1)
    known = _days_known(lives)
    if known is None:
        return NOTHING_KNOWN
    closed = lives.is_closed
    apart = (lives.missed - lives.last_seen)[closed].mean() if closed.any() else 1
    curve = closing_curve(lives, int(lives.left.max()), max(1, round(float(apart))))
    survival = np.exp(curve.log_survival[known] - curve.log_survival[known[0]])
    low, high = _bounds(curve, known) if len(np.unique(lives.companies)) > 1 else (None, None)  # one tells of no other
    return TimeToClose(
        begins_day=int(known[0]),
        median_days=_whole(_first_reaching(-0.5, -survival, known)),
        median_low=low,
        median_high=high,
        share_open_30_days=float(survival[_MONTH - known[0]]) if known[0] <= _MONTH <= known[-1] else None,
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


def _bounds(curve: Curve, known: Days) -> tuple[int | None, int | None]:
    """The interval of the median; the upper bound is None where it lies beyond what is known."""
    log_survival = curve.log_survival[known] - curve.log_survival[known[0]]
    error = np.sqrt(curve.variance_since(int(known[0]))[known])
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (np.log(-log_survival) - np.log(np.log(2.0))) * np.abs(log_survival) / error
    # before the first closing, and where nobody varies, the curve is on one side for sure
    distance = np.where(error > 0, distance, np.where(log_survival < -np.log(2.0), np.inf, -np.inf))
    bound = float(t_quantile(max(1.0, curve.n_employers - 1)))
    # the curve falls: where more than half is shown to be open, it was so before
    is_above = np.flatnonzero(distance < -bound)
    since = is_above[-1] if len(is_above) else 0
    low = _first_reaching(-bound, distance[since:], known[since:])
    return _whole(low), _whole(_first_reaching(bound, distance, known))


def _first_reaching(level: float, values: Numbers, days: Days) -> float | None:
    """When values reach a level, between two days in proportion; None if they never do."""
    reached = np.flatnonzero(values >= level)
    if not len(reached):
        return None
    at = reached[0]
    if at == 0 or not np.isfinite(values[at - 1 : at + 1]).all():
        return float(days[at])
    return float(days[at] - (values[at] - level) / (values[at] - values[at - 1]))


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)
