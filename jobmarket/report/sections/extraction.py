"""How well facts are extracted from texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.sections.absent import absent
from jobmarket.report.tables import Field, table

QUALITY = "rpt_extraction_quality"
# Samples in French or German. The rows have no language, and of one day's samples a foreign one may be the last.
_NOT_ENGLISH = ("held_out_26", "held_out_27", "held_out_29", "held_out_30")
_HELD_OUT_FIELDS = f"subject = 'field' and is_held_out and sample not in {_NOT_ENGLISH}"


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
    is_current: bool | None


def extraction_section(published: Published) -> Section:
    """Precision and recall of each field on the latest unseen sample in English with labels for it."""
    key, title = "extraction-quality", say("Precision and recall")
    figure = absent(published, key, title, QUALITY) or _quality(published, key, title)
    return Section("extraction", say("Text extraction"), figures=(figure,))


def _quality(published: Published, key: str, title: str) -> Figure:
    # A sample may have labels for some fields only; of one day's samples the higher number is the later.
    newest = "arg_max(sample, (measured_on, length(sample), sample))"
    latest = f"(select name, {newest} from {QUALITY} where {_HELD_OUT_FIELDS} group by name)"  # noqa: S608  # only constants
    rows = published.source.rows(
        FieldQuality, QUALITY, f"{_HELD_OUT_FIELDS} and (name, sample) in {latest} order by name"
    )
    if not rows:
        return Figure(key, title, absence=say("No labelled sample was published with this vintage."))
    names = {
        "cities": say("City"), "countries": say("Country"), "degree_min": say("Minimum degree"),
        "employment_type": say("Employment type"), "role_family": say("Role family"), "salaries": say("Pay"),
        "seniority": say("Seniority"), "skills": say("Skills"), "workplace": say("Workplace"),
        "years_min": say("Years of experience"),
    }  # fmt: skip
    return Figure(
        key,
        title,
        note=say(
            "Measured on labelled postings in English from employers for whom no rule had been written, using the "
            "latest sample with labels for each fact, up to {day}: how much of what was found is right (precision), "
            "and how much of what is there was found (recall), with 95% intervals. Errors are fixed once a sample has "
            "been measured, so most results apply to earlier rules. How well the rules of this issue read is known "
            "only where stated. Postings in other languages are read less well: see docs/methods.md#extraction-error.",
            day=formats.day(max(row.measured_on for row in rows)),
        ),
        table=table(
            say("Facts read from labelled postings"),
            rows,
            Field("name", say("Fact"), "text", lambda row: names.get(row.name, row.name)),
            Field("n_postings", say("Postings"), "count"),
            Field("n_labelled", say("Labels"), "count"),
            Field("precision", say("Precision"), "share"),
            Field(
                "precision",
                say("Interval"),
                "share_interval",
                lambda row: (row.precision_low, row.precision_high),
            ),
            Field("recall", say("Recall"), "share"),
            Field("recall", say("Interval"), "share_interval", lambda row: (row.recall_low, row.recall_high)),
            Field("measured_with", say("Measured with"), "text", _rules),
        ),
        query=rows.query,
    )


def _rules(row: FieldQuality) -> str:
    return say("the rules of this issue") if row.is_current else say("earlier rules")
