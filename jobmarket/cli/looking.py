"""The commands that look at what was made, and change nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from jobmarket.cli.interrupts import orderly_end
from jobmarket.cli.options import Country, Week, boards_options, home_option, looking_options, status_options
from jobmarket.cli.running import INCOMPLETE, leave, listed
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, find
from jobmarket.terminal import terminal_progress


@click.command()
@home_option
@click.option("--port", type=click.IntRange(1024, 65535), default=8501, show_default=True)
def explore(home: Path | None, port: int) -> None:
    """Look at the published database in a browser.

    The page is on this machine alone.
    """
    from jobmarket.explore.serve import serve

    try:
        with orderly_end():
            sys.exit(serve(Home(home or Settings().home), port))
    except StageError as error:
        leave(str(error), 1)


@click.command()
@status_options
def status(home: Path | None, as_of: datetime | None) -> None:
    """How fresh and complete it is; gates and last runs.

    It tells the last crawl of each company, the coverage of the last finished week, gates, stages and models. Ends
    with 1 where there is no warehouse to look at, or another process holds it.
    """
    from jobmarket.status import show_status

    settings = Settings()
    try:
        show_status(Home(home or settings.home), settings, as_of)
    except StageError as error:
        leave(str(error), 1)


# A query may begin with a comment, which looks like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@looking_options
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--raw", is_flag=True, help="CSV for programs: texts as they are, also what a spreadsheet would run.")
@click.argument("query", required=False)
def sql(home: Path | None, as_of: datetime | None, style: str, raw: bool, query: str | None) -> None:
    """Query the published database.

    Without a QUERY it reads queries from its input: a prompt, or a file with `jobmarket sql < FILE`.
    """
    from jobmarket.sql_shell import answer, prompt

    if raw:
        if style != "csv" or sys.stdout.isatty():
            raise click.UsageError("--raw goes with --format csv, into a file or another program.")
        style = "raw"
    try:
        place = Home(home or Settings().home)
        prompt(place, style, as_of) if query is None else answer(place, query, style, as_of)
    except StageError as error:
        leave(str(error), 1)


@click.command(name="explain")
@looking_options
@click.option(
    "--week", type=Week(), default=None,
    help="Week of the figure: 2026-W34 or a day of it  [default: the last that was over]",
)  # fmt: skip
@click.option("--country", type=Country(), default="all", show_default=True, help="Country of the figure: US, DE …")
@click.option("--role", default="all", show_default=True, help="Role family of the figure.")
@click.option("--seniority", default="all", show_default=True, help="Level of the figure: junior, senior, staff …")
@click.option("--measure", type=click.Choice(["stock", "flow"]), default="stock", show_default=True)
@click.option(
    "--kind", type=click.Choice(["skill", "theme"]), default=None,
    help="What WHAT is, where a skill and a theme are called so  [default: the skill]",
)  # fmt: skip
@click.argument("what")
def explain_(
    home: Path | None, as_of: datetime | None, week: date | None, country: str, role: str, seniority: str,
    measure: str, kind: str | None, what: str,
) -> None:  # fmt: skip
    """What a figure is made of.

    WHAT is a posting (its key or URL), a week (2026-W33), a skill or a theme, whose share it lists the postings of, or
    the word pay, whose median it lists them of.
    """
    from jobmarket.explain import Cell, explain, monday_of

    settings = Settings()
    cell = Cell(monday_of(week) if week else None, country, role, measure, seniority)
    try:
        explain(Home(home or settings.home), settings, what, cell, as_of, kind=kind)
    except StageError as error:
        leave(str(error), 1)


@click.command(name="profile")
@looking_options
@click.option("--role", default="all", show_default=True, help="Role family: ml_engineer, data_scientist …")
@click.option("--seniority", default="all", show_default=True, help="Level: junior, senior, staff …")
@click.option("--country", type=Country(), default="all", show_default=True, help="Country: US, DE …")
@click.option(
    "--kind", type=click.Choice(["skill", "employer", "country"]), default=None,
    help="What WHAT is, where several are called so  [default: the first of these]",
)  # fmt: skip
@click.argument("what", required=False)
def profile_(
    home: Path | None, as_of: datetime | None, role: str, seniority: str, country: str, kind: str | None,
    what: str | None,
) -> None:  # fmt: skip
    """What the market asks and pays.

    Of WHAT, a skill, a company or a country; else of a role, with a job description and interview topics:
    `jobmarket profile --role ml_engineer`
    """
    from jobmarket.profile import Cell, profile

    cell = Cell(role, seniority, country)
    try:
        profile(Home(home or Settings().home), what, cell, as_of, kind=kind)
    except StageError as error:
        leave(str(error), 1)


@click.group(invoke_without_command=True)
@boards_options
@click.pass_context
def boards(context: click.Context, home: Path | None, as_of: datetime | None) -> None:
    """The board systems and their last crawls.

    How many companies of each are registered, where its interface is documented, how the last crawls went.
    """
    if context.invoked_subcommand:
        return
    from jobmarket.status import show_last_crawls

    settings = Settings()
    for line in find("boards")():
        click.echo(line)
    try:
        show_last_crawls(Home(home or settings.home), settings, as_of)
    except StageError as error:
        click.echo(f"\nNo crawls to tell of: {error}")


@boards.command()
@click.option("--boards", "where", default="live", show_default=True, help="live, or a folder of recorded responses.")
@click.argument("board", nargs=-1)
def check(where: str, board: tuple[str, ...]) -> None:
    """Ask each board system one question.

    Does it answer, and as its spider expects? Without a BOARD, all of them.
    """
    with terminal_progress() as progress:
        try:
            probes, notes = find("check_boards")(Settings(), where, board, progress=progress)
        except StageError as error:
            leave(f"boards check: {error}", 1)
    for line in (*_probe_table(probes), *notes):
        click.echo(line)
    if wrong := [f"{probe.board}: {probe.shape}" for probe in probes if not probe.as_expected]:
        leave(f"Not as expected: {len(wrong)} of {len(probes)}: {listed(wrong)}", INCOMPLETE)


def _probe_table(probes: Sequence[Any]) -> list[str]:
    """A line for each system: reachable, shape, postings on its first page, fields that are new or lost."""
    rows = [("board", "company", "reachable", "postings", "new fields", "lost fields", "shape")]
    for probe in probes:
        drift = (", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "") or "-"
                 for names in (probe.new_fields, probe.lost_fields))  # fmt: skip
        said = f"{'yes' if probe.reachable else 'no'} ({probe.said})"
        rows.append((probe.board, probe.company, said, str(probe.postings), *drift, probe.shape))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return ["  ".join([*map(str.ljust, row[:6], widths), row[6]]) for row in rows]
