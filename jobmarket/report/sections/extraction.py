"""How well facts are read from texts, and which names in lists of skills no taxonomy has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

QUALITY, EMERGING = "rpt_extraction_quality", "rpt_skill_emerging"
_TERMS_SHOWN = 20


@dataclass(frozen=True)
class FieldQuality:
    """Precision and recall of one field on a labelled sample."""

    name: str
    n_postings: int
    n_labelled: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    recall: float | None
    recall_low: float | None
    recall_high: float | None
    measured_on: date


@dataclass(frozen=True)
class EmergingTerm:
    """A name in lists of skills that the taxonomy does not have."""

    term: str
    n_postings: int
    n_companies: int
    recent_share: float | None
    recent_low: float | None
    recent_high: float | None
    earlier_share: float | None


def extraction_section(published: Published) -> Section:
    """Precision and recall on the latest sample that no rule was written for, and terms for review."""
    return Section("extraction", say("Reading of the texts"), figures=(_quality(published), _emerging(published)))


def _quality(published: Published) -> Figure:
    key, title = "extraction-quality", say("Precision and recall")
    latest = f"(select max(sample) from {QUALITY} where is_held_out)"  # noqa: S608  # text of ours
    rows = published.source.rows(
        FieldQuality, QUALITY, f"subject = 'field' and is_held_out and sample = {latest} order by name"
    )
    if not rows:
        return Figure(key, title, absence=say("No labelled sample was published with this vintage."))
    names = {
        "cities": say("City"), "countries": say("Country"), "degree_min": say("Least degree"),
        "employment_type": say("Employment type"), "role_family": say("Role family"), "salaries": say("Pay"),
        "seniority": say("Seniority"), "skills": say("Skills"), "workplace": say("Workplace"),
        "years_min": say("Years of experience"),
    }  # fmt: skip
    return Figure(
        key,
        title,
        note=say(
            "Read from {n} labelled postings of employers for whom no rule had been written, on {day}: how much "
            "of what was found is right, and how much of what is there was found, with 95 % intervals. The errors were "
            "mended afterwards.",
            n=formats.count(rows[0].n_postings),
            day=formats.day(rows[0].measured_on),
        ),
        table=table(
            say("Facts read from labelled postings"),
            rows,
            Field("name", say("Fact"), "text", lambda row: names.get(row.name, row.name)),
            Field("n_labelled", say("Labels"), "count"),
            Field("precision", say("Precision"), "share"),
            Field(
                "precision_interval",
                say("Interval"),
                "share_interval",
                lambda row: (row.precision_low, row.precision_high),
            ),
            Field("recall", say("Recall"), "share"),
            Field("recall_interval", say("Interval"), "share_interval", lambda row: (row.recall_low, row.recall_high)),
        ),
    )


def _emerging(published: Published) -> Figure:
    key, title = "emerging-terms", say("Terms for review")
    if EMERGING not in published.source.columns:
        return Figure(key, title, absence=say("Terms were not counted in this vintage."))
    rows = published.source.rows(
        EmergingTerm, EMERGING, f"true order by n_companies desc, n_postings desc, term limit {_TERMS_SHOWN}"
    )
    if not rows:
        return Figure(key, title, absence=say("No name that the taxonomy lacks stands in lists of enough employers."))
    return Figure(
        key,
        title,
        note=say("Names in lists of skills that the taxonomy does not have. None is counted as a skill before review."),
        table=table(
            say("Names that the taxonomy lacks"),
            rows,
            Field("term", say("Term")),
            Field("n_postings", say("Postings"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("recent_share", say("Share of employers, 13 weeks"), "share"),
            Field("recent_interval", say("Interval"), "share_interval", lambda row: (row.recent_low, row.recent_high)),
            Field("earlier_share", say("39 weeks before"), "share"),
        ),
    )
