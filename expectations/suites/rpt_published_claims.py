"""Checks of ``rpt_published_claims`` before publication: one row per claim."""

from __future__ import annotations

from expectations.suites.report_suite import report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_published_claims",
    names={"role_family": REPORTED_FAMILIES, "verdict": ("within", "not_refuted", "above", "below", "not_comparable")},
    shares=(),
    intervals={"observed": ("observed_low", "observed_high")},
    estimates=("observed", "observed_low"),
    where=("claim_id", "claims"),
)
