"""The command line: the stages one by one or all together, and a look at what they made.

Exit codes: 0 done · 1 a stage could not do its work · 2 wrong usage · 3 a gate is closed, nothing was
published · 4 done and published, but something is missing that a retry or a fix could bring · 130 interrupted.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import duckdb

from jobmarket.exchange_rates import fetch_rates
from jobmarket.pipeline import STAGES, Job, run_stage
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, StageError, StageResult, find
from jobmarket.terminal import terminal_progress

REPORT_FORMATS = ("html", "pdf", "xlsx", "csv", "parquet", "mail")
GATE_CLOSED, INCOMPLETE, INTERRUPTED = 3, 4, 130

FIRST_QUERIES = (
    "select week_start, status, skill_name, share, share_low, share_high, n_postings from rpt_skill_demand_weekly\n"
    "  where measure = 'stock' and role_family = 'all' and country = 'all' and status <> 'suppressed'\n"
    "  order by week_start desc, share desc limit 10",
    "select week_start, status, salary_median_usd_annual, median_low, median_high, disclosure_share, n_with_pay\n"
    "  from rpt_salary_trend_weekly where measure = 'stock' and role_family = 'all' and country = 'all'\n"
    "  and seniority = 'all' order by week_start desc limit 8",
    "select board, week_start, n_companies_expected, n_companies_qualified, coverage_ratio, main_reason\n"
    "  from rpt_board_coverage_weekly order by week_start desc, board limit 12",
)

Command = TypeVar("Command", bound=Callable[..., Any])


class _Moment(click.ParamType[datetime]):
    """A date or an ISO 8601 time; without a zone it is UTC, a date alone is its midnight."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(f"{value}-01" if re.fullmatch(r"\d{4}-\d\d", value) else value)
        except ValueError:
            self.fail(f"'{value}' is no date: write 2026-08-20 or 2026-08-20T06:00:00Z", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _home_option(command: Command) -> Command:
    return click.option(
        "--home", type=click.Path(path_type=Path, file_okay=False), default=None,
        help="Folder of everything collected and published  [default: ./data, or JOBMARKET_HOME]",
    )(command)  # fmt: skip


def _stage_options(command: Command) -> Command:
    as_of = click.option("--as-of", type=_Moment(), default=None, help="The moment the run stands for (UTC).")
    return _home_option(as_of(command))


def _crawl_options(command: Command) -> Command:
    for option in (
        click.option("--retry-failed", is_flag=True, help="Crawl again what did not complete at this moment."),
        click.option("--company", "companies", multiple=True, help="Crawl this company slug only; may be repeated."),
        click.option("--board", "board_names", multiple=True, help="Crawl this board system only; may be repeated."),
        click.option("--boards", default=None, help="sample, live, or a folder of recorded responses."),
    ):
        command = option(command)
    return _stage_options(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jobmarket")
def main() -> None:
    """The labour market of machine-learning engineers, measured from the postings that employers publish."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows another one, and goes on


def _run(
    stages: Sequence[str],
    home: Path | None,
    as_of: datetime | None,
    boards: str | None = None,
    **choices: Any,
) -> list[StageResult]:
    """Run stages in order, print a line for each, and leave with the exit code that fits."""
    settings = Settings()
    place = Home(home or settings.home)
    results: list[StageResult] = []
    with terminal_progress() as progress:
        job = Job(place, settings, boards or settings.boards, as_of, progress, **choices)
        for stage in stages:
            try:
                result = run_stage(job, stage)
            except GateClosedError as error:
                _leave(str(error), GATE_CLOSED)
            except (StageError, OSError, duckdb.Error) as error:
                _leave(f"{stage}: {error}", 1)
            except (KeyboardInterrupt, RuntimeError) as error:
                if not isinstance(error, KeyboardInterrupt) and "interrupted" not in str(error):
                    raise
                _leave(f"Interrupted in {stage}: what is published is as it was. Start again to go on.", INTERRUPTED)
            progress.finish(stage, result)
            results.append(result)
    return results


def _leave(message: str, code: int) -> None:
    click.echo(click.style(message, fg="red"), err=True)
    sys.exit(code)


def _close(results: Sequence[StageResult]) -> None:
    """Say on the last line what is missing; leave with 4 if a retry or a fix could bring it."""
    gaps = [gap for result in results for gap in result.gaps]
    notes = [note for result in results for note in result.notes]
    for line in (*notes, *gaps):
        click.echo(f"  {line}")
    if gaps:
        _leave(f"Incomplete: {len(gaps)} missing: {_listed(gaps)}", INCOMPLETE)
    if notes:
        click.echo(f"Complete, without: {_listed(notes)}")


def _listed(lines: Sequence[str], most: int = 5) -> str:
    names = [line.split(":", 1)[0] for line in lines]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


@main.command()
@_crawl_options
def run(home: Path | None, as_of: datetime | None, boards: str | None, **choices: Any) -> None:
    """Run all stages: boards to published database and report."""
    results = _run(STAGES, home, as_of, boards, **choices)
    place = Home(home or Settings().home)
    click.echo(f"\nDatabase   {place.database}")
    click.echo(f"Report     {place.reports / 'latest.html'}")
    click.echo(f"Data docs  {place.data_docs / 'index.html'}")
    click.echo('\nThree queries to try first (jobmarket sql "…"):')
    for query in FIRST_QUERIES:
        click.echo(f"\n  {query}")
    click.echo()
    _close(results)


@main.command()
@_crawl_options
def crawl(home: Path | None, as_of: datetime | None, boards: str | None, **choices: Any) -> None:
    """Collect postings from the boards into the landing."""
    _close(_run(["crawl"], home, as_of, boards, **choices))


@main.command()
@_home_option
@click.option("--boards", default="live", show_default=True, help="live, or a folder of recorded responses.")
@click.option("--since", type=_Moment(), required=True, help="First day or month of the past, such as 2018-01.")
@click.option("--until", type=_Moment(), help="The day after its last one  [default: now]")
@click.option(
    "--file", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The archive as a file of JSON Lines (.jsonl, .gz, .zip) in the place of asking; may be repeated.",
)  # fmt: skip
@click.argument("board")
def backfill(home: Path | None, boards: str, board: str, **choices: Any) -> None:
    """Land and load a board's past, as history beside the crawls: `jobmarket backfill hn --since 2018-01`."""
    settings = Settings()
    with terminal_progress() as progress:
        try:
            place = Home(home or settings.home)
            result = find("backfill")(place, settings, boards, board, progress=progress, **choices)
        except (StageError, OSError) as error:
            _leave(f"backfill: {error}", 1)
        except KeyboardInterrupt:
            _leave("Interrupted: what is landed stays. Start again to go on.", INTERRUPTED)
        progress.finish("backfill", result)
    _close([result, *_run(["load"], home, None)])


@main.command()
@_stage_options
@click.option("--withdraw", metavar="RUN_ID", help="Take a run out of the warehouse for good.")
@click.option("--reason", help="Why the run is withdrawn; kept in ops.withdrawn_runs.")
def load(home: Path | None, as_of: datetime | None, withdraw: str | None, reason: str | None) -> None:
    """Load what the landing holds and the warehouse does not."""
    if withdraw is None:
        _close(_run(["load"], home, as_of))
        return
    from jobmarket import warehouse

    if not reason:
        raise click.UsageError("--withdraw needs --reason: it is kept beside the run's name")
    settings = Settings()
    try:
        result = warehouse.withdraw(Home(home or settings.home), settings, withdraw, reason, datetime.now(UTC))
    except StageError as error:
        _leave(str(error), 1)
    else:
        click.echo(result.summary)


@main.command()
@_home_option
def rates(home: Path | None) -> None:
    """Fetch the European Central Bank's exchange rates of today; the next load takes the days that are new."""
    place = Home(home or Settings().home)
    try:
        newest = fetch_rates(place.exchange_rates)
    except (OSError, StageError) as error:
        _leave(f"rates: {error}. The rates stay as they are; try again later.", 1)
    click.echo(f"Exchange rates up to {newest} in {place.exchange_rates}")


@main.command()
@_stage_options
@click.argument("which", type=click.Choice(["raw", "marts"]))
def gate(home: Path | None, as_of: datetime | None, which: str) -> None:
    """Check what arrives (raw) or what leaves (marts)."""
    _close(_run([f"gate-{which}"], home, as_of))


@main.command()
@_stage_options
def build(home: Path | None, as_of: datetime | None) -> None:
    """Make the marts with dbt."""
    _close(_run(["build"], home, as_of))


@main.command()
@_stage_options
def publish(home: Path | None, as_of: datetime | None) -> None:
    """Publish the marts as a new read-only database."""
    _close(_run(["publish"], home, as_of))


class _Week(click.ParamType[date]):
    """A week as ``2026-W34``, or any of its days."""

    name = "WEEK"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)  # knows 2026-W34-1 too
        except ValueError:
            pass
        try:
            return date.fromisoformat(f"{value}-1")
        except ValueError:
            self.fail(f"'{value}' is no week: write 2026-W34, or a day of it", param, ctx)


@main.command()
@_stage_options
@click.option("--week", type=_Week(), default=None, help="2026-W34 or a day of it  [default: the last that was over]")
@click.option("--role", "role_family", default="all", help="A role family: ml_engineer, ai_engineer …")
@click.option("--country", default="all", help="A country by its two letters: US, DE …")
@click.option("--language", type=click.Choice(["en", "fr", "de"]), default="en", show_default=True)
@click.option("--format", "chosen", multiple=True, type=click.Choice(REPORT_FORMATS), help="May be repeated  [all]")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="A folder, or the file of one format.")
@click.option("--send", is_flag=True, help="Send it by mail too, once, to JOBMARKET_MAIL_TO.")
def report(
    home: Path | None,
    as_of: datetime | None,
    week: date | None,
    role_family: str,
    country: str,
    language: str,
    chosen: Sequence[str],
    out: Path | None,
    send: bool,
) -> None:
    """Write the weekly report from the published database."""
    from jobmarket.report import Order, Scope

    scope = Scope(role_family, country if country == "all" else country.upper())
    order = Order(week, scope, language, chosen or REPORT_FORMATS, out)
    _close(_run(["report", "send"] if send else ["report"], home, as_of, order=order))


