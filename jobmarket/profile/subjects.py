"""The profiles of a skill and of an employer."""

from __future__ import annotations

import click
import duckdb

from jobmarket.counted import counted
from jobmarket.foreign_text import harmless
from jobmarket.profile.cell import ProfileCell, current_week
from jobmarket.sql_shell import print_relation

_DEMAND = """
select week_start, role_family, share, share_low, share_high, required_share, share_rank, change_13w, change_13w_low,
    change_13w_high, is_significant_13w, n_with_skill, n_postings, n_companies, status, coverage_ratio
from rpt_skill_demand_weekly
where skill_id = $skill and country = $country and ($role = 'all' or role_family = $role)
    and measure = 'stock' and status <> 'suppressed' and seniority = 'all' and workplace = 'all'
    and week_start = (select week_start from current_week)
order by share desc
"""
_PREMIUMS = """
select role_family, country, premium, premium_low, premium_high, is_significant, premium_within_company,
    within_company_low, within_company_high, n_with, n_companies_with, status, coverage_ratio
from rpt_skill_salary_premium
where skill_id = $skill and status <> 'suppressed' and ($role = 'all' or role_family = $role)
    and ($country = 'all' or country = $country)
order by n_with desc
"""
_TOGETHER = """
select other_skill_name, share_with_other, share_with_other_low, share_with_other_high, lift,
    lift_low, lift_high, lift_selected_low, lift_selected_high, is_significant, q_value, n_with_both, status,
    coverage_ratio
from rpt_skill_pairs
where skill_id = $skill and role_family = $role and status <> 'suppressed'
order by is_significant desc nulls last, lift_low desc nulls last, other_skill_name limit 10
"""
_JUDGED = """
select count(is_significant) as n, count_if(is_significant) as n_significant
from rpt_skill_pairs where skill_id = $skill and role_family = $role and status <> 'suppressed'
"""
_WHO = """
select companies.company_name, count(*) as n_open, any_value(mentions.surface) as in_the_words
from fct_posting_skills as mentions
join open_postings as postings using (posting_key)
join dim_companies as companies using (company_key)
where mentions.skill_id = $skill and mentions.level <> 'context' and companies.company_name is not null
    and postings.role_family in (from known_roles) and ($role = 'all' or postings.role_family = $role)
    and ($country = 'all' or list_contains(postings.countries, $country))
group by all order by n_open desc, company_name limit 10
"""
_COMPANY = "select * from dim_companies where company_key = $company"
_OPENINGS = """
select role_family, seniority, count(*) as n_open, count_if(has_pay) as n_with_pay, min(posted_at)::date as oldest
from open_postings
where company_key = $company
group by all order by n_open desc, role_family, seniority
"""
# Both shares are among openings of the market's role families in the current week: the employer's, and all employers'.
_ASKED = """
with own as (
    select weeks.posting_key, weeks.version_no
    from fct_posting_weeks as weeks join posting_versions as postings using (posting_key, version_no)
    where weeks.week_start = (select week_start from current_week) and weeks.measure = 'stock' and weeks.is_canonical
        and postings.has_description and weeks.company_key = $company
), market as (
    select skill_id, share, share_low, share_high, n_postings, status, coverage_ratio from rpt_skill_demand_weekly
    where role_family = 'all' and country = 'all' and measure = 'stock' and status <> 'suppressed'
        and seniority = 'all' and workplace = 'all' and week_start = (select week_start from current_week)
)
select skill_name, count(*) as n_its_openings_with_it, (select count(*) from own) as n_its_openings,
    count(*) / (select count(*) from own) as share_of_its_openings,
    any_value(market.share) as share_of_all_employers_openings,
    any_value(market.share_low) as share_low, any_value(market.share_high) as share_high,
    any_value(market.n_postings) as n_all_employers_openings, any_value(market.status) as status,
    any_value(market.coverage_ratio) as coverage_ratio
from version_skills join own using (posting_key, version_no) left join market using (skill_id)
where level <> 'context'
group by skill_name order by n_its_openings_with_it desc, skill_name limit 15
"""
_PAID = """
select postings.role_family, postings.seniority, pay.salary_min, pay.salary_max, pay.currency, pay.period,
    pay.salary_min_usd_annual, pay.salary_max_usd_annual, pay.amount_basis, postings.title, postings.url
from posting_pay as pay join open_postings as postings using (posting_key)
where postings.company_key = $company
order by pay.salary_max_usd_annual desc nulls last, postings.posting_key limit 10
"""


def show_skill(published: duckdb.DuckDBPyConnection, skill: str, name: str, cell: ProfileCell) -> None:
    """Print the profile of a skill."""
    click.echo(f"{name}, country {cell.country}, role {cell.role_family}")
    of_role = {"skill": skill, "role": cell.role_family}
    named = of_role | {"country": cell.country}
    _show(published, "Share of open postings that ask for it, by role", _DEMAND, named)
    _show(published, "Pay with it compared with similar jobs, by role and country", _PREMIUMS, named)
    roles = "all roles and countries" if cell.role_family == "all" else f"role {cell.role_family}, all countries"
    together = f"Skills asked for together with it, {roles}{_significant(published, of_role)}"
    _show(published, together, _TOGETHER, of_role)
    _show(published, "Employers asking for it now, in machine-learning roles", _WHO, named)


def _significant(published: duckdb.DuckDBPyConnection, of_role: dict[str, str]) -> str:
    """Say how many of a skill's pairs in a role are significant, if it has any; they are listed first."""
    n, n_significant = published.execute(_JUDGED, of_role).fetchall()[0]
    if not n:
        return ""
    listed = "listed first" if n_significant else "so the order may be due to chance"
    return f" ({n_significant} of {counted(n, 'pair')} significant, {listed})"


def show_company(published: duckdb.DuckDBPyConnection, company: str, name: str) -> None:
    """Print the profile of an employer: counts of its postings, no estimates."""
    click.echo(harmless(name))
    named = {"company": company}
    week = current_week(published).words
    _show(published, "Employer", _COMPANY, named)
    _show(published, "Open postings", _OPENINGS, named)
    _show(published, f"Skills it asks for, compared with all employers, {week}", _ASKED, named)
    _show(published, "Stated pay", _PAID, named)


def _show(published: duckdb.DuckDBPyConnection, title: str, query: str, named: dict[str, str]) -> None:
    click.echo(f"\n{title}")
    relation = published.sql(query, params=named)
    if relation.limit(1).fetchall():
        print_relation(relation)
    else:
        click.echo("  nothing, or too little to show")
