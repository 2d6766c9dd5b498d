"""Notes beside published vintages: which of their runs were withdrawn since.

A vintage never changes and readers cannot see the warehouse, so a note tells them. It goes when the same vintage is
published again from marts without these runs.
"""

from __future__ import annotations

from pathlib import Path

from jobmarket.counted import counted
from jobmarket.durable import flush

_NOTE = ".withdrawn_runs"


def note_withdrawn_run(vintage: Path, run_id: str) -> None:
    """Note that a run of a vintage was withdrawn."""
    note = _note(vintage)
    note.write_text("".join(f"{run}\n" for run in sorted({*withdrawn_runs(vintage), run_id})), encoding="utf-8")
    flush(note)
    flush(note.parent)


def withdrawn_runs(vintage: Path) -> list[str]:
    """Return the runs of a vintage that were withdrawn since it was published."""
    note = _note(vintage)
    return note.read_text(encoding="utf-8").split() if note.exists() else []


def forget_withdrawn_runs(vintage: Path) -> None:
    """Remove the note of a vintage that is removed, or that no longer has withdrawn runs."""
    _note(vintage).unlink(missing_ok=True)


def withdrawn_runs_warning(vintage: Path) -> str | None:
    """Return the warning to print with figures of a vintage; None if no run of it was withdrawn."""
    if not (runs := withdrawn_runs(vintage)):
        return None
    were = "was" if len(runs) == 1 else "were"
    return (
        f"Vintage {vintage.name} contains {counted(len(runs), 'run')} that {were} withdrawn since ({runs[0]}"
        f"{', …' if runs[1:] else ''}). Run `jobmarket gate raw`, `build`, `gate marts` and `publish` for one without."
    )


def _note(vintage: Path) -> Path:
    return vintage.with_name(f"{vintage.name}{_NOTE}")