@main.command()
@_home_option
@click.option("--port", type=click.IntRange(1024, 65535), default=8501, show_default=True)
def explore(home: Path | None, port: int) -> None:
    """Look at the published database in a browser, on this machine alone."""
    from jobmarket.explore.serve import serve

    try:
        sys.exit(serve(Home(home or Settings().home), port))
    except StageError as error:
        _leave(str(error), 1)


@main.command()
@_stage_options
def status(home: Path | None, as_of: datetime | None) -> None:
    """Freshness, coverage by board, gates, last runs."""
    from jobmarket.status import show_status

    settings = Settings()
    try:
        show_status(Home(home or settings.home), settings, as_of)
    except StageError as error:
        _leave(str(error), 1)


# A query may begin with a comment, which looks like an option.
@main.command(context_settings={"ignore_unknown_options": True})
@_stage_options
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.argument("query", required=False)
def sql(home: Path | None, as_of: datetime | None, style: str, query: str | None) -> None:
    """Query the published database, or the vintage as of a moment; without a QUERY, a prompt."""
    from jobmarket.sql_shell import answer, prompt

    try:
        place = Home(home or Settings().home)
        prompt(place, style, as_of) if query is None else answer(place, query, style, as_of)
    except StageError as error:
        _leave(str(error), 1)


