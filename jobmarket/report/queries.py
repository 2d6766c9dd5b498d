"""Typed rows of the published tables that several sections use; each section reads its own with `ReportSource.rows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar

import duckdb

from jobmarket.report.sql import written
from jobmarket.stages import without_zone

# Weeks on a chart's time axis.
WEEKS_SHOWN = 26
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class SkillWeek:
    """Demand for a skill in a week, over all machine-learning role families or one. Shares are between 0 and 1."""

    week_start: date
    measure: str
    role_family: str
    skill_id: str
    skill_name: str
    category: str
    n_postings: int
    n_companies: int
    n_with_skill: int | None
    share: float | None
    share_low: float | None
    share_high: float | None
    required_share: float | None
    status: str
    coverage_ratio: float | None
    break_reason: str | None
    floor_reason: str | None


@dataclass(frozen=True)
class PayWeek:
    """Pay of a cell in a week, in US dollars a year at the exchange rate of each posting's day."""

    week_start: date
    measure: str
    role_family: str
    country: str
    seniority: str
    n_postings: int
    n_with_pay: int | None
    n_companies: int
    n_disclosing: int | None
    disclosure_share: float | None
    disclosure_low: float | None
    disclosure_high: float | None
    salary_p10_usd_annual: float | None
    salary_p25_usd_annual: float | None
    salary_median_usd_annual: float | None
    salary_median_usd_annual_low: float | None
    salary_median_usd_annual_high: float | None
    salary_p75_usd_annual: float | None
    salary_p90_usd_annual: float | None
    share_from_board_field: float | None
    share_from_markup: float | None
    share_from_text: float | None
    controlled_change_13w: float | None
    controlled_change_13w_low: float | None
    controlled_change_13w_high: float | None
    status: str
    disclosure_status: str
    disclosure_floor_reason: str | None
    floor_reason: str | None

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Both ends of the 95 % interval of the median."""
        return self.salary_median_usd_annual_low, self.salary_median_usd_annual_high


@dataclass(frozen=True)
class BoardWeek:
    """How completely a board, or all boards together, were observed in a week."""

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
    break_reason: str | None


class Rows(list[_Row], Generic[_Row]):
    """Typed rows and the query behind them, which is shown beside the figure."""

    def __init__(self, query: str, rows: list[_Row]) -> None:
        super().__init__(rows)
        self.query = query


@dataclass(frozen=True)
class Scope:
    """The part of the market that a report covers; ``all`` means no restriction."""

    role_family: str = "all"
    country: str = "all"

    @property
    def is_whole(self) -> bool:
        """Whether it covers the whole market."""
        return self == Scope()


@dataclass(frozen=True)
class ReportSource:
    """A published file, and the part of it that a report covers.

    Attributes:
        connection: The published file, read-only.
        about: Its table ``about``.
        week: The Monday of the week reported.
        is_complete: Whether the week was over at the report's moment.
        scope: The part of the market.
        withdrawn_runs: The runs of the vintage that were withdrawn since it was published.
    """

    connection: duckdb.DuckDBPyConnection
    about: dict[str, str]
    week: date
    is_complete: bool
    scope: Scope
    withdrawn_runs: tuple[str, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Whether the data are recordings of single days, which show no change."""
        return "recorded" in self.about["origin"].split(", ")

    @cached_property
    def is_provisional(self) -> bool:
        """Whether late postings may still be added to the week."""
        query = "select is_provisional from dim_weeks where week_start = ?"
        row = self.connection.execute(query, [self.week]).fetchone()
        return row is not None and bool(row[0])

    @property
    def first_week(self) -> date:
        """The first week on a chart."""
        return self.week - timedelta(weeks=WEEKS_SHOWN - 1)

    @property
    def cell(self) -> str:
        """The condition for the scope's cell of the skills' table, which also splits by level and workplace."""
        return "role_family = $role_family and country = $country and seniority = 'all' and workplace = 'all'"

    def rows(
        self,
        kind: type[_Row],
        relation: str,
        where: str,
        computed: Mapping[str, str] | None = None,
        **values: object,
    ) -> Rows[_Row]:
        """Read typed rows with a query that a reader can run.

        Args:
            kind: A dataclass whose fields are columns.
            relation: A published table, or a query in parentheses, with its joins.
            where: The text after ``where``; may use ``$week``, ``$first_week``, ``$role_family`` and ``$country``.
            computed: Field → its SQL expression, for fields that are not columns.
            values: Values of further ``$names`` in the query.
        """
        given, columns = computed or {}, [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
        names = ", ".join(f"{given[name]} as {name}" if name in given else name for name in columns)
        query = written(
            f"select {names} from {relation} where {where}",  # noqa: S608  # only constants
            {
                "week": self.week, "first_week": self.first_week,
                "role_family": self.scope.role_family, "country": self.scope.country, **values,
            },
        )  # fmt: skip
        return Rows(query, [kind(*row) for row in self.connection.execute(query).fetchall()])


@dataclass(frozen=True)
class Published:
    """The rows behind the report's sentences; each figure reads its own rows.

    Attributes:
        source: Where these rows, and those of the figures, come from.
        skills: The scope's skills in the week, in open and in new postings, most asked for first.
        pay: The scope's pay over the last 26 weeks, one row per week.
        pay_of_countries: Pay in the week of each country, if the scope covers all; most postings with pay first.
        boards: Coverage in the week of each board and of all together.
    """

    source: ReportSource
    skills: list[SkillWeek]
    pay: list[PayWeek]
    pay_of_countries: list[PayWeek]
    boards: list[BoardWeek]

    @property
    def about(self) -> dict[str, str]:
        """Table ``about``."""
        return self.source.about

    @property
    def week(self) -> date:
        """The Monday of the week reported."""
        return self.source.week

    @property
    def scope(self) -> Scope:
        """The part of the market that the report covers."""
        return self.source.scope

    @property
    def is_recorded(self) -> bool:
        """Whether the data are recordings of single days, which show no change."""
        return self.source.is_recorded


def read_about(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Table ``about`` as a dictionary."""
    return dict(connection.execute("select key, value from about order by key").fetchall())


def weeks(connection: duckdb.DuckDBPyConnection, until: datetime) -> list[tuple[date, bool]]:
    """Return the weeks that had begun and whether each was over, oldest first.

    Args:
        connection: The published file.
        until: Moment of reference, UTC.
    """
    return connection.execute(
        """select week_start, week_start + interval 7 day <= $until
        from (select week_start from rpt_board_coverage_weekly union select week_start from rpt_skill_demand_weekly)
        where week_start <= $until order by week_start""",
        {"until": without_zone(until)},
    ).fetchall()


def families(about: dict[str, str]) -> list[str]:
    """Return the role families that make up the market of machine-learning engineers."""
    return [family for family in about.get("ml_role_families", "").split(", ") if family]


def countries(connection: duckdb.DuckDBPyConnection, week: date) -> list[str]:
    """Return the countries with a figure in a week."""
    found = connection.execute(
        "select distinct country from rpt_skill_demand_weekly where week_start = ? and country <> 'all' order by 1",
        [week],
    )
    return [country for (country,) in found.fetchall()]


def read(source: ReportSource) -> Published:
    """Read what every report needs."""
    return Published(
        source=source,
        skills=source.rows(
            SkillWeek,
            "rpt_skill_demand_weekly",
            f"week_start = $week and {source.cell} order by measure, share desc nulls last, skill_id",
        ),
        pay=pay_by_week(source),
        pay_of_countries=source.rows(
            PayWeek,
            "rpt_salary_trend_weekly",
            "week_start = $week and measure = 'stock' and role_family = $role_family and seniority = 'all' "
            "and $country = 'all' and country <> 'all' order by n_with_pay desc nulls last, n_postings desc, country",
        ),
        boards=source.rows(BoardWeek, "rpt_board_coverage_weekly", "week_start = $week order by board"),
    )


def pay_by_week(source: ReportSource) -> Rows[PayWeek]:
    """Read pay over the whole scope and all levels, one row per week, oldest first."""
    return source.rows(
        PayWeek,
        "rpt_salary_trend_weekly",
        "week_start between $first_week and $week and measure = 'stock' and role_family = $role_family "
        "and country = $country and seniority = 'all' order by week_start",
    )
