"""Writes and verifies the published DuckDB file and the Parquet files beside it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from jobmarket.duckdb_file import quoted
from jobmarket.publishing.private_columns import without_addresses
from jobmarket.publishing.questions import create_questions
from jobmarket.publishing.source import Column, Table, checksum
from jobmarket.stages import PermanentError, Progress, StageError

DATABASE = "jobmarket.duckdb"
PARQUET = "parquet"

ABOUT = Table(
    "about",
    "Facts about this vintage: the origin of its postings, its moment, its size and its versions. One row per key.",
    (
        Column(
            "key",
            "VARCHAR",
            "Name of the fact: vintage_id, as_of, origin, sample_world, coverage_ratio … n_postings counts all "
            "postings ever seen, copies included; n_postings_open counts the openings of every role family that are "
            "open at as_of (view open_postings), n_postings_open_ml those of the market (open_ml_postings). In "
            "coverage_ratio each company counts once; in tables of the market companies are weighted by postings. "
            "min_postings, min_companies and max_company_share are the floors of all tables. Below "
            "min_coverage_ratio a week is a coverage break. A crawled company is expected for expected_for_weeks.",
        ),
        Column("value", "VARCHAR", "The fact as text. Times are ISO 8601 in UTC, shares are between 0 and 1."),
    ),
)
GATE_RESULTS = Table(
    "gate_results",
    "Results of the gates that this vintage passed: the latest checks of the loaded data and of the marts. "
    "One row per gate, suite, expectation and column.",
    (
        Column("gate", "VARCHAR", "`raw` (checks loaded data) or `marts` (checks data before publication)."),
        Column("as_of", "TIMESTAMP", "Moment that the checked data describe, UTC."),
        Column("suite", "VARCHAR", "Name of the suite of checks."),
        Column("table_name", "VARCHAR", "Table that was checked."),
        Column("column_name", "VARCHAR", "Column that was checked; null if the check is about the table."),
        Column("expectation", "VARCHAR", "Name of the check; docs/gates.md describes it."),
        Column("severity", "VARCHAR", "`critical` (closes the gate) or `warning` (goes into the report)."),
        Column("success", "BOOLEAN", "Whether the data passed the check."),
        Column("observed", "VARCHAR", "Observation: the number of failing rows, or the measured figure."),
        Column("unexpected_count", "BIGINT", "Number of rows that failed; null if the check does not count rows."),
        Column("reason", "VARCHAR", "What must be true, and why and when its bound was chosen."),
    ),
)

# Positions of postings and skills in their sort order. The largest tables have a row for both, and sorting by these two
# numbers takes two thirds of the time that dates, keys and names take.
_PLACES = """
create or replace temp table posting_places as
    select posting_key as posting, (row_number() over (order by posted_at, posting_key))::integer as posting_place
    from marts.fct_postings;
create or replace temp table skill_places as
    select skill_id as skill, (row_number() over (order by skill_id))::integer as skill_place from marts.dim_skills
