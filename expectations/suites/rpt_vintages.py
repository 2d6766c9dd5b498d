"""Checks of ``rpt_vintages`` before publication: one row per vintage and headline figure."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.report_suite import report_suite

SUITE = report_suite(
    "rpt_vintages",
    names={},
    shares=(),
    # a count has no interval; dbt tests check the other intervals, and that the effects add up
    intervals={},
    estimates=("value", "value_low", "value_high", "change"),
    country=False,
    where=("figure", "figures"),
    columns={
        "restatement": """case when vintage_id = 'this' and figure not in ('openings', 'median_pay_usd')
            then abs(change - new_data_effect) end""",
    },
    checks=(
        check(
            gxe.ExpectColumnValuesToBeBetween,
            "little_restated",
            "whose value for a published week moved by more than 5 points",
            column="restatement",
            max_value=0.05,
            severity="warning",
            reason="2026-11: late data move a share by a point or two; a larger move means another taxonomy, "
            "extractor or method, and readers must be informed.",
            remedy="Find the large effect in the row, and mention it with the report.",
        ),
    ),
)
