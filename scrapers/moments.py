"""Which moment a crawl stands for when none is given."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from jobmarket.stages import StageError
from scrapers.replay.recordings import read_manifest


def default_as_of(boards: str) -> datetime:
    """The moment that a crawl of ``boards`` stands for: UTC, whole seconds.

    ``sample``: the sample world's last observation. A folder: midnight of the last day it was recorded on.
    ``live``: now; the one place where this project reads the clock.

    Raises:
        StageError: if the folder has no usable manifest.
    """
    if boards == "live":
        return datetime.now(UTC).replace(microsecond=0)
    if boards == "sample":
        from scrapers.sample.world import SampleWorld  # building it takes a while: only when asked for

        return SampleWorld().observation_dates[-1]
    recordings, _ = read_manifest(Path(boards))
    days = [recording.recorded_on for recording in recordings if recording.recorded_on]
    if not days:
        raise StageError(f"No row of {Path(boards) / 'manifest.csv'} says when it was recorded: give --as-of.")
    return datetime.combine(max(days), time(), tzinfo=UTC)
