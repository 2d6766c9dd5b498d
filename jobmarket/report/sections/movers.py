"""Skills whose share rose or fell significantly over thirteen or four weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobmarket.report import formats
from jobmarket.report.changes import (
    WEEKS_OF_SKILLS_COMPARED,
    about_bounds_of_flagged,
    bounds_of_flagged,
    interval_heading,
)
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.demand import TABLE, of_week, why_nothing
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.tables import Field, Table, table

_DRAWN = 20


@dataclass(frozen=True)
class Mover:
    """Change of a skill’s share of open postings over some weeks, among employers observed in both weeks.

    Changes are differences of shares between 0 and 1, later minus earlier; the flag is based on the q value.
    """

    skill_id: str
    skill_name: str
    weeks: int
    points: float
    points_low: float
    points_high: float
    q_value: float | None
    is_significant: bool | None
    share: float | None
    n_postings: int
    status: str


@dataclass(frozen=True)
class Comparison:
    """The skills compared with an earlier week.

    Attributes:
        weeks: Number of weeks between the two.
        earlier: Monday of the earlier week.
        compared: Ids of the compared skills, at least one.
        flagged: Skills flagged as changed, largest change first.
    """

    weeks: int
    earlier: date
    compared: frozenset[str]
    flagged: tuple[Mover, ...]


def comparisons(published: Published) -> list[Comparison]:
    """Return the comparisons of the week, longest period first; empty if there are none."""
    found = []
    compared = _compared(published)
    for weeks in WEEKS_OF_SKILLS_COMPARED:
        if moved := [mover for mover in compared if mover.weeks == weeks]:
            flagged = tuple(mover for mover in moved if mover.is_significant)
            earlier = published.week - timedelta(weeks=weeks)
            found.append(Comparison(weeks, earlier, frozenset(mover.skill_id for mover in moved), flagged))
    return found


def _compared(published: Published) -> Rows[Mover]:
    return _read(published, "true order by weeks desc, abs(points) desc, skill_id")


def _read(published: Published, where: str) -> Rows[Mover]:
    spans = (_span(published, weeks) for weeks in WEEKS_OF_SKILLS_COMPARED)
    return published.source.rows(Mover, f"({' union all '.join(spans)})", where)


def _span(published: Published, weeks: int) -> str:
    change = f"change_{weeks}w"
    low, high = bounds_of_flagged(change)
    return (
        f"select skill_id, skill_name, {weeks} as weeks, {change} as points, {low} as points_low, "  # noqa: S608  # only constants
        f"{high} as points_high, {change}_q_value as q_value, is_significant_{weeks}w as is_significant, "
        f"share, n_postings, status from {TABLE} "
        f"where week_start = $week and measure = 'stock' and {published.source.cell} "
        "and points is not null and points_low is not null and points_high is not null"
    )


def why_none(published: Published, made: list[Comparison]) -> str | None:
    """Return a sentence that says why no change is reported; None if one is."""
    if not made:
        return _why_not_compared(published)
    if any(comparison.flagged for comparison in made):
        return None
    n = len(frozenset().union(*(comparison.compared for comparison in made)))
    return say_many(
        "Over {weeks} weeks, no skill’s share changed significantly; {n} was compared.",
        "Over {weeks} weeks, no skill’s share changed significantly; {n} were compared.",
        n,
        weeks=_weeks([comparison.weeks for comparison in made]),
        n=formats.count(n),
    )


def _why_not_compared(published: Published) -> str:
    """Return the first reason that applies: a week that is not over, or too small, need not be asked about others."""
    weeks = _weeks(WEEKS_OF_SKILLS_COMPARED)
    if not published.source.is_complete:
        return say(
            "The week is not over, so it cannot be said whether demand for any skill changed over {weeks} weeks.",
            weeks=weeks,
        )
    if why_nothing(of_week(published, "stock")):
        return say(
            "The week’s sample is too small to say whether demand for any skill changed over {weeks} weeks.",
            weeks=weeks,
        )
    return say(
        "No earlier week can be compared, so it cannot be said whether demand for any skill changed over {weeks} "
        "weeks.",
        weeks=weeks,
    )


def _weeks(numbers: Sequence[int]) -> str:
    return formats.either([formats.count(number) for number in numbers])


def movers_figure(published: Published) -> Figure:
    """The skills flagged as changed over each period, with intervals."""
    key, title = "skills-moved", say("Rising and falling")
    made = comparisons(published)
    if absence := why_none(published, made):
        return Figure(key, title, absence=absence, query=_compared(published).query)
    flagged = _read(published, "is_significant order by weeks desc, points desc, skill_id")
    by_skill: dict[str, dict[int, Mover]] = defaultdict(dict)
    for mover in (each for comparison in made for each in comparison.flagged):
        by_skill[mover.skill_id][mover.weeks] = mover
    drawn = sorted(list(by_skill.values())[:_DRAWN], key=lambda spans: -_first(spans).points)
    rows = [_row(spans) for spans in drawn]
    legend = (("accent", say("over 13 weeks, with interval")), ("second ring", say("over 4 weeks")))
    return interval_figure(
        key,
        title,
        rows,
        axis_format="+~f",
        rule=0.0,
        note=_note(published, made, len(by_skill)),
        legend=tuple(meaning for meaning, weeks in zip(legend, WEEKS_OF_SKILLS_COMPARED, strict=True)
                     if any(mover.weeks == weeks for mover in flagged)),
        table=_numbers(flagged, interval_heading(any_flagged=True)),
        query=flagged.query,
    )  # fmt: skip


def _note(published: Published, made: list[Comparison], n_skills: int) -> str:
    since = [
        say_many(
            "since the week of {earlier} ({weeks} weeks; {n} skill compared)",
            "since the week of {earlier} ({weeks} weeks; {n} skills compared)",
            len(comparison.compared),
            earlier=formats.day(comparison.earlier),
            weeks=formats.count(comparison.weeks),
            n=formats.count(len(comparison.compared)),
        )
        for comparison in made
    ]
    note = say(
        "Change among employers observed in both weeks, in percentage points, {since}. Only skills flagged as "
        "significant are shown. Of the skills flagged over one period, at most one in twenty is expected to be due to "
        "chance.",
        since=formats.listed(since),
    )
    note = f"{note} {about_bounds_of_flagged()}"
    if n_skills <= _DRAWN:
        return note
    return (
        f"{note} {say('The chart shows {drawn} of {n}; the table lists all.', drawn=_DRAWN, n=formats.count(n_skills))}"
    )


def _first(spans: dict[int, Mover]) -> Mover:
    """The flagged change over the longest period."""
    return spans[max(spans)]


def _row(spans: dict[int, Mover]) -> Row:
    first = _first(spans)
    longest, shortest = (spans.get(weeks) for weeks in WEEKS_OF_SKILLS_COMPARED)
    label, value = formats.foreign(first.skill_name, 22), formats.points(first.points)
    return Row(label, value, _mark(longest) if longest else None, _mark(shortest) if shortest else None)


def _mark(mover: Mover) -> Mark:
    description = say(
        "{skill}, over {weeks} weeks: {points} points ({interval})",
        skill=formats.foreign(mover.skill_name),
        weeks=formats.count(mover.weeks),
        points=formats.points(mover.points),
        interval=formats.points_interval(mover.points_low, mover.points_high),
    )
    return Mark(100 * mover.points, 100 * mover.points_low, 100 * mover.points_high, description)


def _numbers(flagged: list[Mover], heading: str) -> Table:
    return table(
        say("Skills whose share of open postings changed"),
        flagged,
        Field("skill_name", say("Skill")),
        Field("weeks", say("Period (weeks)"), "count"),
        Field("points", say("Points"), "points"),
        Field("points", heading, "points_interval", lambda mover: (mover.points_low, mover.points_high)),
        Field("q_value", say("q value"), "probability"),
        Field("direction", say("Direction"), "status", lambda mover: "up" if mover.points > 0 else "down"),
        Field("share", say("Share now"), "share"),
        Field("n_postings", say("n"), "count"),
        Field("status", say("Status"), "status"),
    )
