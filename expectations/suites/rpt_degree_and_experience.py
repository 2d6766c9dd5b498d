"""Checks of ``rpt_degree_and_experience`` before publication: one row per week, cell and requirement."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite
from jobmarket.extract import facts

SUITE = attribute_suite(
    "rpt_degree_and_experience",
    {
        "requirement": (
            *(f"degree:{value}" for value in facts.DEGREES),
            *(f"experience:{value}" for value in facts.EXPERIENCE_BANDS),
        )
    },
    is_answered=True,
)
