"""The time to close of one cell, quarter by quarter, and how its pace changed; see closing_pace and survival."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from jobmarket.statistics.closing_curve import Lives
from jobmarket.statistics.closing_pace import Pace, change_of_pace
from jobmarket.statistics.panel import Booleans, Floors
from jobmarket.statistics.survival import TimeToClose, Watched, sample_of, told_by, watched

# How many months back a quarter is compared with.
HORIZONS = {"quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class QuarterLives:
    """What a quarter saw of lives.

    Attributes:
        lives: From the quarter's beginning to its end; employers have the same numbers in all quarters.
        is_watched_before: Horizon → (postings,): whether its company was watched in all of this quarter and of that
            so far back.
        is_watched_after: The same of this quarter and that so much later.
    """

    lives: Lives
    is_watched_before: Mapping[str, Booleans]
    is_watched_after: Mapping[str, Booleans]


@dataclass(frozen=True, slots=True)
class QuarterToClose:
    """A quarter's time to close, without figures where its sample is below the floors.

    Attributes:
        quarter_start: Its first day.
        found: Sample and figures.
        pace: Horizon → the change of pace; of companies watched in all of both quarters.
    """

    quarter_start: date
    found: TimeToClose
    pace: Mapping[str, Pace | None]


def quarters_to_close(quarters: Mapping[date, QuarterLives], floors: Floors) -> Iterator[QuarterToClose]:
    """Estimate each quarter of a cell, and its change since the quarter before and since that of a year before."""
    curves = {start: _watched(quarter.lives, floors) for start, quarter in quarters.items()}
    for start, later in quarters.items():
        found = curves[start]
        pace: dict[str, Pace | None] = {}
        for horizon, months in HORIZONS.items():
            earlier_start = _months_before(start, months)
            earlier = quarters.get(earlier_start)
            pace[horizon] = None
            if earlier is None or found is None or curves[earlier_start] is None:
                continue
            before = _matched(curves[earlier_start], earlier.lives, earlier.is_watched_after[horizon], floors)
            after = _matched(found, later.lives, later.is_watched_before[horizon], floors)
            if before is not None and after is not None:
                pace[horizon] = change_of_pace(before, after)
        yield QuarterToClose(start, sample_of(later.lives) if found is None else told_by(found), pace)


def _watched(lives: Lives, floors: Floors) -> Watched | None:
    """The curve of a sample that is large enough."""
    return watched(lives) if floors.hold(np.bincount(lives.companies).astype(float)) else None


def _matched(whole: Watched | None, lives: Lives, is_in_both: Booleans, floors: Floors) -> Watched | None:
    """The curve of those that the other quarter watched as well."""
    return whole if is_in_both.all() else _watched(lives.of(is_in_both), floors)


def _months_before(start: date, months: int) -> date:
    month = start.year * 12 + start.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
