"""Draw jobs: the role, the skills the employer asks for, the workplace and the pay."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapers.sample.firms import Firm
from scrapers.sample.geography import COUNTRIES, City, draw_city, other_city
from scrapers.sample.new_names import draw_new_names
from scrapers.sample.pay_market import DISCLOSURE, PlantedPay, draw_pay, pay_period
from scrapers.sample.premiums import premium
from scrapers.sample.remarks import Remarks, draw_remarks
from scrapers.sample.skill_market import (
    EMPLOYER_TASTE,
    FAMILIES,
    FAMILY_SHARES,
    LEVEL_SHARES,
    SKILLS,
    TOGETHER,
    TOGETHER_CORRELATION,
)
from scrapers.sample.streams import stream

SENIORITY_SHARES: dict[str, float] = {
    "intern": 0.05,
    "junior": 0.08,
    "mid": 0.07,
    "senior": 0.35,
    "lead": 0.06,
    "staff": 0.08,
    "principal": 0.03,
    "manager": 0.04,
    "executive": 0.01,
    "unspecified": 0.23,
}
WORKPLACE_SHARES = {"remote": 0.22, "hybrid": 0.38, "onsite": 0.15, "unspecified": 0.25}


@dataclass(frozen=True)
class SpelledSkill:
    """A skill that a posting asks for, with its level and its spelling in the text (``surface``)."""

    name: str
    level: str
    surface: str


@dataclass(frozen=True)
class Opening:
    """The facts of a job that are the same on every board that shows it.

    ``new_names`` are tools unknown to the taxonomy, which the text lists among the required skills.
    """

    key: str
    firm: Firm
    family: str
    seniority: str
    language: str
    employment_type: str
    employment_in_text: bool
    workplace: str
    country: str
    places: tuple[City, ...]
    posted_at: datetime
    skills: tuple[SpelledSkill, ...]
    added_skill: SpelledSkill | None
    new_names: tuple[str, ...]
    pay: PlantedPay | None
    years: int | None
    degree: str
    remarks: Remarks


def _working_moment(rng: random.Random, monday: datetime) -> datetime:
    """Draw a moment on a working day of the week that starts at ``monday``, between 08:00 and 18:00 UTC."""
    seconds = rng.randrange(10 * 3600)
    return monday + timedelta(days=rng.randrange(5), hours=8, seconds=seconds, milliseconds=rng.randrange(1000))


def _draw_skills(
    rng: random.Random, firm: Firm, family: str, week: float
) -> tuple[tuple[SpelledSkill, ...], SpelledSkill | None]:
    """Draw the skills that a posting asks for, and one more that an edit may add."""
    own, shared = math.sqrt(1 - EMPLOYER_TASTE), math.sqrt(EMPLOYER_TASTE)
    levels, shares = list(LEVEL_SHARES), list(LEVEL_SHARES.values())
    skills, spare = [], None
    needs: dict[str, float] = {}
    for skill, taste in zip(SKILLS, firm.taste, strict=True):
        need = rng.gauss(0, 1)
        if skill.name in TOGETHER:
            other = needs[TOGETHER[skill.name]]
            need = TOGETHER_CORRELATION * other + math.sqrt(1 - TOGETHER_CORRELATION**2) * need
        needs[skill.name] = need
        score = own * need + shared * taste
        # The score is standard normal across the market, so this holds with exactly the planted probability.
        quantile = 0.5 * math.erfc(-score / math.sqrt(2))
        probability = skill.probability(family, week)
        chosen = SpelledSkill(skill.name, rng.choices(levels, shares)[0], rng.choice(skill.surfaces))
        if quantile > 1 - probability:
            skills.append(chosen)
        elif spare is None and quantile > 1 - 2 * probability:
            spare = SpelledSkill(skill.name, "preferred", chosen.surface)
    rng.shuffle(skills)
    return tuple(skills), spare


_YEARS = {
    "intern": None,
    "junior": 2,
    "mid": 3,
    "senior": 5,
    "lead": 7,
    "staff": 8,
    "principal": 10,
    "manager": 7,
    "executive": 10,
}


def draw_opening(seed: int, firm: Firm, key: str, monday: datetime, epoch: datetime) -> Opening:
    """Draw the job named ``key``.

    Args:
        seed: The world's seed.
        firm: The employer.
        key: The name of the job's random stream.
        monday: Start of the week in which it is published (UTC).
        epoch: Monday of week 0 (UTC).
    """
    rng = stream(seed, "opening", key)
    posted_at = _working_moment(rng, monday)
    moment = (posted_at - epoch) / timedelta(weeks=1)
    family = rng.choices(FAMILIES, FAMILY_SHARES)[0]
    seniority = rng.choices(list(SENIORITY_SHARES), list(SENIORITY_SHARES.values()))[0]
    country = firm.country
    if firm.size_band in ("1001-5000", "5001+") and rng.random() < 0.25:
        country = rng.choice(["US", "GB", "DE", "IN", "CA", "NL"])
    language = "en"
    if country == firm.country and rng.random() < firm.local_language_share:
        language = country.lower()
    chance = rng.random()
    employment_type = "internship" if seniority == "intern" else "full_time"
    if employment_type == "full_time" and chance < 0.06:
        employment_type = "contract"
    elif employment_type == "full_time" and chance < 0.075:
        employment_type = "part_time"
    elif employment_type == "full_time" and chance < 0.1:
        employment_type = "temporary"
    workplace = rng.choices(list(WORKPLACE_SHARES), list(WORKPLACE_SHARES.values()))[0]
    first = draw_city(rng, country)
    places = [first]
    if workplace != "remote" and rng.random() < 0.14:
        places.append(other_city(rng, first))
    skills, spare = _draw_skills(rng, firm, family, moment)
    # They are written beside required skills.
    is_listing = any(skill.level == "required" for skill in skills)
    new_names = draw_new_names(seed, firm.index, key, moment) if is_listing else ()
    pay = None
    if rng.random() < DISCLOSURE[country] + firm.disclosure_shift:
        period = pay_period(rng, country, seniority, employment_type)
        currency = COUNTRIES[country].currency
        added = premium((skill.name for skill in skills), family, moment, tuple(places), workplace)
        pay = draw_pay(rng, country, currency, seniority, family, moment, period, firm.pay_factor, added)
    # Half of the texts leave full-time work unstated. Every other type is always stated.
    employment_in_text = employment_type != "full_time" or rng.random() < 0.5
    years = _YEARS.get(seniority, rng.choice((None, 2, 3, 4, 5)))
    if years is not None and rng.random() < 0.25:
        years = None
    degree = rng.choices(("unspecified", "bachelor", "master", "phd"), _DEGREE_WEIGHTS[family == "ml_researcher"])[0]
    return Opening(
        key=key,
        firm=firm,
        family=family,
        seniority=seniority,
        language=language,
        employment_type=employment_type,
        employment_in_text=employment_in_text,
        workplace=workplace,
        country=country,
        places=tuple(places),
        posted_at=posted_at,
        skills=skills,
        added_skill=spare,
        new_names=new_names,
        pay=pay,
        years=years,
        degree=degree,
        remarks=draw_remarks(seed, key, years),
    )


_DEGREE_WEIGHTS = {False: (38, 37, 21, 4), True: (10, 8, 32, 50)}
