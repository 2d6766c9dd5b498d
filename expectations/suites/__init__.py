"""All suites, one file per table. Importing this module imports Great Expectations, which takes seconds."""

from __future__ import annotations

from expectations.suite import Gate, TableSuite
from expectations.suites import (
    dim_companies,
    dim_locations,
    dim_skills,
    fct_posting_salaries,
    fct_posting_skills,
    fct_postings,
    raw_crawl_runs,
    raw_exchange_rates,
    raw_posting_versions,
    raw_sightings,
    rpt_attribute_salary_premium,
    rpt_board_coverage_weekly,
    rpt_certification_demand,
    rpt_degree_and_experience,
    rpt_discovery_delay,
    rpt_employers,
    rpt_extraction_quality,
    rpt_pay_transparency_weekly,
    rpt_published_claims,
    rpt_role_demand_weekly,
    rpt_salary_grid,
    rpt_salary_trend_weekly,
    rpt_sector_demand,
    rpt_seniority_salary,
    rpt_skill_demand_weekly,
    rpt_skill_emerging,
    rpt_skill_pairs,
    rpt_skill_salary_premium,
    rpt_specialisation_salary,
    rpt_theme_demand_weekly,
    rpt_time_to_close,
    rpt_time_to_close_quarterly,
    rpt_vintages,
    rpt_workplace_weekly,
)

# In the order in which failures are reported: tables that others depend on come first.
SUITES: tuple[TableSuite, ...] = (
    raw_crawl_runs.SUITE,
    raw_sightings.SUITE,
    raw_posting_versions.SUITE,
    raw_exchange_rates.SUITE,
    fct_postings.SUITE,
    dim_companies.SUITE,
    dim_skills.SUITE,
    dim_locations.SUITE,
    fct_posting_skills.SUITE,
    fct_posting_salaries.SUITE,
    rpt_board_coverage_weekly.SUITE,
    rpt_skill_demand_weekly.SUITE,
    rpt_theme_demand_weekly.SUITE,
    rpt_salary_trend_weekly.SUITE,
    rpt_salary_grid.SUITE,
    rpt_seniority_salary.SUITE,
    rpt_skill_salary_premium.SUITE,
    rpt_specialisation_salary.SUITE,
    rpt_attribute_salary_premium.SUITE,
    rpt_published_claims.SUITE,
    rpt_role_demand_weekly.SUITE,
    rpt_workplace_weekly.SUITE,
    rpt_degree_and_experience.SUITE,
    rpt_pay_transparency_weekly.SUITE,
    rpt_sector_demand.SUITE,
    rpt_certification_demand.SUITE,
    rpt_skill_pairs.SUITE,
    rpt_employers.SUITE,
    rpt_time_to_close.SUITE,
    rpt_time_to_close_quarterly.SUITE,
    rpt_discovery_delay.SUITE,
    rpt_extraction_quality.SUITE,
    rpt_skill_emerging.SUITE,
    rpt_vintages.SUITE,
)


def suites_of(gate: Gate) -> tuple[TableSuite, ...]:
    """Return the suites of a gate."""
    return tuple(suite for suite in SUITES if suite.gate == gate)
