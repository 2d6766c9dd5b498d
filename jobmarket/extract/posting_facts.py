"""One posting to its facts: reads the document once and asks each fact module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobmarket.extract import board_fields, degree, employment, experience, role, salary, seniority, workplace
from jobmarket.extract import location as places
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.facts import UNSPECIFIED, Facts, Location
from jobmarket.extract.skills import SkillMatcher

# Part of every extracted row: raise it when any rule outside the seeds changes what is read from a text.
EXTRACTOR_VERSION = "1"

_BAND_OF_SENIORITY = {
    "intern": "junior",
    "junior": "junior",
    "mid": "confirmed",
    "senior": "senior",
    "lead": "staff_principal",
    "staff": "staff_principal",
    "principal": "staff_principal",
}
_BAND_FROM_YEARS = ((8, "staff_principal"), (5, "senior"), (3, "confirmed"), (0, "junior"))


@dataclass(frozen=True, slots=True)
class PostingText:
    """What extraction reads of a posting: its words, and the board's structured fields where there are any.

    ``fields`` holds ``workplace_text``, ``is_remote``, ``employment_type_text``, ``base_salary``, ``pay_text``,
    ``job_locations`` as in :class:`jobmarket.posting.Posting`, nested values as mappings.
    """

    title: str
    location: str | None = None
    html: str | None = None
    text: str | None = None
    company: str | None = None
    language: str | None = None
    fields: Mapping[str, Any] | None = None


def experience_band(seniority_label: str, years_min: int | None) -> str:
    """The band of a posting: by its level if that names one, else by the years it asks for."""
    band = _BAND_OF_SENIORITY.get(seniority_label)
    if band is None and years_min is not None:
        band = next(name for floor, name in _BAND_FROM_YEARS if years_min >= floor)
    return band or UNSPECIFIED


def remote_scope(workplace_label: str, locations: Sequence[Location]) -> tuple[str, ...]:
    """Countries, or ``country-region``, where a remote worker may sit: those named without a city.

    A bare "Remote" names nothing and gives nothing: it is not worldwide.
    """
    if workplace_label != "remote":
        return ()
    named = [
        f"{place.country}-{place.region}" if place.region else place.country
        for place in locations
        if place.country and not place.city
    ]
    return tuple(dict.fromkeys(named))


def extract_facts(posting: PostingText, matcher: SkillMatcher) -> Facts:
    """Read one posting. Pure: same text, same taxonomy, same facts."""
    return facts_of(read_document(posting.title, posting.location, posting.html, posting.text), posting, matcher)


def facts_of(document: Document, posting: PostingText, matcher: SkillMatcher) -> Facts:
    """As :func:`extract_facts`, for a document that has been read already."""
    fields = posting.fields or {}
    found = places.locations(document, fields.get("job_locations"))
    countries = {place.country for place in found if place.country}
    years_min, years_max = experience.years(document)
    level = seniority.seniority(document)
    facts = Facts(
        role_family=role.role_family(document),
        seniority=level,
        experience_band=experience_band(level, years_min),
        workplace=workplace.workplace(document),
        employment_type=employment.employment_type(document),
        degree_min=degree.degree_min(document),
        years_min=years_min,
        years_max=years_max,
        language=document.language,
        locations=tuple(found),
        salaries=tuple(salary.salaries(document, countries.pop() if len(countries) == 1 else None)),
        skills=matcher.mentions(document, posting.company),
    )
    if fields:
        facts = board_fields.apply(facts, fields)
    return replace(facts, remote_scope=remote_scope(facts.workplace, facts.locations))
