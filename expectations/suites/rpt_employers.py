"""Checks of ``rpt_employers`` before publication: one row per cell and employer."""

from __future__ import annotations

from expectations.suites.report_suite import holds, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_employers",
    names={"role_family": REPORTED_FAMILIES},
    shares=("share_of_open", "share_of_new_13w", "concentration", "top_5_share"),
    intervals={
        "share_of_open": ("share_of_open_low", "share_of_open_high"),
        "share_of_new_13w": ("share_of_new_13w_low", "share_of_new_13w_high"),
    },
    estimates=("share_of_open", "open_rank", "share_of_new_13w", "concentration", "top_5_share"),
    where=("company_key", "employers"),
    columns={
        "counts_nest": """n_open between 0 and n_postings and n_new_4w between 0 and n_new_13w
            and n_new_13w <= n_new_postings_13w""",
    },
    checks=(
        holds(
            "counts_nest",
            "with more openings than their cell, or more in four weeks than in thirteen",
            column="counts_nest",
            reason="2026-11: an employer's openings are a subset of the cell's, and four weeks of thirteen.",
        ),
    ),
)
