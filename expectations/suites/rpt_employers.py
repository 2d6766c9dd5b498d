"""Checks of ``rpt_employers`` before publication: one row per cell and employer."""

from __future__ import annotations

from expectations.suites.report_suite import report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_employers",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_of_open", "share_of_new_13w", "concentration", "top_5_share"),
    # an employer's share describes its own list, and no sample of employers
    intervals={},
    estimates=("share_of_open", "open_rank", "share_of_new_13w", "concentration", "top_5_share"),
    where=("company_key", "employers"),
)
