"""Explains a week: what was crawled, what counted, and what the gates found."""

from __future__ import annotations

from datetime import date, timedelta

import click
import duckdb

from jobmarket.explain.printed import require_week, show
from jobmarket.gap_words import in_words

_CRAWLED = f"""
select * replace ({in_words("main_reason")} as main_reason)
from rpt_board_coverage_weekly where week_start = ? order by board
"""  # noqa: S608  # only constants
_COUNTED = """
select
    measure, count_if(is_canonical) as n_postings, count(*) as with_copies,
    count(distinct company_key) filter (is_canonical) as n_companies
from fct_posting_weeks where week_start = ? group by measure order by measure
"""
_STATUSES = """
select measure, status, break_reason, count(distinct (role_family, country)) as cells
from rpt_skill_demand_weekly
where week_start = ? and seniority = 'all' and workplace = 'all'
group by all order by all
"""
_FINDINGS = "select gate, severity, suite, observed, reason from gate_results where not success order by all"


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def monday(what: str) -> date | None:
    """Return the Monday of a week written as ``2026-W33`` or as a day in it; None if it is neither."""
    try:
        # Python parses ISO weeks as dates: 2026-W33 is its Monday.
        return monday_of(date.fromisoformat(what))
    except ValueError:
        return None


def explain_week(published: duckdb.DuckDBPyConnection, week: date) -> None:
    """Print what is behind a week.

    Args:
        published: The opened vintage.
        week: Its Monday.

    Raises:
        StageError: If the vintage has no such week.
    """
    require_week(published, "rpt_board_coverage_weekly", week)
    click.echo(f"Week of {week}")
    show(published, "What was crawled", _CRAWLED, [week])
    show(published, "What counted", _COUNTED, [week])
    show(published, "Status of its figures", _STATUSES, [week])
    show(published, "What the gates found, in all weeks", _FINDINGS, [], fits=True)
