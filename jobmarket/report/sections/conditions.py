"""Under which conditions: where the work is done, what is asked of applicants, whether pay is stated."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

TABLES = ("rpt_workplace_weekly", "rpt_degree_and_experience", "rpt_pay_transparency_weekly")


@dataclass(frozen=True)
class Part:
    """One value of a dimension among the week's open postings."""

    value: str
    n_with: int
    n_postings: int
    n_companies: int
    share: float | None
    share_low: float | None
    share_high: float | None
    change_13w: float | None
    change_13w_low: float | None
    change_13w_high: float | None
    status: str
    floor_reason: str | None


def conditions_section(published: Published) -> Section:
    """A figure a dimension, each with its change over thirteen weeks at the same employers."""
    workplace, requirements, pay = TABLES
    asked = _parts(published, requirements, "requirement")
    return Section(
        "conditions",
        say("Conditions"),
        figures=(
            _figure("conditions-workplace", say("Where the work is done"), _parts(published, workplace, "workplace")),
            _figure("conditions-degree", say("Least degree asked for"), _under(asked, "degree:")),
            _figure("conditions-experience", say("Experience asked for"), _under(asked, "experience:")),
            _figure("conditions-pay", say("How pay is stated"), _parts(published, pay, "pay_statement")),
        ),
    )


def _parts(published: Published, relation: str, dimension: str) -> list[Part]:
    return published.source.rows(
        Part,
        f"(select *, {dimension} as value from {relation})",  # noqa: S608  # names of ours
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country "
        "order by n_with desc, value",
    )


def _under(parts: list[Part], prefix: str) -> list[Part]:
    return [part for part in parts if part.value.startswith(prefix)]


def _name(value: str) -> str:
    return formats.name(value.rpartition(":")[2])


def _figure(key: str, title: str, parts: list[Part]) -> Figure:
    if not parts:
        return Figure(key, title, absence=say("No posting with a description was observed in this week."))
    numbers = table(
        title,
        parts,
        Field("value", say("Value"), "code", write=_name),
        Field("share", say("Share"), "share"),
        Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
        Field("n_with", say("Postings with it"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("change_13w", say("Points in 13 weeks"), "points"),
        Field(
            "change_13w", say("95% interval"), "points_interval", lambda row: (row.change_13w_low, row.change_13w_high)
        ),
        Field("status", say("Status"), "status"),
    )
    if all(part.share is None for part in parts):
        absence = say(
            "Not shown: {reason} ({postings} postings of {companies} employers).",
            reason=formats.reason(parts[0].floor_reason),
            postings=formats.count(parts[0].n_postings),
            companies=formats.count(parts[0].n_companies),
        )
        return Figure(key, title, absence=absence, table=numbers)
    rows = [Row(_name(part.value), formats.share(part.share), _mark(part)) for part in parts]
    return Figure(
        key,
        title,
        note=say("Share of open postings with a description; changes are those at the same employers."),
        wide=Drawing(interval_chart(rows, is_narrow=False, axis_format=".0%", from_zero=True)),
        narrow=Drawing(interval_chart(rows, is_narrow=True, axis_format=".0%", from_zero=True)),
        legend=(("accent", say("open postings (stock, {n})", n=formats.sample(parts[0].n_postings))),),
        table=numbers,
    )


def _mark(part: Part) -> Mark | None:
    if part.share is None or part.share_low is None or part.share_high is None:
        return None
    interval = formats.share_interval(part.share_low, part.share_high)
    return Mark(
        part.share, part.share_low, part.share_high, f"{_name(part.value)}: {formats.share(part.share)} ({interval})"
    )
