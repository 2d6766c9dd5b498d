"""What is expected of ``rpt_sector_demand`` before it is published: one row per week, cell and sector."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.attribute_suite import attribute_suite
from expectations.suites.report_suite import holds
from expectations.suites.shared_bounds import REBUILD

SUITE = attribute_suite(
    "rpt_sector_demand",
    {},
    shares=("share_of_known", "share_of_known_low", "share_of_known_high"),
    intervals={"share_of_known": ("share_of_known_low", "share_of_known_high")},
    columns={
        "known_holds": "n_known between 0 and n_postings and known_share between 0 and 1",
        "withheld_known": "case when known_floor_reason is not null then coalesce(n_known, known_share) end",
    },
    checks=(
        holds(
            "known_holds",
            "that know the sector of more postings than there are",
            column="known_holds",
            reason="2026-11: how much of the sector is known stands beside every share of it, and is a share itself.",
        ),
        check(
            gxe.ExpectColumnValuesToBeNull,
            "withheld_known_is_empty",
            "that withhold a share of those that tell and count them all the same",
            column="withheld_known",
            severity="critical",
            reason="2026-11: beside the numerator, the count is the share that is below its floor.",
            remedy=REBUILD,
        ),
    ),
)
