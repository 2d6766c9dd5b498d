"""Checks of ``rpt_certification_demand`` before publication: one row per week, cell and certification."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite

SUITE = attribute_suite("rpt_certification_demand", {}, may_be_empty=True)
