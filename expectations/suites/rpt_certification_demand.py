"""What is expected of ``rpt_certification_demand`` before it is published: one row per week, cell and certification."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite

SUITE = attribute_suite("rpt_certification_demand", {}, may_be_empty=True)
