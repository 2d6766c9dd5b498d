"""The published file as the page reads it: read-only, nothing else within reach, no query for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb
import pandas as pd

from jobmarket.explore import queries
from jobmarket.publishing import open_published
from jobmarket.settings import Home

PATIENCE_S = 60.0


class CannotAnswerError(Exception):
    """A query that was stopped."""


@dataclass(frozen=True)
class Reader:
    """One opened vintage, for all who look at the page."""

    connection: duckdb.DuckDBPyConnection

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of one's own to the same file."""
        cursor = self.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def answer(self, query: str, patience_s: float = PATIENCE_S) -> tuple[pd.DataFrame, bool]:
        """The rows of a query, and whether there were more.

        Raises:
            duckdb.Error: if it is wrong, or asks for what may not be had here.
            CannotAnswerError: if it took too long.
        """
        with self.cursor() as cursor:
            timer = threading.Timer(patience_s, cursor.interrupt)
            timer.start()
            try:
                return queries.answer(cursor, query)
            except duckdb.InterruptException as error:
                raise CannotAnswerError(f"It was stopped after {patience_s:.0f} s: ask for less.") from error
            finally:
                timer.cancel()

    @cached_property
    def about(self) -> dict[str, str]:
        """Table ``about``."""
        with self.cursor() as cursor:
            return dict(cursor.execute("select key, value from about").fetchall())

    @cached_property
    def current_week(self) -> date | None:
        """Monday of the week that ``now`` means: the last finished one; while none is, the last begun."""
        with self.cursor() as cursor:
            found = cursor.execute("select week_start from current_week").fetchone()
            return found[0] if found else None

    @cached_property
    def week_now(self) -> str:
        """What that week is called."""
        with self.cursor() as cursor:
            found = cursor.execute("select is_over from current_week").fetchone()
            return "last finished week" if found == (True,) else "week that is not over"

    @cached_property
    def tables(self) -> list[str]:
        """Names of the published tables."""
        with self.cursor() as cursor:
            return [name for (name,) in cursor.execute("select table_name from duckdb_tables() order by 1").fetchall()]

    def columns(self, table: str) -> list[str]:
        """Columns of a published table."""
        with self.cursor() as cursor:
            return [column[0] for column in cursor.table(table).limit(0).description]


def open_reader(home: Home) -> Reader:
    """Open the current vintage so that a query reaches nothing but it: no other file, no network, no setting.

    Raises:
        StageError: if nothing is published, or the file cannot be opened.
    """
    connection = open_published(home, needs=("current_week", "posting_pay"))
    # In this order: the lock is for whatever comes after it.
    connection.execute("set enable_external_access = false; set lock_configuration = true")
    return Reader(connection)
