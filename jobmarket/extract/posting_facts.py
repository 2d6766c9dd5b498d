"""One posting to its facts: reads the document once and asks each fact module."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobmarket.extract import (
    board_fields,
    degree,
    employment,
    experience,
    role,
    salary,
    sector,
    seniority,
    visa,
    workplace,
)
from jobmarket.extract import location as places
from jobmarket.extract.company_size import company_employees, company_size
from jobmarket.extract.document import Document, read_document, read_documents
from jobmarket.extract.emerging import TermFinder
from jobmarket.extract.facts import Facts, SkillMention
from jobmarket.extract.remote_scope import remote_scope
from jobmarket.extract.sentences import read_sentences, sentence_hashes
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.specialisation import specialisations
from jobmarket.extract.spoken_languages import languages_asked


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A place in a board's own field, as :class:`jobmarket.posting.Place`."""

    text: str | None = None
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None


@dataclass(frozen=True, slots=True)
class PostingText:
    """What extraction reads of a posting: its words, and the board's structured fields where there are any.

    ``fields`` holds ``board``, ``workplace_text``, ``is_remote``, ``employment_type_text``, ``base_salary`` and
    ``pay_text`` under the names of :class:`jobmarket.posting.Posting`. ``company`` is the employer's name.
    """

    title: str
    location: str | None = None
    html: str | None = None
    text: str | None = None
    company: str | None = None
    job_locations: tuple[PlaceField, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


def extract_facts(posting: PostingText, matcher: SkillMatcher) -> Facts:
    """Read one posting. Pure: same text and fields, same taxonomy, same facts."""
    return facts_of(read_document(posting.title, posting.location, posting.html, posting.text), posting, matcher)


def extract_many(
    postings: Sequence[PostingText], matcher: SkillMatcher, *, hash_sentences: bool = False
) -> list[Facts]:
    """As :func:`extract_facts`, for each of some hundred postings, in their order; with hashes of sentences if wanted.

    One kind of work after the other, not one posting after the other: the tables of each (patterns, automata) then
    stay in the processor's cache. The collector rests meanwhile: nothing here makes cycles, and it would walk the
    taxonomy and the gazetteer again and again, for a fifth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return _staged(postings, matcher, hash_sentences)
    finally:
        if collects:
            gc.enable()


def _staged(postings: Sequence[PostingText], matcher: SkillMatcher, hash_sentences: bool) -> list[Facts]:
    documents = read_documents([(one.title, one.location, one.html, one.text) for one in postings])
    matcher.learn(documents)
    if hash_sentences:
        read_sentences([line for document in documents for line in document.lines])
    skills = [
        matcher.mentions(document, posting.company) for document, posting in zip(documents, postings, strict=True)
    ]
    return [
        _facts_of(*each, matcher.unknown, sentence_hashes(each[0].lines) if hash_sentences else ())
        for each in zip(documents, postings, skills, strict=True)
    ]


def facts_of(document: Document, posting: PostingText, matcher: SkillMatcher) -> Facts:
    """As :func:`extract_facts`, for a document that has been read already."""
    return _facts_of(document, posting, matcher.mentions(document, posting.company), matcher.unknown)


def _facts_of(
    document: Document,
    posting: PostingText,
    skills: tuple[SkillMention, ...],
    unknown: TermFinder,
    hashes: Sequence[int] = (),
) -> Facts:
    found = tuple(places.locations(document, posting.job_locations))
    years_min, years_max = experience.years(document)
    level = seniority.seniority(document)
    family = role.role_family(document)
    employees = company_employees(document)
    facts = Facts(
        role_family=family,
        seniority=level,
        experience_band=experience.experience_band(level, years_min),
        workplace=workplace.workplace(document),
        employment_type=employment.employment_type(document),
        degree_min=degree.degree_min(document),
        years_min=years_min,
        years_max=years_max,
        language=document.language,
        locations=found,
        remote_scope=remote_scope(document),
        salaries=tuple(salary.salaries(document, places.primary_country(found))),
        skills=skills,
        # other trades' lists are of no use to this taxonomy
        candidate_terms=() if family == "other" else unknown.terms(document, posting.company),
        certifications=tuple(
            skill.name for skill in skills if skill.category == "certification" and skill.level != "context"
        ),
        specialisations=specialisations(document.title, family, skills),
        languages_asked=languages_asked(document),
        visa_sponsorship=visa.visa_sponsorship(document),
        sector=sector.sector(document, posting.company),
        company_size=company_size(employees),
        company_employees=employees,
        has_description=bool(document.text),
        sentence_hashes=hashes,
    )
    return board_fields.apply(facts, posting.fields) if posting.fields else facts
