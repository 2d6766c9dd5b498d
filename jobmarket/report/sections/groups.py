"""What is asked for in each role family, at each level and in each kind of workplace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.pay import LEVELS
from jobmarket.report.tables import Field, table

TABLE = "rpt_skill_demand_weekly"
_SKILLS = 5
_WORKPLACES = ("onsite", "hybrid", "remote", "unspecified")


@dataclass(frozen=True)
class GroupShare:
    """A skill's share of a group's open postings in the week: of a level, or of a kind of workplace."""

    seniority: str
    workplace: str
    skill_id: str
    skill_name: str
    n_postings: int
    n_companies: int
    share: float | None
    share_low: float | None
    share_high: float | None
    status: str

    @property
    def group(self) -> str:
        """The level, or else the workplace."""
        return self.seniority if self.seniority != "all" else self.workplace


def families_figure(published: Published) -> Figure:
    """The skills most asked for in each role family."""
    by_family: dict[str, list[GroupShare]] = defaultdict(list)
    for row in published.skills:
        if row.week_start == published.week and row.measure == "stock" and row.role_family != "all":
            by_family[row.role_family].append(
                GroupShare(
                    row.role_family, "all", row.skill_id, row.skill_name, row.n_postings, row.n_companies, row.share,
                    row.share_low, row.share_high, row.status,
                )
            )  # fmt: skip
    groups = sorted(by_family.values(), key=lambda rows: (-rows[0].n_postings, rows[0].group))
    return _figure("skills-families", say("By role family"), say("Role family"), groups)


def levels_and_workplaces(published: Published) -> tuple[Figure, ...]:
    """The same for each level and for each kind of workplace."""
    titles = (("skills-levels", say("By level")), ("skills-workplaces", say("By workplace")))
    if not {"seniority", "workplace"} <= published.source.columns.get(TABLE, set()):
        absence = say("This vintage does not tell levels and workplaces apart.")
        return tuple(Figure(key, title, absence=absence) for key, title in titles)
    rows = published.source.rows(
        GroupShare,
        TABLE,
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country "
        "and (seniority <> 'all' or workplace <> 'all')",
    )
    levels = _groups((row for row in rows if row.seniority != "all"), LEVELS)
    workplaces = _groups((row for row in rows if row.workplace != "all"), _WORKPLACES)
    return (
        _figure(*titles[0], say("Level"), levels),
        _figure(*titles[1], say("Workplace"), workplaces),
    )


def _groups(rows: Iterable[GroupShare], order: Sequence[str]) -> list[list[GroupShare]]:
    found: dict[str, list[GroupShare]] = defaultdict(list)
    for row in rows:
        found[row.group].append(row)
    return [found[group] for group in order if group in found]


def _figure(key: str, title: str, heading: str, groups: list[list[GroupShare]]) -> Figure:
    if not groups:
        return Figure(key, title, absence=say("No group has enough open postings with a description in this week."))
    return Figure(
        key,
        title,
        note=say("The five skills most asked for in the open postings of each, with 95% intervals."),
        table=table(
            say("Most demanded skills: {title}", title=title),
            groups,
            Field("group", heading, "code", lambda rows: rows[0].group),
            Field("skills", say("Skills"), "prose", _five),
            Field("n_postings", say("n"), "count", lambda rows: rows[0].n_postings),
            Field("n_companies", say("Employers"), "count", lambda rows: rows[0].n_companies),
            Field("status", say("Status"), "status", lambda rows: rows[0].status),
        ),
    )


def _five(rows: list[GroupShare]) -> str:
    shown = sorted((row for row in rows if row.share is not None), key=lambda row: (-(row.share or 0), row.skill_id))
    told = [
        f"{formats.whole(row.skill_name)} {formats.share(row.share)} "
        f"({formats.share_interval(row.share_low, row.share_high)})"
        for row in shown[:_SKILLS]
    ]
    return " · ".join(told) or say("too few postings or employers to show")
