"""Checks that the tables of premiums share: what goes with a skill or a specialisation in pay."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, Check, TableSuite, check
from expectations.suites.shared_bounds import REBUILD, REPORTED_FAMILIES, STATUSES
from expectations.suites.weekly_checks import (
    companies_floor,
    complete_interval,
    country_code,
    in_interval,
    known,
    no_suppressed_estimate,
    no_week_ahead,
    not_empty,
    postings_floor,
    share,
    weekly_columns,
)

# Half as much again, or a third less: no skill alone does that.
LARGEST_PREMIUM, LARGEST_DISCOUNT = 0.5, -0.35


def window_checks() -> tuple[Check, ...]:
    """What holds for every table over the pay window."""
    return (
        not_empty(),
        known("role_family", REPORTED_FAMILIES),
        known("status", STATUSES),
        country_code(),
        share("coverage_ratio"),
        no_suppressed_estimate(),
        postings_floor(),
        companies_floor(),
        no_week_ahead(),
    )


def effect_suite(table: str) -> TableSuite:
    """The suite of a table of premiums."""
    return TableSuite(
        gate="marts",
        table=table,
        batches=(
            Batch(
                name="",
                unit="rows",
                relation=table,
                where="week",
                where_unit="weeks",
                columns=weekly_columns(
                    ("premium", "premium_low", "premium_within_company"), "n_with", "n_companies_with"
                )
                | {
                    "premium_holds": in_interval("premium", "premium_low", "premium_high"),
                    "within_holds": in_interval("premium_within_company", "within_company_low", "within_company_high"),
                    "flag_follows": "coalesce(is_significant = (premium_q_value < 0.05), is_significant is null)",
                    "flagged_premium": "case when is_significant then premium end",
                },
                checks=(
                    *window_checks(),
                    share("premium_q_value"),
                    complete_interval("premium_holds", "premium"),
                    complete_interval("within_holds", "premium_within_company"),
                    check(
                        gxe.ExpectColumnValuesToBeInSet,
                        "flag_follows",
                        "that are flagged against their q-value",
                        column="flag_follows",
                        value_set=(True,),
                        severity="critical",
                        reason="2026-11: a flag is a claim; uncorrected, one in twenty of all skills would be chance.",
                        remedy=REBUILD,
                    ),
                    check(
                        gxe.ExpectColumnValuesToBeBetween,
                        "flagged_premium_plausible",
                        "flagged with a premium over 50 %, or a discount over 35 %",
                        column="flagged_premium",
                        min_value=LARGEST_DISCOUNT,
                        max_value=LARGEST_PREMIUM,
                        severity="warning",
                        reason="2026-11: no skill alone moves pay by half; a unit or a currency that was misread does.",
                        remedy="Look at the pay of its postings in fct_posting_salaries, by employer and currency.",
                    ),
                ),
            ),
        ),
    )
