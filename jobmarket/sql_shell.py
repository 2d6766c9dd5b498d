"""SQL on the published database, from the command line. Read-only; the private warehouse is never opened."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click
import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobmarket.publishing import open_published
from jobmarket.settings import Home
from jobmarket.stages import StageError

_MOST_ROWS = 200
_WIDEST = 4000


def answer(home: Home, query: str, style: str = "table", as_of: datetime | None = None) -> None:
    """Run a query and print its rows as a table, CSV or JSON lines.

    Raises:
        StageError: if nothing is published, or the query is wrong.
    """
    with open_published(home, as_of) as connection:
        _answer(connection, query, style)


def prompt(home: Home, style: str = "table", as_of: datetime | None = None) -> None:
    """Read queries until end of input; a query ends with a semicolon. `.tables` lists what there is.

    On a terminal a wrong query is told and the next one read; piped queries stop at the first that is wrong.

    Raises:
        StageError: if nothing is published, or a piped query is wrong.
    """
    with open_published(home, as_of) as connection:
        if not sys.stdin.isatty():
            for query in duckdb.extract_statements(sys.stdin.read()):
                _answer(connection, query.query, style)
            return
        import readline  # noqa: F401  # line editing and history for input()

        click.echo(f"{home.database}, read-only. End a query with ;  —  .tables lists the tables, .quit leaves.")
        lines: list[str] = []
        while True:
            try:
                line = input("jobmarket> " if not lines else "      ...> ")
            except (EOFError, KeyboardInterrupt):
                return
            if line.strip() in (".quit", ".exit"):
                return
            lines.append("show tables;" if line.strip() == ".tables" else line)
            if lines[-1].rstrip().endswith(";"):
                try:
                    _answer(connection, "\n".join(lines), style)
                except StageError as error:
                    click.echo(error, err=True)
                lines = []


def _answer(connection: duckdb.DuckDBPyConnection, query: str, style: str) -> None:
    try:
        result = connection.sql(query)
        if result is None:
            return
        if style == "csv":
            result.to_df().to_csv(sys.stdout, index=False)
        elif style == "json":
            result.to_df().to_json(sys.stdout, orient="records", lines=True, date_format="iso")
        else:
            print_relation(result)
    except duckdb.Error as error:
        raise StageError(str(error)) from error


def print_relation(relation: duckdb.DuckDBPyRelation) -> None:
    """Print the first rows of a relation as a table."""
    columns, rows = relation.columns, relation.fetchmany(_MOST_ROWS + 1)
    console = Console(highlight=False, width=_WIDEST)  # a wide row runs on; folded cells cannot be read or copied
    table = Table(box=None, header_style="bold")
    for position, name in enumerate(columns):
        is_number = any(isinstance(row[position], (int, float)) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", no_wrap=True)
    for row in rows[:_MOST_ROWS]:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)
    if len(rows) > _MOST_ROWS:
        console.print(f"… the first {_MOST_ROWS} rows; --format csv gives all")


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)