@main.command(name="explain")
@_stage_options
@click.option(
    "--week", type=_Moment(), default=None, help="Week of a skill's figure, by a day in it  [default: newest]"
)
@click.option("--country", default="all", show_default=True, help="Country of a skill's figure, ISO 3166-1 alpha-2.")
@click.option("--role", default="all", show_default=True, help="Role family of a skill's figure.")
@click.option("--measure", type=click.Choice(["stock", "flow"]), default="stock", show_default=True)
@click.argument("what")
def explain_(
    home: Path | None, as_of: datetime | None, week: datetime | None, country: str, role: str, measure: str, what: str
) -> None:
    """What is behind WHAT: a posting (key or URL), a week (2026-W33) or a skill's share."""
    from jobmarket.explain import Cell, explain, monday_of

    settings = Settings()
    cell = Cell(monday_of(week.date()) if week else None, country, role, measure)
    try:
        explain(Home(home or settings.home), settings, what, cell, as_of)
    except StageError as error:
        _leave(str(error), 1)


@main.group(invoke_without_command=True)
@_stage_options
@click.pass_context
def boards(context: click.Context, home: Path | None, as_of: datetime | None) -> None:
    """The board systems, how many companies of each are registered, and how their last crawls went."""
    if context.invoked_subcommand:
        return
    from jobmarket.status import show_coverage

    for line in find("boards")():
        click.echo(line)
    settings = Settings()
    try:
        show_coverage(Home(home or settings.home), settings, as_of)
    except StageError as error:
        click.echo(f"\nNo crawls to tell of: {error}")


