"""Checks of ``rpt_time_to_close`` before publication: one row per cell."""

from __future__ import annotations

from expectations.suites.report_suite import holds, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

# Also used by rpt_time_to_close_quarterly.
COLUMNS = {
    # if an estimate or a bound lies beyond the days that were watched, it is null
    "days_hold": "coalesce(median_low <= median_days, true) and coalesce(median_days <= median_high, true)",
    "counts_nest": "n_closed between 0 and n_postings",
}
CHECKS = (
    holds(
        "days_hold",
        "whose median lies outside its interval",
        column="days_hold",
        reason="2026-11: no figure is published without its uncertainty; a bound beyond the watched days is null.",
    ),
    holds(
        "counts_nest",
        "that count more closings than postings",
        column="counts_nest",
        reason="2026-11: a posting closes at most once; one that comes back counts as still open.",
    ),
)

SUITE = report_suite(
    "rpt_time_to_close",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_open_30_days",),
    intervals={"share_open_30_days": ("share_open_30_low", "share_open_30_high")},
    estimates=("begins_day", "median_days", "median_low", "median_high", "share_open_30_days"),
    # if none closed within 30 days, there is no measure of how much employers differ
    may_lack=("share_open_30_days",),
    where=("country", "countries"),
    columns=COLUMNS,
    checks=CHECKS,
)
