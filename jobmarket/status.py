"""`jobmarket status`: how fresh and complete an installation is, with its gates and last runs."""

from __future__ import annotations

from datetime import datetime

import click
import duckdb

from jobmarket.builds import unfinished_build
from jobmarket.duckdb_file import quoted
from jobmarket.gap_words import INCOMPLETE, in_words
from jobmarket.model_runs import LAST_BUILD
from jobmarket.publishing import open_published, warnings
from jobmarket.settings import Home, Settings
from jobmarket.sql_shell import print_relation
from jobmarket.stages import StageError, without_zone
from jobmarket.warehouse import connect

# Shows counts and no shares: "coverage" means only the weekly ratio in the view how_complete_is_it.
_LAST_CRAWLS = f"""
with newest as (
    select
        *, row_number() over (partition by board, company_slug order by as_of desc, attempt desc) as age,
        if(qualifies_reason = '{INCOMPLETE}', coalesce(reason, qualifies_reason), qualifies_reason) as objection
    from raw.crawl_runs where origin is distinct from 'backfill' and as_of <= coalesce(getvariable('until'), as_of)
)
select
    board, format('{{}} of {{}}', count_if(qualifies), count(*)) as qualify, sum(postings)::bigint as postings,
    max(as_of) as newest_crawl, mode({in_words("objection")}) as main_reason
from newest where age = 1 group by board order by board
"""  # noqa: S608 - only constants
_COVERAGE = f"""
select
    board, n_companies_qualified || ' of ' || coalesce(n_companies_expected::varchar, '?') as qualify,
    n_companies_crawled as crawled, coverage_ratio as coverage, status,
    nullif(concat_ws(': ', break_reason, {in_words("main_reason")}), '') as reason
from how_complete_is_it
"""  # noqa: S608 - only constants
_GATES = """
select line as outcome, as_of, n_checks as checks, n_critical_failed as critical, n_warnings as warnings
from ops.gates qualify row_number() over (partition by gate order by rowid desc) = 1 order by gate desc
"""
_STAGES = """
select started_at, stage, as_of, concat_ws(': ', outcome, summary) as outcome
from ops.stage_runs order by rowid desc limit 10
"""
_MODELS_SHOWN = 8


def show_status(home: Home, settings: Settings, as_of: datetime | None = None) -> None:
    """Print the state of an installation. Its crawls and its coverage are shown as of a moment.

    Raises:
        StageError: If there is no warehouse yet, or another process has locked it.
    """
    click.echo(f"Home       {home.root}")
    click.echo(f"Published  {_published(home)}")
    _show_coverage(home, as_of)  # before anything of the warehouse, which a build locks
    show_last_crawls(home, settings, as_of)
    with connect(home, settings, read_only=True) as connection:
        if unfinished := unfinished_build(connection):  # a killed one is not among the last stages
            click.echo(f"\n{unfinished}")
        models = f"{LAST_BUILD} limit {_MODELS_SHOWN}"
        for title, query in (("Gates", _GATES), ("Last stages", _STAGES), ("Slowest models of the last build", models)):
            click.echo(f"\n{title}")
            try:
                print_relation(connection.sql(query), fits=True)
            except duckdb.CatalogException:
                click.echo("  nothing yet")


def show_last_crawls(home: Home, settings: Settings, as_of: datetime | None = None) -> None:
    """Print the last crawl of each company by board system, as of a moment.

    Raises:
        StageError: If there is no warehouse yet, or another process has locked it.
    """
    with connect(home, settings, read_only=True) as connection:
        if as_of:  # not a parameter: for its first one, DuckDB imports pandas, which takes longer than all the rest
            connection.execute(f"set variable until = timestamp {quoted(without_zone(as_of))}")
        click.echo("\nLast crawl of each company in this home")
        print_relation(connection.sql(_LAST_CRAWLS), fits=True)


def _show_coverage(home: Home, as_of: datetime | None) -> None:
    """Print the published coverage of the last finished week."""
    try:
        with open_published(home, as_of) as published:
            week = published.execute("select week_start, is_over from current_week").fetchone()
            if week is None:
                click.echo("\nCoverage\n  no week yet")
                return
            click.echo(f"\nCoverage of the week of {week[0]}{'' if week[1] else ', which is not over'}")
            print_relation(published.sql(_COVERAGE), fits=True)
    except StageError as error:
        click.echo(f"\nCoverage\n  {error}")


def _published(home: Home) -> str:
    if not home.database.exists():
        return "nothing yet"
    try:
        with open_published(home, any_version=True) as connection:
            about = dict(connection.execute("select key, value from about").fetchall())
            vintage = f"{about.get('vintage_id')}, as of {about.get('as_of')}, {about.get('origin')} boards"
            return "\n".join([vintage, *warnings(connection)])
    except StageError as error:  # the rest may say why
        return str(error)
