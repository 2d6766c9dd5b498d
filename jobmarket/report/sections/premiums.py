"""Pay premiums of skills, specialisations and job attributes, compared with similar jobs without them.

Skills and attributes are compared within a role family. Specialisations are not, because some are nearly a family.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.changes import about_flagged, bounds_of_flagged, interval_heading
from jobmarket.report.charts.intervals import Mark, Row
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import labelled, say, say_many
from jobmarket.report.queries import Published, Rows
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.sections.window import so_far
from jobmarket.report.tables import Field, Table, table

SKILLS, SPECIALISATIONS = "rpt_skill_salary_premium", "rpt_specialisation_salary"
ATTRIBUTES = "rpt_attribute_salary_premium"
_DRAWN = 14
# A specialisation with this share of its openings in one role family is nearly that family.
_NEARLY_A_FAMILY = 0.8
_KEY = "country, specialisation"
_MOST = "order by n_with desc, role_family"
_BY_FAMILY = (
    f"select {_KEY}, first(role_family {_MOST}) as main_family, max(n_with) as n_in_family, "  # noqa: S608  # only constants
    f"first(premium {_MOST}) as premium_in_family, first(premium_low {_MOST}) as in_family_low, "
    f"first(premium_high {_MOST}) as in_family_high from {SPECIALISATIONS} where role_family <> 'all' group by {_KEY}"
)


@dataclass(frozen=True)
class Premium:
    """Relative difference in pay between openings with something and similar openings without it.

    The bounds of a flagged premium allow for being selected by the flag.
    """

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
        return names.known_name(self.name) or formats.whole(self.name)


@dataclass(frozen=True)
class SpecialisationPremium(Premium):
    """Premium of a specialisation over all role families, and within the family with most of its openings."""

    main_family: str | None
    n_in_family: int | None
    premium_in_family: float | None
    in_family_low: float | None
    in_family_high: float | None

    @property
    def is_nearly_a_family(self) -> bool:
        """Whether the premium is largely that of a role family."""
        return self.n_in_family is not None and self.n_in_family >= _NEARLY_A_FAMILY * self.n_with


@dataclass(frozen=True)
class ValuePremium(Premium):
    """Premium of one value of an attribute over another."""

    compared_with: str

    @property
    def title(self) -> str:
        """The value and the one it is compared with."""
        # “No degree” rather than “None”
        value = names.name("no_degree" if self.name == "none" else self.name)
        return say("{value} vs {other}", value=value, other=names.name(self.compared_with))


def premiums_section(published: Published) -> Section:
    """Premiums of skills, specialisations and attributes; charts show only those flagged as significant."""
    skills, specialisations, attributes = say("Skills"), say("Specialisations"), say("Workplace, degree, visa")
    return Section(
        "premiums",
        say("What is associated with higher pay"),
        sentences=(
            say(
                "What is associated with a skill or a specialisation is not what it earns: it may go with work, or "
                "with employers, that pay more. Similar jobs are compared: same role family, level, experience, "
                "country, currency, pay period, place where the amount is stated, and month."
            ),
            *_exception(published),
            say(
                "Remote and hybrid work are compared with work on site, degrees with a bachelor’s, and sponsorship of "
                "a visa with its refusal. Plain medians would compare different jobs and countries."
            ),
            *filter(None, (so_far(published, "pay"),)),
        ),
        figures=(
            _figure(published, "premiums-skills", skills, SKILLS, "skill_name"),
            _figure(published, "premiums-specialisations", specialisations, SPECIALISATIONS, "specialisation"),
            _figure(published, "premiums-attributes", attributes, ATTRIBUTES, "attribute_value"),
        ),
    )


def _exception(published: Published) -> tuple[str, ...]:
    """The sentence that specialisations are compared across role families, where the report covers several."""
    if published.scope.role_family != "all":
        return ()
    return (
        say(
            "Specialisations are the exception: openings of different role families are compared, because some "
            "specialisations are nearly a family. The premium of these is largely that of the family."
        ),
    )


def _read(published: Published, relation: str, name: str, which: str, order: str) -> Rows[Premium]:
    low, high = bounds_of_flagged("premium")
    given = {"name": name, "premium_low": low, "premium_high": high}
    if relation == SPECIALISATIONS:  # the premium may be withheld although the pay is shown
        given["floor_reason"] = "premium_floor_reason"
    kind: type[Premium] = ValuePremium if relation == ATTRIBUTES else Premium
    if relation == SPECIALISATIONS and published.scope.role_family == "all":
        kind, relation = SpecialisationPremium, f"{relation} left join ({_BY_FAMILY}) as families using ({_KEY})"
    return published.source.rows(
        kind, relation, f"role_family = $role_family and country = $country {which} order by {order}", given
    )


def _figure(published: Published, key: str, title: str, relation: str, name: str) -> Figure:
    rows = _read(published, relation, name, "", f"n_with desc, {name}")
    compared = [row for row in rows if row.premium is not None]
    if not rows:
        return Figure(key, title, absence=say("No opening in the half year states comparable pay."))
    if not compared:
        return Figure(key, title, absence=_why_none(rows[0]), query=rows.query)
    flagged = [row for row in compared if row.is_significant]
    n = formats.count(len(compared))
    listed = _read(published, relation, name, "and premium is not null", f"premium desc, {name}")
    heading = interval_heading(any_flagged=bool(flagged))
    numbers = _numbers(title, listed, heading)
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
    note = say(
        "Stated pay compared with similar openings without it, for openings in the half year up to the week of "
        "{day} that state pay ({sample}). Compared: {n}; flagged as significant: {flagged}, of which the chart shows "
        "the most frequent. Of all flagged, at most one in twenty is expected to be due to chance. The table includes "
        "the others too.",
        day=formats.day(rows[0].week_start),
        sample=formats.sample(rows[0].n_postings),
        n=n,
        flagged=formats.count(len(flagged)),
    )
    for further in filter(None, (about_flagged(), _warning(drawn))):
        note = f"{note} {further}"
    return interval_figure(
        key,
        title,
        lines,
        axis_format="+.0%",
        rule=0.0,
        note=note,
        legend=(
            ("accent", say("compared with the market, with interval")),
            ("second ring", say("within one employer’s openings")),
        ),
        table=numbers,
        query=listed.query,
    )


def _warning(drawn: list[Premium]) -> str | None:
    """Return a sentence that names the specialisations drawn that are nearly a role family; None without any."""
    nearly = [
        f"{row.title} ({names.name(row.main_family)})"
        for row in drawn
        if isinstance(row, SpecialisationPremium) and row.is_nearly_a_family and row.main_family
    ]
    if not nearly:
        return None
    return say(
        "The role family is not held the same here. Nearly all openings with the following are of one family, so "
        "their premium is largely that of the family: {names}. The table also shows the premium within the family, "
        "where it can be estimated.",
        names=formats.listed(nearly),
    )


def _of_family(rows: list[Premium]) -> list[Field]:
    """The columns about a specialisation's most frequent role family, where the table has several."""
    if not all(isinstance(row, SpecialisationPremium) for row in rows):
        return []
    return [
        Field("main_family", say("Most frequent role family"), "code"),
        Field("n_in_family", say("Postings of it"), "count"),
        Field("premium_in_family", say("Premium within it"), "change"),
        Field("in_family", say("95% interval"), "change_interval", lambda row: (row.in_family_low, row.in_family_high)),
    ]


