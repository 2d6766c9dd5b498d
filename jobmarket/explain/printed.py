"""Output and checks that all explanations share."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
import duckdb

from jobmarket.foreign_text import harmless
from jobmarket.sql_shell import print_relation
from jobmarket.stages import WrongUsageError


def show(
    published: duckdb.DuckDBPyConnection,
    title: str,
    query: str,
    values: list[Any] | dict[str, Any],
    **layout: Any,
) -> None:
    """Print a title and the first rows of a query, with a layout of :func:`jobmarket.sql_shell.print_relation`."""
    click.echo(f"\n{title}")
    print_relation(published.sql(query, params=values), **layout)


def in_words(value: object) -> str:
    """Return a published value as text: a list by its items, a place by its known parts."""
    if isinstance(value, dict):
        return ", ".join(in_words(part) for part in value.values() if part is not None)
    if isinstance(value, list):
        # places contain commas
        separator = "; " if any(isinstance(item, dict) for item in value) else ", "
        return separator.join(in_words(item) for item in value if item is not None)
    return harmless(value)


def require_week(published: duckdb.DuckDBPyConnection, table: str, week: date) -> None:
    """Refuse a week outside the range of a weekly table.

    Raises:
        StageError: If it is outside. The message names the range.
    """
    first, last = published.execute(f"select min(week_start), max(week_start) from {table}").fetchone() or (None, None)  # noqa: S608  # only constants
    if first is None or not first <= week <= last:
        raise WrongUsageError(f"The published database has no week of {week}: its weeks run from {first} to {last}.")
