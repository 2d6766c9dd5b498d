"""What a text states that a translation keeps: years of experience, pay, and skills that are proper names.

Two texts in two languages share no wording, so only these can show that one does not translate the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jobmarket.extract.document import Document
from jobmarket.extract.experience import years
from jobmarket.extract.facts import Salary
from jobmarket.extract.salary import salaries
from jobmarket.extract.seeds import SEEDS, seed_rows
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import FIELDS_OF_WORK, Taxonomy

_NO_EXPERIENCE = re.compile(
    r"\bno (?:prior |previous |work |professional )*experience (?:is )?(?:needed|required|necessary)\b"
    r"|\bkeine (?:berufs|vor)?erfahrung(?:en)? (?:ist |sind )?(?:erforderlich|nötig|notwendig)\b"
    r"|\baucune expérience (?:professionnelle |préalable )?(?:n['’]est )?(?:requise|nécessaire|exigée)\b",
    re.IGNORECASE,
)
# Readings of two languages may differ by as much: another sentence's years, or twelve months' pay of fourteen.
_YEARS_APART = 2
_PAY_APART = 1.25
# Texts that each name as many skills, and have less than a fifth of the fewer in common, ask for two trades.
_ENOUGH_SKILLS = 5
_SKILLS_IN_COMMON = 0.2


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts of one text; ``pay`` is the least and the most per year, by currency."""

    years: int | None
    pay: Mapping[str, tuple[float, float]]
    skills: frozenset[str]


def read_stated(document: Document) -> Stated:
    """Read the facts from a parsed text."""
    least, most = years(document)
    if least is None and most is None and _NO_EXPERIENCE.search(document.text):
        least = 0
    named = _matcher().mentions(document)
    # Fields of work have a name in each language: "machine learning", "apprentissage automatique".
    skills = frozenset(skill.name for skill in named if skill.category not in FIELDS_OF_WORK)
    return Stated(least, _pay_per_year(salaries(document, None)), skills)


def contradict(first: Stated, second: Stated) -> bool:
    """Whether two texts cannot translate each other; what only one states contradicts nothing."""
    return _ask_other_years(first, second) or _pay_apart(first, second) or _name_other_skills(first, second)


def _ask_other_years(first: Stated, second: Stated) -> bool:
    if first.years is None or second.years is None:
        return False
    return abs(first.years - second.years) >= _YEARS_APART


def _pay_apart(first: Stated, second: Stated) -> bool:
    ranges = [(*first.pay[currency], *second.pay[currency]) for currency in first.pay.keys() & second.pay.keys()]
    return any(
        low > _PAY_APART * other_high or other_low > _PAY_APART * high for low, high, other_low, other_high in ranges
    )


def _name_other_skills(first: Stated, second: Stated) -> bool:
    fewer = min(len(first.skills), len(second.skills))
    return fewer >= _ENOUGH_SKILLS and len(first.skills & second.skills) < _SKILLS_IN_COMMON * fewer


def _pay_per_year(found: Iterable[Salary]) -> dict[str, tuple[float, float]]:
    pay: dict[str, tuple[float, float]] = {}
    for salary in found:
        times = _per_year().get(salary.period or "")
        if salary.currency is None or times is None:
            continue
        low = 0.0 if salary.min is None else salary.min * times
        high = math.inf if salary.max is None else salary.max * times
        least, most = pay.get(salary.currency, (low, high))
        pay[salary.currency] = (min(low, least), max(high, most))
    return pay


@cache
def _per_year() -> dict[str, float]:
    """Return the factors to a year's pay where no country is known, by period."""
    rows = seed_rows("pay_period_factors.csv")
    return {row["period"]: float(row["factor_to_year"]) for row in rows if row["country"] == "default"}


@cache
def _matcher() -> SkillMatcher:
    """Load the taxonomy only when a pair in two languages needs it (1.2 s)."""
    return SkillMatcher(Taxonomy.from_seeds(SEEDS))
