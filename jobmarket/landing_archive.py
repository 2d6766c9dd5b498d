"""Old runs of the landing move to another storage, whole and unchanged; a link stays where each of them was.

::

    landing/board=ashby/dt=2025-08-20/run=ashby-20250820T000000Z-1  ->  ARCHIVE/board=ashby/dt=2025-08-20/run=…

Nothing is ever deleted: whoever reads the landing (a crawl's index, a load into a warehouse made anew) follows the link
and finds every run. A run leaves only when the warehouse holds it and its copy in the archive was compared with it and
is on the disk. A move that ends half-way is taken back or finished by the next one, whatever the archive is by then;
between two of its steps the original lies in ``landing/.leaving``.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.landing import LEAVING, LandingError, moment_of, place_of, read_run, sealed_runs, verify_run
from jobmarket.one_at_a_time import only_one
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult
from jobmarket.warehouse import connect, newest_crawl

_STAGE = "archive-landing"
_MOVING = ".moving-"


def archive_landing(
    home: Home, settings: Settings, as_of: datetime | None, progress: Progress | None = None
) -> StageResult:
    """Move the runs that are old enough into the archive, if there is one. Moving twice changes nothing.

    Args:
        home: Whose landing.
        settings: ``landing_archive`` and ``landing_kept_days``.
        as_of: Runs of moments longer before this one than the days kept are old, UTC; null takes the newest crawl in
            the warehouse.
        progress: Told after each run.

    Returns:
        counts: ``moved``; gaps: runs that are damaged, or not in the warehouse yet, and stay.

    Raises:
        StageError: if the archive cannot be written, lies in the landing, or another process moves runs too.
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
        raise StageError(f"The archive {archive} lies in the landing itself: set JOBMARKET_LANDING_ARCHIVE elsewhere.")
    try:
        with only_one(home.landing / LEAVING, "moving runs through"):
            flush(home.landing)
            _finish_moves(home)
            return _archive(home, settings, archive, as_of - timedelta(days=settings.landing_kept_days), progress)
    except (OSError, LandingError) as error:
        raise StageError(
            f"Not moved: {error}. What is in the landing stays; is there room in {archive}, and may you write there?"
        ) from error


def _archive(home: Home, settings: Settings, archive: Path, limit: datetime, progress: Progress) -> StageResult:
    old = [folder for folder in sealed_runs(home) if not folder.is_symlink() and moment_of(_run_id(folder)) < limit]
    loaded = _loaded(home, settings) if old else set()
    moved, gaps = 0, []
    for number, folder in enumerate(old, start=1):
        if _run_id(folder) not in loaded:
            gaps.append(f"{folder} is not in the warehouse and stays: `jobmarket load` says why")
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


def _holds_crawls(home: Home, settings: Settings) -> bool:
    with connect(home, settings, read_only=True) as connection:
        return connection.execute("select 1 from raw.crawl_runs limit 1").fetchone() is not None


def _loaded(home: Home, settings: Settings) -> set[str]:
    """Runs that the warehouse holds, or that were taken out of it for good."""
    held = "select distinct run_id from raw.crawl_runs union select run_id from ops.withdrawn_runs"
    with connect(home, settings, read_only=True) as connection:
        return {run_id for (run_id,) in connection.execute(held).fetchall()}


def _move(home: Home, folder: Path, archive: Path) -> None:
    """Copy, have the copy on the disk, compare, put the link in the place of the run; the original goes last."""
    target = archive / folder.relative_to(home.landing)
    if not target.exists():
        unfinished = target.with_name(f"{_MOVING}{target.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(folder, unfinished)
        unfinished.rename(target)
    # Always: a copy that is there already may be of a process that was killed before it got here.
    board, day = target.parent.parent, target.parent
    for path in (*target.iterdir(), target, day, board, archive, archive.parent):
        flush(path)
    if _digests(folder) != _digests(target):
        raise LandingError(f"{target} differs from {folder}: take it away, the run is copied again")
    leaving = home.landing / LEAVING / folder.name
    folder.rename(leaving)
    folder.symlink_to(target)
    _drop(leaving, folder)


def _finish_moves(home: Home) -> None:
    """Let go of the originals whose link stands; those without are put back where they were (:func:`sealed_runs`)."""
    for leaving in sorted((home.landing / LEAVING).glob("run=*")):
        place = place_of(home, leaving)
        if place.is_symlink():
            _drop(leaving, place)
        elif not place.exists():
            leaving.rename(place)


def _drop(leaving: Path, link: Path) -> None:
    """Remove the original of a run, once the link is on the disk and leads to its copy.

    Raises:
        LandingError: if it does not: the archive is not in place, or the copy is gone.
    """
    # A process that was killed while it removed them has left some of the files; a withdrawal goes to the copy alone.
    if not (link.is_dir() and _digests(leaving).items() <= _digests(link).items()):
        raise LandingError(
            f"{leaving} has moved to {link.readlink()}, where no copy of it is: put the landing's archive in place, "
            f"or remove the link {link}, and the run takes its place again"
        )
    flush(link.parent)
    flush(leaving.parent)
    shutil.rmtree(leaving)


def _run_id(folder: Path) -> str:
    return folder.name.removeprefix("run=")


def _digests(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of each file of a run, a withdrawal's too."""
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
