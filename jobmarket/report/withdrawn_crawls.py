"""Says which data behind a report were withdrawn after publication, so that a reader can judge what it touches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from jobmarket.landing import board_of, moment_of
from jobmarket.publishing.withdrawing import is_withdrawn
from jobmarket.publishing.withdrawn_runs import withdrawn_runs
from jobmarket.report import formats
from jobmarket.report.boards import board_name
from jobmarket.report.language import say, say_many

# More days of a board are given as a span.
_DAYS_LISTED = 3


def notices_of(vintage: Path) -> tuple[str, ...]:
    """Say in the current language what of a report's vintage, kept or not, is withdrawn now."""
    if is_withdrawn(vintage):
        return (f"{say('The vintage behind this report was withdrawn.')} {say('Do not use the report’s figures.')}",)
    runs = withdrawn_runs(vintage)
    return (" ".join(crawls_withdrawn(runs)),) if runs else ()


def crawls_withdrawn(runs: Sequence[str]) -> tuple[str, str]:
    """Return title and text of the notice that runs behind a report were withdrawn."""
    title = say_many(
        "{n} crawl behind this report was withdrawn after publication:",
        "{n} crawls behind this report were withdrawn after publication:",
        len(runs),
        n=formats.count(len(runs)),
    )
    return title, say("{crawls}. The report’s figures may be wrong.", crawls=boards_and_days(runs))


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
