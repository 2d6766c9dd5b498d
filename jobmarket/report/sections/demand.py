"""Skills that employers ask for."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published, Rows, SkillWeek
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_skill_demand_weekly"
SKILLS_SHOWN = 15


def of_week(published: Published, measure: str) -> list[SkillWeek]:
    """Return the scope's skills in the week, most asked for first."""
    return [row for row in published.skills if row.measure == measure]


def status_of_count(published: Published, row: SkillWeek) -> str:
    """Return the status of a row's number of postings. No floor withholds it, so ``suppressed`` means the shares."""
    if row.status != "suppressed":
        return row.status
    if row.break_reason is not None:
        return "coverage_break"
    return "provisional" if published.source.is_provisional else "final"


def why_nothing(rows: list[SkillWeek]) -> str | None:
    """Return a sentence that says why a week's shares are not shown; None if they are."""
    if not rows:
        return say("No posting with a description was observed this week.")
    if all(row.share is None for row in rows):
        return withheld(rows[0].floor_reason, rows[0].n_postings, rows[0].n_companies)
    return None


@dataclass(frozen=True)
class Sample:
    """The sample of the week's shares, and why none is shown."""

    n_postings: int
    n_companies: int
    floor_reason: str | None


def nothing(published: Published, key: str, title: str) -> Figure | None:
    """Return a figure that says why no share of open postings is shown; None if any is.

    Args:
        published: The published data.
        key: Key of the figure.
        title: Title of the figure.
    """
    absence = why_nothing(of_week(published, "stock"))
    if absence is None:
        return None
    which = f"week_start = $week and measure = 'stock' and {published.source.cell}"
    sample = published.source.rows(Sample, TABLE, f"{which} order by share desc nulls last, skill_id limit 1")
    return Figure(key, title, absence=absence, query=sample.query)


@dataclass(frozen=True)
class SkillDemand:
    """A skill among open postings, and among the new ones of the week. Shares are between 0 and 1."""

    skill_name: str
    category: str
    share: float
    share_low: float | None
    share_high: float | None
    n_with_skill: int | None
    n_postings: int
    n_companies: int
    required_share: float | None
    preferred_share: float | None
    flow_share: float | None
    flow_share_low: float | None
    flow_share_high: float | None
    flow_n_postings: int | None
    status: str


def _read(published: Published) -> Rows[SkillDemand]:
    source = published.source
    new = (
        "select skill_id, share as flow_share, share_low as flow_share_low, share_high as flow_share_high, "  # noqa: S608  # only constants
        f"n_postings as flow_n_postings from {TABLE} where week_start = $week and measure = 'flow' and {source.cell}"
    )
    return source.rows(
        SkillDemand,
        f"{TABLE} left join ({new}) as flow using (skill_id)",
        f"week_start = $week and measure = 'stock' and {source.cell} and share is not null "
        f"order by share desc, skill_id limit {SKILLS_SHOWN}",
        {"preferred_share": "n_preferred / n_postings"},
    )


def week_figure(published: Published) -> Figure:
    """The skills most asked for in the week, in open and in new postings."""
    key, title = "skills-week", say("Share of postings that ask for a skill")
    if figure := nothing(published, key, title):
        return figure
    shown, flow = _read(published), of_week(published, "flow")
    rows = [Row(formats.foreign(row.skill_name, 22), formats.share(row.share), _open(row), _new(row)) for row in shown]
    legend = [("accent", say("open postings (stock, {n})", n=formats.sample(shown[0].n_postings)))]
    note = say("Share of all open postings with a description, with 95% intervals clustered by employer.")
    if not flow:
        why = (
            say("No posting counts as new: an employer’s first crawl brings in its backlog.")
            if published.source.is_complete
            else say("The week is not over, and no posting counts as new yet.")
        )
        note = f"{note} {why}"
    elif why_none := why_nothing(flow):
        note = f"{note} {say('New postings on their own: {why}', why=why_none)}"
    else:
        meaning = say("new postings of the week (flow, {n})", n=formats.sample(flow[0].n_postings))
        legend.append(("second ring", meaning))
    return interval_figure(
        key,
        title,
        rows,
        axis_format=".0%",
        from_zero=True,
        note=note,
        legend=tuple(legend),
        table=_skills_table(published, shown),
        query=shown.query,
    )


def _skills_table(published: Published, shown: list[SkillDemand]) -> Table:
    return table(
        say("Skills in machine-learning postings, {week}", week=formats.week_span(published.week)),
        shown,
        Field("skill_name", say("Skill")),
        Field("category", say("Category"), "code", write=names.category),
        Field("share", say("Open: share"), "share"),
        Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
        Field("n_with_skill", say("Postings with it"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("required_share", say("Required"), "share"),
        Field("preferred_share", say("Preferred"), "share"),
        Field("flow_share", say("New: share"), "share"),
        Field("flow_share", say("95% interval"), "share_interval", lambda r: (r.flow_share_low, r.flow_share_high)),
        Field("flow_n_postings", say("n"), "count"),
        Field("status", say("Status"), "status"),
    )


def _open(row: SkillDemand) -> Mark | None:
    if row.share_low is None or row.share_high is None:
        return None
    values = _values(row.skill_name, row.share, (row.share_low, row.share_high), row.n_postings)
    description = say("{skill}: {share} of open postings ({interval}, {n})", **values)
    return Mark(row.share, row.share_low, row.share_high, description)


def _new(row: SkillDemand) -> Mark | None:
    if row.flow_share is None or row.flow_share_low is None or row.flow_share_high is None:
        return None
    values = _values(row.skill_name, row.flow_share, (row.flow_share_low, row.flow_share_high), row.flow_n_postings)
    description = say("{skill}: {share} of new postings ({interval}, {n})", **values)
    return Mark(row.flow_share, row.flow_share_low, row.flow_share_high, description)


def _values(skill: str, share: float, interval: tuple[float, float], n: int | None) -> dict[str, str]:
    return {
        "skill": formats.foreign(skill),
        "share": formats.share(share),
        "interval": formats.share_interval(*interval),
        "n": formats.sample(n),
    }


def too_short(published: Published, weeks_shown: int) -> str | None:
    """Return a sentence that says why no trend is shown; None if there are enough weeks."""
    if published.is_recorded:
        return say("These are recordings of single days, so they show no trend.")
    if weeks_shown == 1:
        return say("A trend needs at least two weeks with figures that can be shown; so far there is one.")
    if not weeks_shown:
        return say("A trend needs at least two weeks with figures that can be shown; so far there is none.")
    return None
