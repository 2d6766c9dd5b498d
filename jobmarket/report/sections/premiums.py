"""Pay premiums of skills, specialisations and job attributes, compared with similar jobs without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import labelled, say, say_many
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.absent import absent, withheld
from jobmarket.report.sections.drawings import interval_drawings
from jobmarket.report.tables import Field, Table, table

SKILLS, SPECIALISATIONS = "rpt_skill_salary_premium", "rpt_specialisation_salary"
ATTRIBUTES = "rpt_attribute_salary_premium"
_DRAWN, _LISTED = 14, 40


@dataclass(frozen=True)
class Premium:
    """Relative difference in pay between openings with something and similar openings without it."""

    name: str
    week_start: date
    n_postings: int
    n_companies: int
    n_with: int
    n_companies_with: int
    premium: float | None
    premium_low: float | None
    premium_high: float | None
    is_significant: bool | None
    premium_within_company: float | None
    within_company_low: float | None
    within_company_high: float | None
    status: str
    floor_reason: str | None

    @property
    def title(self) -> str:
        """The name of a specialisation or skill for readers."""
        return formats.known_name(self.name) or formats.whole(self.name)


@dataclass(frozen=True)
class ValuePremium(Premium):
    """Premium of one value of an attribute over another."""

    compared_with: str

    @property
    def title(self) -> str:
        """The value and the one it is compared with."""
        # “No degree” rather than “None”
        value = formats.name("no_degree" if self.name == "none" else self.name)
        return say("{value} vs {other}", value=value, other=formats.name(self.compared_with))


def premiums_section(published: Published) -> Section:
    """Premiums of skills, specialisations and attributes; charts show only those flagged as significant."""
    skills, specialisations, attributes = say("Skills"), say("Specialisations"), say("Workplace, degree, visa")
    return Section(
        "premiums",
        say("What is associated with higher pay"),
        sentences=(
            say(
                "What is associated with a skill or a specialisation is not what it earns: it may go with work, or "
                "with employers, that pay more. Similar jobs are compared: same family, level, experience, country, "
                "currency, pay period, place where the amount is stated, and month."
            ),
            say(
                "Remote and hybrid work are compared with work on site, degrees with a bachelor’s, and sponsorship of "
                "a visa with its refusal. Plain medians would compare different jobs and countries."
            ),
        ),
        figures=(
            absent(published, "premiums-skills", skills, SKILLS)
            or _figure(published, "premiums-skills", skills, SKILLS, "skill_name"),
            absent(published, "premiums-specialisations", specialisations, SPECIALISATIONS)
            or _figure(published, "premiums-specialisations", specialisations, SPECIALISATIONS, "specialisation"),
            absent(published, "premiums-attributes", attributes, ATTRIBUTES)
            or _figure(published, "premiums-attributes", attributes, ATTRIBUTES, "attribute_value"),
        ),
    )


def _read(published: Published, relation: str, name: str, which: str, order: str) -> Rows[Premium]:
    # a premium may be withheld although the pay is shown
    has_own = "premium_floor_reason" in published.source.columns[relation]
    return published.source.rows(
        ValuePremium if relation == ATTRIBUTES else Premium,
        relation,
        f"role_family = $role_family and country = $country {which} order by {order}",
        {"name": name, "floor_reason": "premium_floor_reason" if has_own else "floor_reason"},
    )


def _figure(published: Published, key: str, title: str, relation: str, name: str) -> Figure:
    rows = _read(published, relation, name, "", f"n_with desc, {name}")
    compared = [row for row in rows if row.premium is not None]
    if not rows:
        return Figure(key, title, absence=say("No opening in the half year states comparable pay."))
    if not compared:
        return Figure(
            key,
            title,
            absence=withheld(rows[0].floor_reason, rows[0].n_postings, rows[0].n_companies),
            query=rows.query,
        )
    flagged = [row for row in compared if row.is_significant]
    n = formats.count(len(compared))
    # if there are many, list the flagged ones first, most frequent first
    place = f"row_number() over (order by is_significant desc, n_with desc, {name})"
    which = f"and premium is not null qualify {place} <= {_LISTED}"
    listed = _read(published, relation, name, which, f"premium desc, {name}")
    numbers = _numbers(title, listed)
    if not flagged:
        absence = say_many(
            "None is associated with significantly higher or lower pay; {n} was compared.",
            "None is associated with significantly higher or lower pay; {n} were compared.",
            len(compared),
            n=n,
        )
        return Figure(key, title, absence=absence, table=numbers, query=listed.query)
    drawn = sorted(flagged, key=lambda row: (-row.n_with, row.name))[:_DRAWN]
    lines = [
        Row(row.title, formats.change(row.premium), _mark(row), _within(row))
        for row in sorted(drawn, key=lambda row: -(row.premium or 0))
    ]
    wide, narrow = interval_drawings(lines, axis_format="+.0%", from_zero=False, rule=0.0)
    return Figure(
        key,
        title,
        note=say(
            "Stated pay compared with similar openings without it, for openings in the half year up to the week of "
            "{day} that state pay ({sample}). {n} were compared; the chart shows the most frequent of the {flagged} "
            "flagged as significant. Of all flagged, at most one in twenty is expected to be due to chance. The table "
            "includes the others too.",
            day=formats.day(rows[0].week_start),
            sample=formats.sample(rows[0].n_postings),
            n=n,
            flagged=formats.count(len(flagged)),
        ),
        wide=wide,
        narrow=narrow,
        legend=(
            ("accent", say("compared with the market, with 95% interval")),
            ("second ring", say("within one employer’s openings")),
        ),
        table=numbers,
        query=listed.query,
    )


def _numbers(title: str, rows: list[Premium]) -> Table:
    return table(
        say("Pay compared with similar openings without it: {title}", title=title),
        rows,
        Field("name", say("With"), value=lambda row: row.title),
        Field("premium", say("Premium"), "change"),
        Field("premium", say("95% interval"), "change_interval", lambda row: (row.premium_low, row.premium_high)),
        Field("is_significant", say("Flagged"), "status", lambda row: "significant" if row.is_significant else None),
        Field("premium_within_company", say("Within one employer"), "change"),
        Field(
            "within_company",
            say("95% interval"),
            "change_interval",
            lambda row: (row.within_company_low, row.within_company_high),
        ),
        Field("n_with", say("With it"), "count"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies_with", say("Employers with it"), "count"),
        Field("status", say("Status"), "status"),
    )


def _mark(row: Premium) -> Mark | None:
    if row.premium is None or row.premium_low is None or row.premium_high is None:
        return None
    interval = formats.change_interval(row.premium_low, row.premium_high)
    description = labelled(row.title, f"{formats.change(row.premium)} ({interval}, {formats.sample(row.n_with)})")
    return Mark(row.premium, row.premium_low, row.premium_high, description)


def _within(row: Premium) -> Mark | None:
    value, low, high = row.premium_within_company, row.within_company_low, row.within_company_high
    if value is None or low is None or high is None:
        return None
    interval = formats.change_interval(low, high)
    description = say(
        "{name}, within one employer: {change} ({interval})",
        name=row.title,
        change=formats.change(value),
        interval=interval,
    )
    return Mark(value, low, high, description)
