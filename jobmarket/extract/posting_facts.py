"""Turn postings into facts: read each document once and query every fact module."""

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
from jobmarket.extract.document import Document, read_documents
from jobmarket.extract.facts import Facts, SkillMention
from jobmarket.extract.for_client import is_for_client
from jobmarket.extract.remote_scope import remote_scope
from jobmarket.extract.sentences import sentence_hashes
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.specialisation import specialisations
from jobmarket.extract.spoken_languages import languages_asked


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A place in a board's own field; see :class:`jobmarket.posting.Place`."""

    text: str | None = None
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None


@dataclass(frozen=True, slots=True)
class PostingText:
    """What extraction reads of a posting: its text, and the board's structured fields if there are any.

    ``fields`` has ``board``, ``workplace_text``, ``is_remote``, ``employment_type_text``, ``base_salary`` and
    ``pay_text`` under the names of :class:`jobmarket.posting.Posting`, and ``is_for_client``, which staging reads.
    ``company`` is the employer's name.
    """

    title: str
    location: str | None = None
    html: str | None = None
    text: str | None = None
    company: str | None = None
    job_locations: tuple[PlaceField, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


def extract_many(
    postings: Sequence[PostingText], matcher: SkillMatcher, *, hash_sentences: bool = False
) -> list[Facts]:
    """Extract the facts of a few hundred postings, in order, with hashes of their sentences if requested.

    Pure: the same text, fields and taxonomy give the same facts, whatever was read before.

    Work proceeds fact by fact rather than posting by posting: each fact's tables (patterns, automata) then stay in the
    processor's cache, which saves a quarter of the time. Garbage collection is off meanwhile, which saves a fifth:
    nothing here creates reference cycles, and each collection would traverse the taxonomy and the gazetteer.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return _staged(postings, matcher, hash_sentences)
    finally:
        if collects:
            # All that is now remembered becomes old at once, else the next two collections would traverse it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _staged(postings: Sequence[PostingText], matcher: SkillMatcher, hash_sentences: bool) -> list[Facts]:
    documents = read_documents([(one.title, one.location, one.html, one.text) for one in postings])
    matcher.learn(documents)
    hashes = sentence_hashes([document.lines for document in documents]) if hash_sentences else ()
    return _facts_of(documents, postings, matcher, hashes)


def _facts_of(
    documents: Sequence[Document],
    postings: Sequence[PostingText],
    matcher: SkillMatcher,
    hashes: Sequence[Sequence[int]] = (),
) -> list[Facts]:
    """Return the facts of the documents, computed one fact at a time for all of them."""
    by = list(zip(documents, [posting.company for posting in postings], strict=True))
    skills = [matcher.mentions(*each) for each in by]
    found = [
        tuple(places.locations(document, posting.job_locations))
        for document, posting in zip(documents, postings, strict=True)
    ]
    years = [experience.years(document) for document in documents]
    levels = [seniority.seniority(document) for document in documents]
    families = [role.role_family(document) for document in documents]
    employees = [company_employees(document) for document in documents]
    columns: dict[str, Sequence[Any]] = {
        "role_family": families,
        "seniority": levels,
        "experience_band": [
            experience.experience_band(level, least) for level, (least, _) in zip(levels, years, strict=True)
        ],
        "workplace": [workplace.workplace(document) for document in documents],
        "employment_type": [employment.employment_type(document) for document in documents],
        "degree_min": [degree.degree_min(document) for document in documents],
        "years_min": [least for least, _ in years],
        "years_max": [most for _, most in years],
        "language": [document.language for document in documents],
        "locations": found,
        "remote_scope": [remote_scope(document) for document in documents],
        "salaries": [
            tuple(salary.salaries(document, places.primary_country(here)))
            for document, here in zip(documents, found, strict=True)
        ],
        "skills": skills,
        "candidate_terms": [
            () if family == "other" else matcher.unknown.terms(*each)  # lists of other trades are of no use
            for family, each in zip(families, by, strict=True)
        ],
        "certifications": [_certifications(named) for named in skills],
        "specialisations": [
            specialisations(document.title, family, named)
            for document, family, named in zip(documents, families, skills, strict=True)
        ],
        "languages_asked": [languages_asked(document) for document in documents],
        "visa_sponsorship": [visa.visa_sponsorship(document) for document in documents],
        "sector": [sector.sector(*each) for each in by],
        "company_size": [company_size(number) for number in employees],
        "company_employees": employees,
        "is_for_client": [is_for_client(document) for document in documents],
        "has_description": [bool(document.text) for document in documents],
        "sentence_hashes": hashes or [()] * len(documents),
    }
    facts = [Facts(**dict(zip(columns, each, strict=True))) for each in zip(*columns.values(), strict=True)]
    return [
        board_fields.apply(one, posting.fields) if posting.fields else one
        for one, posting in zip(facts, postings, strict=True)
    ]


def _certifications(skills: Sequence[SkillMention]) -> tuple[str, ...]:
    return tuple([skill.name for skill in skills if skill.category == "certification" and skill.level != "context"])
