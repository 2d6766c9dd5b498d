"""Explains a weekly figure: its recent weeks, and the postings it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click
import duckdb

from jobmarket.counted import counted
from jobmarket.explain.printed import require_week, show
from jobmarket.fitting_options import given_options, option_of, require_fitting
from jobmarket.publishing import require_one_of, skill_named
from jobmarket.stages import StageError, WrongUsageError

_SKILLS, _THEMES, _PAY = "rpt_skill_demand_weekly", "rpt_theme_demand_weekly", "rpt_salary_trend_weekly"
_POSTINGS_SHOWN = 20
_REST = "--all prints all of them"


@dataclass(frozen=True)
class FigureCell:
    """The dimensions of the figure to explain.

    Attributes:
        week: Monday of the week. None means the last finished week; if that has no figure, the postings of the last
            week with a figure are shown.
        country: ISO 3166-1 alpha-2, or ``all``.
        role_family: A role family of the market, or ``all``.
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
    """A weekly figure with the postings behind it.

    Attributes:
        name: Its name for readers.
        what: The kind of figure: ``share`` or ``median``.
        table: Its weekly table.
        columns: The table's dimensions, which are also attributes of :class:`FigureCell`.
        trend: SQL of its weeks, with the parameters ``$country`` and so on; ``$it`` is ``named``.
        behind: SQL of the postings of ``$week``, with the same parameters.
        never: Why no week has a figure, if none has.
        named: The id of the skill or theme; None for pay.
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
    """Return the share of a skill, given by id, name or another spelling; None if there is no such skill."""
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
    """Return the share of a theme; None if there is no such theme."""
    try:
        row = published.execute("from theme_named(?)", [name]).fetchone()
    except duckdb.InvalidInputException:
        return None
    if row is None:
        return None
    return Figure(
        name=str(row[0]), what="share", table=_THEMES, named=str(row[0]),
        columns=("country", "role_family", "measure"),
        trend="from theme_trend($it, $country, $role_family, $measure)",
        behind="from postings_behind_theme($it, $week, $country, $role_family, $measure)",
        never="no posting of any week asks for it",
    )  # fmt: skip


def pay() -> Figure:
    """Return the median of stated pay."""
    return Figure(
        name="Pay", what="median", table=_PAY, columns=("country", "role_family", "measure", "seniority"),
        trend="from salary_trend($country, $seniority, $role_family, $measure)",
        behind="from postings_behind_pay($week, $country, $role_family, $measure, $seniority)",
        never="no posting of any week states it",
    )  # fmt: skip


def explain_figure(
    published: duckdb.DuckDBPyConnection, figure: Figure, cell: FigureCell, *, every: bool = False
) -> None:
    """Print the weeks up to a figure and the postings behind it.

    Args:
        published: The opened vintage.
        figure: Which figure.
        cell: Which part of the market, and which week.
        every: Print all postings, not only the first ones.

    Raises:
        StageError: If there is no such cell or week, or if it has no figure.
        UsageError: If an option chooses a dimension that the figure does not have.
    """
    takes = ["--week", *map(option_of, figure.columns)]
    require_fitting(f"The {figure.what} of {figure.name}", takes, given_options(cell))
    chosen: dict[str, object] = {column: getattr(cell, column) for column in figure.columns}
    selection = ", ".join([f"country {cell.country}", f"role {cell.role_family}", cell.measure])
    selection += "" if cell.seniority == "all" else f", {cell.seniority}"
    try:
        for column, value in chosen.items():
            require_one_of(published, column, str(value), figure.table)
        if cell.week is not None:
            require_week(published, figure.table, cell.week)
        if figure.named is not None:
            chosen["it"] = figure.named
        until = cell.week or _now(published)
        shown = _last_shown(published, figure, {**chosen, "until": until})
        week = cell.week or shown
        if week is None:
            why = _why_none(published, figure, chosen)
            raise StageError(f"No figure of {figure.name} for {selection}: {why}.")
        click.echo(f"{figure.name}: {selection}")
        if withheld := _withheld(published, figure, {**chosen, "until": until}):
            last = "no earlier week has a figure" if shown is None else f"the last week with a figure is {shown}"
            click.echo(f"\n{until} {withheld}; {last}.")
        # Reaches back to the week whose postings follow, however many suppressed weeks lie between.
        weeks = (
            f"select week_start, status, * exclude (week_start, status) from ({figure.trend}) "  # noqa: S608  # only constants
            "where week_start <= $until "
            "qualify row_number() over (order by week_start desc) <= 8 or week_start >= $week order by week_start desc"
        )
        show(published, f"Weeks up to {until}", weeks, {**chosen, "until": until, "week": week}, cuts=True)
        behind = {**chosen, "week": week}
        ((n,),) = published.execute(f"select count(*) {figure.behind}", behind).fetchall()
        title = f"Postings behind the {figure.what} in the week of {week} ({counted(n, 'posting')})"
        show(published, title, figure.behind, behind, cuts=True, most=n if every else _POSTINGS_SHOWN, rest=_REST)
    except duckdb.InvalidInputException as error:  # raised by a macro for something it does not tabulate
        raise WrongUsageError(str(error).removeprefix("Invalid Input Error: ")) from error


def _now(published: duckdb.DuckDBPyConnection) -> date | None:
    row = published.execute("select week_start from current_week").fetchone()
    return row[0] if row else None


def _why_none(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> str:
    """Say why no week has a figure. A trend includes suppressed weeks and leaves out weeks without any posting."""
    query = f"select count(*), (select count(*) from dim_weeks) from ({figure.trend})"  # noqa: S608  # only constants
    n_suppressed, n_weeks = published.execute(query, chosen).fetchall()[0]
    if not n_suppressed:
        return figure.never
    if n_suppressed == n_weeks:
        return "too few postings in every week"
    return "too few postings in some weeks, and none that asks for it in the others"


def _last_shown(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> date | None:
    """Return the last week up to ``$until`` that has a figure."""
    query = (
        f"select week_start from ({figure.trend}) where status <> 'suppressed' "  # noqa: S608  # only constants
        "and week_start <= $until order by week_start desc limit 1"
    )
    row = published.execute(query, chosen).fetchone()
    return row[0] if row else None


def _withheld(published: duckdb.DuckDBPyConnection, figure: Figure, chosen: dict[str, object]) -> str | None:
    """Say why week ``$until`` has no figure, with the size of its sample; None if it has one."""
    week = published.execute(f"from ({figure.trend}) where week_start = $until", chosen)
    columns = [name for name, *_ in week.description or ()]
    values = week.fetchone()
    if values is None:
        return "has no row: none of its postings asks for it, or too few are counted"
    row = dict(zip(columns, values, strict=True))
    if row["status"] != "suppressed":
        return None
    reason, sample = row["floor_reason"], row.get("n_with_pay", row["n_postings"])
    return (
        f"is suppressed: {reason}"
        if sample is None
        else f"is suppressed: {reason} ({counted(sample, 'posting')} from {counted(row['n_companies'], 'employer')})"
    )
