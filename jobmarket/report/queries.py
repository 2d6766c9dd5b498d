"""What the report reads from the published file, as typed rows. SQL lives here and nowhere else in the report."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TypeVar

import duckdb

# How far back a chart looks.
WEEKS_SHOWN = 26
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class SkillWeek:
    """Demand for a skill in a week, over all machine-learning families or one. Shares lie in 0…1."""

    week_start: date
    measure: str
    role_family: str
    skill_id: str
    skill_name: str
    category: str
    n_postings: int
    n_companies: int
    n_with_skill: int
    share: float | None
    share_low: float | None
    share_high: float | None
    required_share: float | None
    change_4w: float | None
    change_4w_low: float | None
    change_4w_high: float | None
    is_significant_4w: bool | None
    status: str
    coverage_ratio: float | None
    floor_reason: str | None


@dataclass(frozen=True)
class PayWeek:
    """Pay of a cell in a week, US dollars a year, by the exchange rate of the day each posting was posted."""

    week_start: date
    measure: str
    role_family: str
    country: str
    seniority: str
    n_postings: int
    n_with_pay: int
    n_companies: int
    disclosure_share: float | None
    disclosure_low: float | None
    disclosure_high: float | None
    salary_p10_usd_annual: float | None
    salary_p25_usd_annual: float | None
    salary_median_usd_annual: float | None
    median_low: float | None
    median_high: float | None
    salary_p75_usd_annual: float | None
    salary_p90_usd_annual: float | None
    share_from_board_field: float | None
    share_from_text: float | None
    status: str
    coverage_ratio: float | None
    floor_reason: str | None


@dataclass(frozen=True)
class BoardWeek:
    """How complete the observation of a board, or of all, was in a week."""

    week_start: date
    board: str
    n_companies_expected: int
    n_companies_crawled: int
    n_companies_qualified: int
    coverage_ratio: float | None
    n_runs: int
    n_failed: int
    n_partial: int
    n_postings_seen: int
    n_rejected: int
    main_reason: str | None
    status: str


@dataclass(frozen=True)
class Employer:
    """A company with its open machine-learning postings and the newest of them."""

    company_name: str
    n_open: int
    title: str
    url: str | None


@dataclass(frozen=True)
class GateCheck:
    """One expectation and whether the data met it."""

    gate: str
    table_name: str
    column_name: str | None
    expectation: str
    severity: str
    success: bool
    observed: str | None
    reason: str | None


@dataclass(frozen=True)
class Published:
    """Everything the report of one week is made of.

    Attributes:
        about: Table ``about``.
        week: The Monday of the week reported.
        is_complete: Whether the week was over as of the report's moment.
        skills: Last 26 weeks up to the week, all countries; families apart only in the week itself.
        pay: The same, by level and by country too in the week itself.
        boards: Last 26 weeks.
        employers: Those with the most open postings, as of the vintage.
        gates: Latest results of both gates.
    """

    about: dict[str, str]
    week: date
    is_complete: bool
    skills: list[SkillWeek]
    pay: list[PayWeek]
    boards: list[BoardWeek]
    employers: list[Employer]
    gates: list[GateCheck]


def read_about(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Table ``about`` as a dictionary."""
    return dict(connection.execute("select key, value from about order by key").fetchall())


def weeks(connection: duckdb.DuckDBPyConnection, until: datetime) -> list[tuple[date, bool]]:
    """The weeks that have begun, and whether each was over, oldest first.

    Args:
        connection: The published file.
        until: The moment that counts, UTC.
    """
    return connection.execute(
        """select week_start, week_start + interval 7 day <= $until
        from (select week_start from rpt_board_coverage_weekly union select week_start from rpt_skill_demand_weekly)
        where week_start <= $until order by week_start""",
        {"until": until.astimezone(UTC).replace(tzinfo=None) if until.tzinfo else until},
    ).fetchall()


def read(connection: duckdb.DuckDBPyConnection, week: date, *, is_complete: bool) -> Published:
    """Read what the report of a week needs."""
    span = {"week": week, "weeks": WEEKS_SHOWN}
    about = read_about(connection)
    families = [family for family in about.get("ml_role_families", "").split(", ") if family]
    since = "week_start between $week - to_days(7 * ($weeks - 1)) and $week"
    return Published(
        about=about,
        week=week,
        is_complete=is_complete,
        skills=_rows(
            connection,
            SkillWeek,
            "rpt_skill_demand_weekly",
            f"{since} and country = 'all' and (role_family = 'all' or week_start = $week and measure = 'stock') "
            "order by week_start, measure, role_family, share desc nulls last, n_with_skill desc, skill_id",
            span,
        ),
        pay=_rows(
            connection,
            PayWeek,
            "rpt_salary_trend_weekly",
            f"{since} and measure = 'stock' and (role_family = 'all' and country = 'all' and seniority = 'all' "
            "or week_start = $week "
            "and (role_family = 'all')::int + (country = 'all')::int + (seniority = 'all')::int >= 2) "
            "order by week_start, role_family, country, seniority",
            span,
        ),
        boards=_rows(connection, BoardWeek, "rpt_board_coverage_weekly", f"{since} order by week_start, board", span),
        employers=_rows(
            connection,
            Employer,
            """(select any_value(company_name) as company_name, count(*) as n_open,
                first(title order by posted_at desc, posting_key) as title,
                first(url order by posted_at desc, posting_key) as url, company_key
            from fct_postings left join dim_companies using (company_key)
            where is_open and is_canonical and role_family in (select unnest($families))
            group by company_key)""",
            "true order by n_open desc, company_key limit 12",
            {"families": families},
        ),
        gates=_rows(connection, GateCheck, "gate_results", "true order by all", {}),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, kind: type[_Row], relation: str, where: str, values: dict[str, object]
) -> list[_Row]:
    names = ", ".join(field.name for field in fields(kind))  # type: ignore[arg-type]  # a dataclass, all of them
    found = connection.execute(f"select {names} from {relation} where {where}", values)  # noqa: S608  # text of ours
    return [kind(*row) for row in found.fetchall()]
