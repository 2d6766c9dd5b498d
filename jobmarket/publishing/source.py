"""Reads the tables to publish from schema ``marts`` of the warehouse, and fingerprints them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

import duckdb

from jobmarket.publishing.private_columns import (
    maybe_private,
    refuse_nested_addresses,
    refuse_private_content,
    refuse_private_names,
    without_addresses,
)
from jobmarket.stages import PermanentError

SCHEMA = "marts"
# The postings behind the headline figures, recorded with each publication (jobmarket.publishing.history).
HEADLINE_POSTINGS = "intermediate.int_headline_postings"
# Every vintage must have these. Other marts are published too and need no entry here.
REQUIRED_TABLES = (
    "dim_companies",
    "dim_locations",
    "dim_skills",
    "dim_weeks",
    "fct_counted_pay",
    "fct_earlier_version_salaries",
    "fct_earlier_version_skills",
    "fct_earlier_versions",
    "fct_posting_salaries",
    "fct_posting_skills",
    "fct_posting_weeks",
    "fct_postings",
    "rpt_attribute_salary_premium",
    "rpt_board_coverage_weekly",
    "rpt_salary_grid",
    "rpt_salary_trend_weekly",
    "rpt_seniority_salary",
    "rpt_skill_demand_weekly",
    "rpt_theme_demand_weekly",
    "rpt_time_to_close_quarterly",
)
# Titles rarely exceed 120 characters. A longer one is a text and is cut at this length.
_LONGEST_TITLE = 300
# Rows that are queried together are stored together, so that a query reads few row groups.
_ORDER_OF_REPORTS = ("week_start", "role_family", "country", "measure", "seniority", "workplace", "board", "skill_id")
_ORDER_OF_FACTS = ("week_start", "measure", "posted_at", "posting_key", "skill_id", "salary_no", "country")


@dataclass(frozen=True)
class Column:
    """A column: its name, DuckDB type and description, and whether any of its texts may be private."""

    name: str
    kind: str
    comment: str
    may_be_private: bool = True


@dataclass(frozen=True)
class Table:
    """A table of the published file.

    Attributes:
        name: Its name in the published file.
        comment: Its description, which ends with its grain.
        columns: Its columns in the order of the model.
    """

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def source(self) -> str:
        """Qualified name in the warehouse."""
        return f'{SCHEMA}."{self.name}"'

    @property
    def projection(self) -> str:
        """SQL of the published columns, without occasional mail addresses in texts and with long titles cut."""
        return ", ".join(f'{_published(column)} as "{column.name}"' for column in self.columns)

    @property
    def order(self) -> str:
        """SQL of the physical order: time first, then the columns that queries filter by."""
        names = [column.name for column in self.columns]
        preferred = _ORDER_OF_REPORTS if self.name.startswith("rpt_") else _ORDER_OF_FACTS
        chosen = [name for name in preferred if name in names]
        return ", ".join(f'"{name}"' for name in chosen or names[:1])


def _published(column: Column) -> str:
    quoted = f'"{column.name}"'
    if column.kind != "VARCHAR":
        return quoted
    # Preparing such an expression for every column takes longer than reading a small table.
    shown = without_addresses(quoted) if column.may_be_private else quoted
    return f"left({shown}, {_LONGEST_TITLE})" if column.name == "title" else shown


def marts(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the tables to publish, ordered by name, each with comments on itself and on every column.

    Raises:
        StageError: If a required mart or a comment is missing, a mart is a view, or a column is private.
    """
    tables = _tables(connection)
    if missing := sorted(set(REQUIRED_TABLES) - {table.name for table in tables}):
        raise PermanentError(
            f"Nothing to publish: {SCHEMA} has no {', '.join(missing)}. Run `jobmarket build` to make the marts."
        )
    for table in tables:
        _require_comment(table.comment, table.name)
        for column in table.columns:
            _require_comment(column.comment, f"{table.name}.{column.name}")
        refuse_private_names(table.name, {column.name: column.kind for column in table.columns})
        texts = [column.name for column in table.columns if column.kind == "VARCHAR" and column.may_be_private]
        refuse_private_content(connection, table.source, texts)
        nested = [column.name for column in table.columns if column.kind != "VARCHAR" and "VARCHAR" in column.kind]
        refuse_nested_addresses(connection, table.source, nested)
    return tables


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the tables of the schema, ordered by name. A missing comment is an empty text."""
    named = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name = ? "
        "and database_name = current_database() and not contains(table_name, '__dbt_') order by table_name",
        [SCHEMA],
    ).fetchall()
    # One query for all tables, because each query scans the complete catalog.
    described = connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where schema_name = ? and database_name = current_database() order by table_name, column_index",
        [SCHEMA],
    ).fetchall()
    columns: dict[str, list[Column]] = {name: [] for name, _ in named}
    for table, name, kind, comment in described:
        if table in columns:
            columns[table].append(Column(name, kind, (comment or "").strip()))
    tables = [Table(name, (comment or "").strip(), tuple(columns[name])) for name, comment in named]
    return _with_private_marked(connection, tables)


def _with_private_marked(connection: duckdb.DuckDBPyConnection, tables: list[Table]) -> list[Table]:
    """Return the tables with ``may_be_private`` set from their contents."""
    texts = {table.source: [column.name for column in table.columns if column.kind == "VARCHAR"] for table in tables}
    suspicious = maybe_private(connection, texts)
    return [
        replace(
            table,
            columns=tuple(
                replace(column, may_be_private=(table.source, column.name) in suspicious) for column in table.columns
            ),
        )
        for table in tables
    ]


def _require_comment(comment: str, what: str) -> None:
    if not comment:
        raise PermanentError(
            f"Not published: no comment on {SCHEMA}.{what}. Describe it in the model's .yml "
            "(persist_docs copies the description into the database), then run `jobmarket build`."
        )


def marts_checksum(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of the marts. Gate marts records it, and publication requires the same one."""
    tables = _tables(connection)
    return checked_checksum(connection, tables, published_checksums(connection, tables))


