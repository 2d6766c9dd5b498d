"""``ops.builds``: the moment of each build, and how the build ended.

Marts do not record the moment they were built for. The gate and the publication check it here first, so that marts of
one moment cannot pass for those of another. The last build is the last row (``rowid``), not the latest time, because
a clock may be set back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import duckdb

from jobmarket.stages import PermanentError, SupersededError, as_of_text, without_zone


def begin_build(connection: duckdb.DuckDBPyConnection, started: datetime, as_of: datetime) -> None:
    """Record a build before it changes anything, so that a killed build does not look like the one before it."""
    moments = [without_zone(started), without_zone(as_of)]
    connection.execute("insert into ops.builds values (?, ?, 'begun')", moments)


def end_build(connection: duckdb.DuckDBPyConnection, started: datetime, outcome: Literal["passed", "failed"]) -> None:
    """Record how a build ended."""
    connection.execute("update ops.builds set outcome = ? where started_at = ?", [outcome, without_zone(started)])


def moment_of_last_build(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the moment of the last build, however it ended, UTC; None if there is no record of a build."""
    last = _last_build(connection)
    return last[0].replace(tzinfo=UTC) if last else None


def unfinished_build(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Say that the last build did not complete; None if it did, or if there is no record of a build."""
    last = _last_build(connection)
    if last is None or last[1] == "passed":
        return None
    how = "failed: run" if last[1] == "failed" else "has not finished: if none is running, run"
    return f"The last build, as of {as_of_text(last[0])}, {how} `jobmarket build`"


def require_build(connection: duckdb.DuckDBPyConnection, as_of: datetime, refused: str) -> None:
    """Check that the last build completed, for a given moment, and that no run was withdrawn since.

    Args:
        connection: The warehouse.
        as_of: The moment the marts must stand for, UTC.
        refused: How the error message begins, for example ``Not published``.

    Raises:
        SupersededError: If the last build stands for a later moment.
        PermanentError: If the last build failed, did not finish or stands for an earlier moment, or if a run was
            withdrawn after it began. The message names the moments or the run, and what to do.
    """
    last = _last_build(connection)
    wanted = as_of_text(as_of)
    if last is None:
        raise PermanentError(
            f"{refused}: this warehouse has no record of a build, so the moment of its marts is unknown. "
            f"Run `jobmarket build --as-of {wanted}`."
        )
    built, outcome = as_of_text(last[0]), last[1]
    if outcome != "passed":
        how = "failed" if outcome == "failed" else "did not finish"
        raise PermanentError(
            f"{refused}: the last build, as of {built}, {how}, so some marts may be older than others. "
            f"Run `jobmarket build --as-of {wanted}` to build them all."
        )
    if built != wanted:
        error = SupersededError if built > wanted else PermanentError
        raise error(
            f"{refused}: the marts stand for {built}, not for {wanted}. Run `jobmarket build --as-of {wanted}`, or "
            f"use the existing marts: run `jobmarket gate marts` and `publish` with --as-of {built}."
        )
    withdrawn = connection.execute(
        "select run_id from ops.withdrawn_runs where withdrawn_at > ? order by withdrawn_at desc limit 1", [last[2]]
    ).fetchone()
    if withdrawn:
        raise PermanentError(
            f"{refused}: run {withdrawn[0]} was withdrawn after the last build, so the marts may contain it. "
            f"Run `jobmarket gate raw`, then `jobmarket build --as-of {wanted}`."
        )


def _last_build(connection: duckdb.DuckDBPyConnection) -> tuple[Any, ...] | None:
    """Return moment, outcome and start of the last build."""
    is_recorded = connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'ops' "
        "and table_name = 'builds'"
    ).fetchone()
    if not is_recorded:
        return None
    return connection.execute(
        "select as_of, outcome, started_at from ops.builds order by rowid desc limit 1"
    ).fetchone()
