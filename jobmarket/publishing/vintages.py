"""Vintages on disk: built in a hidden folder, moved into place when complete, swapped atomically, removed when old."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobmarket.durable import flush
from jobmarket.one_at_a_time import only_one
from jobmarket.publishing.database import DATABASE, PARQUET
from jobmarket.publishing.manifest import MANIFEST, published_at
from jobmarket.stages import PermanentError, as_of_text

CURRENT = "current"
VINTAGES = "vintages"
_TEMPORARY = ".building"
_LINK = ".link"
# Folder with an empty file for each vintage that was current: its time is when another one became current.
_REPLACED = ".replaced"
_REPORTED_WEEKS = 8
# Folders of reports, by ISO week. Others, such as a copy of one, are not looked at.
WEEKS = "[0-9][0-9][0-9][0-9]-W[0-9][0-9]"
# Readers resolve `current` and then open the files, so a vintage stays this long after it was current.
_GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class Pruned:
    """The outcome of removing old vintages.

    Attributes:
        removed: Names of the vintages that were removed.
        left: Folders that could not be removed, and why, one line each.
    """

    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@contextmanager
def only_publisher(published: Path) -> Iterator[Path]:
    """Lock the folder for publishing, and clean up after a process that was killed.

    Yields:
        The folder of vintages.

    Raises:
        StageError: If another process is publishing into the same folder, or it was copied without its links.
    """
    require_links(published)
    vintages = published / VINTAGES
    vintages.mkdir(parents=True, exist_ok=True)
    with only_one(published, "publishing into"):
        for leftover in published.glob(f"{_LINK}*"):
            leftover.unlink()
        _sweep(vintages)  # leftovers that cannot be removed do no harm here; prune reports them
        yield vintages


def _sweep(vintages: Path) -> list[str]:
    """Remove hidden folders of unfinished or half-removed vintages, and return a line for each failure."""
    left = []
    for leftover in sorted(path for path in vintages.glob(f"{_TEMPORARY}*") if path.is_dir()):
        try:
            shutil.rmtree(leftover)
        except OSError as error:
            left.append(f"{leftover} could not be removed: {error.strerror or error}")
    return left


@contextmanager
def building(vintages: Path, vintage_id: str) -> Iterator[Path]:
    """Yield a hidden folder to build a vintage in. It is removed afterwards in any case."""
    folder = vintages / f"{_TEMPORARY}-{vintage_id}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(folder: Path, vintage: Path) -> None:
    """Move a finished folder into place. The files of a damaged vintage of that name are replaced one by one."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o444)
            flush(path)
    for path in (folder / PARQUET, folder):
        flush(path)
    if not vintage.exists():
        folder.rename(vintage)
    else:
        (vintage / PARQUET).mkdir(exist_ok=True)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                path.replace(vintage / path.relative_to(folder))
        for path in (vintage / PARQUET, vintage):
            flush(path)
    flush(vintage.parent)


def require_links(published: Path) -> None:
    """Check that the links to the current vintage are links, before anything is written.

    Raises:
        StageError: If a link is a folder, because a copy followed the links.
    """
    copied = [
        name for name in (CURRENT, PARQUET) if (published / name).is_dir() and not (published / name).is_symlink()
    ]
    if copied:
        raise PermanentError(
            f"{published} was copied without its links: {' and '.join(copied)} should link into {VINTAGES}. Remove "
            f"{CURRENT}, {PARQUET}, {DATABASE} and {MANIFEST} there ({VINTAGES} contains them), then run "
            "`jobmarket publish` to restore the links."
        )


def fix_links(published: Path) -> None:
    """Create the links that analysts use. They go through ``current`` and never change again."""
    for name in (DATABASE, PARQUET, MANIFEST):
        target = f"{CURRENT}/{name}"
        link = published / name
        if not link.is_symlink() or link.readlink() != Path(target):
            _point(link, target)


def make_current(published: Path, vintage: Path) -> None:
    """Make new readers open this vintage, in one atomic step."""
    before = current_vintage(published)
    if before is not None and before != vintage:
        note = _replacement(before)
        note.parent.mkdir(exist_ok=True)
        note.touch()
    _point(published / CURRENT, f"vintages/{vintage.name}")
    flush(published)


def current_vintage(published: Path) -> Path | None:
    """Return the folder of the current vintage, or None.

    Raises:
        StageError: If the folder of vintages was copied without its links.
    """
    require_links(published)
    link = published / CURRENT
    if not (link.is_symlink() and link.exists()):
        return None
    folder = link.resolve()
    # The path of the kept vintage, also where `published` is itself a link (to another disk).
    kept = published / VINTAGES / folder.name
    return kept if kept.exists() and kept.samefile(folder) else folder


def kept_vintage(published: Path, vintage_id: str) -> Path | None:
    """Return the folder of a vintage by its id, or None if it is no longer kept."""
    folder = vintage_folder(published, vintage_id)
    return folder if folder.is_dir() else None


def vintage_folder(published: Path, vintage_id: str) -> Path:
    """Return the folder that a vintage has, or had while it was kept."""
    return published / VINTAGES / vintage_id


