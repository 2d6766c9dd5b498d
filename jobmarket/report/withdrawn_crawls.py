"""Says which crawls behind a report were withdrawn after publication, so that a reader can judge what it touches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from jobmarket.landing import board_of, moment_of
from jobmarket.report import formats
from jobmarket.report.boards import board_name
from jobmarket.report.language import say

# More days of a board are given as a span.
_DAYS_LISTED = 3


def boards_and_days(runs: Sequence[str]) -> str:
    """Return boards and days of some runs: ``Ashby (20 August 2026) and Lever (5 days from … to …)``."""
    by_board = groupby(sorted(runs), key=board_of)
    return formats.listed([f"{board_name(board)} ({_days(list(of_board))})" for board, of_board in by_board])


def _days(runs: Sequence[str]) -> str:
    days = sorted({moment_of(run).date() for run in runs})
    if len(days) <= _DAYS_LISTED:
        return formats.listed([formats.day(day) for day in days])
    first, last = formats.day(days[0]), formats.day(days[-1])
    return say("{n} days from {first} to {last}", n=formats.count(len(days)), first=first, last=last)
