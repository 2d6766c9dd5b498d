"""The backfill stage: a board's archive → landing, as separate runs that do not count as crawls.

An archive on the network gives one run per month, as of the month's end, crawled like any other board
(:mod:`scrapers.stage`). A file of ads gives one run, as of the day after its newest ad. All these runs have the origin
``backfill``. They show what was advertised, never what was not, so they close no posting and add no coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from jobmarket import origin
from jobmarket.did_you_mean import did_you_mean
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, StageResult, WrongUsageError, as_of_text
from scrapers.history_files import Period, land_files
from scrapers.moments import Clock, default_as_of, utc_now
from scrapers.planning import CrawlSpec
from scrapers.stage import run_crawl
from scrapers.systems import spiders_by_name
from scrapers.user_agent import CONTACT_NEEDED


def history_months(board: str, since: datetime, until: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Split a period of a board's archive into pieces of about a month.

    Backfilling the pieces one by one sends the same requests as backfilling the period at once. An archive by months
    (``hn``) does not cover the current month yet, so that is in no piece; one by weeks from ``since`` on (``jobtech``)
    covers the weeks of it that are over. Future dates are refused before any request: an archive answers them like a
    period without ads, and that answer would be landed as complete.

    Args:
        board: The board system.
        since: The first day of the period, UTC.
        until: The day after its last day, UTC.
        end: Where the past ends, UTC: now, or the day on which a folder was recorded.

    Returns:
        Begin and end (exclusive) of each piece, UTC, the earliest first.

    Raises:
        StageError: If the board has no archive, the period is empty or not over, or the archive covers none of it.
    """
    if (late := max(since, until)) > end:
        raise WrongUsageError(
            f"The past ends on {_text(end)}, and {_text(late)} is after that. Choose an earlier date."
        )
    if until <= since:
        raise WrongUsageError(
            f"The period from {_text(since)} to {_text(until)} is empty: it must begin before it ends."
        )
    archives = {name: spider for name, spider in spiders_by_name().items() if spider.has_history()}
    if board not in archives:
        raise WrongUsageError(
            f"{board} has no archive. These boards have one: {', '.join(archives)}.{did_you_mean(board, archives)}"
        )
    spider = archives[board]
    pieces: dict[tuple[int, int], tuple[datetime, datetime]] = {}
    begin = since
    for piece_end, _ in spider.history(since, until):
        month = begin.year, begin.month
        pieces[month] = pieces.get(month, (begin, piece_end))[0], piece_end
        begin = piece_end
    if not pieces:
        raise WrongUsageError(
            f"The archive of {board} covers nothing between {since:%Y-%m-%d} and {until:%Y-%m-%d}: "
            "it is read by complete months or weeks that are over."
        )
    return list(pieces.values())


def _text(moment: datetime) -> str:
    """Write midnight as its date, any other moment in full: two moments may be on one day."""
    return f"{moment:%Y-%m-%d}" if moment.time() == time.min else as_of_text(moment)


def backfill(
    home: Home,
    settings: Settings,
    boards: str,
    board: str,
    since: datetime,
    *,
    until: datetime | None = None,
    files: Sequence[Path] = (),
    progress: Progress,
    clock: Clock = utc_now,
) -> StageResult:
    """Land a board's past. What is already landed is skipped, what failed is tried again.

    Args:
        home: Where to land.
        settings: Its ``contact`` goes into the user agent.
        boards: ``live``, or a folder of recorded responses.
        board: The board system. It must have an archive, unless ``files`` are given.
        since: The first day of the period, UTC.
        until: The day after its last day, UTC; by default now, or the day the folder was recorded on.
        files: The archive as files of JSON Lines (``.jsonl``, also ``.gz`` or within ``.zip``), read instead of
            requesting it. Ads without a date, or with one after the clock's time, are rejected: their time is unknown.
        progress: Receives the progress.
        clock: Returns the current time, UTC.

    Raises:
        StageError: If the board has no archive, the period is empty or not over, or the landing refuses the runs.
    """
    if boards == "sample":
        raise WrongUsageError("The sample boards have no archive: give --boards live, or a folder of recordings.")
    if files:
        if boards != "live":
            raise WrongUsageError(f"--file replaces the requests: leave out --boards {boards}, or --file.")
        return land_files(home, board, Period(since, until, clock()), files, progress)
    end = default_as_of(boards, clock)
    moment = until or end
    history_months(board, since, moment, end)
    origin.check(home, origin.BoardsOrigin.of(boards))  # first: adding a contact would not help a home of other boards
    if boards == "live" and not settings.contact:
        raise WrongUsageError(CONTACT_NEEDED)
    home.logs.mkdir(parents=True, exist_ok=True)
    spec = CrawlSpec(
        home=home.root,
        boards=boards if boards == "live" else str(Path(boards).resolve()),
        as_of=moment,
        since=since,
        board_names=(board,),
        retry_failed=True,
        contact=settings.contact,
        log_file=home.logs / f"backfill-{board}.log",
    )
    return run_crawl(spec, progress, stage="backfill")
