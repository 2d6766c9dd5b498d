"""Opening a DuckDB file that is finished, or is just being finished; texts as its SQL writes them."""

from __future__ import annotations

from pathlib import Path

import duckdb


def opened(file: Path | str, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Open a file, in UTC, and without the progress bar that DuckDB draws into logs where a query takes two seconds.

    Raises:
        duckdb.Error: if there is none, it is no DuckDB file, or somebody writes into it.
    """
    connection = duckdb.connect(str(file), read_only=read_only)
    connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
    return connection


def quoted(text: object) -> str:
    """A text as SQL writes it, between its quotes: for statements that take no parameters."""
    doubled = str(text).replace("'", "''")
    return f"'{doubled}'"
