"""The results, errors and progress that all stages share, and the lookup of stages in sibling packages.

``jobmarket`` imports none of its siblings. The crawl (``scrapers``) and the gates (``expectations``) register as entry
points of the group ``jobmarket.stages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol


class StageError(Exception):
    """A stage could not do its work. The message says what, where and what to do. Nothing was written partially."""


class PermanentError(StageError):
    """A stage error that trying again does not help against: a setting, an argument, the code or the data is wrong."""


class WrongUsageError(PermanentError):
    """An argument, an option or a setting is wrong, or names something that is not there."""


class SupersededError(PermanentError):
    """The marts stand for a later moment than the one asked for, whose own publication follows."""


class GateClosedError(PermanentError):
    """A gate closed, and nothing after it ran."""


@dataclass(frozen=True)
class StageResult:
    """The outcome of a stage.

    Attributes:
        stage: Its name in :mod:`jobmarket.pipeline`, or ``backfill``.
        summary: One line for the person who started it.
        details: Further lines.
        gaps: What is missing although the stage went on, one line each (a board that answered 500 …).
        notes: What is missing and cannot be fixed by a retry, one line each (a board that does not exist …).
        counts: Figures by name, for logs and tests.
    """

    stage: str
    summary: str
    details: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)


class Progress(Protocol):
    """Receives the progress of a stage."""

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """Report that ``done`` of ``total`` units (postings, models …) of the stage are done."""


class Silence:
    """A progress receiver that shows nothing."""

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """Do nothing."""


def as_of_text(moment: datetime) -> str:
    """Format a moment as the stages write it: ISO 8601, UTC, in whole seconds. Without a zone it is taken as UTC."""
    return f"{without_zone(moment):%Y-%m-%dT%H:%M:%SZ}"


def without_zone(moment: datetime) -> datetime:
    """Convert a moment to UTC without a zone, as the warehouse stores it. A moment without a zone is taken as UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def require_folder(target: Path) -> None:
    """Check that the folder of an output file exists. It is not created, because its name may be mistyped.

    Raises:
        WrongUsageError: If the parent folder of ``target`` does not exist.
    """
    if not target.absolute().parent.is_dir():
        raise WrongUsageError(
            f"Not written: the folder {target.parent} does not exist. Create it, or name another one."
        )


def find(name: str) -> Callable[..., Any]:
    """Return the stage function registered under a name.

    Raises:
        PermanentError: If none is installed.
    """
    registered = entry_points(group="jobmarket.stages", name=name)
    if not registered:
        raise PermanentError(
            f"No stage '{name}' is installed. Run `make run`, which installs all packages of the project."
        )
    stage: Callable[..., Any] = next(iter(registered)).load()
    return stage
