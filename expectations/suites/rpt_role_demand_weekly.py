"""Checks of ``rpt_role_demand_weekly`` before publication: one row per week and cell."""

from __future__ import annotations

from expectations.suites.report_suite import WEEKLY_CELL, holds, report_suite

_MAY_BE_WITHHELD = (
    "matched_index",
    "matched_index_13w",
    "change_4w",
    "change_13w",
    "change_52w",
    "quarter_change",
    "quarter_change_52w",
)

SUITE = report_suite(
    "rpt_role_demand_weekly",
    names=WEEKLY_CELL,
    shares=(),
    intervals={
        "matched_index": ("matched_index_low", "matched_index_high"),
        "matched_index_13w": ("matched_index_13w_low", "matched_index_13w_high"),
        "change_4w": ("change_4w_low", "change_4w_high"),
        "change_13w": ("change_13w_low", "change_13w_high"),
        "change_52w": ("change_52w_low", "change_52w_high"),
        "quarter_change": ("quarter_change_low", "quarter_change_high"),
        "quarter_change_52w": ("quarter_change_52w_low", "quarter_change_52w_high"),
    },
    estimates=(
        "matched_index",
        "demand_index",
        "coverage_effect",
        "change_4w",
        "change_13w",
        "change_52w",
        "matched_index_13w",
        "quarter_change",
        "quarter_change_52w",
    ),
    may_lack=_MAY_BE_WITHHELD,
    columns={
        "indexes_hold": "coalesce(least(demand_index, matched_index) >= 0, true)",
        "known_share_holds": "expected_known_share is null or (expected_known_share between 0 and 1 "
        "and measure = 'flow' and status != 'final')",
    },
    checks=(
        holds(
            "indexes_hold",
            "with a negative index",
            column="indexes_hold",
            reason="2026-11: an index is one number of openings divided by another, times 100.",
        ),
        holds(
            "known_share_holds",
            "whose expected_known_share is not between 0 and 1, or is set although the week is final or a stock",
            column="known_share_holds",
            reason="2026-11: only the flow of a week that is not final is still partly unknown.",
        ),
    ),
)
