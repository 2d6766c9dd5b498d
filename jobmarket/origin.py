"""Binds a home to one kind of boards, so that invented, recorded and live postings never share a database.

The file ``origin`` in the home records it. Its first line is the kind. For recorded boards, a second line names the
folder: landed runs are identified by board, company and moment, which two folders may have in common. If the file is
lost, the landed runs still tell the kind, but not the folder.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jobmarket.landing import landed_origins
from jobmarket.settings import Home
from jobmarket.stages import PermanentError

# How far from its moment a crawl of live boards may begin. A scheduler may start late and retry; after that, a board no
# longer shows what it showed at that moment.
LIVE_WITHIN = timedelta(hours=6)


@dataclass(frozen=True)
class BoardsOrigin:
    """Where postings come from.

    Attributes:
        kind: ``sample``, ``live`` or ``recorded``.
        folder: Folder of the recorded responses; None for the other kinds.
    """

    kind: str
    folder: Path | None = None

    @classmethod
    def of(cls, boards: str) -> BoardsOrigin:
        """Return the origin for ``sample``, ``live`` or a folder of recorded responses."""
        return cls(boards) if boards in ("sample", "live") else cls("recorded", Path(boards).resolve())


def check(home: Home, origin: BoardsOrigin) -> None:
    """Check that the home is unused or bound to this origin. Nothing is written.

    Raises:
        StageError: If it is bound to another one.
    """
    _require_same(home, _origin_of_marker(home) or _origin_of_landed(home), origin)


def _require_same(home: Home, bound: BoardsOrigin | None, origin: BoardsOrigin) -> None:
    if bound is None:
        return
    if bound.kind != origin.kind:
        raise PermanentError(
            f"{home.root} contains {bound.kind} boards and cannot take {origin.kind} ones: "
            "the two would mix in one database. Choose another folder with --home (or JOBMARKET_HOME)."
        )
    if bound == BoardsOrigin("recorded") and "recorded" in landed_origins(home):
        raise PermanentError(
            f"{_marker(home)} does not name the folder of the recorded boards that {home.root} contains, and postings "
            "that are in two folders would count as already landed: write `recorded` on its first line and the "
            "folder's path on its second."
        )
    if bound.folder and bound.folder != origin.folder:
        raise PermanentError(
            f"{home.root} contains the boards recorded in {bound.folder} and cannot take those in {origin.folder}: "
            "postings that are in both would count as already landed. Choose another folder with --home (or "
            "JOBMARKET_HOME). If the recordings were only moved, write their new path on the second line of "
            f"{_marker(home)}."
        )


def claim(home: Home, origin: BoardsOrigin) -> None:
    """Bind the home to an origin permanently. Call it when a crawl is sure to begin, before anything is landed.

    Raises:
        StageError: If it is bound to another one.
    """
    marked = _origin_of_marker(home)  # read once: another crawl may claim the home between two readings
    _require_same(home, marked or _origin_of_landed(home), origin)
    if marked == origin:
        return
    home.root.mkdir(parents=True, exist_ok=True)
    # Written to a temporary file and moved into place, so that crawls that begin together never read half a marker.
    written = home.root / f".origin-{uuid.uuid4()}"
    written.write_text("\n".join([origin.kind, *([str(origin.folder)] if origin.folder else [])]) + "\n", "utf-8")
    try:
        if marked is None:
            os.link(written, _marker(home))  # fails if another crawl was first
        else:  # the same kind, but without the name of a folder
            written.replace(_marker(home))
    except FileExistsError:
        check(home, origin)
    finally:
        written.unlink(missing_ok=True)


def _marker(home: Home) -> Path:
    return home.root / "origin"


def _origin_of_landed(home: Home) -> BoardsOrigin | None:
    """Return the kind of the landed runs, for a home that has lost its file; None if nothing is landed."""
    has_runs = False
    for kind in landed_origins(home):
        if kind != "backfill":
            return BoardsOrigin(kind)
        has_runs = True
    if has_runs:
        raise PermanentError(
            f"{_marker(home)} is missing, and the past of boards that is landed does not tell it: write into it which "
            f"boards {home.root} contains (live or recorded)."
        )
    return None


def _origin_of_marker(home: Home) -> BoardsOrigin | None:
    try:
        lines = _marker(home).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    named = [line.strip() for line in lines if line.strip()]
    if not named:
        raise PermanentError(
            f"{_marker(home)} is empty: write into it which boards {home.root} contains (sample, live or recorded)."
        )
    return BoardsOrigin(named[0], Path(named[1]) if named[1:] else None)
