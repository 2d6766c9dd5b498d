"""How firmly a skill is asked for: required, preferred, or named without saying which."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.charts.stacked import Bar, stacked_chart
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published, SkillWeek
from jobmarket.report.sections.demand import of_week, why_nothing
from jobmarket.report.tables import Field, table

_SHOWN = 12


@dataclass(frozen=True)
class _Levels:
    """A skill's postings by level, and the shares of them."""

    row: SkillWeek
    asked: int
    required: int
    preferred: int

    @property
    def named(self) -> int:
        """Postings that name it without saying which."""
        return self.asked - self.required - self.preferred

    def of(self, number: int) -> float:
        """A number of its postings as a share of all."""
        return number / self.row.n_postings


def levels_figure(published: Published) -> Figure:
    """The most demanded skills by how firmly they are asked for."""
    key, title = "skills-required", say("Required or preferred")
    stock = of_week(published, "stock")
    if absence := why_nothing(stock):
        return Figure(key, title, absence=absence)
    shown = [
        _Levels(row, row.n_with_skill, row.n_required, row.n_preferred)
        for row in stock
        if row.n_with_skill is not None and row.n_required is not None and row.n_preferred is not None
    ][:_SHOWN]
    if not shown:
        return Figure(key, title, absence=say("This vintage does not tell required from preferred."))
    bars = [
        Bar(
            formats.foreign(skill.row.skill_name, 22),
            formats.share(skill.row.share),
            tuple(skill.of(number) for number in (skill.required, skill.preferred, skill.named)),
            _told(skill),
        )
        for skill in shown
    ]
    return Figure(
        key,
        title,
        note=say(
            "Share of open postings by the strongest word that a posting has for the skill; the three parts make up "
            "the share whose interval stands in the table ({n}).",
            n=formats.sample(shown[0].row.n_postings),
        ),
        wide=Drawing(stacked_chart(bars, is_narrow=False, axis_format=".0%")),
        narrow=Drawing(stacked_chart(bars, is_narrow=True, axis_format=".0%")),
        legend=(
            ("bar", say("required")), ("bar half", say("preferred")), ("bar quarter", say("named without saying which"))
        ),
        table=table(
            say("Skills by how firmly they are asked for, {week}", week=formats.week_span(published.week)),
            shown,
            Field("skill_name", say("Skill"), value=lambda skill: skill.row.skill_name),
            Field("share", say("Share"), "share", lambda skill: skill.row.share),
            Field("share", say("95% interval"), "share_interval", lambda s: (s.row.share_low, s.row.share_high)),
            Field("required_share", say("Required"), "share", lambda skill: skill.of(skill.required)),
            Field("preferred_share", say("Preferred"), "share", lambda skill: skill.of(skill.preferred)),
            Field("named_share", say("Named"), "share", lambda skill: skill.of(skill.named)),
            Field("n_with_skill", say("Postings with it"), "count", lambda skill: skill.asked),
            Field("n_postings", say("n"), "count", lambda skill: skill.row.n_postings),
            Field("n_companies", say("Employers"), "count", lambda skill: skill.row.n_companies),
            Field("status", say("Status"), "status", lambda skill: skill.row.status),
        ),
    )  # fmt: skip


def _told(skill: _Levels) -> str:
    return say(
        "{skill}: required in {required} of open postings, preferred in {preferred}, named in {named}",
        skill=formats.foreign(skill.row.skill_name),
        required=formats.share(skill.of(skill.required)),
        preferred=formats.share(skill.of(skill.preferred)),
        named=formats.share(skill.of(skill.named)),
    )
