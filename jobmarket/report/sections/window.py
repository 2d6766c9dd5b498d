"""The windows of tables without a row per week, where the series is shorter than they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.language import say_many
from jobmarket.report.queries import Published

_TABLE = "dim_windows"


@dataclass(frozen=True)
class Window:
    """The weeks of a window so far."""

    window_start: date
    n_weeks: int
    is_full: bool


def so_far(published: Published, window_name: str) -> str:
    """Return a sentence on how short a window still is; empty if it has its full length.

    Args:
        published: The published data.
        window_name: ``pay`` or ``pairs``.
    """
    rows = published.source.rows(Window, _TABLE, "window_name = $window_name", window_name=window_name)
    if not rows or rows[0].is_full:
        return ""
    return say_many(
        "The series began in the week of {day}: the period covers only {n} week so far.",
        "The series began in the week of {day}: the period covers only {n} weeks so far.",
        rows[0].n_weeks,
        n=formats.count(rows[0].n_weeks),
        day=formats.day(rows[0].window_start),
    )
