"""Checks of ``rpt_pay_transparency_weekly`` before publication: one row per week, cell and statement."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite
from jobmarket.extract import facts

SUITE = attribute_suite(
    "rpt_pay_transparency_weekly",
    {"pay_statement": ("any", "range", *facts.AMOUNT_BASES)},
    # in some markets hardly any posting states pay, and none is a valid result
    may_be_empty=True,
)
