"""What the landing holds and the warehouse does not goes in, once; a damaged run is named and left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from jobmarket.counted import counted
from jobmarket.exchange_rates import load_exchange_rates, newest_file
from jobmarket.landing import (
    LandingError,
    RunRecord,
    damage,
    read_run,
    read_withdrawal,
    runs_without_record,
    sealed_runs,
    verify_run,
)
from jobmarket.published_figures import read_figures_back
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult
from jobmarket.warehouse.connection import connect
from jobmarket.warehouse.inserting import LostLinesError, insert_runs, row_counts

# Runs loaded in one transaction: large enough for speed and to give each thread a file to read, small enough to keep
# progress on a crash. A larger run is a transaction by itself.
_RUNS_PER_TRANSACTION = 50
_BYTES_PER_TRANSACTION = 250_000_000
# What DuckDB raises at a value or a line that is not what the columns ask for.
_OF_THE_DATA = (duckdb.DataError, duckdb.InvalidInputException)


def load(
    home: Home, settings: Settings, as_of: datetime | None = None, progress: Progress | None = None
) -> StageResult:
    """Load every sealed run, up to a moment, that is not in the warehouse yet. Loading a run twice changes nothing.

    A run that is damaged is left out and named in the result's gaps; the others go on. What is no run's fault (no
    memory, no room on the disk) ends the stage: a gap would be taken for what was not seen. What earlier vintages told
    is read back into a warehouse that was made again.

    Raises:
        StageError: if there is no landing, another process holds the warehouse, or DuckDB cannot work.
    """
    progress = progress or Silence()
    if not home.landing.is_dir():  # a home that was never crawled into, or one whose landing's disk is not there
        raise StageError(
            f"There is no landing in {home.root}. `jobmarket crawl --home {home.root}` makes one; "
            "if postings were collected before, their folder is another one."
        )
    gaps: list[str] = []
    loaded = 0
    with connect(home, settings) as connection:
        # Else the end of each run is a group of rows by itself, which the checkpoint writes anew with those beside it.
        # A run's rows stay in order and together as it is: a packed file is read by one thread.
        connection.execute("set preserve_insertion_order = false")
        before = row_counts(connection)
        pending = _pending(connection, home, as_of, gaps)
        done = 0
        for batch in _batches(pending):
            loaded += _load_batch(connection, batch, gaps)
            done += len(batch)
            progress.update("load", f"{done} of {len(pending)} runs", done, len(pending))
        load_exchange_rates(connection, newest_file(home.exchange_rates))
        put_back, damaged = read_figures_back(connection, home)
        after = row_counts(connection)
    added = {name: after[name] - before[name] for name in after}
    summary = (
        f"{counted(added['crawl_runs'], 'company crawl')}, {counted(added['posting_versions'], 'posting version')}, "
        f"{counted(added['sightings'], 'sighting')} added"
        if loaded
        else "nothing new in the landing"
    )
    details = (f"read back what {counted(len(put_back), 'vintage')} told: {', '.join(put_back)}",) if put_back else ()
    return StageResult("load", summary, details, (*gaps, *damaged), counts={"runs": loaded, **added})


def _pending(
    connection: duckdb.DuckDBPyConnection, home: Home, as_of: datetime | None, gaps: list[str]
) -> list[tuple[Path, RunRecord]]:
    """The landed runs that are still to be loaded; those that are damaged go to the gaps."""
    known = "select distinct run_id from raw.crawl_runs union select run_id from ops.withdrawn_runs"
    done = {run_id for (run_id,) in connection.execute(known).fetchall()}
    pending: list[tuple[Path, RunRecord]] = []
    for folder in [*all_sealed(home), *runs_without_record(home)]:
        if folder.name.removeprefix("run=") in done:
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
    """Runs to load in one transaction each."""
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
    """The landing's sealed runs, to stages that tell of what is not there.

    Raises:
        StageError: if a part of it is not there.
    """
    try:
        return list(sealed_runs(home))
    except LandingError as error:
        raise StageError(str(error)) from error


def _load_batch(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]], gaps: list[str]) -> int:
    """Load some runs; if one of them cannot be read, the others one by one. Number of runs loaded.

    Raises:
        StageError: for anything but values that cannot be read.
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
        # DuckDB tells a file that is no gzip as it tells a disk that fails.
        if damaged := {folder: said for folder, record in batch if (said := damage(folder, record)) is not None}:
            return _load_others(connection, batch, damaged, gaps)
        raise StageError(
            f"Not loaded, from {batch[0][0]} on: {error}. The runs' checksums are right: is there memory, and room on "
            "the disk of the warehouse? What was loaded before stays; `jobmarket load` goes on with the rest."
        ) from error
    return len(batch)


def _load_others(
    connection: duckdb.DuckDBPyConnection,
    batch: list[tuple[Path, RunRecord]],
    damaged: dict[Path, str],
    gaps: list[str],
) -> int:
    """Name the damaged runs of a batch, and load the others."""
    gaps += [_gap(folder, said) for folder, said in damaged.items()]
    whole = [one for one in batch if one[0] not in damaged]
    return _load_batch(connection, whole, gaps) if whole else 0


def _gap(folder: Path, said: str) -> str:
    """What is missing of a run, which stands first: the last line of a command lists what its gaps are about."""
    return f"run {folder.name.removeprefix('run=')}: {' '.join(said.split())}"
