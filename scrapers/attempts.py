"""The runs of a board as of one moment: which of them count, and the name of the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from jobmarket.landing import LandingError, Origin, RunRecord, read_run, read_withdrawal, run_folder, run_id_for
from jobmarket.settings import Home


def sealed_attempts(home: Home, board: str, origin: Origin, as_of: datetime) -> list[Path]:
    """Return the folders of a board's runs as of a moment that count for a crawl, the first attempt first.

    A withdrawn run does not count, and neither does a crawl of the archive for one of the board, or the reverse. A
    damaged run is among them, because the result of the crawl names it.
    """
    return [folder for folder in _landed(home, board, as_of) if _counts(folder, origin)]


def next_run_id(home: Home, board: str, as_of: datetime) -> str:
    """Return the name of a board's next run as of a moment."""
    return run_id_for(board, as_of, len(_landed(home, board, as_of)) + 1)


def readable_runs(folders: Iterable[str | Path]) -> tuple[list[RunRecord], list[str]]:
    """Read the records of earlier runs. Return them, and what is wrong with those that cannot be read."""
    records, damaged = [], []
    for folder in map(Path, folders):
        try:
            record = read_run(folder)
            read_withdrawal(folder)  # if unreadable, it is unknown whether the run counts
            records.append(record)
        except LandingError as error:
            damaged.append(str(error))
    return records, damaged


def _counts(folder: Path, origin: Origin) -> bool:
    try:
        return read_run(folder).origin == origin and read_withdrawal(folder) is None
    except LandingError:
        return True


def _landed(home: Home, board: str, as_of: datetime) -> list[Path]:
    folders: list[Path] = []
    while (folder := run_folder(home, board, as_of, run_id_for(board, as_of, len(folders) + 1))).is_dir():
        folders.append(folder)
    return folders
