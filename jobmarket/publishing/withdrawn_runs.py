"""Notes beside published vintages: which of their runs were withdrawn since.

A vintage never changes and readers cannot see the warehouse, so a note tells them. It goes when the same vintage is
published again from marts without these runs, or when the withdrawals are undone. It stays when its vintage is removed,
because the archive still has the reports made from that.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.publishing.vintages import VINTAGES, steps_for

_NOTE = ".withdrawn_runs"


def note_withdrawn_run(vintage: Path, run_id: str) -> None:
    """Note that a run of a vintage, kept or not, was withdrawn."""
    vintage.parent.mkdir(parents=True, exist_ok=True)
    _write(vintage, {*withdrawn_runs(vintage), run_id})


def withdrawn_runs(vintage: Path) -> list[str]:
    """Return the runs of a vintage that were withdrawn since it was published."""
    note = _note(vintage)
    return note.read_text(encoding="utf-8").split() if note.exists() else []


def vintages_with_withdrawn(published: Path, run_id: str) -> list[Path]:
    """Return the folders, there or not, of the vintages that contain a withdrawn run."""
    return [vintage for vintage in _noted(published) if run_id in withdrawn_runs(vintage)]


def forget_withdrawn_runs(vintage: Path) -> None:
    """Remove the note of a vintage that no longer has withdrawn runs."""
    _note(vintage).unlink(missing_ok=True)


def forget_undone(published: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    """Remove from all notes the runs whose withdrawal was undone: the warehouse has them again."""
    noted = {vintage: set(withdrawn_runs(vintage)) for vintage in _noted(published)}
    runs = sorted(set().union(*noted.values()))
    there = warehouse.execute("select distinct run_id from raw.crawl_runs where run_id in ?", [runs]).fetchall()
    undone = {run_id for (run_id,) in there}
    for vintage, of_vintage in noted.items():
        if of_vintage <= undone:
            forget_withdrawn_runs(vintage)
        elif of_vintage & undone:
            _write(vintage, of_vintage - undone)


def withdrawn_runs_warning(vintage: Path) -> str | None:
    """Return the warning to print with figures of a vintage; None if no run of it was withdrawn."""
    if not (runs := withdrawn_runs(vintage)):
        return None
    were = "was" if len(runs) == 1 else "were"
    return (
        f"Vintage {vintage.name} contains {counted(len(runs), 'run')} that {were} withdrawn since ({runs[0]}"
        f"{', …' if runs[1:] else ''}). For one without, run {steps_for(vintage)}."
    )


def _write(vintage: Path, runs: Iterable[str]) -> None:
    note = _note(vintage)
    note.write_text("".join(f"{run}\n" for run in sorted(runs)), encoding="utf-8")
    flush(note)
    flush(note.parent)


def _note(vintage: Path) -> Path:
    return vintage.with_name(f"{vintage.name}{_NOTE}")


def _noted(published: Path) -> list[Path]:
    return [note.with_suffix("") for note in sorted((published / VINTAGES).glob(f"*{_NOTE}"))]