def _why_none(most_frequent: Premium) -> str:
    """Why no premium is shown. The floors apply to the openings with something, and to those without it."""
    return say(
        "Not shown: {reason} (most frequent: {name}; postings with it: {n_with} of {postings}, employers: "
        "{companies_with} of {companies}).",
        reason=names.reason(most_frequent.floor_reason),
        name=most_frequent.title,
        n_with=formats.count(most_frequent.n_with),
        postings=formats.count(most_frequent.n_postings),
        companies_with=formats.count(most_frequent.n_companies_with),
        companies=formats.count(most_frequent.n_companies),
    )


def _numbers(title: str, rows: list[Premium], heading: str) -> Table:
    return table(
        say("Pay compared with similar openings without it: {title}", title=title),
        rows,
        Field("name", say("With"), value=lambda row: row.title),
        Field("premium", say("Premium"), "change"),
        Field("premium", heading, "change_interval", lambda row: (row.premium_low, row.premium_high)),
        Field("is_significant", say("Flagged"), "status", lambda row: "significant" if row.is_significant else None),
        Field("premium_within_company", say("Within one employer"), "change"),
        Field(
            "within_company",
            say("95% interval"),
            "change_interval",
            lambda row: (row.within_company_low, row.within_company_high),
        ),
        *_of_family(rows),
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
