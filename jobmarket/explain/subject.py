"""Recognises the subject of an explanation: a posting, a week or a figure."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

import click
import duckdb

from jobmarket.explain.figure import Figure, FigureCell, explain_figure, pay, skill_share, theme_share
from jobmarket.explain.posting import explain_posting
from jobmarket.explain.week import explain_week, monday
from jobmarket.fitting_options import given_options, require_fitting
from jobmarket.publishing import open_published, warnings
from jobmarket.settings import Home, Settings
from jobmarket.stages import WrongUsageError

# The format of a week, even where the year has no such week.
_WEEK_NUMBER = re.compile(r"\d{4}-?W\d+", re.IGNORECASE)
_NEAR = """
select name from (
    select skill_name as name from dim_skills where $kind is distinct from 'theme'
    union
    select unnest(themes) as name from dim_skills where $kind is distinct from 'skill'
)
order by jaro_winkler_similarity(replace(lower(name), '_', ' '), replace(lower($what), '_', ' ')) desc, name limit 3
"""


def explain(
    home: Home,
    settings: Settings,
    what: str,
    cell: FigureCell,
    as_of: datetime | None = None,
    *,
    kind: str | None = None,
    every: bool = False,
) -> None:
    """Print what is behind a posting, a week, the share of a skill or theme, or a median of pay.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        what: A posting's key or URL, a week (``2026-W33``, or a day in it), ``pay``, or the name of a skill or theme.
        cell: Which figure.
        as_of: Use the last vintage up to this moment, UTC; None means the current vintage.
        kind: ``skill`` or ``theme``, if a name may be either; None means the first that matches.
        every: Print all postings behind a figure, not only the first ones.

    Raises:
        StageError: If nothing is published, or nothing has this name.
        UsageError: If an option does not apply to what is explained.
    """
    if not what.strip():
        raise WrongUsageError("Nothing to explain was given: a posting, a week, a skill, a theme or `pay`.")
    given = [*given_options(cell), *(["--kind"] if kind else []), *(["--all"] if every else [])]
    with open_published(home, as_of) as published:
        for notice in warnings(published):
            click.echo(f"{notice}\n")
        if (key := _posting_key(published, what)) is not None:
            require_fitting(f"'{what}' is a posting, whose explanation", (), given)
            explain_posting(published, home, settings, key)
        elif (week := monday(what)) is not None:
            require_fitting(f"'{what}' is a week, whose explanation", (), given)
            explain_week(published, week)
        else:
            explain_figure(published, _figure(published, what, kind), cell, every=every)


def _posting_key(published: duckdb.DuckDBPyConnection, what: str) -> UUID | None:
    try:
        return UUID(what)
    except ValueError:
        row = published.execute("select posting_key from fct_postings where url = ? limit 1", [what]).fetchone()
        return row[0] if row else None


def _figure(published: duckdb.DuckDBPyConnection, what: str, kind: str | None) -> Figure:
    if what.lower() == "pay" and kind is None:
        return pay()
    if _WEEK_NUMBER.fullmatch(what):
        raise WrongUsageError(f"{what} is not a week: write 2026-W33, or a day in it.")
    if what.lower().startswith(("http://", "https://")):
        raise WrongUsageError(f"The published database has no posting with the address {what}.")
    shares = {"skill": skill_share, "theme": theme_share}
    matching = [share(published, what) for name, share in shares.items() if kind in (None, name)]
    chosen = [figure for figure in matching if figure is not None]
    if not chosen:
        near = [name for (name,) in published.execute(_NEAR, {"what": what, "kind": kind}).fetchall()]
        sought = kind or "posting, week, skill or theme"
        raise WrongUsageError(
            f"'{what}' is not a {sought}. Similar names: {', '.join(near)}. For pay: `jobmarket explain pay`. For an "
            "employer or a country: `jobmarket profile`."
        )
    if len(chosen) > 1:
        click.echo(f"Shown as a skill. For the theme '{what}': --kind theme\n")
    return chosen[0]
