"""Rows, one or two each, of the marts that the invented market leaves empty or nearly so."""

from pathlib import Path

from jobmarket.publishing import publish
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect
from tests.jobmarket.publishing.synthetic_marts import AS_OF, LAST_WEEK, build_marts, pass_gates

# e0: DuckDB reads a number with a point alone as a decimal.
_CELL = f"date '{LAST_WEEK}' as week_start, 'stock' as measure, 'all' as role_family, 'all' as country"
_SHARES = (
    "200 as n_with, 1000 as n_postings, 90 as n_companies, 0.2e0 as share, 0.17e0 as share_low, 0.23e0 as share_high, "
    "0.01e0 as change_13w, -0.02e0 as change_13w_low, 0.04e0 as change_13w_high, 'final' as status, "
    "null::varchar as floor_reason"
)
_WINDOW = f"date '{LAST_WEEK}' as week_start, 'final' as status, null::varchar as floor_reason"
_PREMIUM = (
    "900 as n_postings, 90 as n_companies, 120 as n_with, 30 as n_companies_with, premium, "
    "premium - 0.03e0 as premium_low, premium + 0.03e0 as premium_high, significant as is_significant, "
    "if(significant, premium - 0.04e0, null) as premium_selected_low, "
    "if(significant, premium + 0.04e0, null) as premium_selected_high, "
    "null::double as premium_within_company, null::double as within_company_low, null::double as within_company_high"
)
TABLES = {
    "rpt_certification_demand": f"select {_CELL}, unnest(['any', 'CKA']) as certification, {_SHARES}",
    "rpt_sector_demand": f"select {_CELL}, unnest(['fintech', 'unspecified']) as sector, {_SHARES}",
    "rpt_time_to_close": (
        f"select 'all' as role_family, country, {_WINDOW}, n as n_postings, n // 2 as n_closed, 20 as n_companies, "
        "median as median_days, low as median_low, high as median_high, open as share_open_30_days, "
        "open - 0.02e0 as share_open_30_low, open + 0.02e0 as share_open_30_high, "
        "7.0e0 as closing_interval_days from (values ('all', 4089, 34, 31, 34, 0.528e0), "
        "('FR', 90, 30, 21, null, 0.5e0)) as cells(country, n, median, low, high, open)"
    ),
    "rpt_time_to_close_quarterly": (
        "select quarter::date as quarter_start, 'all' as role_family, 'all' as country, "
        f"date '{LAST_WEEK}' as week_start, 900 as n_postings, 500 as n_closed, 80 as n_companies, "
        "days as median_days, days - 3 as median_low, days + 3 as median_high, pace as pace_change_quarter, "
        "pace - 0.1e0 as pace_change_quarter_low, pace + 0.2e0 as pace_change_quarter_high, "
        "null::double as pace_change_year, null::double as pace_change_year_low, "
        "null::double as pace_change_year_high, 'final' as status, true as is_over from (values "
        "('2026-04-01', 33, 0.25e0), ('2026-01-01', 41, null)) as quarters(quarter, days, pace)"
    ),
    "rpt_skill_pairs": (
        f"select 'all' as role_family, lower(one) as skill_id, one as skill_name, lower(other) as other_skill_id, "
        f"other as other_skill_name, {_WINDOW}, 900 as n_postings, 90 as n_companies, n as n_with_skill, "
        "m as n_with_other_skill, 40 as n_with_both, 12 as n_companies_with_both, 0.5e0 as share_with_other, "
        "0.4e0 as share_with_other_low, 0.6e0 as share_with_other_high, lift, lift - 0.5e0 as lift_low, "
        "lift + 0.5e0 as lift_high, lift > 1.5 as is_significant, "
        "if(lift > 1.5, lift - 0.8e0, null) as lift_selected_low, "
        "if(lift > 1.5, lift + 0.8e0, null) as lift_selected_high from (values ('Helm', 'Kubernetes', 60, 300, 3.0e0), "
        "('Kubernetes', 'Helm', 300, 60, 3.0e0), ('Perl', 'SQL', 50, 400, 1.2e0), ('SQL', 'Perl', 400, 50, 1.2e0)) "
        "as pairs(one, other, n, m, lift)"
    ),
    "rpt_skill_emerging": (
        "select 'Valkey' as term, 12 as n_postings, 9 as n_companies, 0.02e0 as recent_share, 0.01e0 as recent_low, "
        "0.04e0 as recent_high, 0.01e0 as earlier_share"
    ),
    "rpt_skill_salary_premium": (
        f"select 'all' as role_family, 'all' as country, skill as skill_name, {_WINDOW}, {_PREMIUM} "
        "from (values ('JAX', 0.08e0, true), ('Perl', -0.01e0, false)) as skills(skill, premium, significant)"
    ),
    "rpt_specialisation_salary": (
        f"select 'all' as role_family, 'all' as country, 'nlp_llm' as specialisation, {_WINDOW}, {_PREMIUM} "
        "from (values (0.01e0, false)) as specialisations(premium, significant)"
    ),
    "rpt_attribute_salary_premium": (
        f"select 'all' as role_family, 'all' as country, attribute, attribute_value, compared_with, "
        f"{_WINDOW}, {_PREMIUM}, 0.03e0 as premium_q_value, 9 as n_companies_with_both, 200 as n_compared_with, "
        "50 as n_companies_compared_with, 25 as n_controls, 0.93e0 as coverage_ratio "
        "from (values ('workplace', 'remote', 'onsite', -0.06e0, true), ('degree', 'none', 'bachelor', 0.01e0, false)) "
        "as attributes(attribute, attribute_value, compared_with, premium, significant)"
    ),
    "rpt_salary_grid": (
        "select 'all' as role_family, 'US' as country, band as experience_band, size as company_size_band, "
        f"region as pay_region, region as pay_region_name, date '{LAST_WEEK}' as week_start, 'USD' as currency, "
        "400 as n_postings, 200 as n_with_pay, 40 as n_companies, pay * 0.8e0 as salary_p25_annual, "
        "pay as salary_median_annual, pay - 10000 as median_low, pay + 10000 as median_high, "
        "pay * 1.2e0 as salary_p75_annual, premium as region_premium, premium - 0.05e0 as region_premium_low, "
        "premium + 0.05e0 as region_premium_high, premium / 10 as region_premium_q_value, "
        "premium > 0 as is_region_premium_significant, 90 as n_elsewhere, 0.2e0 as share_size_from_registry, "
        "0.1e0 as share_size_from_text, 0.93e0 as coverage_ratio, if(pay is null, 'suppressed', 'final') as status, "
        "if(pay is null, 'fewer than 30 postings with pay', null) as floor_reason "
        "from (values ('all', 'all', 'all', 150000e0, null), ('junior', 'sme', 'all', null, null), "
        "('all', 'all', 'new_york', 165000e0, 0.1e0), ('all', 'all', 'elsewhere', 140000e0, null)) "
        "as cells(band, size, region, pay, premium)"
    ),
    "rpt_published_claims": (
        "select claim as claim_id, 'career page' as source, 2026 as stated_for_year, measure, 'ml_engineer' as "
        "role_family, country, 'all' as experience_band, 'all' as company_size_band, "
        "if(claim = 'a', 'new_york', 'all') as pay_region, if(claim = 'a', 'New York City', 'all') as pay_region_name, "
        f"subject, low as claim_low, high as claim_high, currency, date '{LAST_WEEK}' as week_start, n as n_postings, "
        "40 as n_companies, seen as observed, seen_low as observed_low, seen_high as observed_high, "
        "seen_low as judged_low, seen_high as judged_high, verdict, "
        "'final' as status, if(n = 0, 'not measured here', null) as floor_reason from (values "
        "('a', 'pay', 'US', null, 120000e0, null, 'USD', 200, 150000e0, 140000e0, 160000e0, 'within'), "
        "('b', 'skill_share', 'all', 'AWS|Azure', 0.5e0, 1e0, null, 200, 0.4e0, 0.35e0, 0.45e0, 'below'), "
        "('c', 'growth', 'all', null, null, null, null, 0, null, null, null, 'not_comparable')) as claims(claim, "
        "measure, country, subject, low, high, currency, n, seen, seen_low, seen_high, verdict)"
    ),
    "rpt_vintages": (
        "select vintage_id, figure, 928 as n_postings, 167 as n_companies, value, value - spread as value_low, "
        "value + spread as value_high, 'v0' as previous_vintage_id, value - change as previous_value, change, "
        "change - 1.0e0 * late as new_data_effect, late as late_data_effect, 0e0 as taxonomy_effect, "
        "0e0 as parser_effect, 0e0 as taxonomy_or_parser_effect, 0e0 as method_effect, 'final' as status from (values "
        "('this', 'openings', 928e0, null, 17e0, 2e0), ('this', 'skill:python', 0.87e0, 0.03e0, 0.01e0, 0e0), "
        "('v0', 'openings', 911e0, null, 3e0, 0e0), ('this', 'median_pay_usd', 150000e0, 9000e0, null, null)) "
        "as figures(vintage_id, figure, value, spread, change, late)"
    ),
    "rpt_employers": (
        "select 'all' as role_family, 'all' as country, 'acme' as company_key, 'Acme' as company_name, "
        f"'fintech' as sector, '51-200' as size_band, {_WINDOW}, 33 as n_open, 15 as n_new_4w, 51 as n_new_13w, "
        "928 as n_postings, 167 as n_companies, 0.036e0 as share_of_open, 0.01e0 as concentration, "
        "0.14e0 as top_5_share"
    ),
    "rpt_workplace_weekly": f"select {_CELL}, unnest(['remote', 'hybrid']) as workplace, {_SHARES}",
    "rpt_degree_and_experience": f"select {_CELL}, unnest(['degree:phd', 'experience:senior']) as requirement, "
    + _SHARES,
    "rpt_pay_transparency_weekly": f"select {_CELL}, unnest(['any', 'range']) as pay_statement, {_SHARES}",
    "rpt_role_demand_weekly": (
        f"select date '{LAST_WEEK}' - to_days(7 * n::int) as week_start, 'stock' as measure, 'all' as role_family, "
        "'all' as country, 1000 as n_postings, 90 as n_companies, 101.0e0 as demand_index, "
        "100.0e0 + n as matched_index, "
        "98.0e0 + n as matched_index_low, 102.0e0 + n as matched_index_high, 0.012e0 as change_4w, "
        "-0.01e0 as change_4w_low, "
        "0.03e0 as change_4w_high, 'final' as status from range(3) as weeks(n)"
    ),
}
# Every cell of skills again for one level and for one workplace, which must not be counted with all of them.
GROUPS = """insert into marts.rpt_skill_demand_weekly
select skills.* replace (cells.seniority as seniority, cells.workplace as workplace)
from marts.rpt_skill_demand_weekly as skills,
    (values ('senior', 'all'), ('all', 'remote')) as cells(seniority, workplace)
"""


def later_home(folder: Path) -> Home:
    """A published market that has them."""
    home = Home(folder)
    build_marts(home, weeks=6, postings=400)
    with connect(home, Settings(_env_file=None)) as warehouse:
        for name, query in TABLES.items():
            warehouse.execute(f"delete from marts.{name}; insert into marts.{name} by name {query}")
        warehouse.execute(GROUPS)
        pass_gates(warehouse)
    publish(home, Settings(_env_file=None), AS_OF)
    return home
