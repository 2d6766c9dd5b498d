"""Vintages on disk: built hidden, moved in whole, swapped in one step, removed when old."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jobmarket.durable import flush
from jobmarket.one_at_a_time import only_one
from jobmarket.publishing.database import DATABASE, PARQUET
from jobmarket.publishing.manifest import MANIFEST
from jobmarket.stages import StageError

CURRENT = "current"
_VINTAGES = "vintages"
_TEMPORARY = ".building"
_LINK = ".link"
_REPORTED_WEEKS = 8
# A reader resolves `current` and then opens the files: a vintage that was current a moment ago stays this long.
_GRACE_NS = 15 * 60 * 10**9


@dataclass(frozen=True)
class Pruned:
    """How the removal of old vintages went.

    Attributes:
        removed: Names of those that readers find no more.
        left: What is still on the disk though it should not be, and why, a line each.
    """

    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@contextmanager
def only_publisher(published: Path) -> Iterator[Path]:
    """Be the one process that publishes here; clean up after one that was killed.

    Yields:
        The folder of vintages.

    Raises:
        StageError: if another process is publishing into the same folder, or it was copied without its links.
    """
    require_links(published)
    vintages = published / _VINTAGES
    vintages.mkdir(parents=True, exist_ok=True)
    with only_one(published, "publishing into"):
        for leftover in published.glob(f"{_LINK}*"):
            leftover.unlink()
        _sweep(vintages)  # what it cannot remove is in nobody's way; prune tells of it
        yield vintages


def _sweep(vintages: Path) -> list[str]:
    """Remove the hidden folders of vintages half built or half removed; what could not be removed, a line each."""
    left = []
    for leftover in sorted(path for path in vintages.glob(f"{_TEMPORARY}*") if path.is_dir()):
        try:
            shutil.rmtree(leftover)
        except OSError as error:
            left.append(f"{leftover} could not be removed: {error.strerror or error}")
    return left


@contextmanager
def building(vintages: Path, vintage_id: str) -> Iterator[Path]:
    """A hidden folder to build a vintage in; gone afterwards, whatever happens."""
    folder = vintages / f"{_TEMPORARY}-{vintage_id}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(folder: Path, vintage: Path) -> None:
    """Give a finished folder its name. A damaged vintage of that name gets its files anew, one by one."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o444)
            flush(path)
    flush(folder)
    if not vintage.exists():
        folder.rename(vintage)
    else:
        (vintage / PARQUET).mkdir(exist_ok=True)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                path.replace(vintage / path.relative_to(folder))
    flush(vintage.parent)


def require_links(published: Path) -> None:
    """See that what leads to the current vintage leads there, before anything is put beside it.

    Raises:
        StageError: if a folder stands in the place of a link: whatever copied it followed the links.
    """
    copied = [
        name for name in (CURRENT, PARQUET) if (published / name).is_dir() and not (published / name).is_symlink()
    ]
    if copied:
        raise StageError(
            f"{published} was copied without its links: {' and '.join(copied)} should lead into {_VINTAGES}. Remove "
            f"{CURRENT}, {PARQUET}, {DATABASE} and {MANIFEST} there, which {_VINTAGES} holds: "
            "`jobmarket publish` puts them back."
        )


def fix_links(published: Path) -> None:
    """Put the names that analysts know in place; they lead through ``current`` and never change again."""
    for name in (DATABASE, PARQUET, MANIFEST):
        target = f"{CURRENT}/{name}"
        link = published / name
        if not link.is_symlink() or link.readlink() != Path(target):
            _point(link, target)


def make_current(published: Path, vintage: Path) -> None:
    """Swap: from here on whoever opens the published database reads this vintage. One atomic step."""
    _point(published / CURRENT, f"vintages/{vintage.name}")
    flush(published)


def current_vintage(published: Path) -> Path | None:
    """Folder of the vintage that readers get, or None.

    Raises:
        StageError: if the folder of vintages was copied without its links.
    """
    require_links(published)
    link = published / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def kept_vintage(published: Path, vintage_id: str) -> Path | None:
    """Folder of a vintage by its id, or None if it is not kept any more."""
    folder = published / _VINTAGES / vintage_id
    return folder if folder.is_dir() else None


def kept_vintages(published: Path) -> list[Path]:
    """Folders of the vintages that are kept, of the earliest moment first."""
    named = (published / _VINTAGES).glob("[0-9]*T*Z-*")  # not one that is being built, or was left half-built
    return sorted(path for path in named if path.is_dir())


def moment_of(vintage: Path) -> str:
    """The moment that a vintage stands for, as its name begins: ``20260820T000000Z``; it sorts by time."""
    return vintage.name.split("-")[0]


def vintage_as_of(published: Path, as_of: datetime) -> Path | None:
    """The newest kept vintage that stands for no later than a moment; of several of one moment, the latest made."""
    latest = f"{as_of:%Y%m%dT%H%M%SZ}"
    kept = [path for path in kept_vintages(published) if moment_of(path) <= latest]
    return max(kept, key=lambda path: (moment_of(path), path.stat().st_mtime), default=None)


def reported(reports: Path) -> set[str]:
    """Vintages behind the reports of the last weeks, so that each can be made again: the latest, and the one sent.

    Of each report, whichever part of the market, language or format it is in: by the note that it leaves beside it.
    """
    weeks = sorted(path for path in reports.glob("*-W*") if path.is_dir())[-_REPORTED_WEEKS:]
    found: set[str] = set()
    for week in weeks:
        found |= {path.parent.name for path in week.glob("*/*.sent")}
        notes = sorted(week.glob("*/report*.json"), key=lambda note: note.parent.name)
        found |= set({note.name: note.parent.name for note in notes}.values())  # the last of each name stays
    return found


def prune(published: Path, kept: int, needed: Collection[str] = ()) -> Pruned:
    """Remove the vintages published longest ago, keeping ``kept``, the current one and those a reader may just open.

    What is no vintage is left alone, and one that cannot be removed hinders no other.

    Args:
        published: Where they are.
        kept: How many of the newest stay.
        needed: Names of further ones that stay.
    """
    current = current_vintage(published)
    folders = sorted(
        kept_vintages(published),
        key=lambda folder: (folder == current, folder.stat().st_mtime_ns, folder.name),
        reverse=True,
    )
    newest = max((folder.stat().st_mtime_ns for folder in folders), default=0)
    removed, left = [], []
    for folder in folders[kept:]:
        if folder != current and folder.name not in needed and newest - folder.stat().st_mtime_ns > _GRACE_NS:
            # Out of sight in one step, so that nobody finds half a vintage.
            try:
                folder.rename(folder.with_name(f"{_TEMPORARY}-old-{folder.name}"))
                removed.append(folder.name)
            except OSError as error:
                left.append(f"{folder} could not be removed: {error.strerror or error}")
    return Pruned(tuple(removed), (*left, *_sweep(published / _VINTAGES)))


def _point(link: Path, target: str) -> None:
    temporary = link.with_name(f"{_LINK}-{link.name}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
