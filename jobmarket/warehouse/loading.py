"""Loads the runs of the landing that the warehouse lacks. Damaged runs are reported and left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shlex import quote

import duckdb

from jobmarket.counted import counted
from jobmarket.exchange_rates import load_exchange_rates, newest_file
from jobmarket.landing import (
    LandingError,
    RunRecord,
    damage,
    read_run,
    read_withdrawal,
    run_id_of,
    runs_without_record,
    sealed_runs,
    verify_run,
)
from jobmarket.published_figures import read_figures_back
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult
from jobmarket.under_way import under_way
from jobmarket.warehouse.connection import connect
from jobmarket.warehouse.inserting import LostLinesError, insert_runs, row_counts

# Runs loaded in one transaction: enough for speed and for each thread to have a file to read, few enough to lose little
# in a crash. A larger run is loaded in a separate transaction.
_RUNS_PER_TRANSACTION = 50
_BYTES_PER_TRANSACTION = 250_000_000
# DuckDB's errors for a value or a line that does not fit the columns.
_OF_THE_DATA = (duckdb.DataError, duckdb.InvalidInputException)


def load(
    home: Home, settings: Settings, as_of: datetime | None = None, progress: Progress | None = None
) -> StageResult:
    """Load the sealed runs that are not in the warehouse yet. Loading a run twice changes nothing.

    Damaged runs are left out and named in the result's gaps; the others are loaded. Errors that are not a run's fault
    (no memory, no room on the disk) end the stage, because a gap would look like missing coverage. The published
    figures of earlier vintages are restored into a rebuilt warehouse.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        as_of: Load runs up to this moment, UTC; None loads all.
        progress: Updated after each transaction.

    Raises:
        StageError: If there is no landing, another process has locked the warehouse, or DuckDB fails.
    """
    progress = progress or Silence()
    require_landing(home)
    gaps: list[str] = []
    loaded = 0
    with connect(home, settings) as connection:
        # Otherwise the last rows of each run would form a separate row group, which the checkpoint merges by rewriting.
        # A run's rows stay together and in order anyway, because one thread reads a compressed file.
        connection.execute("set preserve_insertion_order = false")
        before = row_counts(connection)
        pending = _pending(connection, home, as_of, gaps)
        done = 0
        for batch in _batches(pending):
            loaded += _load_batch(connection, batch, gaps)
            done += len(batch)
            progress.update("load", f"{done} of {len(pending)} runs", done, len(pending))
        _load_rates(connection, home.exchange_rates, gaps)
        put_back, damaged = read_figures_back(connection, home)
        after = row_counts(connection)
    added = {name: after[name] - before[name] for name in after}
    summary = (
        f"{counted(added['crawl_runs'], 'company crawl')}, {counted(added['posting_versions'], 'posting version')}, "
        f"{counted(added['sightings'], 'sighting')} added"
        if loaded
        else "nothing new in the landing"
    )
    details = (
        (f"restored the published figures of {counted(len(put_back), 'vintage')}: {', '.join(put_back)}",)
        if put_back
        else ()
    )
    return StageResult("load", summary, details, (*gaps, *damaged), counts={"runs": loaded, **added})


def require_landing(home: Home) -> None:
    """Check that the home has a landing: nothing was ever crawled, or the landing's disk is not mounted.

    Raises:
        StageError: If it has none.
    """
    if not home.landing.is_dir():
        advice = under_way(home) or (
            f"`jobmarket crawl --home {quote(str(home.root))}` creates one. "
            "If postings were collected before, this is the wrong folder."
        )
        raise StageError(f"There is no landing in {home.root}. {advice}")


def known_runs(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the runs that the warehouse contains, or that were withdrawn from it."""
    known = "select distinct run_id from raw.crawl_runs union select run_id from ops.withdrawn_runs"
    return {run_id for (run_id,) in connection.execute(known).fetchall()}


