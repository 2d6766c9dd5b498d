"""``ops.model_runs``: the outcome of each model, seed and snapshot of a build, and of each test that did not pass."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import duckdb

from jobmarket.counted import counted
from jobmarket.settings import Home, Settings
from jobmarket.stages import without_zone
from jobmarket.warehouse import connect

_MADE = {"model", "seed", "snapshot"}
_PASSED = {"pass", "success"}

# The nodes of the last build: failures first, then the slowest.
LAST_BUILD = """
from ops.model_runs
select node, kind, status, round(seconds, 2) as seconds, n_rows, left(message, 120) as message
where started_at = (select started_at from ops.model_runs order by rowid desc limit 1)
order by status in ('success', 'pass'), seconds desc, node
"""


def note_models(
    connection: duckdb.DuckDBPyConnection, started: datetime, as_of: datetime, results: Collection[dict[str, Any]]
) -> None:
    """Record the outcome of a build's nodes. Rows are counted for tables only: a view would have to be computed.

    Args:
        connection: The warehouse, in a transaction; otherwise each row would be committed to disk separately.
        started: When the build began.
        as_of: The moment it stands for.
        results: dbt's result for each node, see :mod:`jobmarket.dbt_process`.
    """
    moments = [without_zone(started), without_zone(as_of)]
    tables = _tables(connection)
    rows = [
        [*moments, result["id"].split(".")[-1] if result["kind"] in _MADE else result["id"], result["kind"],
         result["status"], result["seconds"], _count(connection, tables, result), result["message"]]
        for result in results
        if result["kind"] in _MADE or result["status"] not in _PASSED
    ]  # fmt: skip
    if rows:
        connection.executemany("insert into ops.model_runs values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def last_build(home: Home, settings: Settings) -> list[str]:
    """Return a line for each node of the last build, for a task's log.

    Raises:
        StageError: If there is no warehouse, or another process has locked it.
    """
    with connect(home, settings, read_only=True) as connection:
        rows = connection.execute(LAST_BUILD).fetchall()
    return [
        f"{kind} {node}: {status}, {seconds} s"
        + ("" if n_rows is None else f", {counted(n_rows, 'row')}")
        + (f": {message}" if status not in _PASSED and message else "")
        for node, kind, status, seconds, n_rows, message in rows
    ]


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    listed = "select schema_name || '.' || table_name from duckdb_tables()"
    return {name for (name,) in connection.execute(listed).fetchall()}


def _count(connection: duckdb.DuckDBPyConnection, tables: set[str], result: dict[str, Any]) -> int | None:
    """Return the number of rows of the table that a node made; None if it made a view or nothing."""
    name = ".".join(str(result["relation"] or "").replace('"', "").split(".")[-2:])
    if result["status"] != "success" or name not in tables:
        return None
    row = connection.execute(f"select count(*) from {name}").fetchone()  # noqa: S608 - a name from the catalog
    return int(row[0]) if row else None
