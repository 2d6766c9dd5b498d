"""What is known of one posting after reading it: record types and the values they may take.

The enumerations are those of the gold set's guidelines; every later layer uses the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

ROLE_FAMILIES = (
    "ml_engineer",
    "mlops_engineer",
    "ai_engineer",
    "ml_researcher",
    "data_scientist",
    "data_engineer",
    "data_analyst",
    "software_engineer",
    "other",
    "multiple",
)
SENIORITIES = (
    "intern",
    "junior",
    "mid",
    "senior",
    "lead",
    "staff",
    "principal",
    "manager",
    "executive",
    "unspecified",
    "multiple",
)
EXPERIENCE_BANDS = ("intern", "junior", "confirmed", "senior", "staff_principal", "unspecified")
WORKPLACES = ("remote", "hybrid", "onsite", "unspecified")
EMPLOYMENT_TYPES = ("full_time", "part_time", "contract", "internship", "temporary", "unspecified")
DEGREES = ("bachelor", "master", "phd", "none", "unspecified")
SKILL_LEVELS = ("required", "preferred", "mentioned", "context")
PAY_PERIODS = ("year", "month", "week", "day", "hour")
VISA_SPONSORSHIPS = ("offered", "refused", "unspecified")
COMPANY_SIZES = ("micro", "small", "medium", "large", "very_large", "unspecified")
PAY_KINDS = ("base", "ote", "total", "unspecified")
AMOUNT_BASES = ("board_field", "markup", "text")
CURRENCY_BASES = ("stated", "symbol", "country")

UNSPECIFIED = "unspecified"


class Location(NamedTuple):
    """A place where the job can be done.

    ``city`` is the English name, ``region`` the postal code of a US state or Canadian province (else null),
    ``country`` ISO 3166 alpha-2.
    """

    city: str | None
    region: str | None
    country: str | None


class Salary(NamedTuple):
    """One pay range for this job, in full units of ``currency`` (ISO 4217) per ``period``.

    A null ``min`` means "up to", a null ``max`` means "from". ``amount_basis`` says where the numbers stand and
    ``currency_basis`` how the currency was known; the span counts characters of ``Document.text`` and is null
    when the amount stands elsewhere.
    """

    min: float | None
    max: float | None
    currency: str | None
    period: str | None
    kind: str
    amount_basis: str
    currency_basis: str | None
    span_start: int | None
    span_end: int | None


class SkillMention(NamedTuple):
    """A skill that a posting names, with the strongest level it is named at.

    ``surface`` is the wording in the text. The span counts characters of ``Document.text``; it is null when
    the skill is named in the title alone.
    """

    name: str
    surface: str
    category: str
    level: str
    span_start: int | None
    span_end: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything read from one posting. Unknown stays ``unspecified``, null or empty: nothing is guessed.

    ``role_family`` has no unknown: what is none of the families is ``other``.
    ``remote_scope`` holds the countries (ISO 3166 alpha-2) or regions where a remote worker may sit,
    ``languages_asked`` ISO 639-1 codes, ``certifications`` the names of skills of that category that are asked for,
    ``candidate_terms`` names in lists of skills that the taxonomy lacks, ``sentence_hashes`` the text's sentences as
    :func:`jobmarket.extract.sentences.sentence_hashes` has them, empty where nobody asked for them.
    """

    role_family: str = "other"
    seniority: str = UNSPECIFIED
    experience_band: str = UNSPECIFIED
    workplace: str = UNSPECIFIED
    employment_type: str = UNSPECIFIED
    degree_min: str = UNSPECIFIED
    years_min: int | None = None
    years_max: int | None = None
    language: str = "en"
    locations: tuple[Location, ...] = ()
    remote_scope: tuple[str, ...] = ()
    salaries: tuple[Salary, ...] = ()
    skills: tuple[SkillMention, ...] = field(default=())
    candidate_terms: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    languages_asked: tuple[str, ...] = ()
    visa_sponsorship: str = UNSPECIFIED
    sector: str = UNSPECIFIED
    company_size: str = UNSPECIFIED
    company_employees: int | None = None
    has_description: bool = False
    sentence_hashes: Sequence[int] = field(default=(), repr=False)
