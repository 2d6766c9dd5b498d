"""The runs of a board as of one moment: which of them count, and the name of the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jobmarket.landing import (
    LandingError,
    Origin,
    RunRecord,
    has_only_withdrawal,
    last_attempt,
    read_run,
    read_withdrawal,
    run_folder,
    run_id_for,
    sealed_runs,
)
from jobmarket.settings import Home

_RUNS_LOOKED_AT = 14


class Runs(NamedTuple):
    """Sealed runs and their records."""

    folders: list[Path]
    records: list[RunRecord]
    damaged: list[str]
    """What is wrong with each run that cannot be read."""


def sealed_attempts(home: Home, board: str, origin: Origin, as_of: datetime) -> Runs:
    """Return a board's runs as of a moment that count for a crawl, the first attempt first.

    A withdrawn run does not count, and neither does a crawl of the archive for one of the board, or the reverse. A
    damaged run is among them, because the result of the crawl names it.
    """
    return _read(_landed(home, board, as_of), origin)


def next_run_id(home: Home, board: str, as_of: datetime) -> str:
    """Return the name of a board's next run as of a moment."""
    return run_id_for(board, as_of, last_attempt(home, board, as_of) + 1)


def recent_live_runs(home: Home, board: str) -> list[RunRecord]:
    """Return the live ones of a board's last 14 runs, the earliest first. Withdrawn ones count: they sent requests."""
    records, _ = readable_runs(list(sealed_runs(home, board))[-_RUNS_LOOKED_AT:])
    return [record for record in records if record.origin == "live"]


def readable_runs(folders: Iterable[str | Path]) -> tuple[list[RunRecord], list[str]]:
    """Read the records of earlier runs. Return them, and what is wrong with those that cannot be read."""
    _, records, damaged = _read(map(Path, folders))
    return records, damaged


def _read(folders: Iterable[Path], counted: Origin | None = None) -> Runs:
    """Read runs: all of them, or those of one origin that are not withdrawn."""
    runs = Runs([], [], [])
    for folder in folders:
        try:
            record, withdrawal = read_run(folder), read_withdrawal(folder)
        except LandingError as error:  # if the withdrawal is unreadable, it is unknown whether the run counts
            runs.damaged.append(str(error))
        else:
            if counted and (record.origin != counted or withdrawal):
                continue
            runs.records.append(record)
        runs.folders.append(folder)
    return runs


def _landed(home: Home, board: str, as_of: datetime) -> list[Path]:
    attempts = range(1, last_attempt(home, board, as_of) + 1)
    folders = [run_folder(home, board, as_of, run_id_for(board, as_of, attempt)) for attempt in attempts]
    return [folder for folder in folders if folder.is_dir() and not has_only_withdrawal(folder)]
