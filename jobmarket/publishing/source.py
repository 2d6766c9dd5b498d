"""What there is to publish: the tables of schema ``marts`` as the warehouse holds them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import duckdb

from jobmarket.publishing.private_columns import (
    maybe_private,
    refuse_private_content,
    refuse_private_names,
    title_without_contacts,
    without_addresses,
)
from jobmarket.stages import StageError

SCHEMA = "marts"
# The postings that the headline figures are made of: noted with a publication (jobmarket.publishing.history).
HEADLINE_POSTINGS = "intermediate.int_headline_postings"
# Every vintage has these; a mart that is added later is published without a word here.
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
# Rows that are asked for together lie together, so that a query reads few row groups.
_ORDER_OF_REPORTS = ("week_start", "role_family", "country", "measure", "seniority", "workplace", "board", "skill_id")
_ORDER_OF_FACTS = ("posted_at", "posting_key", "skill_id", "salary_no", "country")


@dataclass(frozen=True)
class Column:
    """One column: its name, its DuckDB type, what it means, and whether any of its texts may be private."""

    name: str
    kind: str
    comment: str
    may_be_private: bool = True


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
        """SQL of the published values: the columns, with the odd mail address or phone number taken out of texts."""
        return ", ".join(f'{_published(column)} as "{column.name}"' for column in self.columns)

    @property
    def order(self) -> str:
        """SQL of the physical order: time first, then what queries filter by, then everything that is left."""
        names = [column.name for column in self.columns]
        preferred = _ORDER_OF_REPORTS if self.name.startswith("rpt_") else _ORDER_OF_FACTS
        chosen = [name for name in preferred if name in names]
        return ", ".join(f'"{name}"' for name in chosen or names[:1])


def _published(column: Column) -> str:
    quoted = f'"{column.name}"'
    if column.kind != "VARCHAR":
        return quoted
    if column.name == "title":
        return title_without_contacts(quoted)
    # Expressions that find none take longer to prepare, one for each column, than a small table takes to read.
    return without_addresses(quoted) if column.may_be_private else quoted


def marts(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables to publish, by name, each with a comment on itself and on every column.

    Raises:
        StageError: if a mart, a comment or a column's comment is missing, a mart is a view, or a column is private.
    """
    tables = _tables(connection)
    if missing := sorted(set(REQUIRED_TABLES) - {table.name for table in tables}):
        raise StageError(
            f"Nothing to publish: {SCHEMA} has no {', '.join(missing)}. `jobmarket build` makes the marts."
        )
    for table in tables:
        _require_comment(table.comment, table.name)
        for column in table.columns:
            _require_comment(column.comment, f"{table.name}.{column.name}")
        refuse_private_names(table.name, {column.name: column.kind for column in table.columns})
        texts = [column.name for column in table.columns if column.kind == "VARCHAR" and column.may_be_private]
        refuse_private_content(connection, table.source, texts)
    return tables


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables of the schema as they are, by name; a comment that is missing is empty."""
    named = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name = ? "
        "and database_name = current_database() and not contains(table_name, '__dbt_') order by table_name",
        [SCHEMA],
    ).fetchall()
    # one question for all: each walks the whole catalog
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
    return _told_of_private(connection, tables)


def _told_of_private(connection: duckdb.DuckDBPyConnection, tables: list[Table]) -> list[Table]:
    """The same tables, with columns that know whether any value could be private."""
    texts = {table.source: [column.name for column in table.columns if column.kind == "VARCHAR"] for table in tables}
    found = maybe_private(connection, texts)
    return [
        replace(
            table,
            columns=tuple(
                replace(column, may_be_private=(table.source, column.name) in found) for column in table.columns
            ),
        )
        for table in tables
    ]


def _require_comment(comment: str, what: str) -> None:
    if not comment:
        raise StageError(
            f"Not published: {SCHEMA}.{what} has no comment. Describe it in the model's .yml "
            "(persist_docs brings the description into the database), then `jobmarket build`."
        )


def marts_checksum(connection: duckdb.DuckDBPyConnection) -> str:
    """Fingerprint of what is judged: gate marts keeps it, and publication asks for the same."""
    return judged_checksum(connection, published_checksums(connection, _tables(connection)))


def judged_checksum(connection: duckdb.DuckDBPyConnection, published: dict[str, str]) -> str:
    """Fingerprint of all marts as they would be published, and of what is kept of a publication beside them.

    Args:
        connection: The warehouse.
        published: Table name → checksum of its published values.
    """
    kept = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = current_database() "
        "and schema_name || '.' || table_name = ? order by column_index",
        [HEADLINE_POSTINGS],
    ).fetchall()
    columns = tuple(Column(name, kind, "") for name, kind in kept)
    beside = {HEADLINE_POSTINGS: checksum(connection, HEADLINE_POSTINGS, columns)} if columns else {}
    return combined_checksum(published | beside)


def published_checksums(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], *, exact: bool = False
) -> dict[str, str]:
    """Table name → checksum of its published values, read from the warehouse."""
    return {
        table.name: checksum(connection, f"(select {table.projection} from {table.source})", table.columns, exact=exact)
        for table in tables
    }


def exact_checksums(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], published: dict[str, str]
) -> dict[str, str]:
    """Table name → checksum of its published values to the last digit.

    Args:
        connection: The warehouse.
        tables: The marts.
        published: Their checksums by :func:`published_checksums`: where no values float, and the largest tables have
            none, they are the same, and nothing is read again.
    """
    floating = [table for table in tables if any(_floats(column) for column in table.columns)]
    return published | published_checksums(connection, floating, exact=True)


def _floats(column: Column) -> bool:
    return column.kind in ("DOUBLE", "FLOAT")


def combined_checksum(checksums: dict[str, str]) -> str:
    """One fingerprint, 16 hex digits, of several tables' checksums."""
    content = "\n".join(f"{name} {value}" for name, value in sorted(checksums.items()))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def checksum(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: tuple[Column, ...], *, exact: bool = False
) -> str:
    """Fingerprint of a table's content, whatever the order of its rows: ``<rows>-<sum of the rows' hashes>``.

    Floating values count with 10 significant digits: what parallel sums leave behind that is no content. Of a copy all
    digits must be the same: ``exact`` compares them, at a tenth of what it takes to write them out.
    The same for the same content and the same release of DuckDB.
    """
    values = ", ".join(
        f"format('{{:.9e}}', \"{column.name}\")" if _floats(column) and not exact else f'"{column.name}"'
        for column in columns
    )
    rows, total = connection.execute(
        f"select count(*), coalesce(sum(hash({values})::hugeint), 0) from {relation}"  # noqa: S608
    ).fetchone() or (0, 0)
    return f"{rows}-{int(total) % 2**64:016x}"
