"""What is expected of ``rpt_salary_grid`` before it is published: one row per cell of the grid."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.pay_effect_checks import window_checks
from expectations.suites.shared_bounds import PAY_LEAST, PAY_MOST
from expectations.suites.weekly_checks import complete_interval, in_interval, known, share, weekly_columns
from jobmarket.extract import facts

_ESTIMATES = ("salary_median_annual", "median_low", "salary_p25_annual", "salary_median_usd_annual", "region_premium")

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_salary_grid",
    batches=(
        Batch(
            name="",
            unit="rows",
            relation="marts.rpt_salary_grid",
            where="week",
            where_unit="weeks",
            columns=weekly_columns(_ESTIMATES, "n_with_pay", "n_companies")
            | {
                "median_holds": in_interval("salary_median_annual", "median_low", "median_high", "0.01"),
                "region_premium_holds": in_interval("region_premium", "region_premium_low", "region_premium_high"),
            },
            checks=(
                *window_checks(),
                known("experience_band", ("all", *facts.EXPERIENCE_BANDS)),
                known("company_size_band", ("all", "sme", "large", "unspecified")),
                share("share_size_from_registry"),
                share("share_size_from_text"),
                complete_interval("median_holds", "median"),
                complete_interval("region_premium_holds", "region_premium"),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "median_plausible",
                    "whose median is under 5 thousand or over 3 million USD a year",
                    column="salary_median_usd_annual",
                    min_value=PAY_LEAST,
                    max_value=PAY_MOST,
                    severity="critical",
                    reason="2026-11: half of a shown cell cannot earn so; a period or a currency was misread.",
                    remedy="Look at the cell's rows in fct_posting_salaries with the smallest and the largest amounts.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "region_premium_plausible",
                    "whose region pays 60 % more than elsewhere, or 40 % less",
                    column="region_premium",
                    min_value=-0.4,
                    max_value=0.6,
                    severity="warning",
                    reason="2026-11: published premiums of capitals reach 30 %; twice that is a misread place.",
                    remedy="See which cities the seed pay_regions gives the region, and their postings' pay.",
                ),
            ),
        ),
    ),
)
