"""Planted pay: the level by country, seniority and role family, and its growth.

The middle of a range is ``level × seniority × family × employer × posting × growth``. The factors of the employer and
the posting have median 1, so the planted figure is the median.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

# Median annual pay of a mid-level ML engineer on 2026-02-23, in the country's currency.
LEVEL: dict[str, int] = {
    "US": 165_000,
    "GB": 72_000,
    "DE": 74_000,
    "FR": 58_000,
    "CA": 130_000,
    "NL": 73_000,
    "IN": 2_800_000,
    "CH": 128_000,
    "ES": 50_000,
    "PL": 240_000,
}
SENIORITY_FACTOR: dict[str, float] = {
    "intern": 0.45,
    "junior": 0.72,
    "mid": 1.0,
    "senior": 1.28,
    "lead": 1.42,
    "staff": 1.6,
    "principal": 1.85,
    "manager": 1.55,
    "executive": 2.0,
    "unspecified": 1.05,
}
FAMILY_FACTOR: dict[str, float] = {
    "ml_engineer": 1.0,
    "mlops_engineer": 1.0,
    "ai_engineer": 1.03,
    "ml_researcher": 1.15,
    "data_scientist": 0.88,
    "data_engineer": 0.88,
    "data_analyst": 0.7,
    "software_engineer": 0.95,
    "other": 0.8,
}
GROWTH_BY_COUNTRY: dict[str, float] = {
    "US": 0.08,
    "GB": 0.06,
    "DE": 0.05,
    "FR": 0.04,
    "CA": 0.06,
    "NL": 0.05,
    "IN": 0.12,
    "CH": 0.03,
    "ES": 0.05,
    "PL": 0.09,
}
# Added to the country's growth: senior pay grows faster than junior pay.
GROWTH_BY_SENIORITY: dict[str, float] = {
    "intern": -0.04,
    "junior": -0.06,
    "mid": 0.0,
    "senior": 0.02,
    "lead": 0.03,
    "staff": 0.04,
    "principal": 0.04,
    "manager": 0.0,
    "executive": 0.0,
    "unspecified": 0.0,
}
EMPLOYER_SPREAD = 0.08
POSTING_SPREAD = 0.06

# Share of postings that state pay.
DISCLOSURE: dict[str, float] = {
    "US": 0.78,
    "GB": 0.5,
    "DE": 0.3,
    "FR": 0.35,
    "CA": 0.65,
    "NL": 0.5,
    "IN": 0.2,
    "CH": 0.2,
    "ES": 0.35,
    "PL": 0.7,
}

# Periods per year, from 40 hours and 5 days a week and 52 weeks a year.
PERIODS_A_YEAR: dict[str, int] = {"year": 1, "month": 12, "day": 260, "hour": 2080}
_ROUND_TO: dict[str, int] = {"year": 1000, "month": 50, "day": 10, "hour": 1}


@dataclass(frozen=True)
class PlantedPay:
    """The pay that a posting states. ``minimum`` or ``maximum`` is None if it states only the other end."""

    minimum: int | None
    maximum: int | None
    currency: str
    period: str
    annual_middle: float
    writing: int

    def raised(self, factor: float) -> PlantedPay:
        """Return the same pay after an edit that multiplies it by ``factor``."""
        step = rounding_step(self.currency, self.period)
        return PlantedPay(
            None if self.minimum is None else _round(self.minimum * factor, step),
            None if self.maximum is None else _round(self.maximum * factor, step),
            self.currency,
            self.period,
            self.annual_middle * factor,
            self.writing,
        )


def annual_growth(country: str, seniority: str) -> float:
    """Return the planted growth per year, e.g. 0.1 for ten per cent."""
    return GROWTH_BY_COUNTRY[country] + GROWTH_BY_SENIORITY[seniority]


def median_annual(country: str, seniority: str, family: str, week: float) -> float:
    """Return the planted median of the middle of the range, per year, in the country's currency."""
    growth = (1 + annual_growth(country, seniority)) ** (week / 52)
    level: float = LEVEL[country] * SENIORITY_FACTOR[seniority] * FAMILY_FACTOR[family] * growth
    return level


def rounding_step(currency: str, period: str) -> int:
    """Return the step to which employers round their amounts."""
    step = _ROUND_TO[period]
    if currency == "INR":
        return step * 50 if period == "year" else step * 20
    return step


def _round(amount: float, step: int) -> int:
    return max(step, round(amount / step) * step)


def pay_period(rng: random.Random, country: str, seniority: str, employment_type: str) -> str:
    """Draw the period in which such a job's pay is stated in that country."""
    chance = rng.random()
    if employment_type == "contract":
        return "hour" if country in ("US", "CA") or (country in ("DE", "NL", "PL") and chance < 0.6) else "day"
    if seniority == "intern":
        return "hour" if country in ("US", "CA") else "year" if country == "GB" else "month"
    monthly = {"NL": 0.4, "PL": 0.6, "FR": 0.1, "ES": 0.1}.get(country, 0.0)
    return "month" if chance < monthly else "year"


def draw_pay(
    rng: random.Random,
    country: str,
    currency: str,
    seniority: str,
    family: str,
    week: float,
    period: str,
    employer_factor: float,
    premium: float,
) -> PlantedPay:
    """Draw the pay of one opening. The listing decides where it is stated; ``premium`` is :func:`premiums.premium`."""
    middle = median_annual(country, seniority, family, week) * employer_factor
    middle *= math.exp(rng.gauss(0, POSTING_SPREAD) + premium)
    half_width = rng.uniform(0.08, 0.2)
    step = rounding_step(currency, period)
    amount = middle / PERIODS_A_YEAR[period]
    low, high = _round(amount * (1 - half_width), step), _round(amount * (1 + half_width), step)
    form = rng.random()
    minimum: int | None = low
    maximum: int | None = high
    if form < 0.05:
        minimum = maximum = _round(amount, step)
    elif form < 0.09:
        maximum = None
    elif form < 0.13:
        minimum = None
    return PlantedPay(minimum, maximum, currency, period, middle, rng.randrange(8))
