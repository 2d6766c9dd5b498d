"""A figure of a week: how it came about, and the postings that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click
import duckdb

from jobmarket.explain.printed import require_week, show
from jobmarket.publishing import require_one_of, skill_named
from jobmarket.stages import StageError

_SKILLS, _THEMES, _PAY = "rpt_skill_demand_weekly", "rpt_theme_demand_weekly", "rpt_salary_trend_weekly"


@dataclass(frozen=True)
class Cell:
    """The figure that is asked about: the dimensions of the weekly tables.

    Attributes:
        week: Monday of the week; null: the last finished one, and where that has no figure the postings of the last
            that has one.
        country: ISO 3166-1 alpha-2, or ``all``.
        role_family: One of the market's families, or ``all``.
        measure: ``stock`` or ``flow``.
        seniority: A level, or ``all``.
    """

    week: date | None = None
    country: str = "all"
    role_family: str = "all"
    measure: str = "stock"
    seniority: str = "all"


@dataclass(frozen=True)
class Figure:
    """A figure that has a row a week, and postings behind each.

    Attributes:
        name: As readers know it.
        what: What it is of a week.
        table: Where it stands.
        columns: Of the table, by which it is chosen, with the cell's attribute in which each is named.
        trend: SQL of its weeks; ``$country`` and the other columns choose, ``$it`` is ``named``.
        behind: SQL of the postings of ``$week``, chosen likewise.
        named: Of which skill or theme it is; null of pay.
        never: Why no week has it, where none has.
    """

    name: str
    what: str
    table: str
    columns: tuple[str, ...]
    trend: str
    behind: str
    never: str
    named: str | None = None


def skill_share(published: duckdb.DuckDBPyConnection, name: str) -> Figure | None:
    """The share that asks for a skill, by its id, name or another of its spellings; null if none is called so."""
    known = skill_named(published, name)
    if known is None:
        return None
    return Figure(
        name=known[1], what="share", table=_SKILLS, named=known[0],
        columns=("country", "role_family", "measure", "seniority"),
        trend="from skill_trend($it, $country, $role_family, $measure, $seniority)",
        behind="from postings_behind($it, $week, $country, $role_family, $measure, $seniority)",
        never="no posting of any week asks for it",
    )  # fmt: skip


def theme_share(published: duckdb.DuckDBPyConnection, name: str) -> Figure | None:
    """The share that asks for anything of a theme; null if none is called so, or the vintage is older than themes."""
    try:
        found = published.execute("from theme_named(?)", [name]).fetchone()
    except (duckdb.InvalidInputException, duckdb.CatalogException):
        return None
    if found is None:
        return None
    return Figure(
        name=str(found[0]), what="share", table=_THEMES, named=str(found[0]),
        columns=("country", "role_family", "measure"),
        trend="from theme_trend($it, $country, $role_family, $measure)",
        behind="from postings_behind_theme($it, $week, $country, $role_family, $measure)",
        never="no posting of any week asks for it",
    )  # fmt: skip


def pay() -> Figure:
    """The median of stated pay."""
    return Figure(
        name="Pay", what="median", table=_PAY, columns=("country", "role_family", "measure", "seniority"),
        trend="from salary_trend($country, $seniority, $role_family, $measure)",
        behind="from postings_behind_pay($week, $country, $role_family, $measure, $seniority)",
        never="no posting of any week states it",
    )  # fmt: skip


def explain_figure(published: duckdb.DuckDBPyConnection, figure: Figure, cell: Cell) -> None:
    """Print the weeks up to a figure and the postings behind it.

    Args:
        published: The opened vintage.
        figure: Of what.
        cell: Of which part of the market, in which week.

    Raises:
        StageError: if there is no such cell or week, it has no figure, or the vintage is older than the question.
    """
    if cell.seniority != "all" and "seniority" not in figure.columns:
        raise StageError(f"A theme's share is not told by level: {figure.name} goes without --seniority.")
    chosen: dict[str, object] = {column: getattr(cell, column) for column in figure.columns}
    told = ", ".join([f"country {cell.country}", f"role {cell.role_family}", cell.measure])
    told += "" if cell.seniority == "all" else f", {cell.seniority}"
    try:
        for column, value in chosen.items():
            require_one_of(published, column, str(value), figure.table)
        if cell.week is not None:
            require_week(published, figure.table, cell.week)
        if figure.named is not None:
            chosen["it"] = figure.named
        asked = cell.week or _now(published)
        shown = _last_shown(published, figure, {**chosen, "until": asked})
        week = cell.week or shown
        if week is None:
            raise StageError(f"No figure of {figure.name} for {told}: {_why_none(published, figure, chosen)}.")
        click.echo(f"{figure.name}: {told}")
        if withheld := _withheld(published, figure, {**chosen, "asked": asked}):
            last = "no earlier week is shown" if shown is None else f"the last that is shown is {shown}"
            click.echo(f"\n{asked} {withheld}; {last}.")
        # as far back as the postings that follow, however many weeks since are suppressed
        weeks = (
            f"from ({figure.trend}) where week_start <= $asked "
            "qualify row_number() over (order by week_start desc) <= 8 or week_start >= $week order by week_start desc"
        )
        show(published, f"The weeks up to {asked}", weeks, {**chosen, "asked": asked, "week": week})
        behind = {**chosen, "week": week}
        show(published, f"The postings behind the {figure.what} of the week of {week}", figure.behind, behind)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise StageError(
            f"This vintage was published by an earlier version, which did not tell what is behind it ({error}): "
            "`jobmarket build`, `gate marts` and `publish` make one that does."
        ) from error
    except duckdb.InvalidInputException as error:  # what a macro says that it does not tabulate
        raise StageError(str(error).removeprefix("Invalid Input Error: ")) from error


def _now(published: duckdb.DuckDBPyConnection) -> date | None:
    found = published.execute("select week_start from current_week").fetchone()
    return found[0] if found else None


def _why_none(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> str:
    """Why no week has it: a trend has suppressed weeks, and leaves out those of whose postings none asks for it."""
    query = f"select count(*), (select count(*) from dim_weeks) from ({figure.trend})"  # noqa: S608  # SQL of ours
    n_suppressed, n_weeks = published.execute(query, chosen).fetchall()[0]
    if not n_suppressed:
        return figure.never
    if n_suppressed == n_weeks:
        return "too few postings in every week"
    return "too few postings in some weeks, and none that asks for it in the others"


def _last_shown(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> date | None:
    """The last week up to ``$until`` that has a figure."""
    query = (
        f"select week_start from ({figure.trend}) where status <> 'suppressed' "  # noqa: S608  # SQL of ours
        "and week_start <= $until order by week_start desc limit 1"
    )
    found = published.execute(query, chosen).fetchone()
    return found[0] if found else None


def _withheld(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> str | None:
    """What to say of week ``$asked`` if it has no figure, with the sample that was too small; null if it has one."""
    week = published.execute(f"from ({figure.trend}) where week_start = $asked", chosen)  # noqa: S608  # SQL of ours
    columns = [name for name, *_ in week.description or ()]
    row = week.fetchone()
    if row is None:
        return "has no row: none of its postings asks for it, or too few are counted"
    told = dict(zip(columns, row, strict=True))
    if told["status"] != "suppressed":
        return None
    # an earlier vintage does not tell why
    reason = told.get("floor_reason") or "too few postings or employers"
    sample = told.get("n_with_pay", told["n_postings"])
    return (
        f"is suppressed: {reason}"
        if sample is None
        else f"is suppressed: {reason} ({sample} of {told['n_companies']} employers)"
    )
