"""Opens DuckDB files, tells whether one is locked, runs transactions on them, and quotes texts for their SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb


def opened(file: Path | str, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Open a file in UTC, without the progress bar that DuckDB would draw into logs during queries of over two seconds.

    Raises:
        duckdb.Error: If the file does not exist, is not a DuckDB file, or is being written.
    """
    connection = duckdb.connect(str(file), read_only=read_only)
    connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
    return connection


def is_held(error: duckdb.Error) -> bool:
    """Return whether a file could not be opened because another process holds its lock."""
    return "Could not set lock" in str(error)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the block in one transaction: all of it is kept, or nothing."""
    connection.execute("begin")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        with suppress(duckdb.TransactionException):  # a failed commit has already rolled back
            connection.execute("rollback")
        raise


def quoted(text: object) -> str:
    """Return a text as an SQL literal, for statements that take no parameters."""
    doubled = str(text).replace("'", "''")
    return f"'{doubled}'"
