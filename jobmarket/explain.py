"""`jobmarket explain`: from a figure to its postings, from a posting to the words and the crawls it was read from.

Everything but the words, the crawls and the payload's file comes from the published file. These stand in the private
warehouse alone; without it, or while another process writes it, they are left out and a line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import click
import duckdb

from jobmarket.extract.document import read_document
from jobmarket.foreign_text import harmless
from jobmarket.publishing import open_published, require_one_of, sample_world, skill_named, with_break_reason
from jobmarket.settings import Home, Settings
from jobmarket.sql_shell import print_relation
from jobmarket.stages import StageError
from jobmarket.warehouse import connect

# Characters shown on either side of a span.
_AROUND = 50

_SKILLS = """
select skill_name, level, surface, span_start, span_end from fct_posting_skills
where posting_key = ? order by list_position(['required', 'preferred', 'mentioned', 'context'], level), skill_name
"""
_COUNTED = """
select
    measure, count_if(is_canonical) as n_postings, count(*) as with_copies,
    count(distinct company_key) as n_companies
from fct_posting_weeks where week_start = ? group by measure order by measure
"""
# what looks like a week and is none of the year's
_WEEK_NUMBER = re.compile(r"\d{4}-?W\d+", re.IGNORECASE)
_STATUSES = f"""
select measure, status, break_reason, count(distinct (role_family, country)) as cells
from {with_break_reason("rpt_skill_demand_weekly")}
where week_start = ? and seniority = 'all' and workplace = 'all'
group by all order by all
"""  # noqa: S608 - a table of ours
_FINDINGS = "select gate, severity, suite, observed, reason from gate_results where not success order by all"
_TREND = "from skill_trend($1, $2, $3, $4) where week_start <= $5 order by week_start desc limit 8"
_BEHIND = "from postings_behind($1, $5, $2, $3, $4)"
_NEAR = "select skill_name from dim_skills order by jaro_winkler_similarity(lower(skill_name), lower(?)) desc limit 3"
_PAY = "select * exclude (posting_key) from fct_posting_salaries where posting_key = ? order by salary_no"
_LIFE = """
select runs.as_of, sightings.run_id, sightings.content_hash, runs.status, runs.qualifies
from raw.sightings join raw.crawl_runs as runs using (run_id)
where sightings.posting_key = $key and runs.board = $board and runs.company_slug = $company_slug order by runs.as_of
"""
_TEXT = """
select title, location_text, description_html, description_text from raw.posting_versions
where posting_key = $key and content_hash = $content_hash
"""
# the run that landed a content, which one that only saw it again did not
_LANDED = """
select versions.landed_run_id, min(runs.as_of) as as_of
from raw.posting_versions as versions left join raw.crawl_runs as runs on runs.run_id = versions.landed_run_id
where versions.posting_key = $key and versions.content_hash = $content_hash group by all
"""


@dataclass(frozen=True)
class Cell:
    """The figure that is asked about: the dimensions of the weekly tables.

    Attributes:
        week: Monday of the week; null: the last finished one that has a figure.
        country: ISO 3166-1 alpha-2, or ``all``.
        role_family: One of the market's families, or ``all``.
        measure: ``stock`` or ``flow``.
    """

    week: date | None = None
    country: str = "all"
    role_family: str = "all"
    measure: str = "stock"


def explain(home: Home, settings: Settings, what: str, cell: Cell, as_of: datetime | None = None) -> None:
    """Print what is behind a posting, a week or a skill's share.

    Args:
        home: Where it was published.
        settings: Of the warehouse.
        what: A posting's key or URL, a week (``2026-W33``, or a day in it), or a skill's id or name.
        cell: Which figure of a skill.
        as_of: The vintage as of a moment; null: the current one.

    Raises:
        StageError: if nothing is published, or nothing of this name is.
    """
    with open_published(home, as_of, needs=("current_week",)) as published:
        if told := sample_world(published):
            click.echo(f"{told}\n")
        if (key := _posting_key(published, what)) is not None:
            _explain_posting(published, home, settings, key)
        elif (monday := _monday(what)) is not None:
            _explain_week(published, monday)
        else:
            _explain_skill(published, what, cell)


def _posting_key(published: duckdb.DuckDBPyConnection, what: str) -> UUID | None:
    try:
        return UUID(what)
    except ValueError:
        found = published.execute("select posting_key from fct_postings where url = ? limit 1", [what]).fetchone()
        return found[0] if found else None


def monday_of(day: date) -> date:
    """Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _monday(what: str) -> date | None:
    """Python reads ISO weeks as dates too: 2026-W33 is its Monday."""
    try:
        return monday_of(date.fromisoformat(what))
    except ValueError:
        return None


