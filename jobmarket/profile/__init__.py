"""`jobmarket profile`: what employers ask for in a role, and what is known about a skill, an employer or a country.

All figures come from the published file, with their sample, interval and week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from shlex import quote

import click
import duckdb

from jobmarket.duplicates.employers import employer_key
from jobmarket.extract.location import country_code
from jobmarket.fitting_options import given_options, require_fitting
from jobmarket.profile.cell import ProfileCell
from jobmarket.profile.role import show_role
from jobmarket.profile.subjects import show_company, show_skill
from jobmarket.publishing import open_published, require_one_of, skill_named, warnings
from jobmarket.settings import Home
from jobmarket.stages import StageError, WrongUsageError

__all__ = ["ProfileCell", "profile"]


@dataclass(frozen=True)
class _Kind:
    """A kind of profile.

    Attributes:
        words: Its name in a sentence.
        fitting: The options that restrict its postings.
    """

    words: str
    fitting: tuple[str, ...]


# In the order of precedence for a name that matches several.
_KINDS = {
    "skill": _Kind("a skill", ("--role", "--country")),
    "employer": _Kind("an employer", ()),
    "country": _Kind("a country", ("--role", "--seniority")),
}
_NEAR = """
select name from (
    select skill_name as name from dim_skills
    union select company_name from dim_companies
    union select country_name from dim_locations
)
where name is not null
order by jaro_winkler_similarity(lower(name), lower(?)) desc limit 3
"""


def profile(
    home: Home, what: str | None, cell: ProfileCell, as_of: datetime | None = None, *, kind: str | None = None
) -> None:
    """Print a profile.

    Args:
        home: The installation's folders.
        what: A skill (id, name or another spelling), an employer (key, name or another spelling) or a country (code or
            name). None means the cell's role.
        cell: Which postings it is about.
        as_of: Use the last vintage up to this moment, UTC; None means the current vintage.
        kind: ``skill``, ``employer`` or ``country``, if several have this name; None means the first of these.

    Raises:
        StageError: If nothing is published, nothing has this name, or the cell has too few postings.
        UsageError: If an option does not apply to this kind of profile.
    """
    with open_published(home, as_of) as published:
        for notice in warnings(published):
            click.echo(f"{notice}\n")
        for column in ("role_family", "country"):
            require_one_of(published, column, getattr(cell, column))
        require_one_of(published, "seniority", cell.seniority, "rpt_salary_trend_weekly")
        if what is None:
            if kind is not None:
                raise click.UsageError("--kind needs the name of a skill, an employer or a country.")
            show_role(published, cell)
            return
        matching = _matching(published, what, kind)
        if not matching:
            if kind in (None, "country") and (code := country_code(what)):
                require_one_of(published, "country", code)
            near = ", ".join(name for (name,) in published.execute(_NEAR, [what]).fetchall())
            raise WrongUsageError(
                f"'{what}' is not a skill, an employer or a country here. Similar names: {near}. For a posting, a "
                "week, a theme or pay: `jobmarket explain`."
            )
        chosen = kind or next(iter(matching))
        if chosen not in matching:
            known = " and ".join(_KINDS[one].words for one in matching)
            raise WrongUsageError(f"'{what}' is {known} here, not {_KINDS[chosen].words}.")
        subject = f"'{what}' is {_KINDS[chosen].words}, whose profile"
        hint = f" For the profile of a role, leave out '{what}'."
        if chosen == "skill":
            hint += f" For its share at a level: `jobmarket explain {quote(what)} --seniority {cell.seniority}`."
        require_fitting(subject, _KINDS[chosen].fitting, given_options(cell), hint)
        if kind is None:
            for other in [one for one in matching if one != chosen]:
                click.echo(f"Shown as {_KINDS[chosen].words}. '{what}' is also {_KINDS[other].words}: --kind {other}\n")
        _show(published, chosen, matching[chosen], cell)


def _show(published: duckdb.DuckDBPyConnection, kind: str, named: tuple[str, str], cell: ProfileCell) -> None:
    if kind == "skill":
        show_skill(published, *named, cell)
    elif kind == "employer":
        show_company(published, *named)
    else:
        show_role(published, ProfileCell(cell.role_family, cell.seniority, named[0]))


def _matching(published: duckdb.DuckDBPyConnection, what: str, kind: str | None) -> dict[str, tuple[str, str]]:
    """Return the kinds that have something of this name, each with its key and name.

    Raises:
        StageError: If it is a spelling of several skills, and no other kind is asked for.
    """
    try:
        skill = skill_named(published, what)
    except StageError:
        if kind in (None, "skill"):
            raise
        skill = None
    employers = ("dim_companies", "company_key", "company_name")
    candidates = {
        "skill": skill,
        # an account's slug, such as "stack-ai", has the key of its employer but may not be its name
        "employer": _named(published, *employers, what) or _named(published, *employers, employer_key(what)),
        "country": _named(published, "dim_locations", "country", "country_name", country_code(what) or what),
    }
    return {kind: named for kind, named in candidates.items() if named}


def _named(published: duckdb.DuckDBPyConnection, table: str, key: str, name: str, what: str) -> tuple[str, str] | None:
    """Return the key and name of the entry with this name that has the most postings; None if there is none."""
    row = published.execute(
        f"select {key}, {name} from {table} where {name} is not null and lower($1) in (lower({key}), lower({name})) "  # noqa: S608  # only constants
        f"order by n_postings desc, {key} limit 1",
        [what],
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else None
