"""What the report reads from the published file, as typed rows: the tables that every vintage has.

A section about a table that came later reads it itself, by :meth:`Source.rows`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar

import duckdb

from jobmarket.report.sql import written
from jobmarket.stages import without_zone

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
    """Pay of a cell in a week, US dollars a year, by the exchange rate of the day each posting was posted."""

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
    median_low: float | None
    median_high: float | None
    salary_p75_usd_annual: float | None
    salary_p90_usd_annual: float | None
    share_from_board_field: float | None
    share_from_markup: float | None
    share_from_text: float | None
    controlled_change_13w: float | None
    controlled_change_13w_low: float | None
    controlled_change_13w_high: float | None
    status: str
    disclosure_status: str | None
    disclosure_floor_reason: str | None
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
    break_reason: str | None


class Rows(list[_Row], Generic[_Row]):
    """Typed rows, and the query that gave them: it stands beside the figure that is made of them."""

    def __init__(self, query: str, rows: list[_Row]) -> None:
        super().__init__(rows)
        self.query = query


@dataclass(frozen=True)
class Scope:
    """The part of the market that a report is about; ``all`` is all of it."""

    role_family: str = "all"
    country: str = "all"

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole market."""
        return self == Scope()


@dataclass(frozen=True)
class Source:
    """A published file, and what of it a report is about.

    Attributes:
        connection: The published file, read-only.
        about: Its table ``about``.
        week: The Monday of the week reported.
        is_complete: Whether the week was over as of the report's moment.
        scope: The part of the market.
    """

    connection: duckdb.DuckDBPyConnection
    about: dict[str, str]
    week: date
    is_complete: bool
    scope: Scope

    @cached_property
    def columns(self) -> dict[str, set[str]]:
        """Table → its columns."""
        found: dict[str, set[str]] = {}
        for table, column in self.connection.execute("select table_name, column_name from duckdb_columns()").fetchall():
            found.setdefault(table, set()).add(column)
        return found

    @property
    def is_recorded(self) -> bool:
        """Whether these are recordings of single days, from which no change can be read."""
        # earlier vintages name the archive of the past beside them
        return "recorded" in self.about.get("origin", "").split(", ")

    @property
    def first_week(self) -> date:
        """The first week that a chart looks back to."""
        return self.week - timedelta(weeks=WEEKS_SHOWN - 1)

    def column(self, table: str, name: str) -> str:
        """A column of a table, or null where this vintage's table lacks it."""
        return name if name in self.columns.get(table, set()) else "null"

    @property
    def cell(self) -> str:
        """What picks the scope’s cell of the skills’ table: later vintages have levels and workplaces apart too."""
        known = self.columns.get("rpt_skill_demand_weekly", set())
        together = (f" and {column} = 'all'" for column in ("seniority", "workplace") if column in known)
        return "role_family = $role_family and country = $country" + "".join(together)

    def rows(
        self,
        kind: type[_Row],
        relation: str,
        where: str,
        computed: Mapping[str, str] | None = None,
        **values: object,
    ) -> Rows[_Row]:
        """Read typed rows, by a query that a reader can run.

        Args:
            kind: A dataclass whose fields are columns; one that this vintage's table lacks is null.
            relation: A published table, or a query in parentheses, and what is joined to it.
            where: What follows ``where``; knows ``$week``, ``$first_week``, ``$role_family`` and ``$country``.
            computed: Field → the expression that gives it, where it is no column.
            values: More names that the query knows.
        """
        known, given = self.columns.get(relation), computed or {}

        def chosen(name: str) -> str:
            if name in given:
                return f"{given[name]} as {name}"
            return name if known is None or name in known else f"null as {name}"

        names = ", ".join(chosen(field.name) for field in fields(kind))  # type: ignore[arg-type]  # a dataclass
        query = written(
            f"select {names} from {relation} where {where}",  # noqa: S608  # text of ours
            {
                "week": self.week, "first_week": self.first_week,
                "role_family": self.scope.role_family, "country": self.scope.country, **values,
            },
        )  # fmt: skip
        return Rows(query, [kind(*row) for row in self.connection.execute(query).fetchall()])


@dataclass(frozen=True)
class Published:
    """What sentences are made of; each figure reads its own rows.

    Attributes:
        source: Where it was read, and figures are read.
        skills: The scope's skills in the week, open postings and new ones, most asked for first.
        pay: The scope's pay over the last 26 weeks, a row a week.
        pay_of_countries: Of a scope of all countries: each one's pay in the week, the most postings with pay first.
        boards: Coverage of each board in the week, and of all together.
    """

    source: Source
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
        """The part of the market that is reported."""
        return self.source.scope

    @property
    def is_recorded(self) -> bool:
        """Whether these are recordings of single days, from which no change can be read."""
        return self.source.is_recorded


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
        {"until": without_zone(until)},
    ).fetchall()


def families(about: dict[str, str]) -> list[str]:
    """The role families that make up the market of machine-learning engineers."""
    return [family for family in about.get("ml_role_families", "").split(", ") if family]


def countries(connection: duckdb.DuckDBPyConnection, week: date) -> list[str]:
    """The countries that have a figure in a week."""
    found = connection.execute(
        "select distinct country from rpt_skill_demand_weekly where week_start = ? and country <> 'all' order by 1",
        [week],
    )
    return [country for (country,) in found.fetchall()]


def read(source: Source) -> Published:
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
            "and $country = 'all' and country <> 'all' order by n_with_pay desc nulls last, country",
        ),
        boards=source.rows(BoardWeek, "rpt_board_coverage_weekly", "week_start = $week order by board"),
    )


def pay_by_week(source: Source) -> Rows[PayWeek]:
    """Pay over the whole scope, all levels, a row a week, oldest first."""
    return source.rows(
        PayWeek,
        "rpt_salary_trend_weekly",
        "week_start between $first_week and $week and measure = 'stock' and role_family = $role_family "
        "and country = $country and seniority = 'all' order by week_start",
    )
