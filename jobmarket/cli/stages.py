"""The commands that run stages: all together, or one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import duckdb

from jobmarket.cli.interrupts import orderly_end
from jobmarket.cli.options import (
    COUNTRY,
    ROLE,
    BoardsParam,
    MomentParam,
    OutputPath,
    WeekParam,
    crawl_options,
    home_option,
    marts_options,
    stage_options,
)
from jobmarket.cli.running import FAILED, close, exit_code, leave, run_stages, worded
from jobmarket.pipeline import MAINTENANCE, STAGES
from jobmarket.report_formats import FORMATS
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult, find
from jobmarket.terminal import terminal_progress

FIRST_QUERIES = (
    "select week_start, status, skill_name, share, share_low, share_high, n_postings from what_is_asked_for_now\n"
    "  where role_family = 'all' and country = 'all' order by share desc limit 10",
    "select pay.week_start, status, salary_median_usd_annual, salary_median_usd_annual_low,\n"
    "  salary_median_usd_annual_high, disclosure_share, n_with_pay\n"
    "  from salary_trend() as pay join current_week as now on pay.week_start <= now.week_start\n"
    "  order by pay.week_start desc limit 8",
    "select week_start, status, board, n_companies_expected, n_companies_qualified, coverage_ratio, main_reason\n"
    "  from how_complete_is_it",
)
_BUILD_WITHOUT = "The marts may still contain it: run `jobmarket gate raw`, `build`, `gate marts` and `publish`."


@click.command()
@crawl_options
def run(home: Path | None, as_of: datetime | None, boards: str | None, **choices: Any) -> None:
    """Run all stages, from the boards to the report."""
    results = run_stages(STAGES, home, as_of, boards, **choices)
    place = Home(home or Settings().home)
    click.echo(f"\nDatabase   {place.database}")
    click.echo(f"Report     {place.reports / 'latest.html'}")
    click.echo(f"Data docs  {place.data_docs / 'index.html'}")
    click.echo('\nThree queries to start with (jobmarket sql "…"):')
    for query in FIRST_QUERIES:
        click.echo(f"\n  {query}")
    click.echo()
    close(results)


@click.command()
@crawl_options
def crawl(home: Path | None, as_of: datetime | None, boards: str | None, **choices: Any) -> None:
    """Collect postings from the boards into the landing.

    A crawl of named boards (--board) may go on beside a run and beside crawls of other boards. A run, or a crawl of all
    boards, is refused while another one is at work.
    """
    close(run_stages(["crawl"], home, as_of, boards, **choices))


@click.command()
@home_option
@click.option(
    "--boards", type=BoardsParam(), default="live", show_default=True, help="live, or a folder of recorded responses."
)
@click.option("--since", type=MomentParam(), required=True, help="First day or month of the past, such as 2018-01.")
@click.option("--until", type=MomentParam(), help="Day after the last day of the past  [default: now]")
@click.option(
    "--file", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the archive from a file of JSON Lines (.jsonl, .gz, .zip) instead of the network; may be repeated.",
)  # fmt: skip
@click.argument("board")
def backfill(home: Path | None, boards: str, board: str, **choices: Any) -> None:
    """Land and load a board's past.

    It is kept as history, separate from the crawls: `jobmarket backfill hn --since 2018-01`.
    """
    settings = Settings()
    with orderly_end() as interrupts, terminal_progress() as progress:
        try:
            place = Home(home or settings.home)
            result = find("backfill")(place, settings, boards, board, progress=progress, **choices)
        except (StageError, OSError) as error:
            leave(f"backfill: {worded(error)}", exit_code(error))
        except KeyboardInterrupt:
            leave("Interrupted. What is landed is kept. Run the command again to resume.", interrupts.exit_code)
        progress.finish("backfill", result)
    close([result, *(run_stages(["load"], home, None) if place.landing.is_dir() else [])])


@click.command()
@stage_options
@click.option("--withdraw", metavar="RUN_ID", help="Withdraw a run from the warehouse for good.")
@click.option("--reason", help="Why the run is withdrawn; recorded in ops.withdrawn_runs.")
def load(home: Path | None, as_of: datetime | None, withdraw: str | None, reason: str | None) -> None:
    """Load new runs from the landing into the warehouse."""
    if withdraw is None:
        if reason is not None:
            raise click.UsageError("--reason needs --withdraw: the run that is withdrawn.")
        close(run_stages(["load"], home, as_of))
        return
    if not reason:
        raise click.UsageError("--withdraw needs --reason, which is recorded with the run.")
    _refuse_moment(as_of)
    settings, now = Settings(), datetime.now(UTC)
    _withdraw("load", lambda: _withdraw_run(Home(home or settings.home), settings, withdraw, reason, now))


def _withdraw_run(home: Home, settings: Settings, run_id: str, reason: str, now: datetime) -> StageResult:
    from jobmarket import publishing, warehouse
    from jobmarket.report.late_warnings import warn

    result = warehouse.withdraw(
        home, settings, run_id, reason, now,
        lambda connection: publishing.note_in_vintages(connection, home.published, run_id),
    )  # fmt: skip
    contain = publishing.vintages_with_withdrawn(home.published, run_id)
    noted = [
        f"vintage {vintage.name} contains it: its readers are warned. For one without, run "
        f"{publishing.steps_for(vintage)}"
        for vintage in contain
        if vintage.is_dir()
    ]
    warned = warn(home, {vintage.name for vintage in contain})
    return replace(result, details=(*result.details, *noted, *warned, *([] if noted else [_BUILD_WITHOUT])))


def _refuse_moment(as_of: datetime | None) -> None:
    if as_of is not None:
        raise click.UsageError("--withdraw counts from now on, whatever the moment: leave out --as-of.")


def _withdraw(command: str, withdrawal: Callable[[], StageResult]) -> None:
    """Carry out a withdrawal and print its outcome."""
    try:
        result = withdrawal()
    except (StageError, OSError, duckdb.Error) as error:
        leave(f"{command}: {worded(error)}", exit_code(error))
    for line in (result.summary, *result.details):
        click.echo(line)


@click.command()
@home_option
def rates(home: Path | None) -> None:
    """Fetch today's exchange rates.

    They come from the European Central Bank. The next load adds the new days.
    """
    from jobmarket.exchange_rates import fetch_rates

    place = Home(home or Settings().home)
    try:
        newest = fetch_rates(place.exchange_rates)
    except (OSError, StageError) as error:
        leave(f"rates: {error}. The rates are unchanged. Try again later.", FAILED)
    click.echo(f"Exchange rates up to {newest} in {place.exchange_rates}")


@click.command()
@marts_options
@click.argument("which", type=click.Choice(["raw", "marts"]))
def gate(home: Path | None, as_of: datetime | None, which: str) -> None:
    """Check what arrives (raw) or what leaves (marts)."""
    close(run_stages([f"gate-{which}"], home, as_of))


@click.command()
@stage_options
def build(home: Path | None, as_of: datetime | None) -> None:
    """Build the marts with dbt."""
    close(run_stages(["build"], home, as_of))


@click.command()
@marts_options
@click.option(
    "--withdraw", metavar="VINTAGE", help="Withdraw a published vintage for good; readers get the one before."
)
def publish(home: Path | None, as_of: datetime | None, withdraw: str | None) -> None:
    """Publish the marts as a new read-only database."""
    if withdraw is None:
        close(run_stages(["publish"], home, as_of))
        return
    _refuse_moment(as_of)
    settings = Settings()
    _withdraw("publish", lambda: _withdraw_vintage(Home(home or settings.home), settings, withdraw))


def _withdraw_vintage(home: Home, settings: Settings, vintage_id: str) -> StageResult:
    from jobmarket import publishing
    from jobmarket.report.late_warnings import warn

    result = publishing.withdraw(home, settings, vintage_id)
    return replace(result, details=(*result.details, *warn(home, [vintage_id])))


@click.command()
@stage_options
def maintain(home: Path | None, as_of: datetime | None) -> None:
    """Remove old vintages, archive old runs, compact.

    Old vintages are removed, old runs move to the archive (JOBMARKET_LANDING_ARCHIVE), and the warehouse is compacted.
    """
    close(run_stages(MAINTENANCE, home, as_of))


@click.command()
@stage_options
@click.option(
    "--week", type=WeekParam(), default=None, help="2026-W34, or a day in it  [default: the last finished week]"
)
@click.option("--role", "role_family", **ROLE, help="Role family: ml_engineer, ai_engineer …")
@click.option("--country", **COUNTRY, help="Country, by code or name: US, Germany …")
@click.option("--language", type=click.Choice(["en", "fr", "de"]), default="en", show_default=True)
@click.option("--format", "chosen", multiple=True, type=click.Choice(FORMATS), help="May be repeated  [all]")
@click.option("--out", type=OutputPath(), default=None, help="Folder, or file for html, pdf, xlsx or mail alone.")
@click.option("--vintage", default=None, help="Rebuild the report from this vintage  [default: that of --as-of]")
@click.option("--send", is_flag=True, help="Also mail it to JOBMARKET_MAIL_TO, once.")
def report(
    home: Path | None,
    as_of: datetime | None,
    week: date | None,
    role_family: str,
    country: str,
    language: str,
    chosen: Sequence[str],
    out: Path | None,
    vintage: str | None,
    send: bool,
) -> None:
    """Write the weekly report from the published database."""
    from jobmarket.report import ReportSpec, Scope

    if send and not Settings().mail_recipients:
        raise click.UsageError("--send needs JOBMARKET_MAIL_TO: the recipients' addresses, separated by commas.")
    scope = Scope(role_family, country)
    spec = ReportSpec(week, scope, language, chosen or FORMATS, out, vintage)
    close(run_stages(["report", "send"] if send else ["report"], home, as_of, report=spec))