def _load_rates(connection: duckdb.DuckDBPyConnection, fetched: Path, gaps: list[str]) -> None:
    """Add the new days of exchange rates. A damaged file of fetched rates is added to the gaps."""
    try:
        load_exchange_rates(connection, newest_file(fetched))
    except StageError as error:
        gaps.append(f"{error}. The bundled rates are used instead. `jobmarket rates` fetches the file again.")
        load_exchange_rates(connection)


def _pending(
    connection: duckdb.DuckDBPyConnection, home: Home, as_of: datetime | None, gaps: list[str]
) -> list[tuple[Path, RunRecord]]:
    """Return the landed runs that are not loaded yet. Damaged runs are added to the gaps."""
    done = known_runs(connection)
    pending: list[tuple[Path, RunRecord]] = []
    for folder in [*all_sealed(home), *runs_without_record(home)]:
        if run_id_of(folder) in done:
            continue
        try:
            record = read_run(folder)
            if as_of is None or record.as_of <= as_of:
                verify_run(folder, record)
                read_withdrawal(folder)
                pending.append((folder, record))
        except LandingError as error:
            gaps.append(_gap(folder, str(error)))
    return pending


def _batches(pending: list[tuple[Path, RunRecord]]) -> Iterator[list[tuple[Path, RunRecord]]]:
    """Group the runs into transactions."""
    batch: list[tuple[Path, RunRecord]] = []
    size = 0
    for folder, record in pending:
        of_run = sum(file.bytes for file in record.files.values())
        if batch and (len(batch) == _RUNS_PER_TRANSACTION or size + of_run > _BYTES_PER_TRANSACTION):
            yield batch
            batch, size = [], 0
        batch.append((folder, record))
        size += of_run
    if batch:
        yield batch


def all_sealed(home: Home) -> list[Path]:
    """Return the landing's sealed runs.

    Raises:
        StageError: If a part of the landing is missing.
    """
    try:
        return list(sealed_runs(home))
    except LandingError as error:
        raise StageError(str(error)) from error


def _load_batch(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]], gaps: list[str]) -> int:
    """Load some runs, and return the number loaded. If a run cannot be read, the others are loaded one by one.

    Raises:
        StageError: For any error other than unreadable values.
    """
    try:
        insert_runs(connection, batch)
    except _OF_THE_DATA as error:
        if len(batch) == 1:
            wrong = damage(*batch[0]) or f"it cannot be loaded: {error}. Restore it, or move the run's folder away."
            gaps.append(_gap(batch[0][0], wrong))
            return 0
        return sum(_load_batch(connection, [one], gaps) for one in batch)
    except LostLinesError as error:
        return _load_others(connection, batch, error.damaged, gaps)
    except duckdb.Error as error:
        # DuckDB raises the same error for a file that is not gzip as for a failing disk.
        if damaged := {folder: why for folder, record in batch if (why := damage(folder, record)) is not None}:
            return _load_others(connection, batch, damaged, gaps)
        raise StageError(
            f"Not loaded, from {batch[0][0]} on: {error}. The runs are intact: is there enough memory, and room on the "
            "disk of the warehouse? Earlier runs are loaded; `jobmarket load` continues with the rest."
        ) from error
    return len(batch)


def _load_others(
    connection: duckdb.DuckDBPyConnection,
    batch: list[tuple[Path, RunRecord]],
    damaged: dict[Path, str],
    gaps: list[str],
) -> int:
    """Add the damaged runs of a batch to the gaps, and load the others."""
    gaps += [_gap(folder, why) for folder, why in damaged.items()]
    intact = [one for one in batch if one[0] not in damaged]
    return _load_batch(connection, intact, gaps) if intact else 0


def _gap(folder: Path, why: str) -> str:
    """Describe a gap, with the run first: the last line of a command lists what precedes the colon of each gap."""
    return f"run {folder.name.removeprefix('run=')}: {' '.join(why.split())}"
