"""Which skills rose or fell: what is flagged over thirteen weeks, and over four."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.changes import WEEKS_OF_SKILLS_COMPARED, Change, of_skill
from jobmarket.report.charts.intervals import Mark, Row, interval_chart
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import say, say_many
from jobmarket.report.queries import Published, SkillWeek
from jobmarket.report.sections.demand import of_week
from jobmarket.report.tables import Field, Table, table

_DRAWN = 20


@dataclass(frozen=True)
class Mover:
    """A skill whose share of open postings is flagged as changed over some weeks."""

    row: SkillWeek
    weeks: int
    change: Change


@dataclass(frozen=True)
class Comparison:
    """The skills that the week has in common with one some weeks earlier.

    Attributes:
        weeks: How many weeks earlier.
        earlier: The Monday of that one.
        compared: Ids of the skills, at least one.
        flagged: Those flagged as changed, the largest change first.
    """

    weeks: int
    earlier: date
    compared: frozenset[str]
    flagged: tuple[Mover, ...]


def comparisons(published: Published) -> list[Comparison]:
    """What the week can be compared with, the longest time first; empty where nothing compares."""
    found = []
    for weeks in WEEKS_OF_SKILLS_COMPARED:
        moved = [Mover(row, weeks, change) for row in of_week(published, "stock") if (change := of_skill(row, weeks))]
        if moved:
            flagged = [mover for mover in moved if mover.change.is_significant]
            flagged.sort(key=lambda mover: (-abs(mover.change.value), mover.row.skill_id))
            found.append(
                Comparison(
                    weeks, moved[0].change.earlier, frozenset(mover.row.skill_id for mover in moved), tuple(flagged)
                )
            )
    return found


def why_none(made: list[Comparison]) -> str | None:
    """Why no skill is told to have moved, in a sentence; None if one is."""
    if not made:
        return say(
            "Whether any skill gained or lost over {weeks} weeks cannot be said: the week is not over, its sample is "
            "too small, or there is no week to compare it with.",
            weeks=_weeks(WEEKS_OF_SKILLS_COMPARED),
        )
    if any(comparison.flagged for comparison in made):
        return None
    n = len(frozenset().union(*(comparison.compared for comparison in made)))
    return say_many(
        "Over {weeks} weeks no skill’s share changed significantly; {n} was compared.",
        "Over {weeks} weeks no skill’s share changed significantly; {n} were compared.",
        n,
        weeks=_weeks([comparison.weeks for comparison in made]),
        n=formats.count(n),
    )


def _weeks(numbers: Sequence[int]) -> str:
    return formats.either([formats.count(number) for number in numbers])


def movers_figure(published: Published) -> Figure:
    """The skills flagged as changed, over each span of weeks, with the interval of the change."""
    key, title = "skills-moved", say("Rising and falling")
    made = comparisons(published)
    if absence := why_none(made):
        return Figure(key, title, absence=absence)
    flagged = [mover for comparison in made for mover in comparison.flagged]
    by_skill: dict[str, dict[int, Mover]] = defaultdict(dict)
    for mover in flagged:
        by_skill[mover.row.skill_id][mover.weeks] = mover
    drawn = sorted(list(by_skill.values())[:_DRAWN], key=lambda spans: -_first(spans).change.value)
    rows = [_row(spans) for spans in drawn]
    legend = (("accent", say("over 13 weeks, with 95% interval")), ("second ring", say("over 4 weeks")))
    return Figure(
        key,
        title,
        note=_note(made, len(by_skill)),
        wide=Drawing(interval_chart(rows, is_narrow=False, axis_format="+~f", from_zero=False, rule=0.0)),
        narrow=Drawing(interval_chart(rows, is_narrow=True, axis_format="+~f", from_zero=False, rule=0.0)),
        legend=tuple(meaning for meaning, weeks in zip(legend, WEEKS_OF_SKILLS_COMPARED, strict=True)
                     if any(mover.weeks == weeks for mover in flagged)),
        table=_numbers(flagged),
    )  # fmt: skip


def _note(made: list[Comparison], n_skills: int) -> str:
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
        "Change at employers observed in both weeks, in percentage points, {since}. Shown are the skills flagged as "
        "significant; among the skills of this cell and week at most one in twenty of those flagged is expected to be "
        "chance. An interval is for one skill alone.",
        since=formats.listed(since),
    )
    if n_skills <= _DRAWN:
        return note
    return f"{note} {say('Drawn are {drawn} of {n}; the table has all.', drawn=_DRAWN, n=formats.count(n_skills))}"


def _first(spans: dict[int, Mover]) -> Mover:
    """Of what a skill is flagged over, the longest."""
    return spans[max(spans)]


def _row(spans: dict[int, Mover]) -> Row:
    first = _first(spans)
    longest, shortest = (spans.get(weeks) for weeks in WEEKS_OF_SKILLS_COMPARED)
    label, value = formats.foreign(first.row.skill_name, 22), formats.points(first.change.value)
    return Row(label, value, _mark(longest) if longest else None, _mark(shortest) if shortest else None)


def _mark(mover: Mover) -> Mark:
    change = mover.change
    told = say(
        "{skill}, over {weeks} weeks: {points} points ({interval})",
        skill=formats.foreign(mover.row.skill_name),
        weeks=formats.count(mover.weeks),
        points=formats.points(change.value),
        interval=formats.points_interval(change.low, change.high),
    )
    return Mark(100 * change.value, 100 * change.low, 100 * change.high, told)


def _numbers(flagged: list[Mover]) -> Table:
    return table(
        say("Skills whose share of open postings changed"),
        sorted(flagged, key=lambda mover: (-mover.weeks, -mover.change.value)),
        Field("skill_name", say("Skill"), value=lambda mover: mover.row.skill_name),
        Field("weeks", say("Over weeks"), "count"),
        Field("points", say("Points"), "points", lambda mover: mover.change.value),
        Field("points", say("95% interval"), "points_interval", lambda mover: (mover.change.low, mover.change.high)),
        Field("q_value", say("q value"), "probability", lambda mover: mover.change.q_value),
        Field("direction", say("Direction"), "status", lambda mover: "up" if mover.change.value > 0 else "down"),
        Field("share", say("Share now"), "share", lambda mover: mover.row.share),
        Field("n_postings", say("n"), "count", lambda mover: mover.row.n_postings),
        Field("status", say("Status"), "status", lambda mover: mover.row.status),
    )
