"""SQL on the published database from the command line. The private warehouse is never opened.

Queries are read-only and can access nothing but the published file: no other file, no network. To export rows, redirect
``--format csv`` or ``json`` into a file. For `copy … to`, open the published file with DuckDB itself.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import datetime
from itertools import accumulate
from math import isfinite
from typing import Any

import click
import duckdb
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobmarket.foreign_text import harmless
from jobmarket.publishing import open_vintage, published_vintage, warnings
from jobmarket.row_text import write_rows
from jobmarket.settings import Home
from jobmarket.stages import StageError

_COMMANDS = "End each query with a semicolon. .tables lists the tables, .quit leaves."
_MOST_ROWS = 200
_REST = "`jobmarket sql --format csv` prints all rows of a query"
_WIDEST = 4000
_NARROWEST = 80
# Spaces beside a cell.
_PADDING = 2
# Columns of floats within these limits have a fixed number of decimals. Larger values are shown without decimals.
_SMALL, _LARGE = 0.001, 1000


def answer(home: Home, query: str, style: str = "table", as_of: datetime | None = None) -> None:
    """Run one or more queries, and print the rows of each as a table, CSV or JSON lines.

    Raises:
        StageError: If nothing is published, or a query fails.
    """
    with _opened(home, as_of) as connection:
        _answer_each(connection, query, style)


def prompt(home: Home, style: str = "table", as_of: datetime | None = None) -> None:
    """Read and run queries until the end of input. A query ends with a semicolon; `.tables` lists the tables.

    On a terminal, the prompt goes on after an error. Piped queries stop at the first error.

    Raises:
        StageError: If nothing is published, or a piped query fails.
    """
    with _opened(home, as_of) as connection:
        if not sys.stdin.isatty():
            _answer_each(connection, sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape"), style)
            return
        import readline  # noqa: F401  # line editing and history for input()

        (file,) = connection.sql(
            "select path from duckdb_databases() where database_name = current_database()"
        ).fetchall()[0]
        click.echo(f"{file}, read-only. {_COMMANDS}")
        lines: list[str] = []
        while True:
            try:
                line = input("jobmarket> " if not lines else "      ...> ")
            except EOFError:
                return
            except KeyboardInterrupt:
                if not lines:
                    return
                click.echo()
                lines = []  # drops the query, not the prompt
                continue
            if line.strip() in (".quit", ".exit") or (not lines and line.strip().rstrip(";") in ("quit", "exit")):
                return
            if not lines and not line.strip():
                continue
            if not lines and line.startswith(".") and line.strip() != ".tables":
                click.echo(_COMMANDS)  # .help, or a command of another shell
                continue
            lines.append("show tables;" if line.strip() == ".tables" else line)
            if lines[-1].rstrip().endswith(";"):
                try:
                    _answer_each(connection, "\n".join(lines), style)
                except StageError as error:
                    click.echo(error, err=True)
                lines = []


def _opened(home: Home, as_of: datetime | None) -> duckdb.DuckDBPyConnection:
    connection = open_vintage(published_vintage(home, as_of), alone=True, any_version=True)
    for notice in warnings(connection):
        click.echo(notice, err=True)  # not on standard output, which programs read
    return connection


def _answer_each(connection: duckdb.DuckDBPyConnection, queries: str, style: str) -> None:
    """Print the answers one after another, separated by blank lines."""
    try:
        queries.encode()
    except UnicodeEncodeError as error:
        line = queries.count("\n", 0, error.start) + 1
        raise StageError(f"Line {line} of the query is not UTF-8. Type or save it in UTF-8.") from None
    n_answers = 0
    try:
        for statement in duckdb.extract_statements(queries):
            result = connection.sql(statement.query)
            if result is None:
                continue
            if n_answers:
                click.echo()
            n_answers += 1
            _print(result, style)
    except duckdb.PermissionException as error:
        raise StageError(
            f"{error}\n`jobmarket sql` reads only the published file. To export rows, redirect --format csv or json "
            "into a file. Parquet files are beside the database, and `duckdb -readonly` can copy."
        ) from error
    except duckdb.Error as error:
        raise StageError(f"{error}{_hint(error)}") from error
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # how DuckDB reports Ctrl-C
            connection.interrupt()  # its threads are still running, and closing would wait for them
            raise StageError("The query was interrupted.") from error
        raise


def _hint(error: duckdb.Error) -> str:
    """Say what to do, where DuckDB's message does not."""
    if "attached in read-only mode" in str(error):
        return "\nThe published file is read-only. `create temp table` keeps rows until you leave the prompt."
    if isinstance(error, duckdb.OutOfMemoryException):
        return (
            "\nQueries use no disk here. Restrict the query, raise JOBMARKET_MEMORY_LIMIT if the machine has more "
            "memory, or run it with `duckdb -readonly`, which can use the disk."
        )
    if isinstance(error, duckdb.CatalogException):
        return "\n`show tables` lists the tables and views; docs/analysts.md lists the macros."
    return ""


