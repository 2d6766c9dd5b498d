"""Whether a share or a median moved: only what is significant is called a change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

from jobmarket.report.queries import PayWeek, SkillWeek
from jobmarket.report.thresholds import COVERAGE_TOLERANCE

WEEKS_COMPARED = 4
_HALF_OF_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Estimate:
    """A figure of one week with its 95 % interval."""

    week_start: date
    value: float
    low: float
    high: float
    coverage_ratio: float | None

    @property
    def standard_error(self) -> float:
        """From the width of the interval."""
        return (self.high - self.low) / (2 * _HALF_OF_95)


@dataclass(frozen=True)
class Change:
    """A difference between two weeks, later minus earlier.

    Attributes:
        earlier: The week compared with.
        value: The difference, in the figure's own unit.
        low: Lower end of its 95 % interval.
        high: Upper end.
        is_significant: Whether it may be named.
    """

    earlier: date
    value: float
    low: float
    high: float
    is_significant: bool


def of_skill(row: SkillWeek) -> Change | None:
    """The published change of the matched share: the same employers in both weeks, flagged among all skills."""
    if row.change_4w is None or row.change_4w_low is None or row.change_4w_high is None:
        return None
    earlier = row.week_start - timedelta(weeks=WEEKS_COMPARED)
    return Change(earlier, row.change_4w, row.change_4w_low, row.change_4w_high, bool(row.is_significant_4w))


def of_pay(row: PayWeek) -> Estimate | None:
    """The median, unless it is suppressed or the week is a coverage break."""
    median, low, high = row.salary_median_usd_annual, row.median_low, row.median_high
    if median is None or low is None or high is None or row.status not in ("final", "provisional"):
        return None
    return Estimate(row.week_start, median, low, high, row.coverage_ratio)


def breaks(rows: list[PayWeek]) -> frozenset[date]:
    """The weeks in which a series breaks: employers came or went, or were not reached."""
    return frozenset(row.week_start for row in rows if row.status == "coverage_break")


def change(
    series: list[Estimate],
    week: date,
    weeks: int = WEEKS_COMPARED,
    broken: frozenset[date] = frozenset(),
) -> Change | None:
    """Change over some weeks; None where one of the two weeks does not tell, or they saw different employers.

    The two weeks share most of their open postings, so the true interval is narrower than this one, which
    treats them as independent: the error is on the side of saying nothing.

    Args:
        series: Estimates of one figure, a week each.
        week: The later week (its Monday).
        weeks: How far back.
        broken: Weeks in which coverage broke; what lies on the two sides of one is not compared.
    """
    by_week = {estimate.week_start: estimate for estimate in series}
    later, earlier = by_week.get(week), by_week.get(week - timedelta(weeks=weeks))
    if later is None or earlier is None:
        return None
    if any(earlier.week_start < week_start <= week for week_start in broken):
        return None
    if abs((later.coverage_ratio or 0) - (earlier.coverage_ratio or 0)) > COVERAGE_TOLERANCE:
        return None
    width = _HALF_OF_95 * math.hypot(later.standard_error, earlier.standard_error)
    value = later.value - earlier.value
    return Change(earlier.week_start, value, value - width, value + width, abs(value) > width)