"""


def write_database(
    warehouse: duckdb.DuckDBPyConnection,
    folder: Path,
    tables: list[Table],
    facts: dict[str, str],
    as_of: datetime,
    progress: Progress,
) -> None:
    """Write ``jobmarket.duckdb``, with its views and macros, and ``parquet/`` into a folder that nobody reads yet.

    Args:
        warehouse: The warehouse, read-only.
        folder: An existing, empty folder.
        tables: All marts.
        facts: Rows of ``about``.
        as_of: The published moment, UTC without time zone. Later gate results are left out.
        progress: Updated after each table.
    """
    file = folder / DATABASE
    (folder / PARQUET).mkdir()
    warehouse.execute(f"attach {quoted(file)} as vintage (read_write)")
    try:
        # One transaction: committing each comment separately takes longer than the tables.
        warehouse.execute("begin")
        warehouse.execute(_PLACES)
        for number, table in enumerate(tables, start=1):
            _copy(warehouse, table)
            progress.update("publish", table.name, number, len(tables))
        _create(warehouse, ABOUT)
        warehouse.executemany("insert into vintage.about values (?, ?)", list(facts.items()))
        _create(warehouse, GATE_RESULTS)
        _copy_gate_results(warehouse, as_of)
        for table in (*tables, ABOUT, GATE_RESULTS):
            _comment(warehouse, table)
        warehouse.execute("commit")
        for table in (*tables, ABOUT, GATE_RESULTS):
            target = quoted(folder / PARQUET / f"{table.name}.parquet")
            warehouse.execute(
                f'copy (from vintage."{table.name}") to {target} (format parquet, compression zstd, '
                f"kv_metadata {{vintage_id: '{facts['vintage_id']}'}})"
            )
        warehouse.execute("use vintage")
        create_questions(warehouse)
        warehouse.execute("checkpoint vintage")
    except BaseException:
        with suppress(duckdb.Error):  # the transaction may already have ended
            warehouse.execute("rollback")
        raise
    finally:
        warehouse.execute("use warehouse")
        warehouse.execute("detach vintage")


def _copy(warehouse: duckdb.DuckDBPyConnection, table: Table) -> None:
    _create(warehouse, table)
    order = table.order
    relation = f"{table.source} as copied"
    names = {column.name for column in table.columns}
    if table.name.startswith("fct_") and "posting_key" in names and "posted_at" not in names:
        # Skills and pay are stored in the order of their postings, so that a period is read from few row groups.
        relation += " left join posting_places on posting_places.posting = copied.posting_key"
        order = order.replace('"posting_key"', "posting_place")
        if "skill_id" in names:
            relation += " left join skill_places on skill_places.skill = copied.skill_id"
            order = order.replace('"skill_id"', "skill_place")
    warehouse.execute(f'insert into vintage."{table.name}" select {table.projection} from {relation} order by {order}')


def _create(warehouse: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f'"{column.name}" {column.kind}' for column in table.columns)
    warehouse.execute(f'create table vintage."{table.name}" ({columns})')


def _comment(warehouse: duckdb.DuckDBPyConnection, table: Table) -> None:
    of_columns = (
        f'comment on column vintage."{table.name}"."{column.name}" is {quoted(column.comment)}'
        for column in table.columns
    )
    # together, which takes two thirds of the time that one by one takes
    warehouse.execute("; ".join((f'comment on table vintage."{table.name}" is {quoted(table.comment)}', *of_columns)))


def _copy_gate_results(warehouse: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """Copy the latest check of each gate, without the samples of values that failed."""
    columns = ", ".join(
        without_addresses(f"results.{column.name}") if column.name == "observed" else f"results.{column.name}"
        for column in GATE_RESULTS.columns
    )
    warehouse.execute(
        f"""insert into vintage.gate_results
        with latest as (
            select gate, batch_id, as_of from ops.gates where as_of <= ?
            qualify row_number() over (partition by gate order by rowid desc) = 1)
        select distinct {columns} from ops.gate_results as results
        join latest using (gate, batch_id, as_of)
        order by all""",
        [as_of],
    )


def verify_database(
    warehouse: duckdb.DuckDBPyConnection, folder: Path, tables: list[Table], checksums: dict[str, str]
) -> dict[str, int]:
    """Open the written files again, and check that they are complete.

    Args:
        warehouse: The warehouse, whose memory limit holds for both then.
        folder: The vintage's folder.
        tables: The marts.
        checksums: Table name → checksum of the exact values in the warehouse.

    Returns:
        The number of rows by table, including ``about`` and ``gate_results``.

    Raises:
        StageError: If a table or Parquet file differs from the warehouse, Parquet lacks the type of a column, or a
            comment is missing.
    """
    rows: dict[str, int] = {}
    warehouse.execute(f"attach {quoted(folder / DATABASE)} as vintage (read_only)")
    try:
        for table in (*tables, ABOUT, GATE_RESULTS):
            written = checksum(warehouse, f'vintage."{table.name}"', table.columns, exact=True)
            parquet = quoted(folder / PARQUET / f"{table.name}.parquet")
            if written != checksums.get(table.name, written):
                raise StageError(
                    f"Not published: the copy of {table.name} is incomplete. Nothing was changed; try again."
                )
            if written != checksum(warehouse, parquet, table.columns, exact=True):
                _require_parquet_types(warehouse, table, parquet)
                raise StageError(f"Not published: {table.name}.parquet differs from its table. Try again.")
            rows[table.name] = int(written.split("-")[0])
        silent = warehouse.execute(
            """select table_name, column_name from (
                select database_name, table_name, column_name, comment from duckdb_columns()
                union all
                select database_name, table_name, null, comment from duckdb_tables())
            where database_name = 'vintage' and coalesce(comment, '') = ''"""
        ).fetchall()
    finally:
        warehouse.execute("detach vintage")
    if silent:
        raise PermanentError(f"Not published: no comment on {silent[0]}, {len(silent)} in all.")
    return rows


def _require_parquet_types(connection: duckdb.DuckDBPyConnection, table: Table, parquet: str) -> None:
    """Check that a table's Parquet file has the types of its columns.

    Raises:
        PermanentError: If it has others, because Parquet lacks a type.
    """
    held = {name: kind for name, kind, *_ in connection.execute(f"describe from {parquet}").fetchall()}
    changed = [
        f"{column.name} is {column.kind}, in the Parquet file {held[column.name]}"
        for column in table.columns
        if held[column.name] != column.kind
    ]
    if changed:
        raise PermanentError(
            f"Not published: Parquet lacks types of marts.{table.name} ({'; '.join(changed)}). Cast them in the model "
            "(a sum of whole numbers is HUGEINT: `cast(sum(…) as bigint)`), then run `jobmarket build` and "
            "`jobmarket gate marts`."
        )