def checked_checksum(connection: duckdb.DuckDBPyConnection, tables: list[Table], published: dict[str, str]) -> str:
    """Return the fingerprint of all marts as published, and of the postings recorded with a publication.

    Args:
        connection: The warehouse.
        tables: The marts.
        published: Table name → checksum of its published values.
    """
    kept = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = current_database() "
        "and schema_name || '.' || table_name = ? order by column_index",
        [HEADLINE_POSTINGS],
    ).fetchall()
    if not kept:
        return fingerprint(tables, published)
    columns = tuple(Column(name, kind, "") for name, kind in kept)
    recorded = {HEADLINE_POSTINGS: checksum(connection, HEADLINE_POSTINGS, columns)}
    return fingerprint([*tables, Table(HEADLINE_POSTINGS, "", columns)], published | recorded)


def published_checksums(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], *, exact: bool = False
) -> dict[str, str]:
    """Return the checksum of each table's published values by name, read from the warehouse."""
    return {
        table.name: checksum(connection, f"(select {table.projection} from {table.source})", table.columns, exact=exact)
        for table in tables
    }


def exact_checksums(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], published: dict[str, str]
) -> dict[str, str]:
    """Return the checksum of each table's published values to the last digit, by name.

    Args:
        connection: The warehouse.
        tables: The marts.
        published: Their checksums from :func:`published_checksums`. They are reused for tables without floating-point
            values, which include the largest ones.
    """
    floating = [table for table in tables if any(_floats(column) for column in table.columns)]
    return published | published_checksums(connection, floating, exact=True)


def _floats(column: Column) -> bool:
    return column.kind in ("DOUBLE", "FLOAT")


def fingerprint(tables: list[Table], checksums: dict[str, str]) -> str:
    """Return 16 hex digits that identify tables: their names, columns, types, comments and values.

    Args:
        tables: The tables.
        checksums: Table name → checksum of its values.
    """
    described = [
        [table.name, table.comment, [(column.name, column.kind, column.comment) for column in table.columns]]
        for table in tables
    ]
    return hashlib.sha256(json.dumps([described, checksums], sort_keys=True).encode()).hexdigest()[:16]


def checksum(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: tuple[Column, ...], *, exact: bool = False
) -> str:
    """Return a checksum of a table's values, independent of row order: ``<rows>-<sum of the rows' hashes>``.

    Floating-point values count with 10 significant digits, because parallel sums differ in further ones. For a copy,
    ``exact`` compares all digits, which also takes a tenth of the time of formatting them. The checksum is the same
    for the same content and the same release of DuckDB.
    """
    # -0.0 equals 0.0, but is formatted differently: 0 is added, which makes it 0.0.
    values = ", ".join(
        f"format('{{:.9e}}', \"{column.name}\" + 0)" if _floats(column) and not exact else f'"{column.name}"'
        for column in columns
    )
    rows, total = connection.execute(
        f"select count(*), coalesce(sum(hash({values})::hugeint), 0) from {relation}"
    ).fetchone() or (0, 0)
    return f"{rows}-{int(total) % 2**64:016x}"
