"""What the page asks the published file: each question is SQL that stands beside its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

MOST_ROWS = 2_000


@dataclass(frozen=True)
class Choice:
    """What somebody looks at.

    Attributes:
        role_family: A role family, or ``all``.
        country: Its two letters, or ``all``.
        seniority: A level, or ``all``; shares of skills know none.
        skill_id: A skill.
        measure: ``stock`` or ``flow``.
    """

    role_family: str
    country: str
    seniority: str
    skill_id: str
    measure: str


def families(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The role families of the market, the largest first."""
    return _options(connection, "rpt_skill_demand_weekly", "role_family", "max(n_postings) desc")


def countries(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The countries of the market, the largest first."""
    return _options(connection, "rpt_skill_demand_weekly", "country", "max(n_postings) desc")


def levels(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The levels that pay is known by."""
    return _options(connection, "rpt_salary_trend_weekly", "seniority", "max(n_postings) desc")


def skills(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Skill id → name, the most asked for first."""
    found = connection.execute(
        "select skill_id, any_value(skill_name) from rpt_skill_demand_weekly "
        "where role_family = 'all' and country = 'all' and measure = 'stock' "
        "group by skill_id order by max_by(n_with_skill, week_start) desc, skill_id"
    )
    return dict(found.fetchall())


def _options(connection: duckdb.DuckDBPyConnection, table: str, column: str, order: str) -> list[str]:
    query = f"select {column} from {table} where {column} <> 'all' group by {column} order by {order}, {column}"  # noqa: S608  # names of ours
    return ["all", *(name for (name,) in connection.execute(query).fetchall())]


def trend(choice: Choice, has_matched: bool) -> str:
    """Share of the postings that ask for the skill, a row a week."""
    matched = "matched_share, matched_low, matched_high, " if has_matched else ""
    return f"""select week_start, share, share_low, share_high, {matched}n_with_skill, n_postings, n_companies,
    status, coverage_ratio, floor_reason
from rpt_skill_demand_weekly
where skill_id = {_text(choice.skill_id)} and measure = {_text(choice.measure)}
    and role_family = {_text(choice.role_family)} and country = {_text(choice.country)}
order by week_start"""  # noqa: S608  # values are quoted


def pay(choice: Choice) -> str:
    """Median pay with its interval and quartiles, a row a week."""
    return f"""select week_start, salary_median_usd_annual, median_low, median_high, salary_p25_usd_annual,
    salary_p75_usd_annual, n_with_pay, n_postings, n_companies, disclosure_share, status, coverage_ratio, floor_reason
from rpt_salary_trend_weekly
where measure = {_text(choice.measure)} and role_family = {_text(choice.role_family)}
    and country = {_text(choice.country)} and seniority = {_text(choice.seniority)}
order by week_start"""  # noqa: S608  # values are quoted


def postings(choice: Choice, week: date, families_of_market: list[str]) -> str:
    """The postings behind a week's share: those that ask for the skill, with the words that say so.

    A share counts all levels: of a choice with a level these are a part of its postings.
    """
    family = "" if choice.role_family == "all" else f"\n    and postings.role_family = {_text(choice.role_family)}"
    level = "" if choice.seniority == "all" else f"\n    and postings.seniority = {_text(choice.seniority)}"
    country = "" if choice.country == "all" else (
        f"\n    and len(list_filter(postings.locations, lambda place: place.country = {_text(choice.country)})) > 0"
    )  # fmt: skip
    market = ", ".join(_text(name) for name in families_of_market)
    return f"""select postings.title, companies.company_name, postings.role_family, postings.seniority,
    postings.country, postings.posted_at::date as posted_on, skills.surface as written_as, skills.level,
    pay.salary_min_usd_annual, pay.salary_max_usd_annual, postings.url, postings.posting_key
from fct_posting_weeks as weeks
join fct_postings as postings using (posting_key)
join dim_companies as companies on companies.company_key = postings.company_key
join fct_posting_skills as skills on skills.posting_key = postings.posting_key
left join fct_posting_salaries as pay on pay.posting_key = postings.posting_key and pay.is_preferred
where weeks.week_start = date '{week.isoformat()}' and weeks.measure = {_text(choice.measure)} and weeks.is_canonical
    and postings.has_description and postings.role_family in ({market})
    and skills.skill_id = {_text(choice.skill_id)} and skills.level <> 'context'{family}{country}{level}
order by postings.posted_at desc, postings.posting_key"""  # noqa: S608  # values are quoted


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[pd.DataFrame, bool]:
    """The rows of a query, and whether there were more than are shown.

    Raises:
        duckdb.Error: if the query is wrong, or asks for what may not be had here.
    """
    relation = connection.sql(query)
    if relation is None:
        return pd.DataFrame(), False
    frame = relation.limit(MOST_ROWS + 1).df()
    return frame.head(MOST_ROWS), len(frame) > MOST_ROWS


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
