"""`jobmarket verify`: finds what a home keeps and has lost since it was written, and changes nothing.

Landed runs, those in the archive too, and published vintages are compared with the checksums written with them. Kept
figures and the warehouse have none: the figures are read, the warehouse is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from jobmarket.counted import counted
from jobmarket.duckdb_file import opened, quoted
from jobmarket.landing import (
    LEAVING,
    LandingError,
    damaged_files,
    has_only_withdrawal,
    place_of,
    read_run,
    read_withdrawal,
    require_place,
    run_folders,
    run_id_of,
)
from jobmarket.published_figures import figures_folder
from jobmarket.publishing import manifest, vintages
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult
from jobmarket.warehouse import HeldError, connect, known_runs, require_landing

# What the lines of a run's files are.
_LINES = {
    "postings.jsonl.gz": "posting version",
    "sightings.jsonl.gz": "sighting",
    "rejected.jsonl.gz": "rejected posting",
}
_KEEP = "The warehouse has loaded the run: keep the warehouse until then."


def verify(home: Home, settings: Settings, progress: Progress | None = None) -> StageResult:
    """Check the landing, its archive, the published vintages, the kept figures and the warehouse.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        progress: Updated after each run and each vintage.

    Returns:
        A result whose gaps name each damaged or lost file, what was in it and what to do. Its notes say what could not
        be checked because another process uses it.

    Raises:
        StageError: If there is no landing.
    """
    require_landing(home)
    progress = progress or Silence()
    loaded, gaps, notes = _loaded_runs(home, settings)
    runs, published = run_folders(home), vintages.kept_vintages(home.published)
    total = len(runs) + len(published)
    for number, folder in enumerate(runs, start=1):
        gaps += _of_run(folder, run_id_of(folder) in loaded)
        progress.update("verify", folder.name, number, total)
    gaps += [_lost(home, run_id) for run_id in sorted(loaded - set(map(run_id_of, runs)))]
    current, lost_link = _current(home, published)
    gaps += lost_link
    for number, folder in enumerate(published, start=len(runs) + 1):
        gaps += _of_vintage(folder, is_current=folder == current)
        progress.update("verify", folder.name, number, total)
    figures = sorted(figures_folder(home).glob("[!.]*.parquet"))
    gaps += [line for file in figures for line in _of_figures(file)]
    summary = (
        f"checked {counted(len(runs), 'run')}, {counted(len(published), 'vintage')}, "
        f"{counted(len(figures), 'file')} of published figures and "
        f"{'the' if home.warehouse.exists() and not notes else 'no'} warehouse"
    )
    return StageResult("verify", summary, gaps=tuple(gaps), notes=tuple(notes))


def _loaded_runs(home: Home, settings: Settings) -> tuple[set[str], list[str], list[str]]:
    """Return the runs that the warehouse knows, what is wrong with it, and why it was not checked.

    It may be absent, as it can be rebuilt.
    """
    if not home.warehouse.exists():
        return set(), [], []
    try:
        with connect(home, settings, read_only=True) as warehouse:
            return known_runs(warehouse), [], []
    except HeldError as error:
        again = "Lost runs are found only with it: run `jobmarket verify` again once it is free."
        return set(), [], [f"warehouse: not checked: in use by {error.process}. {again}"]
    except (StageError, duckdb.Error) as error:
        return set(), [f"warehouse: {error}"], []


def _lost(home: Home, run_id: str) -> str:
    leaving = home.landing / LEAVING / f"run={run_id}"
    place = place_of(home, leaving)
    if leaving.is_dir():  # its move to the archive was killed half-way
        return f"run {run_id}: {place} is missing, but {leaving} is the run. Run `jobmarket load`, which puts it back."
    return (
        f"run {run_id}: {place} is missing. Restore it from the backup. {_KEEP} If it was moved away or is lost for "
        f"good, {_withdraw(run_id)}"
    )


def _withdraw(run_id: str) -> str:
    return f'withdraw it: `jobmarket load --withdraw {run_id} --reason "…"`.'


def _of_run(folder: Path, is_loaded: bool) -> Iterator[str]:
    run = f"run {run_id_of(folder)}"
    loaded = (
        f" {_KEEP} If it is lost for good, move the run's folder away and {_withdraw(run_id_of(folder))}"
        if is_loaded
        else ""
    )
    if folder.is_symlink() and not folder.is_dir():
        yield (
            f"{run}: {folder} leads to {folder.readlink()}, which is missing. Put the landing's archive in place, or "
            f"restore the run there.{loaded}"
        )
        return
    try:
        if has_only_withdrawal(folder):
            read_withdrawal(folder)
            return
        record = read_run(folder)
        require_place(folder, record)
        for name, wrong in damaged_files(folder, record).items():
            landed = record.files.get(name)
            lost = f", with {counted(landed.lines, _LINES[name])}" if landed else ""
            again = loaded or " If it is lost for good, move the run's folder away and crawl again."
            yield f"{run}: {wrong}{lost}. Restore it from the backup.{again}"
        read_withdrawal(folder)
    except (LandingError, OSError) as error:
        yield f"{run}: {error}{loaded}"


def _current(home: Home, published: list[Path]) -> tuple[Path | None, list[str]]:
    """Return the current vintage, and what is wrong with the links to it."""
    try:
        current = vintages.current_vintage(home.published)
    except StageError as error:
        return None, [f"published: {error}"]
    if published and (current is None or not home.database.exists()):
        return current, [f"published: {home.database} leads to no vintage. Run `jobmarket publish`."]
    return current, []


def _of_vintage(folder: Path, *, is_current: bool) -> list[str]:
    damaged = manifest.damaged_files(folder)
    if not folder.is_dir():  # removed meanwhile, by a publication
        return []
    remedy = (
        "Run `jobmarket publish`, which writes it again if the warehouse still has its marts. Otherwise it publishes "
        "another vintage: then delete this one."
        if is_current
        else "Restore it from the backup, or delete the vintage: its reports cannot be written again then."
    )
    return [
        f"vintage {folder.name}: {folder / name} is missing, cannot be read, or differs from the checksum in "
        f"{manifest.MANIFEST}. {remedy}"
        for name in damaged
    ]


def _of_figures(file: Path) -> list[str]:
    try:
        with opened(":memory:", read_only=False) as connection:
            connection.execute(f"select count(hash(kept)) from read_parquet({quoted(file)}) as kept").fetchall()  # noqa: S608  # quoted
    except duckdb.Error as error:
        if not file.exists():  # removed meanwhile, by a publication
            return []
        return [
            f"published figures: {file} cannot be read: {' '.join(str(error).split())}. Restore it from the backup, or "
            "delete it and run `jobmarket publish`, which writes what the warehouse still has of it."
        ]
    return []
