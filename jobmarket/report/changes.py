"""Whether a share or pay moved: only what is significant is called a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jobmarket.report.queries import PayWeek, SkillWeek

WEEKS_COMPARED = 4
# A share that moves for months moves by less than its error over four weeks: what thirteen show is told first.
WEEKS_OF_SKILLS_COMPARED = (13, WEEKS_COMPARED)
# Pay moves by less than its error over four weeks.
WEEKS_OF_PAY_COMPARED = 13


@dataclass(frozen=True)
class Change:
    """A difference between two weeks, later minus earlier.

    Attributes:
        earlier: The week compared with.
        value: The difference, in the figure's own unit.
        low: Lower end of its 95 % interval.
        high: Upper end.
        is_significant: Whether it may be named.
        q_value: Of the flag, among all that were compared; None where none is published.
    """

    earlier: date
    value: float
    low: float
    high: float
    is_significant: bool
    q_value: float | None = None


def of_skill(row: SkillWeek, weeks: int) -> Change | None:
    """The published change of the matched share among employers whose boards both weeks know, and its flag.

    Args:
        row: A skill's week.
        weeks: One of :data:`WEEKS_OF_SKILLS_COMPARED`.

    Returns:
        None where the two weeks were not compared.
    """
    value, low, high, flag, q_value = {
        4: (row.change_4w, row.change_4w_low, row.change_4w_high, row.is_significant_4w, row.change_4w_q_value),
        13: (row.change_13w, row.change_13w_low, row.change_13w_high, row.is_significant_13w, row.change_13w_q_value),
    }[weeks]
    if value is None or low is None or high is None:
        return None
    return Change(row.week_start - timedelta(weeks=weeks), value, low, high, bool(flag), q_value)


def of_pay(row: PayWeek) -> Change | None:
    """The published change of pay of like jobs, a part of the earlier pay; significant if its interval leaves 0 out."""
    interval = row.controlled_change_13w_low, row.controlled_change_13w_high
    return of_interval(row.week_start, WEEKS_OF_PAY_COMPARED, row.controlled_change_13w, interval)


def of_interval(
    week_start: date, weeks: int, value: float | None, interval: tuple[float | None, float | None]
) -> Change | None:
    """A published change over some weeks up to one; significant if its interval leaves 0 out."""
    low, high = interval
    if value is None or low is None or high is None:
        return None
    return Change(week_start - timedelta(weeks=weeks), value, low, high, low > 0 or high < 0)
