"""What there is to publish: the tables of schema ``marts`` as the warehouse holds them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from jobmarket.publishing.private_columns import refuse_private_content, refuse_private_names, without_addresses
from jobmarket.stages import StageError

SCHEMA = "marts"
# Every vintage has these; a mart that is added later is published without a word here.
REQUIRED_TABLES = (
    "dim_companies",
    "dim_locations",
    "dim_skills",
    "fct_posting_salaries",
    "fct_posting_skills",
    "fct_postings",
    "rpt_board_coverage_weekly",
    "rpt_salary_trend_weekly",
    "rpt_skill_demand_weekly",
)
# Rows that are asked for together lie together, so that a query reads few row groups.
_ORDER_OF_REPORTS = ("week_start", "role_family", "country", "measure", "seniority", "board", "skill_id")
_ORDER_OF_FACTS = ("posted_at", "posting_key", "skill_id", "salary_no")


@dataclass(frozen=True)
class Column:
    """One column: its name, its DuckDB type and what it means."""

    name: str
    kind: str
    comment: str


@dataclass(frozen=True)
class Table:
    """One table of the published file.

    Attributes:
        name: Under which analysts find it.
        comment: What it holds; ends with its grain.
        columns: In the order of the model.
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
        """SQL of the published values: the columns, with the odd mail address taken out of texts."""
        return ", ".join(
            f"{without_addresses(quoted)} as {quoted}" if column.kind == "VARCHAR" else quoted
            for column in self.columns
            for quoted in (f'"{column.name}"',)
        )

    @property
    def order(self) -> str:
        """SQL of the physical order: time first, then what queries filter by, then everything that is left."""
        names = [column.name for column in self.columns]
        preferred = _ORDER_OF_REPORTS if self.name.startswith("rpt_") else _ORDER_OF_FACTS
        chosen = [name for name in preferred if name in names]
        return ", ".join(f'"{name}"' for name in chosen or names[:1])


def marts(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables to publish, by name, each with a comment on itself and on every column.

    Raises:
        StageError: if a mart, a comment or a column's comment is missing, a mart is a view, or a column is private.
    """
    found = dict(
        connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = ? "
            "and database_name = current_database() and not contains(table_name, '__dbt_') order by table_name",
            [SCHEMA],
        ).fetchall()
    )
    if missing := [name for name in REQUIRED_TABLES if name not in found]:
        raise StageError(
            f"Nothing to publish: {SCHEMA} has no {', '.join(missing)}. `jobmarket build` makes the marts."
        )
    tables = [Table(name, _said(comment, name), _columns(connection, name)) for name, comment in found.items()]
    for table in tables:
        refuse_private_names(table.name, {column.name: column.kind for column in table.columns})
        texts = [column.name for column in table.columns if column.kind == "VARCHAR"]
        refuse_private_content(connection, table.source, texts)
    return tables


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Column, ...]:
    rows = connection.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where schema_name = ? and table_name = ? and database_name = current_database() order by column_index",
        [SCHEMA, table],
    ).fetchall()
    return tuple(Column(name, kind, _said(comment, f"{table}.{name}")) for name, kind, comment in rows)


def _said(comment: str | None, what: str) -> str:
    if not (comment or "").strip():
        raise StageError(
            f"Not published: {SCHEMA}.{what} has no comment. Describe it in the model's .yml "
            "(persist_docs brings the description into the database), then `jobmarket build`."
        )
    return str(comment).strip()


def checksum(connection: duckdb.DuckDBPyConnection, relation: str, columns: tuple[Column, ...]) -> str:
    """Fingerprint of a table's content, whatever the order of its rows: ``<rows>-<sum of the rows' hashes>``.

    Floating values count with 10 significant digits: what parallel sums leave behind that is no content.
    The same for the same content and the same release of DuckDB.
    """
    values = ", ".join(
        f"format('{{:.9e}}', \"{column.name}\")" if column.kind in ("DOUBLE", "FLOAT") else f'"{column.name}"'
        for column in columns
    )
    rows, total = connection.execute(
        f"select count(*), coalesce(sum(hash({values})::hugeint), 0) from {relation}"  # noqa: S608
    ).fetchone() or (0, 0)
    return f"{rows}-{int(total) % 2**64:016x}"
