"""Opening the warehouse: one writer, and a clear word if somebody else holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from jobmarket.duckdb_file import quoted
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse.schema import SCHEMA

# How a new file is written: since 1.2 long texts are compressed (zstd), to a ninth of what 1.0 takes. Later versions'
# dictionaries take four times as much for them, and longer. A file of an older version stays what it is.
_FILE_VERSION = "v1.2.0"
# Rows written together: some 130 MB of postings with their texts. Of DuckDB's own 122,880 a load would hold 2 GB, and
# write them twice: as they are into the log, as nothing is compressed before that many are there, and then into the
# file. With fewer, each is compressed once, while the next are read.
_ROWS_WRITTEN_TOGETHER = 8_192

_COLUMNS = """
    select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()
    where database_name = ? and schema_name in ('raw', 'ops') group by all order by all"""
_MAKE_ANEW = (
    "Move it away, with what is called like it: `jobmarket load`, `gate raw` and `build` make it again from the "
    "landing, and what was published before from published_figures/. Withdrawn runs stay withdrawn."
)


@contextmanager
def connect(home: Home, settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse, with its schemas in place.

    Raises:
        StageError: if another process holds the file, it is no warehouse or one of another version, or it does not
            exist and only reading was asked for.
    """
    if read_only:
        must_exist(home)
    home.root.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config={"storage_compatibility_version": _FILE_VERSION})
    try:
        attach(connection, home.warehouse, "warehouse", read_only=read_only)
    except duckdb.IOException as error:
        connection.close()
        if "set lock" not in str(error):
            raise StageError(_unreadable(home, error)) from error
        raise StageError(
            f"{home.warehouse} is held by another process ({_holder(str(error))}). "
            "Wait until it is done, or close that session; analysts read the published file instead."
        ) from error
    try:
        connection.execute("use warehouse")
        connection.execute("set temp_directory = $folder", {"folder": f"{home.warehouse}.tmp"})
        connection.execute(f"set memory_limit = '{settings.memory_limit}'; set threads = {settings.threads}")
        connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
        # A checkpoint goes over whole tables, and would be a quarter of a large load. The last is made at the end.
        connection.execute("set checkpoint_threshold = '1GB'")
        if not read_only:
            connection.execute(SCHEMA)
        _require_columns(connection, home)
        yield connection
    finally:
        connection.close()


def _unreadable(home: Home, error: duckdb.Error) -> str:
    """What is wrong with a file, and what to do if it is the file itself and not who may read it."""
    said = f"{home.warehouse} cannot be opened: {error}"
    if any(word in str(error).lower() for word in ("not a valid duckdb", "corrupt", "version number", "checksum")):
        return f"{said}. {_MAKE_ANEW}"
    return said


def _require_columns(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """See that the tables of a file are those that this version reads and writes.

    Raises:
        StageError: naming the first table that another version made otherwise.
    """
    found = dict(connection.execute(_COLUMNS, ["warehouse"]).fetchall())
    for table, columns in _expected().items():
        if table in found and found[table] != columns:
            lacking = columns[len(found[table]) :]
            if found[table] + lacking == columns:  # as an earlier version made it, and nobody has written since
                raise StageError(
                    f"{home.warehouse} was made by an earlier version: {table} lacks {', '.join(lacking)}. "
                    "Run `jobmarket load` once, which adds what is new."
                )
            differing = ", ".join(sorted(set(columns) ^ set(found[table]))) or "the order of its columns"
            raise StageError(
                f"{home.warehouse} was made by another version: {table} differs in {differing}. {_MAKE_ANEW}"
            )


@cache
def _expected() -> dict[str, list[str]]:
    with duckdb.connect() as nowhere:
        nowhere.execute(SCHEMA)
        return dict(nowhere.execute(_COLUMNS, ["memory"]).fetchall())


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, read_only: bool = False) -> None:
    """Open a file beside what a connection has open, as a warehouse is written; it is made if it is not there."""
    options = ", ".join(["read_only"] * read_only + [f"row_group_size {_ROWS_WRITTEN_TOGETHER}"])
    connection.execute(f"attach {quoted(file)} as {name} ({options})")


def must_exist(home: Home) -> None:
    """Refuse to go on in a folder that nothing was loaded in: its name may be mistyped.

    Raises:
        StageError: if there is no warehouse.
    """
    if not home.warehouse.exists():
        raise StageError(f"There is no warehouse in {home.root} yet. `jobmarket run --home {home.root}` makes one.")


def _holder(message: str) -> str:
    """The part of DuckDB's message that names who holds the lock."""
    start = message.find("PID")
    return message[start:].split(")")[0].rstrip(". ") if start >= 0 else "unknown"
