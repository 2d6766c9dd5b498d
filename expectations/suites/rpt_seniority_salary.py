"""Checks of ``rpt_seniority_salary`` before publication: one row per cell and level."""

from __future__ import annotations

from expectations.suites.report_suite import median_plausible, report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES
from jobmarket.extract import facts

SUITE = report_suite(
    "rpt_seniority_salary",
    names={"role_family": REPORTED_FAMILIES, "seniority": ("all", *facts.SENIORITIES)},
    shares=(),
    intervals={"salary_median_annual": ("median_low", "median_high")},
    estimates=("salary_median_annual", "median_low", "salary_p25_annual", "salary_median_usd_annual"),
    sample=("n_with_pay", "n_companies"),
    checks=(median_plausible(),),
)
