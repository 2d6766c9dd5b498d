"""Opens the published file for the page: read-only, without access to anything else, and with a time limit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from jobmarket.explore import queries
from jobmarket.publishing import open_vintage, vintage_of, warnings

PATIENCE_S = 60.0


class CannotAnswerError(Exception):
    """A query was stopped because it took too long."""


@dataclass(frozen=True)
class Reader:
    """One opened vintage, shared by all sessions of the page."""

    connection: duckdb.DuckDBPyConnection

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a separate connection to the same file."""
        cursor = self.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def answer(self, query: str, patience_s: float = PATIENCE_S) -> tuple[pd.DataFrame, bool]:
        """Run a query, and return its first rows and whether there are more.

        Raises:
            duckdb.Error: If the query is wrong, or tries to access anything but the published file.
            CannotAnswerError: If it takes longer than ``patience_s`` seconds.
        """
        with self.cursor() as cursor:
            timer = threading.Timer(patience_s, cursor.interrupt)
            timer.start()
            try:
                return queries.answer(cursor, query)
            except duckdb.InterruptException as error:
                raise CannotAnswerError(
                    f"The query was stopped after {patience_s:.0f} s. Restrict it to fewer rows."
                ) from error
            finally:
                timer.cancel()

    @cached_property
    def vintage(self) -> Path:
        """The vintage's folder."""
        with self.cursor() as cursor:
            return vintage_of(cursor)

    @cached_property
    def menus(self) -> tuple[list[str], list[str], list[str], dict[str, str]]:
        """Role families, countries, levels, and skills as id → name."""
        with self.cursor() as cursor:
            return queries.families(cursor), queries.countries(cursor), queries.levels(cursor), queries.skills(cursor)

    @cached_property
    def about(self) -> dict[str, str]:
        """The rows of table ``about``."""
        with self.cursor() as cursor:
            return dict(cursor.execute("select key, value from about").fetchall())

    def warnings(self) -> list[str]:
        """Return what to show before any figures, which may change while the page is open."""
        with self.cursor() as cursor:
            return warnings(cursor)

    @cached_property
    def current_week(self) -> date | None:
        """Monday of the current week: the last finished one, or the last begun while none is finished."""
        with self.cursor() as cursor:
            row = cursor.execute("select week_start from current_week").fetchone()
            return row[0] if row else None

    @cached_property
    def week_now(self) -> str:
        """The current week in words."""
        with self.cursor() as cursor:
            row = cursor.execute("select is_over from current_week").fetchone()
            return "last finished week" if row == (True,) else "unfinished week"

    @cached_property
    def tables(self) -> list[str]:
        """Names of the published tables."""
        with self.cursor() as cursor:
            return [name for (name,) in cursor.execute("select table_name from duckdb_tables() order by 1").fetchall()]


def open_reader(vintage: Path) -> Reader:
    """Open a vintage so that queries can access nothing else: no other file, no network, no setting.

    Raises:
        StageError: If the file cannot be opened, or another version published it.
    """
    return Reader(open_vintage(vintage, alone=True))
