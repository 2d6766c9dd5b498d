"""Checks of ``rpt_theme_demand_weekly`` before publication: one row per week, cell and theme."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite

SUITE = attribute_suite("rpt_theme_demand_weekly", {}, is_flagged=True)
