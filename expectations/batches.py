"""Reading batches: which rows a gate looks at, and each batch as a lean DataFrame.

Great Expectations is given DataFrames, not the database: the warehouse is closed before anything is judged,
so a gate does not hold the one writer's lock while it thinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    """The database that analysts read now: how many postings it has, and as of when (UTC, no zone)."""

    n_postings: int
    as_of: datetime


@dataclass(frozen=True)
class ReadBatch:
    """A batch of a suite with its rows, or why they could not be read.

    Attributes:
        suite: The suite.
        batch: Its batch.
        rows: Each kind of row once: the columns that are checked, how many are alike, and where they are from.
        problem: Why there are none.
    """

    suite: TableSuite
    batch: Batch
    rows: pd.DataFrame
    problem: str | None = None

    @cached_property
    def n_rows(self) -> int:
        """How many rows the batch has."""
        return int(self.rows[N_ALIKE].sum())

    @cached_property
    def all_rows(self) -> pd.DataFrame:
        """Every row of the batch, each kind as often as it is there."""
        return self.rows.loc[self.rows.index.repeat(self.rows[N_ALIKE])].reset_index(drop=True)


def read_published(path: Path) -> Published | None:
    """What the published database holds; null when there is none yet.

    Raises:
        duckdb.Error: if there is a file that is no such database.
    """
    if not path.exists():
        return None
    with opened(path) as connection:
        found = connection.execute(
            "select (select count(*) from fct_postings), (select value from about where key = 'as_of')"
        ).fetchone()
    if found is None or found[1] is None:
        raise duckdb.CatalogException(f"{path} does not say as of when it is")
    return Published(int(found[0]), without_zone(datetime.fromisoformat(str(found[1]))))


def offer_published(connection: duckdb.DuckDBPyConnection, published: Published | None) -> None:
    """Make the published figures readable to the suites as ``published_now``: one row, or none."""
    connection.execute("create or replace temp table published_now (n_postings BIGINT, as_of TIMESTAMP)")
    if published:
        connection.execute("insert into published_now values (?, ?)", [published.n_postings, published.as_of])


def read_batches(
    connection: duckdb.DuckDBPyConnection, suites: tuple[TableSuite, ...], as_of: datetime
) -> Iterator[ReadBatch]:
    """Read every batch of the suites. A table or column that is not there is a problem of its batch alone."""
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


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("begin")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
