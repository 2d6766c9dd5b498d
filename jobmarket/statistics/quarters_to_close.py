"""Time to close of one cell, quarter by quarter, and its change of pace; see closing_pace and survival."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from jobmarket.statistics.closing_curve import Lives
from jobmarket.statistics.closing_pace import NoPace, Pace, change_of_pace
from jobmarket.statistics.panel import Booleans, Floors
from jobmarket.statistics.survival import TimeToClose, Watched, read_off, sample_of, watched

# Months between the quarters compared.
HORIZONS = {"quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class QuarterLives:
    """The lifetimes observed in a quarter.

    Attributes:
        lives: From the quarter's beginning to its end; employers have the same numbers in all quarters.
        is_watched_before: By horizon, (postings,): whether the company was watched in all of this quarter and of the
            one a horizon before.
        is_watched_after: Likewise for this quarter and the one a horizon later.
    """

    lives: Lives
    is_watched_before: Mapping[str, Booleans]
    is_watched_after: Mapping[str, Booleans]


@dataclass(frozen=True, slots=True)
class QuarterToClose:
    """A quarter's time to close; without figures if its sample is below the floors.

    Attributes:
        quarter_start: Its first day.
        found: Sample and figures.
        pace: By horizon, the change of pace among companies watched in all of both quarters, or why there is none.
            Empty below the floors.
    """

    quarter_start: date
    found: TimeToClose
    pace: Mapping[str, Pace | NoPace]


def quarters_to_close(quarters: Mapping[date, QuarterLives], floors: Floors) -> Iterator[QuarterToClose]:
    """Estimate each quarter of a cell, and its change from the quarter before and from a year before."""
    curves = {start: _watched(quarter.lives, floors) for start, quarter in quarters.items()}
    for start, later in quarters.items():
        found = curves[start]
        if found is None:
            yield QuarterToClose(start, sample_of(later.lives), {})
            continue
        pace: dict[str, Pace | NoPace] = {}
        for horizon, months in HORIZONS.items():
            earlier_start = _months_before(start, months)
            if earlier_start not in quarters:
                pace[horizon] = NoPace.NOT_FOLLOWED
                continue
            earlier, whole = quarters[earlier_start], curves[earlier_start]
            before = whole and _matched(whole, earlier.lives, earlier.is_watched_after[horizon], floors)
            after = _matched(found, later.lives, later.is_watched_before[horizon], floors)
            pace[horizon] = NoPace.FEW_IN_BOTH if before is None or after is None else change_of_pace(before, after)
        yield QuarterToClose(start, read_off(found), pace)


def _watched(lives: Lives, floors: Floors) -> Watched | None:
    """Estimate the curve; None if the sample is below the floors."""
    return watched(lives) if floors.are_met(np.bincount(lives.companies).astype(float)) else None


def _matched(whole: Watched, lives: Lives, is_in_both: Booleans, floors: Floors) -> Watched | None:
    """Estimate the curve of the postings whose companies the other quarter watched as well."""
    return whole if is_in_both.all() else _watched(lives.of(is_in_both), floors)


def _months_before(start: date, months: int) -> date:
    month = start.year * 12 + start.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
