"""Which skills employers ask for."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from jobmarket.report import formats, tables
from jobmarket.report.changes import WEEKS_COMPARED, Change, of_skill
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.charts.trend import SMALL, Point, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.queries import Published, SkillWeek

SKILLS_SHOWN = 15
_MULTIPLES = 8


def of_week(published: Published, measure: str) -> list[SkillWeek]:
    """The week's skills over all machine-learning families, most asked for first."""
    rows = [
        row
        for row in published.skills
        if row.week_start == published.week and row.measure == measure and row.role_family == "all"
    ]
    return sorted(rows, key=lambda row: (-(row.share or 0), -row.n_with_skill, row.skill_id))


def changes(published: Published) -> list[tuple[SkillWeek, Change]]:
    """Change of each skill's share of open postings over four weeks, largest first; empty where nothing compares."""
    found = [(row, moved) for row in of_week(published, "stock") if (moved := of_skill(row))]
    return sorted(found, key=lambda pair: (-abs(pair[1].value), pair[0].skill_id))


def why_nothing(rows: list[SkillWeek]) -> str | None:
    """Why a week's shares are not shown, in a sentence; None if they are."""
    if not rows:
        return "No posting with a description was observed in this week."
    if all(row.share is None for row in rows):
        row = rows[0]
        reason = row.floor_reason or "the sample is below the floor"
        return (
            f"Not shown: {formats.foreign(reason)} "
            f"({formats.count(row.n_postings)} postings of {formats.count(row.n_companies)} employers)."
        )
    return None


def demand_section(published: Published) -> Section:
    """Skills of the week, their course, what moved, and the skills of each role family."""
    # Of recordings of single days the course already says that there is none.
    moved = () if published.about.get("origin") == "recorded" else (_movers(published),)
    return Section(
        key="skills",
        title="Skills in demand",
        figures=(_skills_of_the_week(published), _course(published), *moved, _families(published)),
    )


def _skills_of_the_week(published: Published) -> Figure:
    stock, flow = of_week(published, "stock"), {row.skill_id: row for row in of_week(published, "flow")}
    key, title = "skills-week", "Share of postings that ask for a skill"
    if absence := why_nothing(stock):
        return Figure(key, title, absence=absence)
    shown = [row for row in stock if row.share is not None][:SKILLS_SHOWN]
    rows = [
        Row(formats.foreign(row.skill_name, 22), formats.share(row.share), _mark(row), _mark(flow.get(row.skill_id)))
        for row in shown
    ]
    new = next(iter(flow.values()), None)
    legend = [("accent", f"open postings (stock, {formats.sample(shown[0].n_postings)})")]
    note = "Share of all open machine-learning postings with a description, with 95% intervals clustered by employer."
    if new is not None and new.share is not None:
        legend.append(("second ring", f"new postings of the week (flow, {formats.sample(new.n_postings)})"))
    elif new is not None:
        note += f" New postings apart: {why_nothing(list(flow.values()))}"
    else:
        note += " No posting counts as new: what an employer’s first crawl brings is its back-log."
    return Figure(
        key,
        title,
        note=note,
        wide=Drawing(interval_chart(rows, is_narrow=False, axis_format=".0%", from_zero=True)),
        narrow=Drawing(interval_chart(rows, is_narrow=True, axis_format=".0%", from_zero=True)),
        legend=tuple(legend),
        table=tables.Table(
            f"Skills in machine-learning postings, {formats.week_span(published.week)}, all countries",
            tables.headings(
                "Skill", "Category", "#Open: share", "#95% interval", "#Postings with it", "#n", "#Employers",
                "#Required", "#New: share", "#95% interval", "#n", "Status",
            ),
            tuple(_skill_cells(row, flow.get(row.skill_id)) for row in shown),
        ),
    )  # fmt: skip