@boards.command()
@click.option("--boards", "where", default="live", show_default=True, help="live, or a folder of recorded responses.")
@click.argument("board", nargs=-1)
def check(where: str, board: tuple[str, ...]) -> None:
    """Ask each BOARD system one question: does it answer, and as its spider expects?"""
    with terminal_progress() as progress:
        try:
            probes, notes = find("check_boards")(Settings(), where, board, progress=progress)
        except StageError as error:
            _leave(f"boards check: {error}", 1)
    for line in (*_probe_table(probes), *notes):
        click.echo(line)
    if wrong := [f"{probe.board}: {probe.shape}" for probe in probes if not probe.as_expected]:
        _leave(f"Not as expected: {len(wrong)} of {len(probes)}: {_listed(wrong)}", INCOMPLETE)


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


@main.command()
@click.option("--input", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--output", "target", type=click.Path(path_type=Path, dir_okay=False), required=True)
def extract(source: Path, target: Path) -> None:
    """Read facts from postings: JSON Lines in, JSON Lines out.

    A line in: id, title, location, and description_html or description_text; other keys are not read.
    """
    from jobmarket.extract.jsonl import extract_file
    from jobmarket.extract.taxonomy import Taxonomy

    try:
        result = extract_file(source, target, Taxonomy.from_seeds(Settings().dbt_project / "seeds"))
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error}") from error
    for problem in result.errors:
        click.echo(str(problem), err=True)
    click.echo(f"{result.written} postings written to {target}")
    if result.errors:
        _leave(f"{len(result.errors)} lines of {source} could not be read", INCOMPLETE)


@main.command()
@click.option("--input", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@click.option("--output", "target", type=click.Path(path_type=Path, dir_okay=False), required=True)
def pairs(source: Path, target: Path) -> None:
    """Judge pairs of postings, the same job or not: JSON Lines in, JSON Lines out.

    A line in: pair_id, and a and b with board, company, native_id, title, location, description_html, posted_at and
    seen_at; other keys are not read.
    """
    from jobmarket.duplicates.jsonl import employer_boards, judge_file

    try:
        result = judge_file(source, target, employer_boards(Settings().dbt_project / "seeds"))
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error}") from error
    for problem in result.errors:
        click.echo(str(problem), err=True)
    click.echo(f"{result.written} pairs judged, written to {target}")
    if result.errors:
        _leave(f"{len(result.errors)} lines of {source} could not be read", INCOMPLETE)
