"""Checks of ``rpt_time_to_close`` before publication: one row per cell."""

from __future__ import annotations

from expectations.suites.report_suite import report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_time_to_close",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_open_30_days",),
    intervals={"share_open_30_days": ("share_open_30_low", "share_open_30_high")},
    estimates=("begins_day", "median_days", "median_low", "median_high", "share_open_30_days"),
    # if none closed within 30 days, there is no measure of how much employers differ
    may_lack=("share_open_30_days",),
    where=("country", "countries"),
)
