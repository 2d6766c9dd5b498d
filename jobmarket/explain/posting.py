"""Explains a posting: what is known about it, the words it was read from, and the crawls that saw it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from textwrap import shorten
from typing import Any
from uuid import UUID

import click
import duckdb

from jobmarket.explain.printed import in_words, show
from jobmarket.explain.words import quotes_of
from jobmarket.extract.document import read_document
from jobmarket.foreign_text import harmless
from jobmarket.settings import Home, Settings
from jobmarket.sql_shell import print_relation
from jobmarket.stages import StageError, WrongUsageError
from jobmarket.warehouse import connect

# Characters shown on either side of a span, and of a sentence at most.
_AROUND = 50
_LONGEST_QUOTE = 160
_NOT_ALONE = "(no title, field or sentence says it by itself)"
_TEXT = ("title", "location_text", "description_html", "description_text")

_SKILLS = """
select skill_name, level, surface, span_start, span_end from fct_posting_skills
where posting_key = ? order by list_position(['required', 'preferred', 'mentioned', 'context'], level), skill_name
"""
_PAY = "select * exclude (posting_key) from fct_posting_salaries where posting_key = ? order by salary_no"
_PAY_WORDS = """
select salary_min, salary_max, concat_ws(' ', currency, period), amount_basis, span_start, span_end
from fct_posting_salaries where posting_key = ? order by salary_no
"""
_LIFE = """
select runs.as_of, sightings.run_id, sightings.content_hash, runs.status, runs.qualifies
from staging.stg_sightings as sightings join raw.crawl_runs as runs using (run_id)
where sightings.posting_key = $key and runs.board = $board and runs.company_slug = $company_slug
order by runs.as_of desc, runs.attempt desc limit 200
"""
_CONTENT = "select * from staging.stg_postings where posting_key = $key and content_hash = $content_hash"
# The run that landed a content; runs that saw it again later did not land it.
_LANDED = """
select versions.landed_run_id, min(runs.as_of) as as_of
from staging.stg_postings as versions left join raw.crawl_runs as runs on runs.run_id = versions.landed_run_id
where versions.posting_key = $key and versions.content_hash = $content_hash group by all
"""


def explain_posting(published: duckdb.DuckDBPyConnection, home: Home, settings: Settings, key: UUID) -> None:
    """Print what is behind a posting.

    Args:
        published: The opened vintage.
        home: The installation's folders, with the warehouse that has the words and the crawls.
        settings: The installation's settings.
        key: The posting's key.

    Raises:
        StageError: If it is not published.
    """
    facts = published.sql(
        "select postings.*, company_name from fct_postings as postings join dim_companies using (company_key) "
        "where posting_key = ?", params=[key],
    )  # fmt: skip
    posting = _row(facts)
    if not posting:
        raise WrongUsageError(f"The published database has no posting {key}.")
    comments = dict(
        published.execute(
            "select column_name, comment from duckdb_columns() where table_name in ('fct_postings', 'dim_companies')"
        ).fetchall()
    )
    for name, value in posting.items():
        if value is not None and value != []:
            click.echo(f"{name:<22}{in_words(value)}    {click.style(comments.get(name, ''), dim=True)}")
    show(published, "Pay, as stated and as compared", _PAY, [key])
    with _warehouse(home, settings) as warehouse:
        if warehouse is None or not _is_built(warehouse):
            show(published, "Skills", _SKILLS, [key])
            return
        content = {"key": key, "content_hash": posting["content_hash"]}
        _show_words(published, posting, _row(warehouse.sql(_CONTENT, params=content)))
        click.echo("\nCrawls that saw it, newest first (200 at most)")
        life = {"key": key, "board": posting["board"], "company_slug": posting["company_slug"]}
        print_relation(warehouse.sql(_LIFE, params=life))
        for run_id, landed_at in warehouse.execute(_LANDED, content).fetchall():
            day = f"{landed_at:%Y-%m-%d}" if landed_at else "…"
            folder = f"landing/board={posting['board']}/dt={day}/run={run_id}"
            click.echo(f"\nPayload of this content: {folder}/postings.jsonl.gz")


def _row(relation: duckdb.DuckDBPyRelation) -> dict[str, Any]:
    """Return the first row by the names of its columns; empty if there is none."""
    row = relation.fetchone()
    return dict(zip(relation.columns, row, strict=True)) if row else {}


def _show_words(published: duckdb.DuckDBPyConnection, posting: dict[str, Any], content: dict[str, Any]) -> None:
    key = [posting["posting_key"]]
    text = read_document(*[content[name] for name in _TEXT]).text if content else ""
    if paid := published.execute(_PAY_WORDS, key).fetchall():
        click.echo("\nPay, in the words of the posting")
        for lowest, highest, unit, basis, start, end in paid:
            amounts = " to ".join(f"{amount:,.10g}" for amount in (lowest, highest) if amount is not None)
            words = "not in the text" if start is None else _quote(text, start, end)
            click.echo(f"  {amounts + ' ' + unit:<32}{basis:<13}{words}")
    click.echo("\nSkills, in the words of the posting")
    for name, level, surface, start, end in published.execute(_SKILLS, key).fetchall():
        words = harmless(surface) if start is None else _quote(text, start, end)
        click.echo(f"  {name:<28}{level:<11}{words}")
    if content:
        _show_other_facts(posting, content, text)


def _show_other_facts(posting: dict[str, Any], content: dict[str, Any], text: str) -> None:
    click.echo("\nOther facts, in the words of the posting")
    published = content | {"title": posting["title"]}  # without contact data
    for fact, quotes in quotes_of(posting, published, text).items():
        value = in_words(posting[fact])
        said = [shorten(harmless(quote), _LONGEST_QUOTE, placeholder="…") for quote in quotes]
        for name, words in zip_longest((f"{fact:<19} {value:<19}",), said or [_NOT_ALONE], fillvalue=" " * 39):
            click.echo(f"  {name} {words}")


def _quote(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    quoted = f"…{before}[{text[start:end]}]{after}…"
    return " ".join(harmless(quoted).split())


def _is_built(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Whether the warehouse has been built; a new one, whose landing was only loaded, has no staging."""
    views = "select 1 from duckdb_views() where schema_name = 'staging' and view_name = 'stg_postings'"
    if warehouse.execute(views).fetchone():
        return True
    click.echo("\nThe words, the crawls and the payload are left out until `jobmarket build` has built the warehouse.")
    return False


@contextmanager
def _warehouse(home: Home, settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    with ExitStack() as stack:
        try:
            warehouse = stack.enter_context(connect(home, settings, read_only=True))
        except StageError as error:
            click.echo(f"\nThe words, the crawls and the payload are left out: {error}")
            yield None
        else:
            yield warehouse
