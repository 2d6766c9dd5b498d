"""Opens DuckDB, tells whether a file is locked, runs transactions, and quotes texts for SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from jobmarket.settings import Settings


def opened(
    file: Path | str, *, read_only: bool = True, settings: Settings | None = None, options: str = ""
) -> duckdb.DuckDBPyConnection:
    """Open a file in UTC, without the progress bar that DuckDB would draw into logs during queries of over two seconds.

    Args:
        file: The file, or ``:memory:``.
        read_only: Whether it refuses changes.
        settings: Memory limit and threads; by default the installation's.
        options: Further statements that set options. The last may lock them.

    Raises:
        duckdb.Error: If the file does not exist, is not a DuckDB file, or is being written.
    """
    connection = duckdb.connect(str(file), read_only=read_only)
    # Connections of a process to one file share their options. Where these are locked, they were set here before.
    if connection.execute("select current_setting('lock_configuration')").fetchone() != (True,):
        given = settings or Settings()
        # global, because cursors would otherwise be in the machine's time zone
        connection.execute("set global timezone = 'UTC'; set enable_progress_bar = false")
        connection.execute(f"set memory_limit = '{given.memory_limit}'; set threads = {given.threads}; {options}")
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
