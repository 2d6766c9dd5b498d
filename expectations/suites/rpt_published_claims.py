"""What is expected of ``rpt_published_claims`` before it is published: one row per claim."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.pay_effect_checks import window_checks
from expectations.suites.shared_bounds import REBUILD
from expectations.suites.weekly_checks import complete_interval, in_interval, known, weekly_columns

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_published_claims",
    batches=(
        Batch(
            name="",
            unit="claims",
            relation="marts.rpt_published_claims",
            where="claim_id",
            where_unit="claims",
            columns={
                name: sql
                for name, sql in weekly_columns(("observed", "observed_low"), "n_postings", "n_companies").items()
                if name != "week"
            }
            | {
                "observed_holds": in_interval("observed", "observed_low", "observed_high"),
                "verdict_follows": """case verdict
                    when 'below' then observed_high < claim_low when 'above' then observed_low > claim_high
                    when 'not_refuted' then coalesce(observed_high >= claim_low, true)
                        and coalesce(observed_low <= claim_high, true) and observed is not null
                    else observed is null end""",
            },
            checks=(
                *window_checks(),
                known("verdict", ("not_refuted", "above", "below", "not_comparable")),
                complete_interval("observed_holds", "observed"),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "verdict_follows",
                    "whose verdict does not follow from the interval",
                    column="verdict_follows",
                    value_set=(True,),
                    severity="critical",
                    reason="2026-11: a verdict on what others publish must be the interval's, not a median's.",
                    remedy=REBUILD,
                ),
            ),
        ),
    ),
)