def _skill_cells(row: SkillWeek, new: SkillWeek | None) -> tuple[tables.Cell, ...]:
    return (
        tables.text(row.skill_name),
        tables.text(formats.name(row.category)),
        tables.share(row.share),
        tables.share_interval(row.share_low, row.share_high),
        tables.count(row.n_with_skill),
        tables.count(row.n_postings),
        tables.count(row.n_companies),
        tables.share(row.required_share),
        tables.share(new.share if new else None),
        tables.share_interval(new.share_low, new.share_high) if new else tables.share(None),
        tables.count(new.n_postings if new else None),
        tables.status(row.status),
    )


def _mark(row: SkillWeek | None) -> Mark | None:
    if row is None or row.share is None or row.share_low is None or row.share_high is None:
        return None
    kind = "new" if row.measure == "flow" else "open"
    told = (
        f"{formats.foreign(row.skill_name)}: {formats.share(row.share)} of {kind} postings "
        f"({formats.share_interval(row.share_low, row.share_high)}, {formats.sample(row.n_postings)})"
    )
    return Mark(row.share, row.share_low, row.share_high, told)


def _series(published: Published) -> dict[str, list[SkillWeek]]:
    series: dict[str, list[SkillWeek]] = defaultdict(list)
    for row in published.skills:
        if row.role_family == "all" and row.measure == "stock":
            series[row.skill_id].append(row)
    return series


def too_short(published: Published, weeks_shown: int) -> str | None:
    """Why there is no trend, in a sentence; None if there may be one."""
    if published.about.get("origin") == "recorded":
        return "These are recordings of single days: no trend can be read from them."
    if weeks_shown < 2:
        return "A trend needs at least two weeks whose figures can be shown; so far there " + (
            "is one." if weeks_shown else "is none."
        )
    return None


def _course(published: Published) -> Figure:
    key, title = "skills-trend", "How demand moved"
    series = _series(published)
    weeks = {row.week_start for rows in series.values() for row in rows if row.share is not None}
    if absence := too_short(published, len(weeks)):
        return Figure(key, title, absence=absence)
    top = [row.skill_id for row in of_week(published, "stock") if row.share is not None]
    moved = [row.skill_id for row, its_change in changes(published) if its_change.is_significant]
    chosen = list(dict.fromkeys([*moved[:_MULTIPLES], *top]))[:_MULTIPLES]
    chosen.sort(key=lambda skill: top.index(skill) if skill in top else len(top))
    if not chosen:
        return Figure(key, title, absence="No skill’s share can be shown in this week.")
    multiples = []
    for skill in chosen:
        points = [_point(row) for row in series[skill]]
        svg = trend_chart(points, SMALL, axis_format=".0%", from_zero=True)
        last = series[skill][-1]
        remark = f"{formats.share(last.share)} ({formats.share_interval(last.share_low, last.share_high)})"
        multiples.append(Drawing(svg, formats.foreign(last.skill_name, 32), remark, last.status))
    listed = sorted(weeks)
    names = [f"#{formats.foreign(series[skill][-1].skill_name, 32)}" for skill in chosen]
    by_week = {(row.skill_id, row.week_start): row.share for skill in chosen for row in series[skill]}
    return Figure(
        key,
        title,
        note="Share of open postings that ask for the skill, all machine-learning families, all countries; "
        "each chart has its own scale, beginning at zero.",
        multiples=tuple(multiples),
        legend=(
            ("accent", "final"),
            ("accent ring", "provisional"),
            ("band", "95% interval"),
            ("break", "coverage break: no line is drawn across"),
        ),
        table=tables.Table(
            "Share of open postings by week",
            tables.headings("Week of", *names, "#n", "Status"),
            tuple(
                (
                    tables.Cell(formats.day(week), week.isoformat()),
                    *(tables.share(by_week.get((skill, week))) for skill in chosen),
                    *_sample_cells([r for r in series[chosen[0]] if r.week_start == week]),
                )
                for week in listed
            ),
        ),
    )  # fmt: skip


