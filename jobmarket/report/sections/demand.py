"""Which skills employers ask for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published, SkillWeek
from jobmarket.report.sections.absent import withheld
from jobmarket.report.tables import Field, Table, table

SKILLS_SHOWN = 15


def of_week(published: Published, measure: str) -> list[SkillWeek]:
    """The week's skills over the scope, most asked for first."""
    rows = [
        row
        for row in published.skills
        if row.week_start == published.week
        and row.measure == measure
        and row.role_family == published.scope.role_family
    ]
    return sorted(rows, key=lambda row: (-(row.share or 0), row.skill_id))


def why_nothing(rows: list[SkillWeek]) -> str | None:
    """Why a week's shares are not shown, in a sentence; None if they are."""
    if not rows:
        return say("No posting with a description was observed in this week.")
    if all(row.share is None for row in rows):
        sample = formats.count(rows[0].n_postings), formats.count(rows[0].n_companies)
        return withheld(formats.reason(rows[0].floor_reason), *sample)
    return None


@dataclass(frozen=True)
class _Skill:
    """A skill among open postings, and among the new ones of the week."""

    stock: SkillWeek
    flow: SkillWeek | None


def week_figure(published: Published) -> Figure:
    """The skills most asked for in the week, among open postings and among new ones."""
    stock, flow = of_week(published, "stock"), {row.skill_id: row for row in of_week(published, "flow")}
    key, title = "skills-week", say("Share of postings that ask for a skill")
    if absence := why_nothing(stock):
        return Figure(key, title, absence=absence)
    shown = [_Skill(row, flow.get(row.skill_id)) for row in stock if row.share is not None][:SKILLS_SHOWN]
    rows = [
        Row(
            formats.foreign(row.stock.skill_name, 22), formats.share(row.stock.share), _mark(row.stock), _mark(row.flow)
        )
        for row in shown
    ]
    new = next(iter(flow.values()), None)
    legend = [("accent", say("open postings (stock, {n})", n=formats.sample(shown[0].stock.n_postings)))]
    note = say("Share of all open postings with a description, with 95% intervals clustered by employer.")
    if new is not None and new.share is not None:
        told = say("new postings of the week (flow, {n})", n=formats.sample(new.n_postings))
        legend.append(("second ring", told))
    elif new is not None:
        note = f"{note} {say('New postings apart: {why}', why=why_nothing(list(flow.values())))}"
    else:
        why = say("No posting counts as new: what an employer’s first crawl brings is its back-log.")
        note = f"{note} {why}"
    return Figure(
        key,
        title,
        note=note,
        wide=Drawing(interval_chart(rows, is_narrow=False, axis_format=".0%", from_zero=True)),
        narrow=Drawing(interval_chart(rows, is_narrow=True, axis_format=".0%", from_zero=True)),
        legend=tuple(legend),
        table=_skills_table(published, shown),
    )


def _preferred_share(row: SkillWeek) -> float | None:
    return None if row.n_preferred is None else row.n_preferred / row.n_postings


def _skills_table(published: Published, shown: list[_Skill]) -> Table:
    return table(
        say("Skills in machine-learning postings, {week}", week=formats.week_span(published.week)),
        shown,
        Field("skill_name", say("Skill"), value=lambda row: row.stock.skill_name),
        Field("category", say("Category"), "code", lambda row: row.stock.category),
        Field("share", say("Open: share"), "share", lambda row: row.stock.share),
        Field("share", say("95% interval"), "share_interval", lambda r: (r.stock.share_low, r.stock.share_high)),
        Field("n_with_skill", say("Postings with it"), "count", lambda row: row.stock.n_with_skill),
        Field("n_postings", say("n"), "count", lambda row: row.stock.n_postings),
        Field("n_companies", say("Employers"), "count", lambda row: row.stock.n_companies),
        Field("required_share", say("Required"), "share", lambda row: row.stock.required_share),
        Field("preferred_share", say("Preferred"), "share", lambda row: _preferred_share(row.stock)),
        Field("flow_share", say("New: share"), "share", lambda row: row.flow and row.flow.share),
        Field(
            "flow_share",
            say("95% interval"),
            "share_interval",
            lambda row: (row.flow.share_low, row.flow.share_high) if row.flow else (None, None),
        ),
        Field("flow_n_postings", say("n"), "count", lambda row: row.flow and row.flow.n_postings),
        Field("status", say("Status"), "status", lambda row: row.stock.status),
    )


def _mark(row: SkillWeek | None) -> Mark | None:
    if row is None or row.share is None or row.share_low is None or row.share_high is None:
        return None
    values = {
        "skill": formats.foreign(row.skill_name),
        "share": formats.share(row.share),
        "interval": formats.share_interval(row.share_low, row.share_high),
        "n": formats.sample(row.n_postings),
    }
    if row.measure == "flow":
        told = say("{skill}: {share} of new postings ({interval}, {n})", **values)
    else:
        told = say("{skill}: {share} of open postings ({interval}, {n})", **values)
    return Mark(row.share, row.share_low, row.share_high, told)


def series_of(published: Published) -> dict[str, list[SkillWeek]]:
    """Skill → its weeks among open postings of the scope, oldest first."""
    series: dict[str, list[SkillWeek]] = defaultdict(list)
    for row in published.skills:
        if row.role_family == published.scope.role_family and row.measure == "stock":
            series[row.skill_id].append(row)
    return series


def too_short(published: Published, weeks_shown: int) -> str | None:
    """Why there is no trend, in a sentence; None if there may be one."""
    if published.is_recorded:
        return say("These are recordings of single days: no trend can be read from them.")
    if weeks_shown == 1:
        return say("A trend needs at least two weeks whose figures can be shown; so far there is one.")
    if not weeks_shown:
        return say("A trend needs at least two weeks whose figures can be shown; so far there is none.")
    return None
