"""How well facts are extracted from texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import locale, say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

QUALITY = "rpt_extraction_by_language"
# A language in which fewer of the scope's postings are written is left out, unless it is English.
_LEAST_SHARE = 0.05


@dataclass(frozen=True)
class FieldQuality:
    """Precision and recall of one field on labelled postings in one language."""

    language: str
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


@dataclass(frozen=True)
class LanguageShare:
    """A language and the part of the scope's open postings that are written in it."""

    language: str
    share: float


def extraction_section(published: Published) -> Section:
    """Precision and recall of each field on the newest unseen samples, in the languages of the scope's postings."""
    key, title = "extraction-quality", say("Precision and recall")
    section = say("Text extraction")
    shares = _languages(published)
    figure = _quality(published, key, title, shares)
    return Section("extraction", section, sentences=_written_in(shares), figures=(figure,))


def _quality(published: Published, key: str, title: str, shares: dict[str, float]) -> Figure:
    chosen = ["en", *(code for code, share in shares.items() if share >= _LEAST_SHARE and code != "en")]
    rows = published.source.rows(
        FieldQuality,
        QUALITY,
        "subject = 'field' and list_contains($languages, language) order by list_position($languages, language), name",
        languages=chosen,
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
            "Measured up to {day} on labelled postings from employers for whom no rule had been written: how much of "
            "what was found is right (precision), and how much of what is there was found (recall), with 95% "
            "intervals. Errors are fixed once a sample has been measured, so most results apply to earlier rules. How "
            "well the rules of this issue read is known only where stated. See docs/methods.md#extraction-error.",
            day=formats.day(max(row.measured_on for row in rows)),
        ),
        table=table(
            say("Facts read from labelled postings"),
            rows,
            Field("language", say("Written in"), "text", lambda row: _language(row.language)),
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


def _languages(published: Published) -> dict[str, float]:
    """Return language → share of the scope's open postings of the week, largest first."""
    found = published.source.rows(
        LanguageShare,
        """(select language, count(*) / sum(count(*)) over () as share
        from fct_posting_weeks as weeks join fct_postings as postings using (posting_key)
        where weeks.week_start = $week and weeks.measure = 'stock' and weeks.is_canonical
            and postings.language is not null and $role_family in ('all', postings.role_family)
            and ($country = 'all' or list_contains(postings.countries, $country))
        group by language)""",
        "true order by share desc, language",
    )
    return {row.language: row.share for row in found}


def _written_in(shares: dict[str, float]) -> tuple[str, ...]:
    """Return a sentence that says in which languages the open postings are written; none if there are no postings."""
    if not shares:
        return ()
    parts = [f"{_language(code)} ({formats.share(share)})" for code, share in shares.items()]
    return (say("Languages of the week’s open postings: {languages}.", languages=formats.listed(parts)),)


def _language(code: str) -> str:
    return locale().languages.get(code) or code


def _rules(row: FieldQuality) -> str:
    return say("the rules of this issue") if row.is_current else say("earlier rules")
