"""``ops.builds``: which moment each build stood for, and whether it came to its end.

Marts do not say which moment they were built for. Who judges or publishes them asks here first: else those of one
moment could pass for those of another. The last build is the one noted last (``rowid``), whatever the clock said: a
clock may be put back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import duckdb

from jobmarket.stages import StageError, as_of_text, without_zone


def begin_build(connection: duckdb.DuckDBPyConnection, started: datetime, as_of: datetime) -> None:
    """Note a build before it changes anything: one that is killed is not taken for the one before it."""
    moments = [without_zone(started), without_zone(as_of)]
    connection.execute("insert into ops.builds values (?, ?, 'begun')", moments)


def end_build(connection: duckdb.DuckDBPyConnection, started: datetime, outcome: Literal["passed", "failed"]) -> None:
    """Note how a build ended."""
    connection.execute("update ops.builds set outcome = ? where started_at = ?", [outcome, without_zone(started)])


def require_build(connection: duckdb.DuckDBPyConnection, as_of: datetime, refused: str) -> None:
    """See that the marts are of a build that stood for a moment and came to its end.

    Args:
        connection: The warehouse.
        as_of: The moment that is asked for, UTC.
        refused: What is not done otherwise: ``Not published``.

    Raises:
        StageError: naming both moments and what to do.
    """
    last = None
    if connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'ops' "
        "and table_name = 'builds'"
    ).fetchone():
        last = connection.execute("select as_of, outcome from ops.builds order by rowid desc limit 1").fetchone()
    wanted = as_of_text(as_of)
    if last is None:
        raise StageError(
            f"{refused}: no build is noted in this warehouse, so nobody knows which moment its marts stand for. "
            f"`jobmarket build --as-of {wanted}` makes and notes them."
        )
    built, outcome = as_of_text(last[0]), last[1]
    if outcome != "passed":
        how = "failed" if outcome == "failed" else "did not come to its end"
        raise StageError(
            f"{refused}: the last build, as of {built}, {how}: some marts may be older than others. "
            f"`jobmarket build --as-of {wanted}` makes them all."
        )
    if built != wanted:
        raise StageError(
            f"{refused}: the marts stand for {built}, not for {wanted}. `jobmarket build --as-of {wanted}` makes those "
            f"of that moment; `jobmarket gate marts` and `publish` with --as-of {built} take those that are there."
        )
