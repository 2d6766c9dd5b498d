"""Checks of ``rpt_workplace_weekly`` before publication: one row per week, cell and workplace."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite
from jobmarket.extract import facts

SUITE = attribute_suite("rpt_workplace_weekly", {"workplace": facts.WORKPLACES}, is_answered=True)
