"""Checks of ``rpt_published_claims`` before publication: one row per claim."""

from __future__ import annotations

from expectations.suites.report_suite import holds, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

SUITE = report_suite(
    "rpt_published_claims",
    names={"role_family": REPORTED_FAMILIES, "verdict": ("within", "not_refuted", "above", "below", "not_comparable")},
    shares=(),
    intervals={"observed": ("observed_low", "observed_high")},
    estimates=("observed", "observed_low"),
    where=("claim_id", "claims"),
    columns={
        "verdict_follows": """case verdict
            when 'below' then judged_high < claim_low when 'above' then judged_low > claim_high
            when 'within' then coalesce(judged_low >= claim_low, true)
                and coalesce(judged_high <= claim_high, true) and observed is not null
            when 'not_refuted' then coalesce(judged_high >= claim_low, true)
                and coalesce(judged_low <= claim_high, true) and observed is not null
                and coalesce(judged_low < claim_low or judged_high > claim_high, true)
            else observed is null end""",
    },
    checks=(
        holds(
            "verdict_follows",
            "whose verdict does not follow from the interval",
            column="verdict_follows",
            reason="2026-11: a verdict on figures of others must rest on the interval, not on the median.",
        ),
    ),
)