def _print(result: duckdb.DuckDBPyRelation, style: str) -> None:
    if style == "table":
        print_relation(result)
    else:
        write_rows(result, style, sys.stdout)


def print_relation(
    relation: duckdb.DuckDBPyRelation,
    *,
    fits: bool = False,
    cuts: bool = False,
    most: int = _MOST_ROWS,
    rest: str = _REST,
) -> None:
    """Print the first rows of a relation as a table.

    Args:
        relation: The rows.
        fits: Fold texts so that the table is no wider than the terminal. Otherwise rows stay on one line, as folded
            cells are hard to read or copy.
        cuts: Leave out the last columns that do not fit the terminal, and name them.
        most: How many rows to print.
        rest: How to get the others, if there are more.
    """
    columns, rows = relation.columns, relation.fetchmany(most + 1)
    width = max(Console().width, _NARROWEST) if fits and sys.stdout.isatty() else _WIDEST
    console = Console(highlight=False, width=width)
    table = Table(box=None, header_style="bold")
    shown = rows[:most]
    decimals = [_decimals([row[position] for row in shown]) for position in range(len(columns))]
    cells = [[_cell(value, places) for value, places in zip(row, decimals, strict=True)] for row in shown]
    n_fitting = _fitting(columns, cells) if cuts and sys.stdout.isatty() else len(columns)
    for position, name in enumerate(columns[:n_fitting]):
        values = [row[position] for row in shown]
        is_number = any(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
        is_text = fits and any(isinstance(value, str) for value in values)
        table.add_column(
            Text(harmless(name)), justify="right" if is_number else "left", no_wrap=not is_text, overflow="fold"
        )
    for texts in cells:
        table.add_row(*map(Text, texts[:n_fitting]))
    console.print(table)
    if left_out := columns[n_fitting:]:
        click.echo(f"… and, in a wider terminal or in a file: {', '.join(left_out)}")
    if len(rows) > most:
        console.print(f"… only the first {most} rows; {rest}")


def _fitting(columns: list[str], cells: list[list[str]]) -> int:
    """Return how many of the first columns fit the terminal, at least one."""
    widths = [max(map(cell_len, texts)) + _PADDING for texts in zip(columns, *cells, strict=True)]
    most = max(Console().width, _NARROWEST)
    return max(1, sum(total <= most for total in accumulate(widths)))


def _decimals(values: Collection[Any]) -> int | None:
    """Return the number of decimals for the floats of a column; None if they are very large or very small."""
    floats = [value for value in values if isinstance(value, float) and isfinite(value)]
    largest = max(map(abs, floats), default=0.0)
    if largest >= _LARGE or 0 < largest < _SMALL:
        return None
    most = 4 if largest < 10 else 2
    return next((places for places in range(most) if all(round(value, places) == value for value in floats)), most)


def _cell(value: Any, decimals: int | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        if decimals is not None:
            return f"{value:z.{decimals}f}"
        return f"{value:.4g}" if abs(value) < _LARGE else f"{value:,.0f}"
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    return harmless(value)
