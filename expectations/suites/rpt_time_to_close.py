"""What is expected of ``rpt_time_to_close`` before it is published: one row per cell."""

from __future__ import annotations

from expectations.suites.report_suite import holds, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

# Of quarters (rpt_time_to_close_quarterly) as well.
COLUMNS = {
    # a bound may lie beyond what was watched: then the estimate or the bound is null
    "days_hold": "coalesce(median_low <= median_days, true) and coalesce(median_days <= median_high, true)",
    "counts_nest": "n_closed between 0 and n_postings",
}
CHECKS = (
    holds(
        "days_hold",
        "whose median lies outside its interval",
        column="days_hold",
        reason="2026-11: no figure is published without its uncertainty; a bound beyond what was watched is null.",
    ),
    holds(
        "counts_nest",
        "that count more closings than postings",
        column="counts_nest",
        reason="2026-11: a posting closes once; one that comes back is counted as still open.",
    ),
)

SUITE = report_suite(
    "rpt_time_to_close",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_open_30_days",),
    intervals={"share_open_30_days": ("share_open_30_low", "share_open_30_high")},
    estimates=("begins_day", "median_days", "median_low", "median_high", "share_open_30_days"),
    # where none closed in 30 days nothing tells how far employers differ
    may_lack=("share_open_30_days",),
    where=("country", "countries"),
    columns=COLUMNS,
    checks=CHECKS,
)
