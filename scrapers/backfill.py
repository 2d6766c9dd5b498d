"""The backfill stage: what a board's archive tells of the past → landing, as runs of their own that are no crawls.

A month of an archive that is asked over the network is one run, as of the month's end, crawled as everything is crawled
(:mod:`scrapers.stage`); a file of ads is one run, as of the day after its newest ad. All of them have the origin
``backfill``: they show what was advertised, never what was not, so they close no posting and are no coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from jobmarket import origin
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, StageError, StageResult, as_of_text
from scrapers.history_files import Span, land_files
from scrapers.moments import Clock, default_as_of, utc_now
from scrapers.planning import Order
from scrapers.stage import carry_out
from scrapers.systems import spiders_by_name
from scrapers.user_agent import CONTACT_NEEDED, can_be_written_to


def history_months(board: str, since: datetime, until: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """What a board's archive can be asked for between two moments, UTC, in pieces of about a month.

    Backfilling the pieces one by one asks what backfilling all of it asks. What an archive does not tell of yet (the
    month that is not over) is in none. What no archive can be asked for is refused before anybody is asked: it answers
    for a time to come as for one without ads, and that would be landed as all there is.

    Args:
        board: The board system.
        since: The first day that is asked for, UTC.
        until: The day after the last one, UTC.
        end: Where the past ends, UTC: now, or the day that a folder was recorded on.

    Raises:
        StageError: if the board has no archive, the time is empty or not over, or the archive tells of nothing in it.
    """
    if (late := max(since, until)) > end:
        raise StageError(f"The past ends on {_text(end)}: {_text(late)} is still to come. Ask for what is over.")
    if until <= since:
        raise StageError(
            f"Nothing lies between {_text(since)} and {_text(until)}: what is asked for begins before it ends."
        )
    archives = {name: spider for name, spider in spiders_by_name().items() if spider.has_history()}
    if board not in archives:
        raise StageError(f"{board} has no archive that could be asked. These have: {', '.join(archives)}.")
    spider = archives[board]
    pieces: dict[tuple[int, int], tuple[datetime, datetime]] = {}
    begin = since
    for piece_end, _ in spider.history(since, until):
        month = begin.year, begin.month
        pieces[month] = pieces.get(month, (begin, piece_end))[0], piece_end
        begin = piece_end
    if not pieces:
        raise StageError(
            f"The archive of {board} tells of nothing between {since:%Y-%m-%d} and {until:%Y-%m-%d}: "
            "it is asked for whole months or weeks that are over."
        )
    return list(pieces.values())


def _text(moment: datetime) -> str:
    """A day as people write it; within a day the moment: two of them may lie in one."""
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
    """Land a board's past. What is landed already is not asked or read again; what failed is.

    Args:
        home: Where to land.
        settings: Its ``contact`` goes into the user agent.
        boards: ``live``, or a folder of recorded responses.
        board: The board system; it must have an archive, or ``files`` be given.
        since: The first day of the past, UTC.
        until: The day after its last one, UTC; by default now, or the day the folder was recorded on.
        files: The archive as files of JSON Lines (``.jsonl``, also ``.gz`` or within ``.zip``), in the place of asking.
            Ads without a date, or dated later than the clock tells, are rejected: they are of no known time.
        progress: Told how far it is.
        clock: Tells the time, UTC.

    Raises:
        StageError: if the board has no archive, the time is empty or not over, or the landing refuses.
    """
    if boards == "sample":
        raise StageError("The sample boards have no past but their own: give --boards live, or a folder of recordings.")
    if files:
        if boards != "live":
            raise StageError(f"--file is read in the place of asking: leave out --boards {boards}, or --file.")
        return land_files(home, board, Span(since, until, clock()), files, progress)
    end = default_as_of(boards, clock)
    moment = until or end
    history_months(board, since, moment, end)
    origin.check(home, origin.BoardsOrigin.of(boards))  # before a contact is asked for that would not help
    if boards == "live" and not can_be_written_to(settings.contact):
        raise StageError(CONTACT_NEEDED)
    home.logs.mkdir(parents=True, exist_ok=True)
    order = Order(
        home=home.root,
        boards=boards if boards == "live" else str(Path(boards).resolve()),
        as_of=moment,
        since=since,
        board_names=(board,),
        retry_failed=True,
        contact=settings.contact,
        log_file=home.logs / f"backfill-{board}.log",
    )
    return carry_out(order, progress, stage="backfill")
