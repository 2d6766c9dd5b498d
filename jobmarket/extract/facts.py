"""Define the facts read from one posting: record types and their permitted values.

The enumerations follow the gold set's annotation guidelines; every later layer uses the same values.
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

    ``city`` is the English name, ``region`` the postal code of a US state or Canadian province (else None),
    ``country`` ISO 3166 alpha-2.
    """

    city: str | None
    region: str | None
    country: str | None


class Salary(NamedTuple):
    """One pay range for this job, in full units of ``currency`` (ISO 4217) per ``period``.

    ``min`` is None for "up to", ``max`` is None for "from". ``amount_basis`` says where the amount was found and
    ``currency_basis`` how the currency is known. The span counts characters of ``Document.text`` and is None when the
    amount was found elsewhere. ``monthly_payments`` is how often a year a month's pay is paid, where the posting says
    so. ``is_net`` marks pay after taxes, which no figure of pay can include.
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
    monthly_payments: float | None = None
    is_net: bool = False


class SkillMention(NamedTuple):
    """A skill that a posting names, with the strongest level at which it is named.

    ``surface`` is the wording in the text. The span counts characters of ``Document.text`` and is None when only the
    title names the skill.
    """

    name: str
    surface: str
    category: str
    level: str
    span_start: int | None
    span_end: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything read from one posting. Unknown values stay ``unspecified``, None or empty; nothing is guessed.

    ``role_family`` has no unknown value: a role outside the families is ``other``.
    ``remote_scope`` lists the countries (ISO 3166 alpha-2) or regions where a remote worker may live.
    ``languages_asked`` lists ISO 639-1 codes, ``certifications`` the requested skills of that category, and
    ``candidate_terms`` names in lists of skills that the taxonomy lacks. ``sentence_hashes`` is the result of
    :func:`jobmarket.extract.sentences.sentence_hashes`, or empty if hashes were not requested.
    """

    role_family: str = "other"
    seniority: str = UNSPECIFIED
    experience_band: str = UNSPECIFIED
    workplace: str = UNSPECIFIED
    employment_type: str = UNSPECIFIED
    degree_min: str = UNSPECIFIED
    years_min: int | None = None
    years_max: int | None = None
    language: str | None = None
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
    is_for_client: bool = False
    has_description: bool = False
    sentence_hashes: Sequence[int] = field(default=(), repr=False)
