"""Checks of ``rpt_agency_share_weekly`` before publication: one row per week and cell."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite

SUITE = attribute_suite("rpt_agency_share_weekly", {})
