"""Checks of ``rpt_discovery_delay`` before publication: one row per week and board system."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.report_suite import report_suite

SUITE = report_suite(
    "rpt_discovery_delay",
    names={},
    shares=("in_time_share", "in_time_low", "in_time_high"),
    intervals={"in_time_share": ("in_time_low", "in_time_high")},
    estimates=("in_time_share", "delay_median_days", "delay_p90_days", "delay_final_share_days"),
    country=False,
    where=("board", "boards"),
    columns={
        "in_time_of_shown": "case when status in ('final', 'provisional') then in_time_share end",
    },
    checks=(
        check(
            gxe.ExpectColumnValuesToBeBetween,
            "found_in_time",
            "with fewer than 90 % of the postings discovered before the week is final",
            column="in_time_of_shown",
            min_value=0.9,
            severity="warning",
            reason="2026-11: all boards together reach 98 % by then; a board far below is crawled too rarely.",
            remedy="Crawl the board more often, or check what its dates of publication really state.",
        ),
    ),
)
