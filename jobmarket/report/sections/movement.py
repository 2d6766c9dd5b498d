"""Changes in the demand for skills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.charts.trend import SMALL, Point, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.demand import TABLE, of_week, too_short
from jobmarket.report.sections.emerging import emerging_figure
from jobmarket.report.sections.movers import comparisons, movers_figure
from jobmarket.report.tables import Field, Table, table

_MULTIPLES = 8
# At most so many of these for skills that changed; the others show the skills most asked for.
_MOVERS = 5


def movement_section(published: Published) -> Section:
    """Skills that rose or fell, their course and that of the skills most asked for, and new names."""
    # for recordings of single days, the course already says that there is no trend
    moved = [] if published.is_recorded else [movers_figure(published)]
    figures = [*moved, _course(published), emerging_figure(published)]
    return Section("movement", say("How demand changed"), figures=tuple(figures))


@dataclass(frozen=True)
class TrendWeek:
    """A skill’s share of open postings in a week, between 0 and 1."""

    skill_id: str
    skill_name: str
    week_start: date
    share: float | None
    share_low: float | None
    share_high: float | None
    n_postings: int
    status: str


def _course(published: Published) -> Figure:
    key, title = "skills-trend", say("Skills that changed, and those most asked for, week by week")
    top = [row.skill_id for row in of_week(published, "stock") if row.share is not None]
    flagged = [mover.skill_id for made in comparisons(published) for mover in made.flagged]
    moved = list(dict.fromkeys(flagged))[:_MOVERS]
    chosen = list(dict.fromkeys([*moved, *top]))[:_MULTIPLES]
    rows = published.source.rows(
        TrendWeek,
        TABLE,
        f"week_start between $first_week and $week and measure = 'stock' and {published.source.cell} "
        "and list_contains($skills, skill_id) order by list_position($skills, skill_id), week_start",
        skills=chosen,
    )
    weeks = {row.week_start for row in rows if row.share is not None}
    if absence := too_short(published, len(weeks)):
        return Figure(key, title, absence=absence)
    if not chosen:
        return Figure(key, title, absence=say("No skill’s share can be shown this week."))
    series = {skill: [row for row in rows if row.skill_id == skill] for skill in chosen}
    multiples = []
    for skill in chosen:
        svg = trend_chart([_point(row) for row in series[skill]], SMALL, axis_format=".0%", from_zero=True)
        last = series[skill][-1]
        remark = f"{formats.share(last.share)} ({formats.share_interval(last.share_low, last.share_high)})"
        multiples.append(Drawing(svg, formats.foreign(last.skill_name, 32), remark, last.status))
    return Figure(
        key,
        title,
        note=say("Share of open postings that ask for the skill. Each chart has its own scale, starting at zero."),
        multiples=tuple(multiples),
        legend=(
            ("accent", say("final")),
            ("accent ring", say("provisional")),
            ("band", say("95% interval")),
            ("break", say("coverage break: the line is interrupted")),
        ),
        table=_course_table(sorted(weeks), list(series.values())),
        numbers=table(
            say("Share of open postings by week"),
            rows,
            Field("skill_name", say("Skill")),
            Field("week_start", say("Week of"), "day"),
            Field("share", say("Share"), "share"),
            Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
            Field("n_postings", say("n"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )


def _course_table(weeks: list[date], series: list[list[TrendWeek]]) -> Table:
    by_week = {(row.skill_id, row.week_start): row for rows in series for row in rows}

    def share_of(skill: str) -> Field:
        return Field(
            f"share_{skill}",
            formats.whole(by_week[skill, weeks[-1]].skill_name if (skill, weeks[-1]) in by_week else skill),
            "share",
            lambda week: (found := by_week.get((skill, week))) and found.share,
        )

    first = series[0][0].skill_id
    return table(
        say("Share of open postings by week"),
        weeks,
        Field("week_start", say("Week of"), "day", lambda week: week),
        *(share_of(rows[0].skill_id) for rows in series),
        Field("n_postings", say("n"), "count", lambda week: (row := by_week.get((first, week))) and row.n_postings),
        Field("status", say("Status"), "status", lambda week: (row := by_week.get((first, week))) and row.status),
    )


def _point(row: TrendWeek) -> Point:
    description = say(
        "{skill}, week of {day}: {share} ({interval}, {n}, {status})",
        skill=formats.foreign(row.skill_name),
        day=formats.day(row.week_start),
        share=formats.share(row.share),
        interval=formats.share_interval(row.share_low, row.share_high),
        n=formats.sample(row.n_postings),
        status=names.name(row.status),
    )
    return Point(row.week_start, row.share, row.share_low, row.share_high, row.status, description)
