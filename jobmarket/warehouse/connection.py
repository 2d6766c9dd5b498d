"""Opens the warehouse, with a clear message if another process has locked it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shlex import quote

import duckdb

from jobmarket.duckdb_file import is_held, opened, quoted
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError
from jobmarket.under_way import under_way
from jobmarket.warehouse.schema import SCHEMA

# Of a new file. Since 1.2, long texts are compressed with zstd, to a ninth of their size in 1.0. Later
# versions use dictionaries, which take four times the space and longer. Existing files keep their version.
_OF_NEW_FILES = "set storage_compatibility_version = 'v1.2.0'"
# Rows per row group: about 130 MB of postings with their texts. With DuckDB's default of 122,880, a load would need
# 2 GB of memory and write its rows twice: uncompressed into the log until a row group is full, and then into the file.
# With smaller row groups, each is compressed once while the next is read.
_ROWS_WRITTEN_TOGETHER = 8_192

# In DuckDB's errors about a file that is damaged, cut off, of another version or none of its own.
_OF_THE_FILE = ("not a valid duckdb", "corrupt", "version number", "checksum", "not read enough bytes")
_HOW_TO_REBUILD = (
    "Move it away, with its .wal and .tmp if they exist. `jobmarket load`, `gate raw` and `build` rebuild it from the "
    "landing and published_figures/. Withdrawn runs stay withdrawn."
)


class HeldError(StageError):
    """Another process has locked the warehouse.

    Attributes:
        process: That process, as ``PID 4711``.
    """

    def __init__(self, message: str, process: str = "PID unknown") -> None:
        super().__init__(message)
        self.process = process


@contextmanager
def connect(home: Home, settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse, with its schemas in place.

    Raises:
        HeldError: If another process has locked the file.
        StageError: If it is not a warehouse or is of another version, or does not exist and ``read_only`` is true.
    """
    if read_only:
        must_exist(home)
    home.root.mkdir(parents=True, exist_ok=True)
    connection = opened(":memory:", read_only=False, settings=settings, options=_OF_NEW_FILES)
    try:
        attach(connection, home.warehouse, "warehouse", read_only=read_only)
    except duckdb.IOException as error:
        connection.close()
        if not is_held(error):
            raise _unreadable(home, error) from error
        process = _holder(str(error))
        raise HeldError(
            f"{home.warehouse} is locked by another process ({process}). "
            "Wait until it is done, or close that session. For analysis, use the published file.",
            process,
        ) from error
    try:
        connection.execute("use warehouse")
        connection.execute(f"set temp_directory = {quoted(f'{home.warehouse}.tmp')}")
        # A checkpoint goes over complete tables and would take a quarter of a large load. One at the end is enough.
        connection.execute("set checkpoint_threshold = '1GB'")
        if not read_only:
            connection.execute(SCHEMA)
        _require_columns(connection, home)
        yield connection
    finally:
        connection.close()


def _unreadable(home: Home, error: duckdb.Error) -> StageError:
    """Return what is wrong with a file, and how to rebuild it if the file itself is wrong and not its permissions."""
    problem = f"{home.warehouse} cannot be opened: {error}"
    if any(words in str(error).lower() for words in _OF_THE_FILE):
        return PermanentError(f"{problem}. {_HOW_TO_REBUILD}")
    return StageError(problem)


def _require_columns(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Check that the file's tables have the columns that this version reads and writes.

    Raises:
        StageError: If a table differs. The message names the first one.
    """
    existing = _columns(connection, "warehouse")
    for table, columns in _expected().items():
        if table in existing and existing[table] != columns:
            differing = ", ".join(sorted(set(columns) ^ set(existing[table]))) or "the order of its columns"
            raise PermanentError(
                f"{home.warehouse} was made by another version: {table} differs in {differing}. {_HOW_TO_REBUILD}"
            )


@cache
def _expected() -> dict[str, list[str]]:
    with opened(":memory:", read_only=False) as nowhere:
        nowhere.execute(SCHEMA)
        return _columns(nowhere, "memory")


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of each table. Without a parameter, for the first of which DuckDB would import pandas."""
    tables = connection.execute(
        f"""select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = {quoted(database)} and schema_name in ('raw', 'ops') group by all order by all"""
    )
    return dict(tables.fetchall())


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, read_only: bool = False) -> None:
    """Attach a file to a connection with the warehouse's storage options, creating it if it does not exist."""
    options = ", ".join(["read_only"] * read_only + [f"row_group_size {_ROWS_WRITTEN_TOGETHER}"])
    connection.execute(f"attach {quoted(file)} as {name} ({options})")


def must_exist(home: Home) -> None:
    """Check that the home has a warehouse: without one, its name may be mistyped.

    Raises:
        StageError: If there is no warehouse.
    """
    if home.warehouse.exists():
        return
    absent = f"There is no warehouse in {home.root} yet."
    if work := under_way(home):
        raise StageError(f"{absent} {work}")
    raise PermanentError(f"{absent} `jobmarket run --home {quote(str(home.root))}` makes one.")


def _holder(message: str) -> str:
    """Return the part of DuckDB's message that names the process with the lock."""
    start = message.find("PID")
    return message[start:].split(")")[0].rstrip(". ") if start >= 0 else "PID unknown"
