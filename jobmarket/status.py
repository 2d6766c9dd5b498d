"""`jobmarket status`: how fresh, how complete, which gates, which runs."""

from __future__ import annotations

from datetime import datetime

import click
import duckdb

from jobmarket.model_runs import LAST_BUILD
from jobmarket.publishing import open_published
from jobmarket.settings import Home, Settings
from jobmarket.sql_shell import print_relation
from jobmarket.warehouse import connect

_COVERAGE = """
with newest as (
    select *, row_number() over (partition by board, company_slug order by as_of desc, run_id desc) as age
    from raw.crawl_runs where as_of <= coalesce($as_of, as_of)
)
select
    board, count(*) as companies, count_if(qualifies) as qualified,
    round(count_if(qualifies) / count(*), 3) as coverage, sum(postings)::bigint as postings,
    max(as_of) as newest_crawl, mode(qualifies_reason) as main_reason
from newest where age = 1 group by board order by board
"""
_GATES = """
select gate, outcome, as_of, n_checks, n_critical_failed, n_warnings, line
from ops.gates qualify row_number() over (partition by gate order by checked_at desc) = 1 order by gate desc
"""
_STAGES = "select started_at, stage, outcome, as_of, summary from ops.stage_runs order by started_at desc limit 10"
_MODELS_SHOWN = 8


def show_status(home: Home, settings: Settings, as_of: datetime | None = None) -> None:
    """Print the state of an installation; its coverage as of a moment.

    Raises:
        StageError: if there is no warehouse yet, or another process holds it.
    """
    click.echo(f"Home       {home.root}")
    click.echo(f"Published  {_published(home)}")
    show_coverage(home, settings, as_of)
    with connect(home, settings, read_only=True) as connection:
        models = f"{LAST_BUILD} limit {_MODELS_SHOWN}"
        for title, query in (("Gates", _GATES), ("Last stages", _STAGES), ("Slowest models of the last build", models)):
            click.echo(f"\n{title}")
            try:
                print_relation(connection.sql(query))
            except duckdb.CatalogException:
                click.echo("  nothing yet")


def show_coverage(home: Home, settings: Settings, as_of: datetime | None = None) -> None:
    """Print how the last crawls of each board system went, as of a moment.

    Raises:
        StageError: if there is no warehouse yet, or another process holds it.
    """
    moment = as_of.replace(tzinfo=None) if as_of else None
    with connect(home, settings, read_only=True) as connection:
        click.echo("\nBoards")
        print_relation(connection.sql(_COVERAGE, params={"as_of": moment}))


def _published(home: Home) -> str:
    if not home.database.exists():
        return "nothing yet"
    with open_published(home) as connection:
        about = dict(connection.execute("select key, value from about").fetchall())
    return f"vintage {about.get('vintage_id')}, as of {about.get('as_of')}, {about.get('origin')} boards"
