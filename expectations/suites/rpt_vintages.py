"""What is expected of ``rpt_vintages`` before it is published: one row per vintage and headline figure."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.report_suite import holds, report_suite

SUITE = report_suite(
    "rpt_vintages",
    names={},
    shares=(),
    # a count has no interval
    intervals={},
    estimates=("value", "value_low", "value_high", "change"),
    country=False,
    where=("figure", "figures"),
    columns={
        "value_in_interval": "coalesce(value between value_low and value_high, figure = 'openings' or value is null)",
        "effects_add_up": """coalesce(abs(new_data_effect + late_data_effect + taxonomy_effect + parser_effect
            + taxonomy_or_parser_effect + method_effect - change) <= 1e-6 * greatest(abs(value), 1), change is null
            or previous_value is null)""",
        "restatement": """case when vintage_id = 'this' and figure not in ('openings', 'median_pay_usd')
            then abs(change - new_data_effect) end""",
    },
    checks=(
        holds(
            "value_in_interval",
            "whose value lies outside its interval, or has none",
            column="value_in_interval",
            reason="2026-11: no figure is published without its uncertainty; a count of openings has none.",
        ),
        holds(
            "effects_add_up",
            "whose change is not the sum of what it is owed to",
            column="effects_add_up",
            reason="2026-11: a change that is explained in part is not explained.",
        ),
        check(
            gxe.ExpectColumnValuesToBeBetween,
            "little_restated",
            "of which a week that was published before moved by more than 5 points",
            column="restatement",
            max_value=0.05,
            severity="warning",
            reason="2026-11: late data move a share by a point or two; more is another taxonomy, extractor or method, "
            "and readers are told of it.",
            remedy="See which effect of the row is large; say so with the report.",
        ),
    ),
)
