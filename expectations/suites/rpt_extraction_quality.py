"""Checks of ``rpt_extraction_quality`` before publication: one row per sample and field, skill or degree."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.report_suite import all_in_intervals, all_shares, intervals_hold, shares_hold
from expectations.suites.weekly_checks import not_empty

_SHARES = ("precision", "recall", "f1")

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_extraction_quality",
    batches=(
        Batch(
            name="",
            unit="rows",
            relation="marts.rpt_extraction_quality",
            where="name",
            where_unit="fields, skills and degrees",
            columns={
                "shares_hold": all_shares(_SHARES),
                "intervals_hold": all_in_intervals(
                    {name: (f"{name}_low", f"{name}_high") for name in ("precision", "recall")}
                ),
                "f1_of_fields": "case when subject = 'field' and n_labelled >= 50 then f1 end",
            },
            checks=(
                not_empty(),
                shares_hold(),
                intervals_hold(),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "fields_read_well",
                    "with an F1 below 0.75",
                    column="f1_of_fields",
                    min_value=0.75,
                    severity="warning",
                    reason="2026-11: below this, a share is more error than market. Checked if there are at least 50 "
                    "labels.",
                    remedy="List the misread postings with benchmarks/extraction_quality.py, and fix extraction.",
                ),
            ),
        ),
    ),
)
