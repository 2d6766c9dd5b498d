"""Keeps an installation small: compacts the warehouse and removes old vintages."""

from __future__ import annotations

from pathlib import Path

import duckdb

from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.publishing import vintages
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult
from jobmarket.warehouse import attach, connect

# Copying costs as much as reading everything once, so it is done only when it frees a quarter of the file.
_WORTH_IT = 0.25


def compact_warehouse(home: Home, settings: Settings) -> StageResult:
    """Rewrite the warehouse without the space of deleted rows, if enough of it is free.

    Each build replaces its tables, and DuckDB does not return their space to the disk. The file is locked meanwhile and
    replaced in one step, so a killed process leaves it unchanged.

    Returns:
        A result whose counts have ``bytes_before`` and ``bytes_after``.

    Raises:
        StageError: If another process has locked the warehouse, or the copy differs from the original.
    """
    if not home.warehouse.exists():
        return StageResult(
            "compact-warehouse", f"no warehouse in {home.root} yet", counts={"bytes_before": 0, "bytes_after": 0}
        )
    fresh = home.warehouse.with_name(f".{home.warehouse.name}.compacting")
    before = home.warehouse.stat().st_size
    with connect(home, settings) as connection:
        fresh.unlink(missing_ok=True)
        connection.execute("checkpoint")
        free = _free_share(connection)
        if free >= _WORTH_IT:
            try:
                _copy(connection, fresh)
                flush(fresh)
                fresh.replace(home.warehouse)
                flush(home.root)
            except (duckdb.Error, OSError) as error:
                raise StageError(f"Not compacted, {home.warehouse} is unchanged: {error}. Is the disk full?") from error
            finally:
                fresh.unlink(missing_ok=True)
                fresh.with_name(f"{fresh.name}.wal").unlink(missing_ok=True)
    after = home.warehouse.stat().st_size
    state = f"{before / 2**20:,.0f} MiB, {free:.0%} of it free"
    summary = f"{state}: now {after / 2**20:,.0f} MiB" if free >= _WORTH_IT else f"{state}: not worth compacting"
    return StageResult("compact-warehouse", summary, counts={"bytes_before": before, "bytes_after": after})


def _free_share(connection: duckdb.DuckDBPyConnection) -> float:
    total, free = connection.execute(
        "select total_blocks, free_blocks from pragma_database_size() where database_name = current_database()"
    ).fetchall()[0]
    return float(free / total) if total else 0.0


def _copy(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Copy every schema, table, view and comment, and compare the rows of each table."""
    (name,) = connection.execute("select current_database()").fetchall()[0]
    attach(connection, target, "compacted")
    try:
        connection.execute(f'copy from database "{name}" to compacted')
        if lost := {*_rows(connection, name)} ^ {*_rows(connection, "compacted")}:
            raise StageError(f"Not compacted: the copy differs in {sorted(lost)[0][0]}. The warehouse is unchanged.")
    finally:
        connection.execute("detach compacted")


def _rows(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, int]]:
    """Return each table of a database with its number of rows, and each view with 1."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ? order by all", [database]
    ).fetchall()
    views = connection.execute(
        "select schema_name || '.' || view_name, 1 from duckdb_views() where database_name = ? and not internal",
        [database],
    ).fetchall()
    sizes = []
    for schema, table in tables:
        (row,) = connection.execute(f'select count(*) from "{database}"."{schema}"."{table}"').fetchall()  # noqa: S608 - names from the catalog
        sizes.append((f"{schema}.{table}", int(row[0])))
    return [*sizes, *views]


def prune_vintages(home: Home, settings: Settings) -> StageResult:
    """Remove old vintages, except the newest, the current one, and those behind the reports of the last weeks.

    Returns:
        A result whose counts have ``removed`` and ``kept``.

    Raises:
        StageError: If another process is publishing.
    """
    if not home.published.is_dir():
        return StageResult(
            "prune-vintages", f"nothing is published in {home.root} yet", counts={"removed": 0, "kept": 0}
        )
    with vintages.only_publisher(home.published):
        pruned = vintages.prune(home.published, settings.vintages_kept, vintages.reported(home.published, home.reports))
        kept = len(vintages.kept_vintages(home.published))
    return StageResult(
        "prune-vintages",
        f"{counted(len(pruned.removed), 'old vintage')} removed, {kept} kept",
        details=tuple(f"removed old vintage {name}" for name in pruned.removed),
        gaps=pruned.left,
        counts={"removed": len(pruned.removed), "kept": kept},
    )
