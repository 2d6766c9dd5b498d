"""Changes over several weeks; only significant ones are reported as changes."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.language import say
from jobmarket.report.queries import PayWeek

# Over four weeks, a slow change is smaller than its error, so the change over thirteen weeks comes first.
WEEKS_OF_SKILLS_COMPARED = (13, 4)
# Over four weeks, changes in pay are smaller than their error.
WEEKS_OF_PAY_COMPARED = 13


@dataclass(frozen=True)
class Change:
    """A difference between two weeks, later minus earlier.

    Attributes:
        value: The difference, in the figure's unit.
        low: Lower end of its 95 % interval.
        high: Upper end.
        is_significant: Whether it may be reported.
    """

    value: float
    low: float
    high: float
    is_significant: bool


def of_pay(row: PayWeek) -> Change | None:
    """Return the change in pay for similar jobs, relative to earlier pay; significant if its interval excludes 0."""
    interval = row.controlled_change_13w_low, row.controlled_change_13w_high
    return of_interval(row.controlled_change_13w, *interval)


def of_interval(value: float | None, low: float | None, high: float | None) -> Change | None:
    """Return a published change; significant if its interval excludes 0."""
    if value is None or low is None or high is None:
        return None
    return Change(value, low, high, low > 0 or high < 0)


def in_points(name: str, value: float | None, low: float | None, high: float | None) -> str:
    """Return a change of a share, in 0…1, as text: ``RAG (+7.8 points, +3.7 to +11.9)``."""
    return say(
        "{skill} ({points} points, {interval})",
        skill=name,
        points=formats.points(value),
        interval=formats.points_interval(low, high),
    )


def bounds_of_flagged(estimate: str) -> tuple[str, str]:
    """Return SQL of the bounds to show with an estimate: those of the flagged if it is one, else its own."""
    low, high = (f"coalesce({estimate}_selected_{end}, {estimate}_{end})" for end in ("low", "high"))
    return low, high


def interval_heading(*, any_flagged: bool) -> str:
    """Return the heading of a column of :func:`bounds_of_flagged`: no level where a note says what they hold for."""
    return say("Interval") if any_flagged else say("95% interval")


def about_bounds_of_flagged() -> str:
    """Return what the intervals of flagged changes hold for."""
    return say(
        "The intervals of flagged changes of shares are wider than 95% intervals, because they allow for the selection "
        "by the flag: of those of one country and period, at most one in twenty is expected to miss the true change."
    )


def about_flagged() -> str:
    """Return what the intervals of flagged premiums or lifts hold for."""
    return say(
        "The intervals of those flagged are wider than 95% intervals, because they allow for the selection by the "
        "flag: at most one in twenty is expected to miss the true value."
    )
