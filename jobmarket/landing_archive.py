"""Moves old runs of the landing to another storage, complete and unchanged, and leaves a link in place of each.

::

    landing/board=ashby/dt=2025-08-20/run=ashby-20250820T000000Z-1  ->  ARCHIVE/board=ashby/dt=2025-08-20/run=…

Nothing is ever deleted: every reader of the landing (a crawl's index, a load into a rebuilt warehouse) follows the
links and reads every run. A run leaves only when the warehouse contains it, and its copy in the archive is on disk and
has been compared with it. It is exchanged with its link in one step, so that a crawl or a load that starts meanwhile
finds it, and the original is then in ``landing/.leaving`` until it is removed. A move that ends half-way is undone or
finished by the next one, even if the archive has changed since.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from jobmarket.checksum import sha256
from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.exchange import CannotExchangeError, exchange, require_exchange
from jobmarket.landing import LEAVING, LandingError, moment_of, place_of, read_run, run_id_of, sealed_runs, verify_run
from jobmarket.one_at_a_time import only_one
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Progress, Silence, StageError, StageResult, WrongUsageError
from jobmarket.warehouse import connect, known_runs, newest_crawl

_STAGE = "archive-landing"
_MOVING = ".moving-"


def archive_landing(
    home: Home, settings: Settings, as_of: datetime | None, progress: Progress | None = None
) -> StageResult:
    """Move the runs that are old enough into the archive, if there is one. A second call changes nothing.

    Args:
        home: The installation's folders.
        settings: Uses ``landing_archive`` and ``landing_kept_days``.
        as_of: Runs more than ``landing_kept_days`` before this moment, UTC, are old. None means the newest crawl in
            the warehouse.
        progress: Updated after each run.

    Returns:
        A result whose counts have ``moved``, and whose gaps name the runs that stay because they are damaged or not in
        the warehouse.

    Raises:
        StageError: If the archive cannot be written or is inside the landing, or if another process is moving runs.
    """
    progress, archive = progress or Silence(), settings.landing_archive
    if archive is None:
        return StageResult(_STAGE, "every run stays in the landing: JOBMARKET_LANDING_ARCHIVE is not set",
                           counts={"moved": 0})  # fmt: skip
    if not home.landing.is_dir():
        return StageResult(_STAGE, f"no landing in {home.root} yet", counts={"moved": 0})
    if as_of is None:
        if not home.warehouse.exists() or not _holds_crawls(home, settings):
            return StageResult(_STAGE, f"nothing is loaded in {home.root} yet: every run stays", counts={"moved": 0})
        as_of = newest_crawl(home, settings)
    archive = archive.resolve()
    if archive.is_relative_to(home.landing):
        raise WrongUsageError(
            f"The archive {archive} is inside the landing: set JOBMARKET_LANDING_ARCHIVE to a folder outside it."
        )
    try:
        with only_one(home.landing / LEAVING, "moving runs through"):
            flush(home.landing)
            _finish_moves(home)
            return _archive(home, settings, archive, as_of - timedelta(days=settings.landing_kept_days), progress)
    except (OSError, LandingError) as error:
        raise StageError(
            f"Not moved: {error}. The landing is intact. Is there room in {archive} and in {home.landing}, and may you "
            "write there?"
        ) from error


def _archive(home: Home, settings: Settings, archive: Path, limit: datetime, progress: Progress) -> StageResult:
    old = [folder for folder in sealed_runs(home) if not folder.is_symlink() and moment_of(run_id_of(folder)) < limit]
    if old:
        _refuse_file_system_without_exchange(home)
    loaded = _loaded(home, settings) if old else set()
    moved, gaps = 0, []
    for number, folder in enumerate(old, start=1):
        if run_id_of(folder) not in loaded:
            gaps.append(f"{folder} is not in the warehouse and stays: `jobmarket load` reports why")
            continue
        try:
            verify_run(folder, read_run(folder))
        except LandingError as error:
            gaps.append(str(error))
            continue
        _move(home, folder, archive)
        moved += 1
        progress.update(_STAGE, folder.name, number, len(old))
    return StageResult(_STAGE, f"{counted(moved, 'run')} moved to {archive}", gaps=tuple(gaps), counts={"moved": moved})


def _loaded(home: Home, settings: Settings) -> set[str]:
    with connect(home, settings, read_only=True) as connection:
        return known_runs(connection)


def _holds_crawls(home: Home, settings: Settings) -> bool:
    with connect(home, settings, read_only=True) as connection:
        return connection.execute("select 1 from raw.crawl_runs limit 1").fetchone() is not None


def _move(home: Home, folder: Path, archive: Path) -> None:
    """Copy a run, flush and compare the copy, put a link in place of the run, and remove the original last."""
    target = archive / folder.relative_to(home.landing)
    if not target.exists():
        unfinished = target.with_name(f"{_MOVING}{target.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(folder, unfinished)
        unfinished.rename(target)
    # Always flush: an existing copy may come from a process that was killed before it got here.
    board, day = target.parent.parent, target.parent
    for path in (*target.iterdir(), target, day, board, archive, archive.parent):
        flush(path)
    if _digests(folder) != _digests(target):
        raise LandingError(f"{target} differs from {folder}: delete it, and the run is copied again")
    leaving = home.landing / LEAVING / folder.name
    leaving.symlink_to(target)
    exchange(leaving, folder)
    _drop(leaving, folder)


def _refuse_file_system_without_exchange(home: Home) -> None:
    """Refuse a file system that cannot exchange two names, before anything is copied.

    There is no other way: readers take no lock, and between two steps they would miss the run, as if it was removed.

    Raises:
        PermanentError: If it cannot.
        OSError: If the landing cannot be written now, for example because the disk is full.
    """
    try:
        require_exchange(home.landing / LEAVING)
    except CannotExchangeError as error:
        reason = error.strerror or error
        raise PermanentError(
            f"Not moved: in {home.landing}, a folder and a link cannot be exchanged in one step ({reason}). Nothing "
            "was copied, and the landing is intact. Put it on a local file system, or unset JOBMARKET_LANDING_ARCHIVE "
            "to keep all runs in it."
        ) from error


def _finish_moves(home: Home) -> None:
    """Finish or undo the moves of a process that was killed."""
    for leaving in sorted((home.landing / LEAVING).glob("run=*")):
        place = place_of(home, leaving)
        if leaving.is_symlink():  # not exchanged yet
            leaving.unlink()
        elif place.is_symlink():
            _drop(leaving, place)
        elif not place.exists():
            leaving.rename(place)


def _drop(leaving: Path, link: Path) -> None:
    """Remove the original of a run, once the link is on disk and leads to its copy.

    Raises:
        LandingError: If it does not, because the archive is not in place or the copy is gone.
    """
    # A killed process may have removed some of the original's files, and a withdrawal is written to the copy only.
    if not (link.is_dir() and _digests(leaving).items() <= _digests(link).items()):
        raise LandingError(
            f"{leaving} was moved to {link.readlink()}, but no copy is there: put the landing's archive in place, or "
            f"remove the link {link} to put the run back"
        )
    flush(link.parent)
    flush(leaving.parent)
    shutil.rmtree(leaving)


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a run by name, including a withdrawal."""
    return {path.name: sha256(path) for path in folder.iterdir()}
