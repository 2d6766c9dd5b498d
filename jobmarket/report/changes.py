"""Whether openings or pay moved: only what is significant is called a change."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.queries import PayWeek

# A share that moves for months moves by less than its error over four weeks: what thirteen show is told first.
WEEKS_OF_SKILLS_COMPARED = (13, 4)
# Pay moves by less than its error over four weeks.
WEEKS_OF_PAY_COMPARED = 13


@dataclass(frozen=True)
class Change:
    """A difference between two weeks, later minus earlier.

    Attributes:
        value: The difference, in the figure's own unit.
        low: Lower end of its 95 % interval.
        high: Upper end.
        is_significant: Whether it may be named.
    """

    value: float
    low: float
    high: float
    is_significant: bool


def of_pay(row: PayWeek) -> Change | None:
    """The published change of pay of like jobs, a part of the earlier pay; significant if its interval leaves 0 out."""
    interval = row.controlled_change_13w_low, row.controlled_change_13w_high
    return of_interval(row.controlled_change_13w, *interval)


def of_interval(value: float | None, low: float | None, high: float | None) -> Change | None:
    """A published change; significant if its interval leaves 0 out."""
    if value is None or low is None or high is None:
        return None
    return Change(value, low, high, low > 0 or high < 0)
