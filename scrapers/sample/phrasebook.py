"""The structure of a language's phrases, from which :mod:`scrapers.sample.text` composes postings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sector:
    """The product, customers, teams and problems of an employer in one sector."""

    product: str
    customers: str
    teams: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Phrasebook:
    """The phrases of one language.

    Slots include ``{company} {product} {customers} {team} {problem} {skills} {skill} {n} {city}``, ``{people}`` in
    ``headcount`` and ``{most}`` in ``required_with_range``. ``headings`` maps a section to its headings, one per
    heading style. No phrase names a skill.
    """

    headings: dict[str, tuple[str, ...]]
    sectors: dict[str, Sector]
    company: tuple[str, ...]
    company_facts: tuple[str, ...]
    headcount: str
    context: tuple[str, ...]
    role: tuple[str, ...]
    reworded_role: tuple[str, ...]
    for_client: str
    way_of_working: tuple[str, ...]
    duties: dict[str, tuple[str, ...]]
    general_duties: tuple[str, ...]
    duty_with_skill: tuple[str, ...]
    required_with_skills: tuple[str, ...]
    required_with_years: tuple[str, ...]
    required_with_range: str
    required: tuple[str, ...]
    preferred_with_skills: tuple[str, ...]
    preferred: tuple[str, ...]
    certification: str
    degrees: dict[str, tuple[str, ...]]
    workplace: dict[str, tuple[str, ...]]
    employment: dict[str, tuple[str, ...]]
    benefits: tuple[str, ...]
    closing: tuple[str, ...]
    visa: dict[str, tuple[str, ...]]
    edits: tuple[str, ...]
    pay: tuple[str, ...]
    on_target: str
    and_word: str
    or_word: str
