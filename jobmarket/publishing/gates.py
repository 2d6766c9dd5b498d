"""What must have passed the gates before it is published: these very marts, and every run that they may be made of."""

from __future__ import annotations

from datetime import datetime

import duckdb

from jobmarket.counted import counted
from jobmarket.stages import GateClosedError, StageError, as_of_text

_RUNS_NAMED = 3


def require_open_gate(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> str | None:
    """See that gate marts let marts of this moment through.

    Args:
        connection: The warehouse, read-only.
        as_of: The moment to publish, UTC without time zone.

    Returns:
        Fingerprint of the marts that the gate judged; null where it was not kept yet.

    Raises:
        StageError: if the marts were not checked as of this moment.
        GateClosedError: if the gate closed on them.
    """
    last = None
    if {"gates", "gate_results"} <= _tables_of_ops(connection):
        # Each check is noted behind those before it; a clock may have been put back since.
        found = connection.execute("from ops.gates where gate = 'marts' order by rowid desc limit 1")
        names = [column[0] for column in found.description or ()]
        row = found.fetchone()
        last = None if row is None else dict(zip(names, row, strict=True))
    if last is None:
        raise StageError("Not published: the marts were never checked. `jobmarket gate marts` checks them.")
    if last["outcome"] != "open":
        raise GateClosedError(f"Not published: gate 'marts' is closed: {last['line']}")
    if as_of_text(last["as_of"]) != as_of_text(as_of):
        raise StageError(
            f"Not published: the marts were last checked as of {as_of_text(last['as_of'])}, not {as_of_text(as_of)}. "
            "`jobmarket build` and `jobmarket gate marts` with the same --as-of come first."
        )
    # A warehouse from before the fingerprint was kept has no such column.
    return last.get("marts_checksum")


def require_gated_content(gated: str | None, found: str) -> None:
    """See that the marts are those that the gate judged.

    Args:
        gated: Fingerprint that the gate kept.
        found: Fingerprint of the marts as they are.

    Raises:
        StageError: if the marts were built again since, or partly.
    """
    if gated is None:
        raise StageError(
            "Not published: the last check of the marts did not keep which marts it judged. "
            "`jobmarket gate marts` with the same --as-of checks them again."
        )
    if gated != found:
        raise StageError(
            f"Not published: the marts (fingerprint {found}) are not those that the gate let through ({gated}): they "
            "were built again since, perhaps in part. `jobmarket build` and `jobmarket gate marts` with the same "
            "--as-of come first."
        )


def require_gated_runs(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """See that every run that the marts may be made of passed gate raw; a withdrawn run is not in the warehouse.

    Raises:
        StageError: naming the runs that did not.
    """
    gated = (
        "select run_id from ops.gated_runs" if "gated_runs" in _tables_of_ops(connection) else "select null as run_id"
    )
    runs = [
        run_id
        for (run_id,) in connection.execute(
            "select distinct run_id from raw.crawl_runs where as_of <= ? "
            f"and run_id not in (select run_id from ({gated}) where run_id is not null) order by run_id",  # noqa: S608
            [as_of],
        ).fetchall()
    ]
    if runs:
        named = ", ".join(runs[:_RUNS_NAMED]) + (", …" if len(runs) > _RUNS_NAMED else "")
        not_passed = "has not passed" if len(runs) == 1 else "have not passed"
        raise StageError(
            f"Not published: {counted(len(runs), 'run')} up to {as_of_text(as_of)} {not_passed} gate raw ({named}). "
            "`jobmarket gate raw` judges them; a run that cannot be mended is withdrawn "
            "(`jobmarket load --withdraw RUN_ID --reason …`). Then build and check the marts again."
        )


def _tables_of_ops(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'ops' and database_name = current_database()"
    ).fetchall()
    return {name for (name,) in found}
