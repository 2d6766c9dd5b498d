"""The moment (``as_of``) of a crawl: its default, and the limits for live crawls."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from jobmarket.landing import moment_of
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import completed_in, is_written_now, unsealed_runs
from jobmarket.settings import Home
from jobmarket.stages import PermanentError, WrongUsageError, as_of_text
from scrapers.replay.recordings import read_manifest

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current time: the only place where a crawl reads the clock."""
    return datetime.now(UTC)


def require_present(as_of: datetime, clock: Clock) -> None:
    """Check that a live crawl that begins now may have the moment ``as_of``.

    Raises:
        StageError: If now and ``as_of`` are more than :data:`LIVE_WITHIN` apart.
    """
    now = clock()
    if abs(now - as_of) <= LIVE_WITHIN:
        return
    hours = LIVE_WITHIN // timedelta(hours=1)
    when = "a past day cannot be crawled" if as_of < now else "a future day cannot be crawled"
    raise WrongUsageError(
        f"Live boards show what is open now: {when}. {as_of_text(as_of)} is more than {hours} hours from now, "
        f"{as_of_text(now)}. Leave as_of out to crawl the present; what was missed stays a gap."
    )


def default_as_of(
    boards: str,
    clock: Clock = utc_now,
    home: Home | None = None,
    board_names: Collection[str] = (),
    companies: Collection[str] = (),
) -> datetime:
    """Return the default moment of a crawl of ``boards``: UTC, to the second.

    ``sample``: the sample world's last observation. A folder: midnight (UTC) of the last day it was recorded on.
    ``live``: now; or the moment of a crawl into ``home`` of one of ``board_names`` (all if empty) that began within
    :data:`LIVE_WITHIN` and was stopped, so that it is resumed. One that is under way keeps its moment to itself, and so
    does, if only ``companies`` are crawled, one that completed others.

    Raises:
        StageError: If the folder has no usable manifest.
    """
    if boards == "live":
        now = clock().replace(microsecond=0)
        left = unsealed_runs(home, "live", board_names) if home else ()
        under_way = {moment_of(run_id) for run_id in left if home and is_written_now(home, "live", run_id)}
        wider = {
            moment_of(run_id)
            for run_id in left
            if home and companies and not completed_in(home, "live", run_id).issubset(companies)
        }
        stopped = {moment_of(run_id) for run_id in left} - under_way - wider
        return max((moment for moment in stopped if now - LIVE_WITHIN < moment <= now), default=now)
    if boards == "sample":
        from scrapers.sample.world import SampleWorld  # imported late: building the world takes a while

        return SampleWorld().observation_dates[-1]
    recordings, problems = read_manifest(Path(boards))
    if not recordings and problems:
        raise PermanentError(f"{Path(boards) / 'manifest.csv'} lists no usable response: {problems[0]}")
    days = [recording.recorded_on for recording in recordings if recording.recorded_on]
    if not days:
        raise PermanentError(f"No row of {Path(boards) / 'manifest.csv'} states when it was recorded: give --as-of.")
    return datetime.combine(max(days), time(), tzinfo=UTC)