def _explain_posting(published: duckdb.DuckDBPyConnection, home: Home, settings: Settings, key: UUID) -> None:
    facts = published.sql(
        "select postings.*, company_name from fct_postings as postings join dim_companies using (company_key) "
        "where posting_key = ?", params=[key],
    )  # fmt: skip
    row = facts.fetchone()
    if row is None:
        raise StageError(f"No posting {key} in the published database.")
    posting = dict(zip(facts.columns, row, strict=True))
    comments = dict(
        published.execute(
            "select column_name, comment from duckdb_columns() where table_name in ('fct_postings', 'dim_companies')"
        ).fetchall()
    )
    for name, value in posting.items():
        if value is not None and value != []:
            click.echo(f"{name:<22}{harmless(value)}    {click.style(comments.get(name, ''), dim=True)}")
    _show(published, "Pay, as stated and as compared", _PAY, [key])
    with _warehouse(home, settings) as warehouse:
        if warehouse is None:
            _show(published, "Skills", _SKILLS, [key])
            return
        content = {"key": key, "content_hash": str(posting["content_hash"])}
        _show_skills(published, warehouse, content)
        click.echo("\nThe crawls that saw it")
        life = {"key": key, "board": posting["board"], "company_slug": posting["company_slug"]}
        print_relation(warehouse.sql(_LIFE, params=life))
        for run_id, landed_at in warehouse.execute(_LANDED, content).fetchall():
            day = f"{landed_at:%Y-%m-%d}" if landed_at else "…"
            folder = f"landing/board={posting['board']}/dt={day}/run={run_id}"
            click.echo(f"\nThe payload of this content: {folder}/postings.jsonl.gz")


def _show_skills(
    published: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection, content: dict[str, object]
) -> None:
    stated = warehouse.execute(_TEXT, content).fetchone()
    text = read_document(*stated).text if stated else ""
    click.echo("\nSkills, in the words of the posting")
    for name, level, surface, start, end in published.execute(_SKILLS, [content["key"]]).fetchall():
        words = harmless(surface) if start is None else _quote(text, start, end)
        click.echo(f"  {name:<28}{level:<11}{words}")


def _quote(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    quoted = f"…{before}[{text[start:end]}]{after}…"
    return " ".join(harmless(quoted).split())


def _explain_week(published: duckdb.DuckDBPyConnection, monday: date) -> None:
    _require(published, "rpt_board_coverage_weekly", monday)
    click.echo(f"Week of {monday}")
    _show(published, "What was crawled", "from rpt_board_coverage_weekly where week_start = ? order by board", [monday])
    _show(published, "What counted", _COUNTED, [monday])
    _show(published, "Status of its figures", _STATUSES, [monday])
    _show(published, "What the gates found", _FINDINGS, [])


def _explain_skill(published: duckdb.DuckDBPyConnection, skill: str, cell: Cell) -> None:
    known = skill_named(published, skill)
    if known is None and _WEEK_NUMBER.fullmatch(skill):
        raise StageError(f"{skill} is no week: write 2026-W33, or a day in it.")
    if known is None:
        near = published.execute(_NEAR, [skill]).fetchall()
        raise StageError(f"'{skill}' is no posting, week or skill. Near it: {', '.join(name for (name,) in near)}.")
    for column, value in (("country", cell.country), ("role_family", cell.role_family), ("measure", cell.measure)):
        require_one_of(published, column, value)
    if cell.week is not None:
        _require(published, "rpt_skill_demand_weekly", cell.week)
    skill_id, name = known
    where = [skill_id, cell.country, cell.role_family, cell.measure]
    week = cell.week or _last_finished(published, where)
    if week is None:
        is_named = published.execute("select 1 from skill_trend($1, $2, $3, $4) limit 1", where).fetchone()
        why = "too few postings in every week" if is_named else "no posting of any week asks for it"
        raise StageError(
            f"No figure of {name} for country {cell.country}, role {cell.role_family}, {cell.measure}: {why}."
        )
    click.echo(f"{name}: country {cell.country}, role {cell.role_family}, {cell.measure}")
    _show(published, "The weeks up to it", _TREND, [*where, week])
    _show(published, f"The postings behind the share of the week of {week}", _BEHIND, [*where, week])


def _last_finished(published: duckdb.DuckDBPyConnection, where: list[str]) -> date | None:
    found = published.execute(
        "select week_start from skill_trend($1, $2, $3, $4) where status <> 'suppressed' "
        "and week_start <= (select week_start from current_week) order by week_start desc limit 1",
        where,
    ).fetchone()
    return found[0] if found else None


def _require(published: duckdb.DuckDBPyConnection, table: str, monday: date) -> None:
    first, last = published.execute(f"select min(week_start), max(week_start) from {table}").fetchone() or (None, None)  # noqa: S608  # our own constant
    if first is None or not first <= monday <= last:
        raise StageError(f"The published database has no week of {monday}: it reaches from {first} to {last}.")


def _show(published: duckdb.DuckDBPyConnection, title: str, query: str, values: list[object]) -> None:
    click.echo(f"\n{title}")
    print_relation(published.sql(query, params=values))


@contextmanager
def _warehouse(home: Home, settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    with ExitStack() as stack:
        try:
            warehouse = stack.enter_context(connect(home, settings, read_only=True))
        except StageError as error:
            click.echo(f"\nWithout the words, the crawls and the payload: {error}")
            yield None
        else:
            yield warehouse
