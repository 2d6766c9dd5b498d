"""How strongly a skill is asked for: required, preferred, or only mentioned."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.charts.stacked import Bar, stacked_chart
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.demand import TABLE, nothing
from jobmarket.report.tables import Field, table

_SHOWN = 12


@dataclass(frozen=True)
class Firmness:
    """A skill's share of open postings, split by the strongest wording that a posting uses for it."""

    skill_name: str
    share: float
    share_low: float | None
    share_high: float | None
    required_share: float
    preferred_share: float
    named_share: float
    n_with_skill: int
    n_postings: int
    n_companies: int
    status: str


def levels_figure(published: Published) -> Figure:
    """The skills most asked for, by how strongly they are asked for."""
    key, title = "skills-required", say("Required or preferred")
    if figure := nothing(published, key, title):
        return figure
    shown = published.source.rows(
        Firmness,
        TABLE,
        f"week_start = $week and measure = 'stock' and {published.source.cell} and share is not null "
        f"order by share desc, skill_id limit {_SHOWN}",
        {
            "required_share": "n_required / n_postings",
            "preferred_share": "n_preferred / n_postings",
            "named_share": "(n_with_skill - n_required - n_preferred) / n_postings",
        },
    )
    bars = [
        Bar(
            formats.foreign(skill.skill_name, 22),
            formats.share(skill.share),
            (skill.required_share, skill.preferred_share, skill.named_share),
            _description(skill),
        )
        for skill in shown
    ]
    return Figure(
        key,
        title,
        note=say(
            "Share of open postings by the strongest wording a posting uses for the skill. The three parts add up to "
            "the share whose interval is in the table ({n}).",
            n=formats.sample(shown[0].n_postings),
        ),
        wide=Drawing(stacked_chart(bars, is_narrow=False, axis_format=".0%")),
        narrow=Drawing(stacked_chart(bars, is_narrow=True, axis_format=".0%")),
        legend=(
            ("bar", say("required")), ("bar half", say("preferred")), ("bar quarter", say("mentioned only"))
        ),
        table=table(
            say("Skills by how strongly they are asked for, {week}", week=formats.week_span(published.week)),
            shown,
            Field("skill_name", say("Skill")),
            Field("share", say("Share"), "share"),
            Field("share", say("95% interval"), "share_interval", lambda skill: (skill.share_low, skill.share_high)),
            Field("required_share", say("Required"), "share"),
            Field("preferred_share", say("Preferred"), "share"),
            Field("named_share", say("Mentioned only"), "share"),
            Field("n_with_skill", say("Postings with it"), "count"),
            Field("n_postings", say("n"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=shown.query,
    )  # fmt: skip


def _description(skill: Firmness) -> str:
    return say(
        "{skill}: required in {required} of open postings, preferred in {preferred}, only mentioned in {named}",
        skill=formats.foreign(skill.skill_name),
        required=formats.share(skill.required_share),
        preferred=formats.share(skill.preferred_share),
        named=formats.share(skill.named_share),
    )
