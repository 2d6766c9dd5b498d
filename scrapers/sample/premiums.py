"""Planted premiums: what a skill or a region adds to pay, in logarithms, for the pay tables to find.

They are centred, so that the planted median of a country, level and family stays what :mod:`pay_market` says: who asks
for the skill is paid so much more than who does not, not than the market.
"""

from __future__ import annotations

from collections.abc import Iterable

from scrapers.sample.geography import City, share_of_city
from scrapers.sample.skill_market import SKILLS_BY_NAME

SKILL_PREMIUM: dict[str, float] = {"Terraform": 0.10, "Kubernetes": 0.06, "R": -0.08}
# Country and city, over the other cities of the country; a job that is remote or in several cities has no region.
REGION_PREMIUM: dict[tuple[str, str], float] = {("GB", "London"): 0.12}


def premium(skills: Iterable[str], family: str, week: float, places: tuple[City, ...], workplace: str) -> float:
    """What is added to the logarithm of an opening's pay.

    Args:
        skills: Names of the skills that it asks for.
        family: Its role family, with ``week`` what the probability of each skill follows from.
        week: Weeks since the first Monday.
        places: Its cities.
        workplace: ``remote`` has no region.
    """
    asked = set(skills)
    found = sum(
        worth * ((name in asked) - SKILLS_BY_NAME[name].probability(family, week))
        for name, worth in SKILL_PREMIUM.items()
    )
    if workplace != "remote" and len(places) == 1:
        for (country, city), worth in REGION_PREMIUM.items():
            if places[0].country == country:
                found += worth * ((places[0].name == city) - share_of_city(country, city))
    return found
