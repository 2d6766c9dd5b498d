"""What is expected of ``rpt_pay_transparency_weekly`` before it is published: one row per week, cell and statement."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite
from jobmarket.extract import facts

SUITE = attribute_suite(
    "rpt_pay_transparency_weekly",
    {"pay_statement": ("any", "range", *facts.AMOUNT_BASES)},
    # few postings state pay in some markets, and none is a finding too
    may_be_empty=True,
)
