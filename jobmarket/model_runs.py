"""``ops.model_runs``: how each model, seed and snapshot of a build went, and each test that did not pass."""

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

# Of the last build: what failed first, then what took longest.
LAST_BUILD = """
from ops.model_runs
select node, kind, status, round(seconds, 2) as seconds, n_rows, left(message, 120) as message
where started_at = (select started_at from ops.model_runs order by rowid desc limit 1)
order by status in ('success', 'pass'), seconds desc, node
"""


def note_models(
    connection: duckdb.DuckDBPyConnection, started: datetime, as_of: datetime, results: Collection[dict[str, Any]]
) -> None:
    """Keep how a build's nodes went; rows are counted of tables, for a view would have to be computed.

    Args:
        connection: The warehouse, in a transaction: each row would be one of its own, and wait for the disk.
        started: When the build began.
        as_of: The moment it stands for.
        results: What dbt tells of each node, see :mod:`jobmarket.dbt_process`.
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
    """A line for each node of the last build, as a task's log shows it.

    Raises:
        StageError: if there is no warehouse, or another process holds it.
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
    """Rows of the table that a node made; None where it made a view or nothing."""
    name = ".".join(str(result["relation"] or "").replace('"', "").split(".")[-2:])
    if result["status"] != "success" or name not in tables:
        return None
    counted = connection.execute(f"select count(*) from {name}").fetchone()  # noqa: S608 - a table that is there
    return int(counted[0]) if counted else None
