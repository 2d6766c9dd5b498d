"""Checks of ``rpt_sector_demand`` before publication: one row per week, cell and sector."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite

SUITE = attribute_suite("rpt_sector_demand", {}, is_answered=True)
