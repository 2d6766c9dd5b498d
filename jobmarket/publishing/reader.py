"""How everybody after publication reads: the published file, read-only."""

from __future__ import annotations

from pathlib import Path

import duckdb

from jobmarket.publishing.database import DATABASE
from jobmarket.publishing.vintages import current_vintage
from jobmarket.settings import Home
from jobmarket.stages import StageError


def open_published(home: Home) -> duckdb.DuckDBPyConnection:
    """Open the current vintage, read-only. It stays the same vintage as long as the connection is open.

    Raises:
        StageError: if nothing is published yet, or the file cannot be opened.
    """
    vintage = current_vintage(home.published)
    if vintage is None:
        raise StageError(f"Nothing is published in {home.published} yet. `jobmarket run --home {home.root}` does it.")
    # The resolved path: DuckDB shares an open database by its path, and `current` may lead elsewhere meanwhile.
    return open_vintage(vintage)


def open_vintage(vintage: Path) -> duckdb.DuckDBPyConnection:
    """Open one vintage, read-only.

    Raises:
        StageError: if the file is not there or cannot be opened.
    """
    file = vintage / DATABASE
    try:
        connection = duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        raise StageError(
            f"{file} cannot be opened: {error}. If another session opened it for writing, close that session "
            "(`duckdb -readonly`); if it is damaged, `jobmarket publish` writes it anew."
        ) from error
    connection.execute("set timezone = 'UTC'")
    return connection
