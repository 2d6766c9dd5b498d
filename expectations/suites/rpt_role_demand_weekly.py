"""What is expected of ``rpt_role_demand_weekly`` before it is published: one row per week and cell."""

from __future__ import annotations

from expectations.suites.report_suite import WEEKLY_CELL, holds, report_suite

SUITE = report_suite(
    "rpt_role_demand_weekly",
    names=WEEKLY_CELL,
    shares=(),
    intervals={
        "matched_index": ("matched_index_low", "matched_index_high"),
        "matched_index_13w": ("matched_index_13w_low", "matched_index_13w_high"),
        "change_4w": ("change_4w_low", "change_4w_high"),
        "change_13w": ("change_13w_low", "change_13w_high"),
        "quarter_change": ("quarter_change_low", "quarter_change_high"),
    },
    estimates=(
        "matched_index",
        "demand_index",
        "coverage_effect",
        "change_4w",
        "change_13w",
        "matched_index_13w",
        "quarter_change",
    ),
    may_lack=("matched_index", "matched_index_13w", "change_4w", "change_13w", "quarter_change"),
    columns={"indexes_hold": "coalesce(least(demand_index, matched_index) >= 0, true)"},
    checks=(
        holds(
            "indexes_hold",
            "with an index below nothing",
            column="indexes_hold",
            reason="2026-11: an index is a number of openings over another, times 100.",
        ),
    ),
)
