"""Checks of ``rpt_extraction_quality`` and ``rpt_extraction_by_language`` before publication."""

from __future__ import annotations

from collections.abc import Mapping

from great_expectations import expectations as gxe

from expectations.suite import Batch, Check, TableSuite, check
from expectations.suites.report_suite import all_in_intervals, all_shares, intervals_hold, shares_hold
from expectations.suites.weekly_checks import not_empty


def _suite(table: str, columns: Mapping[str, str], *checks: Check) -> TableSuite:
    shared = {
        "shares_hold": all_shares(("precision", "recall", "f1")),
        "intervals_hold": all_in_intervals({name: (f"{name}_low", f"{name}_high") for name in ("precision", "recall")}),
    }
    batch = Batch(
        name="",
        unit="rows",
        relation=table,
        where="name",
        where_unit="fields, skills and degrees",
        columns={**shared, **columns},
        checks=(not_empty(), shares_hold(), intervals_hold(), *checks),
    )
    return TableSuite(gate="marts", table=table, batches=(batch,))


SUITE = _suite("marts.rpt_extraction_quality", {})
BY_LANGUAGE = _suite(
    "marts.rpt_extraction_by_language",
    {"f1_of_fields": "case when subject = 'field' and n_labelled >= 50 then f1 end"},
    check(
        gxe.ExpectColumnValuesToBeBetween,
        "fields_read_well",
        "with an F1 below 0.7",
        column="f1_of_fields",
        min_value=0.7,
        severity="warning",
        reason="2026-11: the least is 0.73 (role families in German). Checked if there are at least 50 labels.",
        remedy="List the misread postings with benchmarks/extraction_quality.py, and fix extraction.",
    ),
)
