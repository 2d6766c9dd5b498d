"""Checks of ``rpt_salary_grid`` before publication: one row per cell of the grid and region."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.report_suite import median_plausible, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES
from jobmarket.extract import facts

SUITE = report_suite(
    "rpt_salary_grid",
    names={
        "role_family": REPORTED_FAMILIES,
        "experience_band": ("all", *facts.EXPERIENCE_BANDS),
        "company_size_band": ("all", "sme", "large", "unspecified"),
    },
    shares=("share_size_from_registry", "share_size_from_text", "region_premium_q_value"),
    intervals={
        "salary_median_annual": ("median_low", "median_high"),
        "region_premium": ("region_premium_low", "region_premium_high"),
    },
    estimates=("salary_median_annual", "median_low", "salary_p25_annual", "salary_median_usd_annual", "region_premium"),
    sample=("n_with_pay", "n_companies"),
    checks=(
        median_plausible(),
        check(
            gxe.ExpectColumnValuesToBeBetween,
            "region_premium_plausible",
            "whose region pays over 60 % more than elsewhere, or over 40 % less",
            column="region_premium",
            min_value=-0.4,
            max_value=0.6,
            severity="warning",
            reason="2026-11: published premiums of capitals reach 30 %; twice that means a misread place.",
            remedy="Check which cities the seed pay_regions assigns to the region, and the pay of their postings.",
        ),
    ),
)
