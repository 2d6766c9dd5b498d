"""`jobmarket profile`: what the market asks of a role, and what is known of a skill, a company or a country.

Everything comes from the published file, with its sample, its interval and its week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import click
import duckdb

from jobmarket.profile.cell import Cell
from jobmarket.profile.role import show_role
from jobmarket.profile.subjects import show_company, show_skill
from jobmarket.publishing import open_published, require_one_of, sample_world, skill_named
from jobmarket.settings import Home
from jobmarket.stages import StageError

__all__ = ["Cell", "profile"]


@dataclass(frozen=True)
class _Kind:
    """What a profile may be of.

    Attributes:
        words: It in a sentence.
        fitting: The options that say which of its postings are meant.
    """

    words: str
    fitting: tuple[str, ...]


# In the order in which a name is taken for them.
_KINDS = {
    "skill": _Kind("a skill", ("--country",)),
    "employer": _Kind("an employer", ()),
    "country": _Kind("a country", ("--role", "--seniority")),
}
_NEAR = """
select name from (select skill_name as name from dim_skills union select company_name from dim_companies)
where name is not null
order by jaro_winkler_similarity(lower(name), lower(?)) desc limit 3
"""


def profile(
    home: Home, what: str | None, cell: Cell, as_of: datetime | None = None, *, kind: str | None = None
) -> None:
    """Print a profile.

    Args:
        home: Where it was published.
        what: A skill (id, name or another of its spellings), an employer (key or name) or a country (code or name);
            null: the cell's role.
        cell: Which postings it is about.
        as_of: The vintage as of a moment; null: the current one.
        kind: ``skill``, ``employer`` or ``country``, where several are called so; null: the first of these.

    Raises:
        StageError: if nothing is published, nothing of this name is, or too few postings of the cell are.
        UsageError: if an option does not go with what was asked for.
    """
    with open_published(home, as_of, needs=("current_week", "posting_pay", "open_postings")) as published:
        if told := sample_world(published):
            click.echo(f"{told}\n")
        for column in ("role_family", "country"):
            require_one_of(published, column, getattr(cell, column))
        require_one_of(published, "seniority", cell.seniority, "rpt_salary_trend_weekly")
        if what is None:
            if kind is not None:
                raise click.UsageError("--kind goes with the name of a skill, an employer or a country.")
            show_role(published, cell)
            return
        called = _called(published, what)
        if not called:
            near = ", ".join(name for (name,) in published.execute(_NEAR, [what]).fetchall())
            raise StageError(f"'{what}' is no skill, company or country here. Similar names: {near}.")
        chosen = kind or next(iter(called))
        if chosen not in called:
            known = " and ".join(_KINDS[one].words for one in called)
            raise StageError(f"'{what}' is {known} here, not {_KINDS[chosen].words}.")
        _require_fitting(what, _KINDS[chosen], cell)
        if kind is None:
            for other in [one for one in called if one != chosen]:
                click.echo(f"This is {_KINDS[chosen].words}; '{what}' is also {_KINDS[other].words}: --kind {other}\n")
        _show(published, chosen, called[chosen], cell)


def _show(published: duckdb.DuckDBPyConnection, kind: str, named: tuple[str, str], cell: Cell) -> None:
    if kind == "skill":
        show_skill(published, *named, cell)
    elif kind == "employer":
        show_company(published, *named)
    else:
        show_role(published, Cell(cell.role_family, cell.seniority, named[0]))


def _require_fitting(what: str, kind: _Kind, cell: Cell) -> None:
    """Refuse options that the profile would not heed: its heading would be taken for what was asked."""
    given = {"--role": cell.role_family, "--seniority": cell.seniority, "--country": cell.country}
    fitting = kind.fitting
    if wrong := [option for option, value in given.items() if value != "all" and option not in fitting]:
        go = "none goes" if not fitting else f"{' and '.join(fitting)} {'goes' if len(fitting) == 1 else 'go'}"
        raise click.UsageError(
            f"'{what}' is {kind.words}: {go} with it, {' and '.join(wrong)} not. Alone, --role, --seniority and "
            "--country choose the postings of a role."
        )


def _called(published: duckdb.DuckDBPyConnection, what: str) -> dict[str, tuple[str, str]]:
    """Key and name of what is called so, of each kind that something is of."""
    found = {
        "skill": skill_named(published, what),
        "employer": _named(published, "dim_companies", "company_key", "company_name", what),
        "country": _named(published, "dim_locations", "country", "country_name", what),
    }
    return {kind: named for kind, named in found.items() if named}


def _named(published: duckdb.DuckDBPyConnection, table: str, key: str, name: str, what: str) -> tuple[str, str] | None:
    """Key and name of what is called so, the one with most postings; null if nothing is."""
    found = published.execute(
        f"select {key}, {name} from {table} where {name} is not null and lower($1) in (lower({key}), lower({name})) "  # noqa: S608 - names of ours
        f"order by n_postings desc, {key} limit 1",
        [what],
    ).fetchone()
    return (str(found[0]), str(found[1])) if found else None
