"""The commands that show results and change nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import duckdb

from jobmarket.cli.interrupts import orderly_end
from jobmarket.cli.options import (
    COUNTRY,
    LEVEL,
    ROLE,
    BoardsParam,
    WeekParam,
    boards_options,
    home_option,
    looking_options,
    status_options,
)
from jobmarket.cli.running import FAILED, INCOMPLETE, exit_code, leave, listed, worded
from jobmarket.foreign_text import harmless
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, find
from jobmarket.terminal import terminal_progress


@contextmanager
def _in_one_line() -> Iterator[None]:
    """End the command in one line if what it reads is missing, locked or damaged, or memory is short."""
    try:
        yield
    except StageError as error:
        leave(str(error), exit_code(error))
    except duckdb.OutOfMemoryException as error:
        leave(worded(error), FAILED)
    except duckdb.Error as error:  # opening a file reads only a part of it
        leave(f"Cannot be read: {error}. If the published database is damaged, run `jobmarket publish`.", FAILED)


@click.command()
@home_option
@click.option("--port", type=click.IntRange(1024, 65535), default=8501, show_default=True)
def explore(home: Path | None, port: int) -> None:
    """Explore the published database in a browser.

    The page can be reached only from this machine.
    """
    from jobmarket.explore.serve import serve

    try:
        with orderly_end():
            sys.exit(serve(Home(home or Settings().home), port))
    except StageError as error:
        leave(str(error), exit_code(error))


@click.command()
@status_options
def status(home: Path | None, as_of: datetime | None) -> None:
    """Show freshness, coverage, gates and last runs.

    Shows the last crawl of each company by board, the coverage of the last finished week, the gates, the last stages
    and the slowest models. Exits with 1 if there is no warehouse, or if another process has locked it. Looks for no
    damage: `jobmarket verify` does.
    """
    from jobmarket.status import show_status

    settings = Settings()
    with _in_one_line():
        show_status(Home(home or settings.home), settings, as_of)


@click.command()
@home_option
def verify(home: Path | None) -> None:
    """Find damaged and lost files. Changes nothing.

    Compares the landing, its archive and the published vintages with the checksums written with them, reads the kept
    figures and opens the warehouse. Exits with 4 if something is damaged or lost, else with 1 if the warehouse could
    not be checked because another process has locked it.
    """
    from jobmarket.verify import verify as verify_home

    settings = Settings()
    with terminal_progress() as progress, _in_one_line():
        result = verify_home(Home(home or settings.home), settings, progress)
        progress.finish("verify", result)
    for line in (*result.notes, *result.gaps):
        click.echo(f"  {harmless(line)}")
    if result.gaps:
        leave(f"Damaged or lost: {len(result.gaps)}: {listed(result.gaps)}", INCOMPLETE)
    if result.notes:
        leave(f"Incomplete: not checked: {listed(result.notes)}. No damage was found.", FAILED)


# A query may begin with a comment, which looks like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@looking_options
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--raw", is_flag=True, help="CSV for programs: unchanged texts, even if a spreadsheet would run them.")
@click.argument("query", required=False)
def sql(home: Path | None, as_of: datetime | None, style: str, raw: bool, query: str | None) -> None:
    """Query the published database.

    Without a QUERY, it opens a prompt, or reads queries from a file: `jobmarket sql < FILE`.
    """
    from jobmarket.sql_shell import answer, prompt

    if query is not None and not query.strip():
        raise click.UsageError("The query is empty. Leave it out for a prompt.")
    if raw:
        if style != "csv" or sys.stdout.isatty():
            raise click.UsageError("--raw needs --format csv, and output to a file or another program.")
        style = "raw"
    try:
        place = Home(home or Settings().home)
        prompt(place, style, as_of) if query is None else answer(place, query, style, as_of)
    except StageError as error:
        leave(str(error), exit_code(error))


@click.command(name="explain")
@looking_options
@click.option(
    "--week", type=WeekParam(), default=None,
    help="Week of the figure: 2026-W34, or a day in it  [default: the last finished week]",
)  # fmt: skip
@click.option("--country", **COUNTRY, show_default=True, help="Country of the figure, by code or name: US, Germany …")
@click.option("--role", **ROLE, show_default=True, help="Role family of the figure.")
@click.option("--seniority", **LEVEL, show_default=True, help="Level of the figure: junior, senior, staff …")
@click.option("--measure", type=click.Choice(["stock", "flow"]), default="stock", show_default=True)
@click.option(
    "--kind", type=click.Choice(["skill", "theme"]), default=None,
    help="Which is meant, if WHAT names both a skill and a theme  [default: skill]",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Print all postings behind a figure  [default: the first 20]")
@click.argument("what")
def explain_(
    home: Path | None, as_of: datetime | None, week: date | None, country: str, role: str, seniority: str,
    measure: str, kind: str | None, every: bool, what: str,
) -> None:  # fmt: skip
    """Show what a figure is made of.

    WHAT is a posting (its key or URL), a week (2026-W33), a skill or a theme (for the postings behind its share), or
    the word pay (for the postings behind the median). A posting and a week take none of the options that choose a
    figure, and a theme takes no --seniority. Tables are cut to the width of the terminal; a file or another
    program gets all columns, in lines as long as they need.
    """
    from jobmarket.explain import FigureCell, explain, monday_of

    settings = Settings()
    cell = FigureCell(monday_of(week) if week else None, country, role, measure, seniority)
    with _in_one_line():
        explain(Home(home or settings.home), settings, what, cell, as_of, kind=kind, every=every)


@click.command(name="profile")
@looking_options
@click.option("--role", **ROLE, show_default=True, help="Role family: ml_engineer, data_scientist …")
@click.option("--seniority", **LEVEL, show_default=True, help="Level: junior, senior, staff …")
@click.option("--country", **COUNTRY, show_default=True, help="Country, by code or name: US, Germany …")
@click.option(
    "--kind", type=click.Choice(["skill", "employer", "country"]), default=None,
    help="Which is meant, if WHAT names several of these  [default: the first]",
)  # fmt: skip
@click.argument("what", required=False)
def profile_(
    home: Path | None, as_of: datetime | None, role: str, seniority: str, country: str, kind: str | None,
    what: str | None,
) -> None:  # fmt: skip
    """Show what employers ask for and pay.

    WHAT is a skill (which takes --role and --country), an employer (neither) or a country (--role and --seniority).
    Without it, the profile is of a role, with a job description and interview topics:
    `jobmarket profile --role ml_engineer`. A profile describes the last finished week: for the figures of an earlier
    one, use `jobmarket explain --week`.
    """
    from jobmarket.profile import ProfileCell, profile

    cell = ProfileCell(role, seniority, country)
    with _in_one_line():
        profile(Home(home or Settings().home), what, cell, as_of, kind=kind)


@click.group(invoke_without_command=True)
@boards_options
@click.pass_context
def boards(context: click.Context, home: Path | None, as_of: datetime | None) -> None:
    """List the board systems and their last crawls.

    Shows how many companies each has in the registry, where its interface is documented, and its last crawls.
    """
    if context.invoked_subcommand:
        return
    from jobmarket.status import show_last_crawls

    settings = Settings()
    try:
        lines = find("boards")()
    except StageError as error:
        leave(f"boards: {error}", exit_code(error))
    click.echo("Companies registered for live crawls")
    for line in lines:
        click.echo(line)
    try:
        show_last_crawls(Home(home or settings.home), settings, as_of)
    except (StageError, duckdb.Error) as error:
        click.echo(f"\nNo crawls to show: {worded(error)}")


@boards.command()
@click.option(
    "--boards", "where", type=BoardsParam(), default="live", show_default=True,
    help="live, or a folder of recorded responses.",
)  # fmt: skip
@click.argument("board", nargs=-1)
def check(where: str, board: tuple[str, ...]) -> None:
    """Test each board system with one request.

    Reports whether it answers, and whether the answer has the shape that its spider expects. Without a BOARD, all
    systems are tested.
    """
    with terminal_progress() as progress:
        try:
            probes, notes = find("check_boards")(Settings(), where, board, progress=progress)
        except StageError as error:
            leave(f"boards check: {error}", exit_code(error))
    for line in (*_probe_table(probes), *notes):
        click.echo(line)
    if wrong := [f"{probe.board}: {probe.shape}" for probe in probes if not probe.as_expected]:
        leave(f"Not as expected: {len(wrong)} of {len(probes)}: {listed(wrong)}", INCOMPLETE)


def _probe_table(probes: Sequence[Any]) -> list[str]:
    """Format a line for each system: reachable, shape, postings on its first page, new and lost fields."""
    rows = [("board", "company", "reachable", "postings", "new fields", "lost fields", "shape")]
    for probe in probes:
        drift = (", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "") or "-"
                 for names in (probe.new_fields, probe.lost_fields))  # fmt: skip
        reachable = f"{'yes' if probe.reachable else 'no'} ({probe.http_status})"
        rows.append((probe.board, probe.company, reachable, str(probe.postings), *drift, probe.shape))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return ["  ".join([*map(str.ljust, row[:6], widths), row[6]]) for row in rows]
