"""The page's queries on the published file, as SQL that is shown with its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from jobmarket.duckdb_file import quoted

MOST_ROWS = 2_000


@dataclass(frozen=True)
class Choice:
    """The selection of the page.

    Attributes:
        role_family: A role family, or ``all``.
        country: A two-letter country code, or ``all``.
        seniority: A level, or ``all``. It does not apply to the shares of skills.
        skill_id: A skill.
        measure: ``stock`` or ``flow``.
    """

    role_family: str
    country: str
    seniority: str
    skill_id: str
    measure: str


def families(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the role families of the market, the largest first."""
    return _options(connection, "rpt_skill_demand_weekly", "role_family", "max(n_postings) desc")


def countries(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the countries of the market, the largest first."""
    return _options(connection, "rpt_skill_demand_weekly", "country", "max(n_postings) desc")


def levels(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the levels that have figures of pay, the largest first."""
    return _options(connection, "rpt_salary_trend_weekly", "seniority", "max(n_postings) desc")


def skills(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the skills, as id → name, the most asked for first."""
    result = connection.execute(
        "select skill_id, any_value(skill_name) from rpt_skill_demand_weekly "
        "where role_family = 'all' and country = 'all' and measure = 'stock' "
        "group by skill_id order by max_by(n_with_skill, (week_start, n_with_skill)) desc nulls last, skill_id"
    )
    return dict(result.fetchall())


def _options(connection: duckdb.DuckDBPyConnection, table: str, column: str, order: str) -> list[str]:
    query = f"select {column} from {table} where {column} <> 'all' group by {column} order by {order}, {column}"  # noqa: S608  # only constants
    return ["all", *(name for (name,) in connection.execute(query).fetchall())]


def trend(choice: Choice) -> str:
    """Return SQL of the share of postings that ask for the skill, one row per week."""
    return f"""select week_start, share, share_low, share_high, matched_share, matched_low, matched_high, n_with_skill,
    n_postings, n_companies, status, coverage_ratio, break_reason, floor_reason
from rpt_skill_demand_weekly
where skill_id = {quoted(choice.skill_id)} and measure = {quoted(choice.measure)}
    and role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}
    and seniority = 'all' and workplace = 'all'
order by week_start"""  # noqa: S608  # values are quoted


def pay(choice: Choice) -> str:
    """Return SQL of median pay with its interval, quartiles and disclosure, one row per week."""
    return f"""select week_start, salary_median_usd_annual, salary_median_usd_annual_low, salary_median_usd_annual_high,
    salary_p25_usd_annual, salary_p75_usd_annual, n_with_pay, n_companies, n_postings, disclosure_share, disclosure_low,
    disclosure_high,
    n_disclosing, disclosure_status, disclosure_floor_reason, status, coverage_ratio, break_reason, floor_reason
from rpt_salary_trend_weekly
where measure = {quoted(choice.measure)} and role_family = {quoted(choice.role_family)}
    and country = {quoted(choice.country)} and seniority = {quoted(choice.seniority)}
order by week_start"""  # noqa: S608  # values are quoted


def groups(choice: Choice) -> str:
    """Return SQL of the skill's share by level and by workplace, in the last finished week that has any."""
    cell = (
        f"skill_id = {quoted(choice.skill_id)} and measure = {quoted(choice.measure)}\n"
        f"    and role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}\n"
        "    and (seniority <> 'all' or workplace <> 'all')"
    )
    return f"""select seniority, workplace, share, share_low, share_high, n_with_skill, n_postings, n_companies,
    week_start, status, coverage_ratio, floor_reason
from rpt_skill_demand_weekly
where {cell}
    and week_start <= (select week_start from current_week)
qualify week_start = max(week_start) over ()
order by workplace <> 'all', share desc nulls last, seniority, workplace"""  # noqa: S608  # values are quoted


def together(choice: Choice) -> str:
    """Return SQL of the skills that are asked for together with the skill, by the lower end of their lift."""
    return f"""select other_skill_name, lift, lift_low, lift_high, is_significant, share_with_other,
    share_with_other_low, share_with_other_high, n_with_both, n_with_skill, n_companies_with_both, week_start, status,
    coverage_ratio, floor_reason
from rpt_skill_pairs
where skill_id = {quoted(choice.skill_id)} and role_family = {quoted(choice.role_family)}
order by lift_low desc nulls last, other_skill_name"""  # noqa: S608  # values are quoted


def grid(choice: Choice) -> str:
    """Return SQL of annual pay by experience, employer size and region."""
    return f"from salary_grid({quoted(choice.country)}, {quoted(choice.role_family)})"


def level_pay(choice: Choice) -> str:
    """Return SQL of annual pay by level."""
    return f"from salary_levels({quoted(choice.country)}, {quoted(choice.role_family)})"


def premiums(choice: Choice) -> str:
    """Return SQL of the pay premium of each skill, significant ones first."""
    return f"""select skill_name, premium, premium_low, premium_high, is_significant, premium_selected_low,
    premium_selected_high, premium_within_company, within_company_low, within_company_high, n_with, n_companies_with,
    n_postings, week_start, status, coverage_ratio, floor_reason
from rpt_skill_salary_premium
where role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}
order by is_significant desc nulls last, premium desc nulls last, n_with desc, skill_name"""  # noqa: S608  # values are quoted


def specialisations(choice: Choice) -> str:
    """Return SQL of pay by specialisation, with the premium over similar jobs."""
    return f"""select specialisation, salary_median_annual, median_low, median_high, currency, premium, premium_low,
    premium_high, is_significant, n_with, n_companies_with, n_postings, week_start, status, coverage_ratio,
    floor_reason
from rpt_specialisation_salary
where role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}
order by premium desc nulls last, n_with desc, specialisation"""  # noqa: S608  # values are quoted


def attributes(choice: Choice) -> str:
    """Return SQL of the pay premium of workplace, degree and visa sponsorship."""
    return f"""select attribute, attribute_value, compared_with, premium, premium_low, premium_high, is_significant,
    premium_within_company, within_company_low, within_company_high, n_with, n_companies_with, n_compared_with,
    n_postings, week_start, status, coverage_ratio, floor_reason
from rpt_attribute_salary_premium
where role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}
order by attribute, attribute_value"""  # noqa: S608  # values are quoted


def employers(choice: Choice) -> str:
    """Return SQL of the employers with openings, the largest first, and of agencies after them."""
    return f"""select company_name, n_open, share_of_open, n_new_4w, n_new_13w, is_agency, sector, size_band,
    hq_country, top_5_share, n_postings, n_companies, week_start, status, coverage_ratio, floor_reason
from rpt_employers
where role_family = {quoted(choice.role_family)} and country = {quoted(choice.country)}
order by is_agency, n_open desc, n_new_13w desc, company_name"""  # noqa: S608  # values are quoted


def postings(choice: Choice, week: date) -> str:
    """Return SQL of the postings behind a week's share: those that ask for the skill, and how they write it.

    A share counts all levels, so a selection with a level gives a part of its postings.
    """
    level = "" if choice.seniority == "all" else f" and versions.seniority = {quoted(choice.seniority)}"
    place, role, kind = map(quoted, (choice.country, choice.role_family, choice.measure))
    return f"""select behind.title, behind.company_name, versions.role_family, versions.seniority, versions.country,
    behind.posted_at::date as posted_on, behind.surface as written_as, behind.level,
    pay.salary_min_usd_annual, pay.salary_max_usd_annual, behind.url, behind.posting_key
from postings_behind({quoted(choice.skill_id)}, '{week.isoformat()}', {place}, {role}, {kind}) as behind
join posting_versions as versions using (posting_key, version_no)
left join version_pay as pay using (posting_key, version_no)
where behind.asks_for_it{level}
order by behind.posted_at desc, behind.posting_key"""  # noqa: S608  # values are quoted


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[pd.DataFrame, bool]:
    """Run a query, and return its first rows and whether there are more.

    Raises:
        duckdb.Error: If the query is wrong, or tries to access anything but the published file.
    """
    relation = connection.sql(query)
    if relation is None:
        return pd.DataFrame(), False
    frame = relation.limit(MOST_ROWS + 1).df()
    return frame.head(MOST_ROWS), len(frame) > MOST_ROWS
