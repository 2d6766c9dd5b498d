"""Checks of ``rpt_attribute_salary_premium`` before publication: one row per cell and value."""

from __future__ import annotations

from expectations.suites.effect_suite import effect_suite
from jobmarket.statistics.effect_tables import COMPARED_WITH

SUITE = effect_suite(
    "rpt_attribute_salary_premium",
    names={
        "attribute": ("workplace", "degree", "visa_sponsorship"),
        "attribute_value": ("remote", "hybrid", "none", "master", "phd", "offered"),
        "compared_with": tuple(COMPARED_WITH.values()),
    },
)