def kept_vintages(published: Path) -> list[Path]:
    """Return the folders of the kept vintages, earliest moment first."""
    named = (published / VINTAGES).glob("[0-9]*T*Z-*")  # excludes unfinished ones
    return sorted(path for path in named if path.is_dir())


def moment_of(vintage: Path) -> str:
    """Return the moment in a vintage's name, such as ``20260820T000000Z``. It sorts by time."""
    return vintage.name.split("-")[0]


def steps_for(vintage: Path) -> str:
    """Return the commands that publish a vintage's moment again, in words. Without the moment, they take the newest."""
    as_of = as_of_text(datetime.strptime(moment_of(vintage), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))
    return f"`jobmarket gate raw`, `build --as-of {as_of}`, `gate marts` and `publish`"


def vintage_as_of(published: Path, as_of: datetime) -> Path | None:
    """Return the newest kept vintage up to a moment; of several with the same moment, the first in rank."""
    latest = f"{as_of:%Y%m%dT%H%M%SZ}"
    kept = [path for path in kept_vintages(published) if moment_of(path) <= latest]
    return max(kept, key=recency, default=None)


def recency(vintage: Path, noted: datetime | None = None) -> tuple[str, bool, datetime]:
    """Return the rank of a vintage, kept or not: its moment, whether it is the current one, when it was published.

    The rest of its name is a hash, which says nothing about its order. The current one of several of one moment was
    published last, unless the same data were published before.

    Args:
        vintage: Its folder.
        noted: When it was published, UTC, as noted elsewhere, in case it is no longer kept.
    """
    is_current = (vintage.parents[1] / CURRENT).resolve() == vintage.resolve()
    return moment_of(vintage), is_current, _published_at(vintage, noted)


def _published_at(vintage: Path, noted: datetime | None = None) -> datetime:
    """Return when a vintage was published, UTC; if neither its manifest nor a note says so, its moment."""
    return published_at(vintage) or noted or datetime.strptime(moment_of(vintage), "%Y%m%dT%H%M%S%z")


def vintage_before(published: Path, vintage: Path) -> Path | None:
    """Return the newest other vintage that is kept and not of a later moment; of one moment, the first in rank."""
    others = [path for path in kept_vintages(published) if path.name != vintage.name]
    kept = [path for path in others if moment_of(path) <= moment_of(vintage)]
    return max(kept, key=recency, default=None)


def reported(published: Path, reports: Path) -> set[str]:
    """Return the vintages behind the reports of the last weeks, so that each report can be rebuilt.

    These are the latest and the sent one of each report, for every part of the market, language and format. They are
    known from the JSON file beside each report.
    """

    def recency_of(note: Path) -> tuple[str, bool, datetime]:
        return recency(vintage_folder(published, note.parent.name))

    weeks = sorted(path for path in reports.glob(WEEKS) if path.is_dir())[-_REPORTED_WEEKS:]
    vintages: set[str] = set()
    for week in weeks:
        vintages |= {path.parent.name for path in week.glob("*/*.sent")}
        notes = sorted(week.glob("*/report*.json"), key=recency_of)
        vintages |= set({note.name: note.parent.name for note in notes}.values())  # the last of each name
    return vintages


def prune(published: Path, kept: int, needed: Collection[str] = ()) -> Pruned:
    """Remove the oldest publications, except the newest, the current one, needed ones and those just replaced.

    Anything that is not a vintage is left alone. A vintage that cannot be removed does not stop the removal of others.

    Args:
        published: The folder of the published database.
        kept: Number of the newest vintages to keep.
        needed: Names of further vintages to keep.
    """
    current = current_vintage(published)
    folders = sorted(
        kept_vintages(published),
        key=lambda folder: (folder == current, _published_at(folder), folder.name),
        reverse=True,
    )
    newest = max(map(_last_opened, folders), default=datetime.min.replace(tzinfo=UTC))
    removed, left = [], []
    for folder in folders[kept:]:
        if folder != current and folder.name not in needed and newest - _last_opened(folder) > _GRACE:
            try:
                _hide(folder)
                removed.append(folder.name)
            except OSError as error:
                left.append(f"{folder} could not be removed: {error.strerror or error}")
    for note in (published / _REPLACED).glob("*"):
        if kept_vintage(published, note.name) is None:
            note.unlink(missing_ok=True)
    return Pruned(tuple(removed), (*left, *_sweep(published / VINTAGES)))


def _last_opened(vintage: Path) -> datetime:
    """Return when a reader could last open a vintage as the current one, or when it was published."""
    published, note = _published_at(vintage), _replacement(vintage)
    return max(published, datetime.fromtimestamp(note.stat().st_mtime, UTC)) if note.exists() else published


def _replacement(vintage: Path) -> Path:
    return vintage.parents[1] / _REPLACED / vintage.name


def remove(vintage: Path) -> tuple[str, ...]:
    """Remove a vintage that is not the current one. Return a line for each leftover, which the next one removes."""
    _hide(vintage)
    return tuple(_sweep(vintage.parent))


def _hide(vintage: Path) -> None:
    """Hide a vintage in one step before its files are removed, so that nobody opens half of it."""
    vintage.rename(vintage.with_name(f"{_TEMPORARY}-old-{vintage.name}"))


def _point(link: Path, target: str) -> None:
    temporary = link.with_name(f"{_LINK}-{link.name}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