def _sample_cells(rows: list[SkillWeek]) -> tuple[tables.Cell, tables.Cell]:
    return (tables.count(rows[0].n_postings), tables.status(rows[0].status)) if rows else (tables.text(None),) * 2


def _point(row: SkillWeek) -> Point:
    told = (
        f"{formats.foreign(row.skill_name)}, week of {formats.day(row.week_start)}: {formats.share(row.share)} "
        f"({formats.share_interval(row.share_low, row.share_high)}, {formats.sample(row.n_postings)}, "
        f"{formats.name(row.status).lower()})"
    )
    return Point(row.week_start, row.share, row.share_low, row.share_high, row.status, told)


def _movers(published: Published) -> Figure:
    key, title = "skills-moved", "Rising and falling"
    compared = changes(published)
    earlier = published.week - timedelta(weeks=WEEKS_COMPARED)
    if not compared:
        return Figure(
            key,
            title,
            absence=f"Nothing to compare with: a change over {WEEKS_COMPARED} weeks needs this week and the week of "
            f"{formats.day(earlier)}, both shown, with enough employers observed in both.",
        )
    significant = [(row, moved) for row, moved in compared if moved.is_significant]
    if not significant:
        return Figure(
            key,
            title,
            absence=f"No skill’s share changed significantly since the week of {formats.day(earlier)}; "
            f"{len(compared)} skills were compared.",
        )
    shown = sorted(significant, key=lambda pair: -pair[1].value)
    return Figure(
        key,
        title,
        note=f"Change since the week of {formats.day(earlier)} at employers observed in both weeks, in percentage "
        f"points. {len(compared)} skills were compared; shown are those flagged as significant, of which at most one "
        "in twenty is expected to be chance.",
        table=tables.Table(
            f"Skills whose share of open postings changed since the week of {formats.day(earlier)}",
            tables.headings("Skill", "Direction", "#Points", "#Interval", "#Share now", "#n", "Status"),
            tuple(
                (
                    tables.text(row.skill_name),
                    tables.Cell("rising" if moved.value > 0 else "falling", badge="up" if moved.value > 0 else "down"),
                    tables.Cell(formats.points(moved.value), moved.value),
                    tables.Cell(formats.points_interval(moved.low, moved.high), f"{moved.low!r} {moved.high!r}"),
                    tables.share(row.share),
                    tables.count(row.n_postings),
                    tables.status(row.status),
                )
                for row, moved in shown
            ),
        ),
    )


def _families(published: Published) -> Figure:
    key, title = "skills-families", "By role family"
    by_family: dict[str, list[SkillWeek]] = defaultdict(list)
    for row in published.skills:
        if row.week_start == published.week and row.measure == "stock" and row.role_family != "all":
            by_family[row.role_family].append(row)
    if not by_family:
        return Figure(key, title, absence="No posting with a description was observed in this week.")
    lines = []
    for family, rows in sorted(by_family.items(), key=lambda item: (-item[1][0].n_postings, item[0])):
        top = sorted(rows, key=lambda row: (-(row.share or 0), row.skill_id))[:5]
        told = [
            f"{formats.foreign(row.skill_name, 32)} {formats.share(row.share)}" for row in top if row.share is not None
        ]
        lines.append((
            tables.Cell(formats.name(family), family),
            tables.Cell(" · ".join(told) if told else why_nothing(rows) or formats.NO_VALUE),
            tables.count(rows[0].n_postings),
            tables.count(rows[0].n_companies),
            tables.status(rows[0].status),
        ))  # fmt: skip
    return Figure(
        key,
        title,
        note="The five skills most asked for in the open postings of each family.",
        table=tables.Table(
            "Most demanded skills by role family",
            tables.headings("Role family", "~Skills", "#n", "#Employers", "Status"),
            tuple(lines),
        ),
    )
