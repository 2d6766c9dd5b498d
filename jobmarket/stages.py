"""What a stage takes and gives, and where the stages that live in sibling packages are found.

``jobmarket`` imports none of its siblings: the crawl (``scrapers``) and the gates (``expectations``)
announce themselves as entry points of the group ``jobmarket.stages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol


class StageError(Exception):
    """A stage could not do its work. The message says what, where and what to do; nothing was half-written."""


class GateClosedError(StageError):
    """A gate found what must not pass: nothing after it ran."""


@dataclass(frozen=True)
class StageResult:
    """How a stage ended.

    Attributes:
        stage: Which one, by its name in :mod:`jobmarket.pipeline`; ``backfill`` is asked for by itself.
        summary: One line for the person who started it.
        details: Further lines.
        gaps: What is missing though the stage went on, a line each (a board that answered 500 …).
        notes: What is missing and no retry will mend (a board that does not exist …).
        counts: Figures by name, for logs and tests.
    """

    stage: str
    summary: str
    details: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)


class Progress(Protocol):
    """Where a stage tells how far it is."""

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """Say that ``done`` of ``total`` units (postings, models …) of the stage are ready."""


class Silence:
    """Progress for those who do not want any."""

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """Say nothing."""


def as_of_text(moment: datetime) -> str:
    """A moment as the stages write it: ISO 8601, UTC, whole seconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def without_zone(moment: datetime) -> datetime:
    """A moment as the warehouse keeps it: UTC, no zone. One without a zone is UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def require_folder(target: Path) -> None:
    """See that what a person asked for can be put where they said: a mistyped folder is not made.

    Raises:
        StageError: if the folder that ``target`` would stand in is not there.
    """
    if not target.absolute().parent.is_dir():
        raise StageError(f"Not written: {target.parent} is no folder. Make it first, or name another one.")


def find(name: str) -> Callable[..., Any]:
    """The stage function announced under a name.

    Raises:
        StageError: if none is installed.
    """
    found = entry_points(group="jobmarket.stages", name=name)
    if not found:
        raise StageError(f"No stage '{name}' is installed. Install the project with its siblings: `make run` does it.")
    stage: Callable[..., Any] = next(iter(found)).load()
    return stage
