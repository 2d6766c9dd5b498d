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
        week: Monday of the week; null: the last finished one that has a figure.
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
        week = cell.week or _last_finished(published, figure, chosen)
        if week is None:
            is_told = published.execute(f"select 1 from ({figure.trend}) limit 1", chosen).fetchone()  # noqa: S608  # SQL of ours
            why = "too few postings in every week" if is_told else figure.never
            raise StageError(f"No figure of {figure.name} for {told}: {why}.")
        click.echo(f"{figure.name}: {told}")
        of_week = {**chosen, "week": week}
        weeks = f"from ({figure.trend}) where week_start <= $week order by week_start desc limit 8"
        show(published, "The weeks up to it", weeks, of_week)
        show(published, f"The postings behind the {figure.what} of the week of {week}", figure.behind, of_week)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise StageError(
            f"This vintage was published by an earlier version, which did not tell what is behind it ({error}): "
            "`jobmarket build`, `gate marts` and `publish` make one that does."
        ) from error
    except duckdb.InvalidInputException as error:  # what a macro says that it does not tabulate
        raise StageError(str(error).removeprefix("Invalid Input Error: ")) from error


def _last_finished(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> date | None:
    query = (
        f"select week_start from ({figure.trend}) where status <> 'suppressed' "  # noqa: S608  # SQL of ours
        "and week_start <= (select week_start from current_week) order by week_start desc limit 1"
    )
    found = published.execute(query, chosen).fetchone()
    return found[0] if found else None
