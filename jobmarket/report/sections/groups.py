"""Skills asked for by role family, level and workplace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.seniority import LEVELS
from jobmarket.report.tables import Field, table

TABLE = "rpt_skill_demand_weekly"
_SKILLS = 5
_WORKPLACES = ("onsite", "hybrid", "remote", "unspecified")


@dataclass(frozen=True)
class GroupShare:
    """A skill's share of a group's open postings in the week; a group is a role family, level or workplace."""

    role_family: str
    seniority: str
    workplace: str
    skill_name: str | None
    n_postings: int
    n_companies: int
    share: float | None
    share_low: float | None
    share_high: float | None
    status: str


def families_figure(published: Published) -> Figure:
    """The skills most asked for in each role family."""
    return _figure(published, "skills-families", say("By role family"), say("Role family"), "role_family")


def levels_and_workplaces(published: Published) -> tuple[Figure, ...]:
    """The same for each level and for each kind of workplace."""
    levels, workplaces = ("skills-levels", say("By level")), ("skills-workplaces", say("By workplace"))
    return (
        _figure(published, *levels, say("Level"), "seniority", LEVELS),
        _figure(published, *workplaces, say("Workplace"), "workplace", _WORKPLACES),
    )


def _read(published: Published, dimension: str, order: Sequence[str]) -> Rows[GroupShare]:
    """The skills most asked for in each group; a group that is too small has one row without a skill."""
    cell = {"role_family": "$role_family", "seniority": "'all'", "workplace": "'all'"}
    apart = [f"{column} <> 'all'" if column == dimension else f"{column} = {value}" for column, value in cell.items()]
    place = "list_position($order, {0})" if order else "-n_postings"
    return published.source.rows(
        GroupShare,
        TABLE,
        f"week_start = $week and measure = 'stock' and country = $country and {' and '.join(apart)} "
        f"qualify row_number() over (partition by {dimension} order by share desc nulls last, skill_id) "
        f"<= if(share is null, 1, {_SKILLS}) "
        f"order by {place.format(dimension)}, {dimension}, share desc, skill_id",
        {"skill_name": "if(share is null, null, skill_name)"},
        **({"order": list(order)} if order else {}),
    )


def _figure(
    published: Published, key: str, title: str, heading: str, dimension: str, order: Sequence[str] = ()
) -> Figure:
    rows = _read(published, dimension, order)
    if not rows:
        return Figure(key, title, absence=say("No group has enough open postings with a description this week."))
    groups: dict[str, list[GroupShare]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, dimension)].append(row)
    caption = say("Most in-demand skills: {title}", title=title)
    note = say("The five skills most asked for in the open postings of each group, with 95% intervals.")
    return Figure(
        key,
        title,
        note=" ".join(filter(None, (note, _not_listed(published, groups)))),
        table=table(
            caption,
            groups.values(),
            Field(dimension, heading, "code", lambda group: getattr(group[0], dimension)),
            Field("skills", say("Skills"), "prose", _five),
            Field("n_postings", say("n"), "count", lambda group: group[0].n_postings),
            Field("n_companies", say("Employers"), "count", lambda group: group[0].n_companies),
            Field("status", say("Status"), "status", lambda group: group[0].status),
        ),
        numbers=table(
            caption,
            rows,
            Field(dimension, heading, "code"),
            Field("skill_name", say("Skill")),
            Field("share", say("Share"), "share"),
            Field("share", say("95% interval"), "share_interval", lambda row: (row.share_low, row.share_high)),
            Field("n_postings", say("n"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )


def _not_listed(published: Published, groups: Mapping[str, list[GroupShare]]) -> str:
    """How many postings are in no group: what they do not state has no row, nor has a level that is too small."""
    total = next((row.n_postings for row in published.skills if row.measure == "stock"), 0)
    rest = total - sum(group[0].n_postings for group in groups.values())
    if rest <= 0:
        return ""
    return say(
        "Not listed: {rest} of {n} postings, which state nothing or whose group is too small.",
        rest=formats.count(rest),
        n=formats.count(total),
    )


def _five(group: list[GroupShare]) -> str:
    shares = [
        f"{formats.whole(row.skill_name)} {formats.share(row.share)} "
        f"({formats.share_interval(row.share_low, row.share_high)})"
        for row in group
        if row.share is not None
    ]
    return " · ".join(shares) or say("too few postings or employers to show")
