"""Read the rows that a gate checks, each batch as a narrow DataFrame.

Great Expectations receives DataFrames, not the database. The warehouse is closed before the checks run, so that a gate
does not block other writers meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from expectations.suite import N_ALIKE, Batch, TableSuite
from jobmarket.duckdb_file import opened
from jobmarket.stages import without_zone


@dataclass(frozen=True)
class Published:
    """The published database: its number of postings and its as_of (UTC, without time zone)."""

    n_postings: int
    as_of: datetime


@dataclass(frozen=True)
class ReadBatch:
    """A batch of a suite with its rows, or the reason why they could not be read.

    Attributes:
        suite: The suite.
        batch: Its batch.
        rows: Each distinct row once: the checked columns, how many rows are equal, and where they are from.
        problem: Why the rows could not be read.
    """

    suite: TableSuite
    batch: Batch
    rows: pd.DataFrame
    problem: str | None = None

    @cached_property
    def n_rows(self) -> int:
        """Number of rows in the batch."""
        return int(self.rows[N_ALIKE].sum())

    @cached_property
    def all_rows(self) -> pd.DataFrame:
        """All rows of the batch, with repetitions."""
        return self.rows.loc[self.rows.index.repeat(self.rows[N_ALIKE])].reset_index(drop=True)


def read_published(path: Path) -> Published | None:
    """Read the size and as_of of the published database; None if there is none yet.

    Raises:
        duckdb.Error: if the file is not such a database.
    """
    if not path.exists():
        return None
    with opened(path) as connection:
        found = connection.execute(
            "select (select count(*) from fct_postings), (select value from about where key = 'as_of')"
        ).fetchone()
    if found is None or found[1] is None:
        raise duckdb.CatalogException(f"{path} has no as_of in its table about")
    return Published(int(found[0]), without_zone(datetime.fromisoformat(str(found[1]))))


def offer_published(connection: duckdb.DuckDBPyConnection, published: Published | None) -> None:
    """Create ``published_now`` with the published figures for the suites: one row, or none."""
    connection.execute("create or replace temp table published_now (n_postings BIGINT, as_of TIMESTAMP)")
    if published:
        connection.execute("insert into published_now values (?, ?)", [published.n_postings, published.as_of])


def offer_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``numbers_of_marts`` for the suites: how many values of each column of doubles are infinite or NaN.

    One row per column of the schema marts. Great Expectations cannot see a NaN, which pandas treats as null.
    """
    connection.execute("create or replace temp table numbers_of_marts (column_name VARCHAR, n_not_finite BIGINT)")
    columns = connection.execute(
        """select table_name, list(column_name order by column_index) from duckdb_columns()
        where schema_name = 'marts' and database_name = current_database() and data_type = 'DOUBLE'
            and not contains(table_name, '__dbt_')
        group by table_name order by table_name"""
    ).fetchall()
    for table, names in columns:
        counts = ", ".join(f'count_if(not isfinite("{name}"))' for name in names)
        found = connection.execute(f'select {counts} from marts."{table}"').fetchone()  # noqa: S608  # from the catalog
        # one statement per table: one per column would take longer than to count
        connection.execute(
            "insert into numbers_of_marts select unnest(?), unnest(?)", [[f"{table}.{name}" for name in names], found]
        )


def read_batches(
    connection: duckdb.DuckDBPyConnection, suites: tuple[TableSuite, ...], as_of: datetime
) -> Iterator[ReadBatch]:
    """Read every batch of the suites. A missing table or column only affects its batch."""
    for suite in suites:
        for batch in suite.batches:
            given = {"as_of": without_zone(as_of)} if "$as_of" in batch.sql else {}
            try:
                rows = connection.execute(batch.sql, given).df()
            except (duckdb.CatalogException, duckdb.BinderException, duckdb.ConversionException) as error:
                first_line = str(error).strip().splitlines()[0]
                yield ReadBatch(suite, batch, pd.DataFrame(), first_line)
            else:
                yield ReadBatch(suite, batch, rows)
