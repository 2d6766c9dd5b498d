"""A home holds one kind of boards: invented, recorded and live postings never meet in one database.

The file ``origin`` in the home says which: its first line is the kind. For recorded boards a second line names the
folder, because what is landed is known by board, company and moment, which two folders may share.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from jobmarket.settings import Home
from jobmarket.stages import StageError


@dataclass(frozen=True)
class BoardsOrigin:
    """Where postings come from.

    Attributes:
        kind: ``sample``, ``live`` or ``recorded``.
        folder: Where the recorded responses lie; null for the other kinds.
    """

    kind: str
    folder: Path | None = None

    @classmethod
    def of(cls, boards: str) -> BoardsOrigin:
        """The origin of ``sample``, ``live`` or a folder of recorded responses."""
        return cls(boards) if boards in ("sample", "live") else cls("recorded", Path(boards).resolve())


def check(home: Home, origin: BoardsOrigin) -> None:
    """Return if the home is free or holds this origin; nothing is written.

    Raises:
        StageError: if it holds another one.
    """
    held = _held(home)
    if held is None:
        return
    if held.kind != origin.kind:
        raise StageError(
            f"{home.root} holds {held.kind} boards and cannot take {origin.kind} ones: "
            "the two would mix in one database. Choose another folder with --home."
        )
    if held.folder and held.folder != origin.folder:
        raise StageError(
            f"{home.root} holds the boards recorded in {held.folder} and cannot take those in {origin.folder}: what "
            "both have would count as landed already. Choose another folder with --home; if the recordings were only "
            f"moved, write their new place on the second line of {_marker(home)}."
        )


def claim(home: Home, origin: BoardsOrigin) -> None:
    """Bind the home to an origin, for ever. To be called when a crawl is sure to begin, before anything is landed.

    Raises:
        StageError: if it holds another one.
    """
    check(home, origin)
    held = _held(home)
    if held == origin:
        return
    home.root.mkdir(parents=True, exist_ok=True)
    # Written aside and put in place whole: crawls that begin side by side never read half a marker.
    written = home.root / f".origin-{uuid.uuid4()}"
    written.write_text("\n".join([origin.kind, *([str(origin.folder)] if origin.folder else [])]) + "\n", "utf-8")
    try:
        if held is None:
            os.link(written, _marker(home))  # fails if another crawl was first
        else:  # of the same kind, without a folder's name
            written.replace(_marker(home))
    except FileExistsError:
        check(home, origin)
    finally:
        written.unlink(missing_ok=True)


def _marker(home: Home) -> Path:
    return home.root / "origin"


def _held(home: Home) -> BoardsOrigin | None:
    try:
        lines = _marker(home).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    named = [line.strip() for line in lines if line.strip()]
    if not named:
        raise StageError(f"{_marker(home)} is empty: write in it what {home.root} holds: sample, live or recorded.")
    return BoardsOrigin(named[0], Path(named[1]) if named[1:] else None)
