"""Checks of ``rpt_time_to_close_quarterly`` before publication: one row per quarter and cell."""

from __future__ import annotations

from expectations.suites.report_suite import holds, report_suite
from expectations.suites.rpt_time_to_close import CHECKS, COLUMNS
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_time_to_close_quarterly",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_open_30_days",),
    intervals={
        "share_open_30_days": ("share_open_30_low", "share_open_30_high"),
        "pace_change_quarter": ("pace_change_quarter_low", "pace_change_quarter_high"),
        "pace_change_year": ("pace_change_year_low", "pace_change_year_high"),
    },
    estimates=(
        "begins_day",
        "median_days",
        "median_low",
        "median_high",
        "share_open_30_days",
        "pace_change_quarter",
        "pace_change_year",
    ),
    # if none closed within 30 days, there is no measure of how much employers differ
    may_lack=("share_open_30_days",),
    where=("country", "countries"),
    columns=COLUMNS
    | {
        # a week belongs to the quarter of its Thursday
        "quarter_holds": "coalesce(date_trunc('quarter', week_start + 3) = quarter_start, false)",
        "reasons_hold": " and ".join(
            f"(pace_change_{horizon} is null) = (pace_change_{horizon}_floor_reason is not null)"
            for horizon in ("quarter", "year")
        ),
    },
    checks=(
        *CHECKS,
        holds(
            "quarter_holds",
            "whose last week begins in another quarter",
            column="quarter_holds",
            reason="2026-11: status and coverage of a quarter come from its weeks only.",
        ),
        holds(
            "reasons_hold",
            "whose pace of closing is neither given nor withheld for a reason",
            column="reasons_hold",
            reason="2026-11: a null without a reason cannot be told from a figure that is missing by mistake.",
        ),
    ),
)
