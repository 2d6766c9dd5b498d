"""Which moment a crawl stands for: the default, and what a live one may be given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from jobmarket.landing import moment_of
from jobmarket.run_writer import unsealed_runs
from jobmarket.settings import Home
from jobmarket.stages import StageError, as_of_text
from scrapers.replay.recordings import read_manifest

Clock = Callable[[], datetime]

# A scheduler may start late and try again; beyond that, what a board shows is no longer what it showed at that moment.
LIVE_WITHIN = timedelta(hours=6)


def utc_now() -> datetime:
    """The clock: the one place where this project reads it for a crawl."""
    return datetime.now(UTC)


def require_present(as_of: datetime, clock: Clock) -> None:
    """Return if a live crawl that begins now can stand for ``as_of``.

    Raises:
        StageError: if the two lie more than :data:`LIVE_WITHIN` apart.
    """
    now = clock()
    if abs(now - as_of) <= LIVE_WITHIN:
        return
    hours = LIVE_WITHIN // timedelta(hours=1)
    when = "a past day cannot be crawled" if as_of < now else "a day to come cannot be crawled"
    raise StageError(
        f"Live boards show what is open now: {when}. {as_of_text(as_of)} is more than {hours} hours from now, "
        f"{as_of_text(now)}. Leave as_of out to crawl the present; what was missed stays a gap."
    )


def default_as_of(boards: str, clock: Clock = utc_now, home: Home | None = None) -> datetime:
    """The moment that a crawl of ``boards`` stands for: UTC, whole seconds.

    ``sample``: the sample world's last observation. A folder: midnight of the last day it was recorded on.
    ``live``: now, by the clock; or, within :data:`LIVE_WITHIN`, the moment of a crawl into ``home`` that died, so that
    it is gone on with.

    Raises:
        StageError: if the folder has no usable manifest.
    """
    if boards == "live":
        now = clock().replace(microsecond=0)
        left = (moment_of(run_id) for run_id in unsealed_runs(home)) if home else ()
        return max((moment for moment in left if now - LIVE_WITHIN < moment <= now), default=now)
    if boards == "sample":
        from scrapers.sample.world import SampleWorld  # building it takes a while: only when asked for

        return SampleWorld().observation_dates[-1]
    recordings, problems = read_manifest(Path(boards))
    if not recordings and problems:
        raise StageError(f"{Path(boards) / 'manifest.csv'} names no response that is there: {problems[0]}")
    days = [recording.recorded_on for recording in recordings if recording.recorded_on]
    if not days:
        raise StageError(f"No row of {Path(boards) / 'manifest.csv'} says when it was recorded: give --as-of.")
    return datetime.combine(max(days), time(), tzinfo=UTC)
