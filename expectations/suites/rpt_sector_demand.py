"""What is expected of ``rpt_sector_demand`` before it is published: one row per week, cell and sector."""

from __future__ import annotations

from expectations.suites.attribute_suite import attribute_suite
from expectations.suites.report_suite import holds

SUITE = attribute_suite(
    "rpt_sector_demand",
    {},
    shares=("share_of_known", "share_of_known_low", "share_of_known_high", "known_share"),
    intervals={"share_of_known": ("share_of_known_low", "share_of_known_high")},
    columns={
        "known_holds": """n_known between 0 and n_postings and (n_known is null) = (known_share is null)
            and (sector <> 'unspecified' or n_with + n_known = n_postings)""",
    },
    checks=(
        holds(
            "known_holds",
            "that know the sector of more postings than there are, or of others than they leave unspecified",
            column="known_holds",
            reason="2026-11: how much of the sector is known stands beside every share of it, and is a share itself.",
        ),
    ),
)
