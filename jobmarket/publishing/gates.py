"""Checks before a publication that exactly these marts, and every run behind them, have passed the gates."""

from __future__ import annotations

from datetime import datetime

import duckdb

from jobmarket.counted import counted
from jobmarket.stages import GateClosedError, PermanentError, StageError, as_of_text

_RUNS_NAMED = 3


def require_open_gate(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> str | None:
    """Check that gate marts is open for marts of this moment.

    Args:
        connection: The warehouse, read-only.
        as_of: The moment to publish, UTC without time zone.

    Returns:
        The fingerprint of the marts that the gate checked; None if it was not recorded.

    Raises:
        StageError: If the marts were not checked as of this moment.
        GateClosedError: If the gate is closed.
    """
    last = None
    if {"gates", "gate_results"} <= _tables_of_ops(connection):
        # The last check is the last row, not the latest time, because a clock may be set back.
        result = connection.execute("from ops.gates where gate = 'marts' order by rowid desc limit 1")
        names = [column[0] for column in result.description or ()]
        row = result.fetchone()
        last = None if row is None else dict(zip(names, row, strict=True))
    if last is None:
        raise PermanentError("Not published: the marts were never checked. Run `jobmarket gate marts`.")
    if last["outcome"] != "open":
        raise GateClosedError(f"Not published: gate 'marts' is closed: {last['line']}")
    if as_of_text(last["as_of"]) != as_of_text(as_of):
        raise PermanentError(
            f"Not published: the marts were last checked as of {as_of_text(last['as_of'])}, not {as_of_text(as_of)}. "
            "Run `jobmarket build` and `jobmarket gate marts` with the same --as-of first."
        )
    checksum: str | None = last["marts_checksum"]
    return checksum


def require_gated_content(gated: str | None, current: str) -> None:
    """Check that the marts are those that the gate checked.

    Args:
        gated: The fingerprint that the gate recorded.
        current: The fingerprint of the current marts.

    Raises:
        StageError: If the marts were rebuilt since, completely or in part.
    """
    if gated is None:
        raise PermanentError(
            "Not published: the last check of the marts did not record which marts it checked. "
            "Run `jobmarket gate marts` with the same --as-of again."
        )
    if gated != current:  # a build under way may be about to be checked, so this passes
        raise StageError(
            f"Not published: the marts (fingerprint {current}) are not those that passed the gate ({gated}): they were "
            "rebuilt since, perhaps in part. Run `jobmarket build` and `jobmarket gate marts` with the same --as-of "
            "first."
        )


def require_gated_runs(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """Check that every run behind the marts passed gate raw. Withdrawn runs are not in the warehouse.

    Raises:
        StageError: If a run did not pass. The message names such runs.
    """
    gated = (
        "select run_id from ops.gated_runs" if "gated_runs" in _tables_of_ops(connection) else "select null as run_id"
    )
    runs = [
        run_id
        for (run_id,) in connection.execute(
            "select distinct run_id from raw.crawl_runs where as_of <= ? "
            f"and run_id not in (select run_id from ({gated}) where run_id is not null) order by run_id",
            [as_of],
        ).fetchall()
    ]
    if runs:
        named = ", ".join(runs[:_RUNS_NAMED]) + (", …" if len(runs) > _RUNS_NAMED else "")
        not_passed = "has not passed" if len(runs) == 1 else "have not passed"
        raise StageError(
            f"Not published: {counted(len(runs), 'run')} up to {as_of_text(as_of)} {not_passed} gate raw ({named}). "
            "Run `jobmarket gate raw`, and withdraw a run that cannot be fixed "
            "(`jobmarket load --withdraw RUN_ID --reason …`). Then build and check the marts again."
        )


def _tables_of_ops(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'ops' and database_name = current_database()"
    ).fetchall()
    return {name for (name,) in rows}
