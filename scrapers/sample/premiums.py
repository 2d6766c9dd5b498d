"""Planted premiums: how much a skill or a region adds to pay, as a logarithm. The pay tables must recover them.

Premiums are centred, so the planted median of a country, seniority and family stays as in
:mod:`scrapers.sample.pay_market`. A premium compares jobs that ask for the skill with jobs
that do not, rather than with the market as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from scrapers.sample.geography import City, share_of_city
from scrapers.sample.skill_market import SKILLS_BY_NAME

SKILL_PREMIUM: dict[str, float] = {"Terraform": 0.10, "Kubernetes": 0.06, "R": -0.08}
# By country and city, relative to the country's other cities. A job that is remote or in several cities has no region.
REGION_PREMIUM: dict[tuple[str, str], float] = {("GB", "London"): 0.12}


def premium(skills: Iterable[str], family: str, week: float, places: tuple[City, ...], workplace: str) -> float:
    """Return the amount to add to the logarithm of an opening's pay.

    Args:
        skills: Names of the skills that the opening asks for.
        family: Its role family. Together with ``week`` it determines the probability of each skill.
        week: Weeks since the first Monday.
        places: Its cities.
        workplace: Its workplace. A ``remote`` job gets no region premium.
    """
    present = set(skills)
    total = sum(
        worth * ((name in present) - SKILLS_BY_NAME[name].probability(family, week))
        for name, worth in SKILL_PREMIUM.items()
    )
    if workplace != "remote" and len(places) == 1:
        for (country, city), worth in REGION_PREMIUM.items():
            if places[0].country == country:
                total += worth * ((places[0].name == city) - share_of_city(country, city))
    return total
