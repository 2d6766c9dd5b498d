"""What changed significantly in each country: shares of skills, pay and openings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from jobmarket.report import formats, names
from jobmarket.report.changes import (
    WEEKS_OF_PAY_COMPARED,
    WEEKS_OF_SKILLS_COMPARED,
    about_bounds_of_flagged,
    bounds_of_flagged,
    interval_heading,
)
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.absent import not_over
from jobmarket.report.tables import Field, Table, table

SKILLS, OPENINGS, PAY = "rpt_skill_demand_weekly", "rpt_role_demand_weekly", "rpt_salary_trend_weekly"
_WEEKS_OF_OPENINGS_COMPARED = (13, 4)
_OPEN_ROWS = 20


@dataclass(frozen=True)
class Moved:
    """A change in a country over some weeks.

    Attributes:
        country: Its code; ``all`` for all countries together.
        kind: ``openings``, ``pay`` or ``share``.
        name: The skill's, where it is a share.
        weeks: How many weeks the change spans.
        points: Of a share: the difference of shares in 0…1, later minus earlier.
        points_low: Lower end of its interval, which allows for the selection by the flag.
        points_high: Upper end.
        change: Of pay and openings: the difference as a part of the earlier value.
        change_low: Lower end of its 95 % interval.
        change_high: Upper end.
        was_significant: Whether it was significant in the week before too; None where that was not compared.
        n_postings: Postings behind this week's figure.
        coverage_ratio: Coverage of the cell; None if nothing was expected of it.
        status: Of this week's figure.
    """

    country: str
    kind: str
    name: str | None
    weeks: int
    points: float | None
    points_low: float | None
    points_high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    was_significant: bool | None
    n_postings: int
    coverage_ratio: float | None
    status: str


def countries_figure(published: Published) -> Figure:
    """The significant changes of each country, the longest span of each; or one sentence that there are none."""
    key, title = "since-countries", say("What changed significantly, by country")
    compared = [] if published.is_recorded else _read(published, "true order by country")
    if not compared:
        absence = not_over(published) or say("There is no earlier week to compare with.")
        return Figure(key, title, absence=absence)
    moved = _read(
        published,
        "is_significant qualify row_number() over (partition by country, kind, id order by weeks desc) = 1 "
        "order by country <> 'all', country, list_position(['openings', 'pay', 'share'], kind), "
        "abs(coalesce(points, change)) desc, id",
    )
    countries = sorted({row.country for row in compared}, key=lambda country: (country != "all", _country(country)))
    n = formats.count(len(compared))
    if not moved:
        absence = say(
            "No share, pay or number of openings changed significantly ({n} comparisons): {countries}.",
            n=n,
            countries=formats.listed([_country(country) for country in countries]),
        )
        return Figure(key, title, absence=absence, query=moved.query)
    note = say(
        "Shares of skills, pay and open postings that changed significantly, of {n} comparisons over 4 and 13 weeks. "
        "Pay is compared among similar jobs, the others among employers observed in both weeks. Of the skills flagged "
        "in a country over one period, at most one in twenty is expected to be due to chance; of all comparisons of "
        "pay and openings, one in twenty would be significant by chance alone.",
        n=n,
    )
    has_shares = any(row.kind == "share" for row in moved)
    if has_shares:
        note = f"{note} {about_bounds_of_flagged()}"
    heading = interval_heading(any_flagged=has_shares)
    still = [_country(country) for country in countries if country not in {row.country for row in moved}]
    if still:
        note = f"{note} {say('No significant change: {countries}.', countries=formats.listed(still))}"
    return Figure(
        key, title, note=note, table=_shown(moved, heading), numbers=_numbers(moved, heading), query=moved.query
    )


def _read(published: Published, which: str) -> Rows[Moved]:
    parts = [_of_skills(weeks) for weeks in WEEKS_OF_SKILLS_COMPARED]
    parts += [_of_openings(weeks) for weeks in _WEEKS_OF_OPENINGS_COMPARED]
    parts.append(_of_pay())
    return published.source.rows(
        Moved, f"({' union all '.join(parts)})", which, before=published.week - timedelta(weeks=1)
    )


def _of_skills(weeks: int) -> str:
    return _part(
        SKILLS, "share", f"change_{weeks}w", weeks, f"is_significant_{weeks}w", "n_postings",
        "measure = 'stock' and seniority = 'all' and workplace = 'all'", ("skill_id", "skill_name"),
    )  # fmt: skip


def _of_openings(weeks: int) -> str:
    change = f"change_{weeks}w"
    return _part(
        OPENINGS, "openings", change, weeks, f"({change}_low > 0 or {change}_high < 0)", "n_postings",
        "measure = 'stock'",
    )  # fmt: skip


def _of_pay() -> str:
    change = "controlled_change_13w"
    return _part(
        PAY, "pay", change, WEEKS_OF_PAY_COMPARED, f"({change}_low > 0 or {change}_high < 0)", "n_with_pay",
        "measure = 'stock' and seniority = 'all'",
    )  # fmt: skip


def _part(
    relation: str,
    kind: str,
    change: str,
    weeks: int,
    is_significant: str,
    n: str,
    where: str,
    named: tuple[str, str] = ("null", "null"),
) -> str:
    """A query for one kind of change over a span of weeks in every country."""
    identity, name = named
    own = f"{change}_low", f"{change}_high"
    ends = [change, *(bounds_of_flagged(change) if kind == "share" else own)]
    none, names = ["null"] * 3, ("points", "points_low", "points_high", "change", "change_low", "change_high")
    values = [*ends, *none] if kind == "share" else [*none, *ends]
    chosen = ", ".join(f"{value} as {column}" for value, column in zip(values, names, strict=True))
    return (
        f"select country, '{kind}' as kind, {identity} as id, {name} as name, {weeks} as weeks, {chosen}, "  # noqa: S608  # only constants
        f"{is_significant} as is_significant, "
        f"lag({is_significant}) over (partition by country, {identity} order by week_start) as was_significant, "
        f"{n} as n_postings, coverage_ratio, status from {relation} "
        f"where week_start in ($before, $week) and role_family = $role_family and $country in ('all', country) "
        f"and {where} qualify week_start = $week and {' and '.join(f'{end} is not null' for end in ends)}"
    )


def _shown(moved: list[Moved], heading: str) -> Table:
    made = table(
        say("What changed significantly, by country"),
        moved,
        Field("country", say("Country"), "code", write=_country),
        Field("name", say("Figure"), value=_name),
        Field("change", say("Change"), "phrase", _change),
        Field("interval", heading, "phrase", _interval),
        Field("weeks", say("Period (weeks)"), "count"),
        Field("was_significant", say("Week before"), "phrase", _before),
        Field("n_postings", say("n"), "count"),
        Field("coverage_ratio", say("Coverage"), "share"),
        Field("status", say("Status"), "status"),
    )
    return replace(made, n_open=_OPEN_ROWS) if len(moved) > _OPEN_ROWS else made


def _numbers(moved: list[Moved], heading: str) -> Table:
    return table(
        say("What changed significantly, by country"),
        moved,
        Field("country", say("Country"), "code", write=_country),
        Field("name", say("Figure"), value=_name),
        Field("points", say("Points"), "points"),
        Field("points", heading, "points_interval", lambda row: (row.points_low, row.points_high)),
        Field("change", say("Change"), "change"),
        Field("change", say("95% interval"), "change_interval", lambda row: (row.change_low, row.change_high)),
        Field("weeks", say("Period (weeks)"), "count"),
        Field("was_significant", say("Week before"), "words", _before),
        Field("n_postings", say("n"), "count"),
        Field("coverage_ratio", say("Coverage"), "share"),
        Field("status", say("Status"), "status"),
    )


def _country(code: str) -> str:
    return say("All countries") if code == "all" else names.country(code)


def _name(row: Moved) -> str:
    if row.kind == "share":
        return formats.whole(row.name)
    return say("Open postings") if row.kind == "openings" else say("Pay for similar jobs")


def _change(row: Moved) -> str:
    return (
        formats.change(row.change) if row.points is None else say("{points} points", points=formats.points(row.points))
    )


def _interval(row: Moved) -> str:
    if row.points is None:
        return formats.change_interval(row.change_low, row.change_high)
    return formats.points_interval(row.points_low, row.points_high)


def _before(row: Moved) -> str | None:
    if row.was_significant is None:
        return None
    return say("significant") if row.was_significant else say("not significant")
