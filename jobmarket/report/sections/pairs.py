"""Skills that are asked for together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.changes import about_flagged, bounds_of_flagged, interval_heading
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure
from jobmarket.report.language import labelled, say
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.sections.window import so_far
from jobmarket.report.tables import Field, table

TABLE = "rpt_skill_pairs"
_SHOWN = 12


@dataclass(frozen=True)
class SkillPair:
    """Two skills, and how many times as often they appear in one posting as by chance.

    The bounds of a flagged pair's lift allow for being selected by the flag.
    """

    skill_name: str
    other_skill_name: str
    week_start: date
    n_postings: int
    n_companies: int
    n_with_both: int | None
    n_companies_with_both: int | None
    share_with_other: float | None
    share_with_other_low: float | None
    share_with_other_high: float | None
    lift: float | None
    lift_low: float | None
    lift_high: float | None
    is_significant: bool | None
    status: str
    floor_reason: str | None

    @property
    def names(self) -> str:
        """Short names of both skills."""
        return f"{formats.foreign(self.skill_name, 22)} + {formats.foreign(self.other_skill_name, 22)}"


def pairs_figure(published: Published) -> Figure:
    """The strongest pairs of skills among those flagged as appearing together more often than by chance."""
    key, title = "skills-pairs", say("Skills asked for together")
    low, _ = bounds_of_flagged("lift")
    pairs = _read(published, "", f"{low} desc nulls last")
    if not pairs:
        return Figure(key, title, absence=say("No two skills are asked for together by enough employers."))
    compared = [pair for pair in pairs if pair.lift is not None]
    if not compared:
        return Figure(key, title, absence=_why_none(pairs), query=pairs.query)
    strongest = f"row_number() over (order by {low} desc nulls last, skill_id, other_skill_id) <= {_SHOWN}"
    shown = _read(published, f"and is_significant and lift > 1 qualify {strongest}", "lift desc")
    if not shown:
        absence = say(
            "No pair appears together significantly more often than by chance; {n} were compared.",
            n=formats.count(len(compared)),
        )
        return Figure(key, title, absence=absence, query=pairs.query)
    rows = [
        Row(
            formats.foreign(pair.skill_name),
            formats.times(pair.lift),
            _mark(pair),
            under=f"+ {formats.foreign(pair.other_skill_name)}",
        )
        for pair in shown
    ]
    note = say(
        "How many times as many postings ask for both as would if the two were unrelated within each role family "
        "(1 means no association). Differences between role families alone do not make a pair. Postings from the "
        "thirteen weeks up to the week of {day}, all countries, {n}; {pairs} pairs were compared. Shown are the "
        "strongest of those flagged as going together, by the lower end of their interval. Of all pairs flagged, "
        "at most one in twenty is expected to be due to chance.",
        day=formats.day(pairs[0].week_start),
        n=formats.sample(pairs[0].n_postings),
        pairs=formats.count(len(compared)),
    )
    for further in filter(None, (about_flagged(), so_far(published, "pairs"))):
        note = f"{note} {further}"
    heading = interval_heading(any_flagged=True)
    return interval_figure(
        key,
        title,
        rows,
        axis_format=",.1f",
        rule=1.0,
        note=note,
        legend=(("accent", say("times as often as by chance, with interval")),),
        table=table(
            title,
            shown,
            Field("skill_name", say("Skill")),
            Field("other_skill_name", say("Other skill")),
            Field("lift", say("Times as often as by chance"), "decimal"),
            Field("lift", heading, "decimal_interval", lambda row: (row.lift_low, row.lift_high)),
            Field("n_with_both", say("Postings with both"), "count"),
            Field("share_with_other", say("Share of the skill’s postings"), "share"),
            Field(
                "share_with_other",
                say("95% interval"),
                "share_interval",
                lambda row: (row.share_with_other_low, row.share_with_other_high),
            ),
            Field("n_companies_with_both", say("Employers with both"), "count"),
            Field("n_postings", say("n"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=shown.query,
    )


def _read(published: Published, which: str, order: str) -> Rows[SkillPair]:
    # the table has every pair twice; read it from the skill that is asked for less often. Where the family is below a
    # floor, neither number is published
    low, high = bounds_of_flagged("lift")
    return published.source.rows(
        SkillPair,
        TABLE,
        "role_family = $role_family and (coalesce(n_with_skill, 0), skill_id) "
        f"< (coalesce(n_with_other_skill, 0), other_skill_id) {which} order by {order}, skill_id, other_skill_id",
        {"lift_low": low, "lift_high": high},
    )


def _why_none(pairs: list[SkillPair]) -> str:
    """Why no pair has a lift: too few postings, or employers too much alike."""
    n_above = sum(pair.status != "suppressed" for pair in pairs)
    if n_above:
        return say(
            "No pair can be compared with chance: employers are too much alike to give an interval (pairs: {n}).",
            n=formats.count(n_above),
        )
    return say(
        "No pair is shown: {reason} (all postings: {postings}, employers: {companies}).",
        reason=names.reason(pairs[0].floor_reason),
        postings=formats.count(pairs[0].n_postings),
        companies=formats.count(pairs[0].n_companies),
    )


def _mark(pair: SkillPair) -> Mark | None:
    if pair.lift is None or pair.lift_low is None or pair.lift_high is None:
        return None
    interval = formats.decimal_interval(pair.lift_low, pair.lift_high)
    n = formats.sample(pair.n_with_both)
    description = labelled(pair.names, f"{formats.times(pair.lift)} ({interval}, {n})")
    return Mark(pair.lift, pair.lift_low, pair.lift_high, description)
