"""The week in a few sentences, made of figures; a change is named only where it is significant."""

from __future__ import annotations

from jobmarket.report import formats
from jobmarket.report.changes import WEEKS_COMPARED, Change
from jobmarket.report.queries import Published, SkillWeek
from jobmarket.report.sections import coverage, demand, pay

_NAMED = 3


def headline(published: Published) -> list[str]:
    """Three to five sentences: sample, skills, what changed, pay, coverage."""
    sentences = [_sample(published), _skills(published)]
    if published.about.get("origin") != "recorded":
        sentences.append(_changes(published))
    return [sentence for sentence in (*sentences, _pay(published), _coverage(published)) if sentence]


def _sample(published: Published) -> str:
    stock, flow = demand.of_week(published, "stock"), demand.of_week(published, "flow")
    when = formats.week_span(published.week)
    if not stock:
        return f"In the week of {when} no open posting for machine-learning roles was observed."
    told = (
        f"In the week of {when}, {formats.count(stock[0].n_postings)} open postings with a description for "
        f"machine-learning roles of {formats.count(stock[0].n_companies)} employers were observed"
    )
    return f"{told}; {formats.count(flow[0].n_postings)} of them were newly published." if flow else f"{told}."


def _skills(published: Published) -> str:
    rows = [row for row in demand.of_week(published, "stock") if row.share is not None][:_NAMED]
    if not rows:
        return "There are too few of them to show which skills they ask for."
    first = rows[0]
    told = (
        f"{formats.foreign(first.skill_name)} is asked for in {formats.share(first.share)} of the open ones "
        f"({formats.share_interval(first.share_low, first.share_high)})"
    )
    others = [
        f"{formats.foreign(row.skill_name)} in {formats.share(row.share)} "
        f"({formats.share_interval(row.share_low, row.share_high)})"
        for row in rows[1:]
    ]
    return f"{told}, {formats.listed(others)}." if others else f"{told}."


def _changes(published: Published) -> str:
    compared = demand.changes(published)
    if not compared:
        return (
            f"Whether any skill gained or lost over {WEEKS_COMPARED} weeks cannot be said: "
            "there is no week to compare with."
        )
    significant = [(row, moved) for row, moved in compared if moved.is_significant]
    if not significant:
        return f"Over {WEEKS_COMPARED} weeks no skill’s share changed significantly; {len(compared)} were compared."
    rising = [_moved(row, moved) for row, moved in significant if moved.value > 0][:_NAMED]
    falling = [_moved(row, moved) for row, moved in significant if moved.value < 0][:_NAMED]
    parts = [f"{verb} for {formats.listed(group)}" for verb, group in (("rose", rising), ("fell", falling)) if group]
    return f"Over {WEEKS_COMPARED} weeks, at the same employers, demand {' and '.join(parts)}."


def _moved(row: SkillWeek, moved: Change) -> str:
    return (
        f"{formats.foreign(row.skill_name)} ({formats.points(moved.value)} points, "
        f"{formats.points_interval(moved.low, moved.high)})"
    )


def _pay(published: Published) -> str:
    row = pay.this_week(published)
    if row is None or row.salary_median_usd_annual is None:
        return "Too few postings state pay to show a median."
    told = (
        f"Median stated pay is {formats.dollars(row.salary_median_usd_annual)} a year "
        f"({formats.dollars_interval(row.median_low, row.median_high)}), among the "
        f"{formats.share(row.disclosure_share)} of open postings that state it"
    )
    moved = pay.median_change(published) if published.about.get("origin") != "recorded" else None
    if moved is None:
        return f"{told}."
    if moved.is_significant:
        direction = "up" if moved.value > 0 else "down"
        ends = sorted((abs(moved.low), abs(moved.high)))
        return (
            f"{told}: {direction} {formats.dollars(abs(moved.value))} ({formats.dollars_interval(*ends)}) over "
            f"{WEEKS_COMPARED} weeks."
        )
    return f"{told}; it did not change significantly over {WEEKS_COMPARED} weeks."


def _coverage(published: Published) -> str:
    row = coverage.this_week(published)
    if row is None:
        return ""
    told = (
        f"{formats.count(row.n_companies_qualified)} of {formats.count(row.n_companies_expected)} expected employers’ "
        f"boards were observed ({formats.share(row.coverage_ratio)})"
    )
    if row.status == "coverage_break":
        return f"{told}: a coverage break, so this week’s plain figures are not compared with others."
    return f"{told}."
