"""A warehouse with marts of invented numbers, in the shape that the transformation gives them."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from jobmarket.builds import begin_build, end_build
from jobmarket.publishing.dictionary import contracts
from jobmarket.publishing.source import marts_checksum
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect
from tests.conftest import ROOT

# Table → columns with types; the same names mean the same quantity everywhere.
_KEYS = "week_start DATE, measure VARCHAR, role_family VARCHAR, country VARCHAR"
_STATUS = "status VARCHAR, coverage_ratio DOUBLE, floor_reason VARCHAR"
_WEEKLY_STATUS = "status VARCHAR, coverage_ratio DOUBLE, break_reason VARCHAR, floor_reason VARCHAR"
# Columns with the same value for every posting, because no test of the invented market reads them.
_SAID = (
    "version_no INTEGER, experience_band VARCHAR, degree_min VARCHAR, years_min INTEGER, years_max INTEGER, "
    "specialisations VARCHAR[], certifications VARCHAR[], sector VARCHAR, is_by_agency BOOLEAN"
)
DDL = {
    "dim_companies": "company_key VARCHAR, company_name VARCHAR, boards VARCHAR[], sector VARCHAR, size_band VARCHAR, "
    "hq_country VARCHAR, is_agency BOOLEAN, n_postings INTEGER, first_seen_at TIMESTAMP, last_seen_at TIMESTAMP",
    "dim_skills": "skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, aliases VARCHAR[], themes VARCHAR[], "
    "n_postings INTEGER",
    "dim_locations": "location_key VARCHAR, city VARCHAR, region VARCHAR, country VARCHAR, country_name VARCHAR, "
    "n_postings INTEGER",
    "dim_weeks": "week_start DATE, week_last_day DATE, iso_week VARCHAR, is_over BOOLEAN, is_current BOOLEAN, "
    "final_at TIMESTAMP, is_provisional BOOLEAN",
    "fct_postings": "posting_key UUID, board VARCHAR, company_slug VARCHAR, company_key VARCHAR, native_id VARCHAR, "
    "url VARCHAR, title VARCHAR, role_family VARCHAR, seniority VARCHAR, country VARCHAR, "
    "countries VARCHAR[], locations STRUCT(city VARCHAR, region VARCHAR, country VARCHAR)[], posted_at TIMESTAMP, "
    "posted_week DATE, "
    "first_seen_at TIMESTAMP, last_seen_at TIMESTAMP, closed_at TIMESTAMP, is_open BOOLEAN, is_canonical BOOLEAN, "
    "has_description BOOLEAN, "
    "extractor_version VARCHAR, taxonomy_version VARCHAR, workplace VARCHAR, employment_type VARCHAR, city VARCHAR, "
    "region VARCHAR, posted_at_basis VARCHAR, first_run_id VARCHAR, last_run_id VARCHAR, has_pay BOOLEAN, "
    f"canonical_posting_key UUID, copy_no INTEGER, language VARCHAR, {_SAID}",
    "fct_earlier_versions": "posting_key UUID, title VARCHAR, url VARCHAR, role_family VARCHAR, seniority VARCHAR, "
    "workplace VARCHAR, employment_type VARCHAR, country VARCHAR, region VARCHAR, city VARCHAR, "
    "countries VARCHAR[], locations STRUCT(city VARCHAR, region VARCHAR, country VARCHAR)[], has_description BOOLEAN, "
    f"has_pay BOOLEAN, {_SAID}",
    "fct_posting_weeks": "week_start DATE, measure VARCHAR, posting_key UUID, company_key VARCHAR, "
    "is_canonical BOOLEAN, version_no INTEGER",
    "fct_posting_skills": "posting_key UUID, skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, surface VARCHAR, "
    "level VARCHAR, span_start INTEGER, span_end INTEGER, version_no INTEGER",
    "fct_earlier_version_skills": "posting_key UUID, skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, "
    "surface VARCHAR, level VARCHAR, span_start INTEGER, span_end INTEGER, version_no INTEGER",
    "fct_posting_salaries": "posting_key UUID, salary_no INTEGER, salary_min DOUBLE, salary_max DOUBLE, "
    "currency VARCHAR, period VARCHAR, kind VARCHAR, amount_basis VARCHAR, is_preferred BOOLEAN, "
    "salary_min_usd_annual DOUBLE, salary_max_usd_annual DOUBLE, span_start INTEGER, span_end INTEGER, "
    "version_no INTEGER",
    "fct_earlier_version_salaries": "posting_key UUID, salary_no INTEGER, salary_min DOUBLE, salary_max DOUBLE, "
    "currency VARCHAR, period VARCHAR, kind VARCHAR, amount_basis VARCHAR, is_preferred BOOLEAN, "
    "salary_min_usd_annual DOUBLE, salary_max_usd_annual DOUBLE, span_start INTEGER, span_end INTEGER, "
    "version_no INTEGER",
    "fct_counted_pay": "posting_key UUID, version_no INTEGER, country VARCHAR, salary_annual DOUBLE, currency VARCHAR, "
    "period VARCHAR, salary_min DOUBLE, salary_max DOUBLE, salary_usd_annual DOUBLE, "
    "salary_constant_usd_annual DOUBLE, amount_basis VARCHAR",
    "rpt_skill_demand_weekly": f"{_KEYS}, seniority VARCHAR, workplace VARCHAR, skill_id VARCHAR, skill_name VARCHAR, "
    "category VARCHAR, n_postings INTEGER, n_companies INTEGER, n_with_skill INTEGER, n_required INTEGER, "
    "n_preferred INTEGER, n_companies_with_skill INTEGER, share DOUBLE, share_low DOUBLE, share_high DOUBLE, "
    "required_share DOUBLE, matched_share DOUBLE, matched_low DOUBLE, matched_high DOUBLE, "
    "change_4w DOUBLE, change_4w_low DOUBLE, change_4w_high DOUBLE, "
    "change_4w_q_value DOUBLE, is_significant_4w BOOLEAN, change_4w_selected_low DOUBLE, "
    "change_4w_selected_high DOUBLE, change_13w DOUBLE, change_13w_low DOUBLE, "
    "change_13w_high DOUBLE, change_13w_q_value DOUBLE, is_significant_13w BOOLEAN, change_13w_selected_low DOUBLE, "
    f"change_13w_selected_high DOUBLE, {_WEEKLY_STATUS}",
    "rpt_theme_demand_weekly": f"{_KEYS}, theme VARCHAR, n_postings INTEGER, n_companies INTEGER, n_with INTEGER, "
    "share DOUBLE, share_low DOUBLE, share_high DOUBLE, matched_share DOUBLE, matched_low DOUBLE, matched_high DOUBLE, "
    "change_4w DOUBLE, change_4w_low DOUBLE, change_4w_high DOUBLE, change_4w_q_value DOUBLE, "
    "is_significant_4w BOOLEAN, change_4w_selected_low DOUBLE, change_4w_selected_high DOUBLE, change_13w DOUBLE, "
    "change_13w_low DOUBLE, change_13w_high DOUBLE, change_13w_q_value DOUBLE, is_significant_13w BOOLEAN, "
    f"change_13w_selected_low DOUBLE, change_13w_selected_high DOUBLE, {_WEEKLY_STATUS}",
    "rpt_salary_trend_weekly": f"{_KEYS}, seniority VARCHAR, n_postings INTEGER, n_with_pay INTEGER, "
    "n_companies INTEGER, n_companies_asked INTEGER, n_disclosing INTEGER, "
    "disclosure_share DOUBLE, disclosure_low DOUBLE, disclosure_high DOUBLE, "
    "salary_p10_usd_annual DOUBLE, salary_p25_usd_annual DOUBLE, salary_median_usd_annual DOUBLE, "
    "salary_median_usd_annual_low DOUBLE, salary_median_usd_annual_high DOUBLE, salary_p75_usd_annual DOUBLE, "
    "salary_p90_usd_annual DOUBLE, share_from_board_field DOUBLE, "
    "share_from_markup DOUBLE, "
    "share_from_text DOUBLE, controlled_change_13w DOUBLE, controlled_change_13w_low DOUBLE, "
    f"controlled_change_13w_high DOUBLE, {_WEEKLY_STATUS}, disclosure_status VARCHAR, disclosure_floor_reason VARCHAR, "
    "currency VARCHAR, salary_median_annual DOUBLE, salary_median_annual_low DOUBLE, salary_median_annual_high DOUBLE, "
    "n_in_currency INTEGER",
    "rpt_salary_grid": "role_family VARCHAR, country VARCHAR, experience_band VARCHAR, company_size_band VARCHAR, "
    "pay_region VARCHAR, pay_region_name VARCHAR, week_start DATE, n_postings INTEGER, n_with_pay INTEGER, "
    "n_companies INTEGER, currency VARCHAR, salary_p25_annual DOUBLE, salary_median_annual DOUBLE, median_low DOUBLE, "
    "median_high DOUBLE, salary_p75_annual DOUBLE, salary_median_usd_annual DOUBLE, "
    "salary_median_usd_annual_low DOUBLE, salary_median_usd_annual_high DOUBLE, region_premium DOUBLE, "
    "region_premium_low DOUBLE, region_premium_high DOUBLE, region_premium_q_value DOUBLE, "
    "is_region_premium_significant BOOLEAN, n_elsewhere INTEGER, share_size_from_registry DOUBLE, "
    f"share_size_from_text DOUBLE, {_STATUS}",
    "rpt_time_to_close_quarterly": "quarter_start DATE, role_family VARCHAR, country VARCHAR, week_start DATE, "
    "is_over BOOLEAN, n_postings INTEGER, n_closed INTEGER, n_companies INTEGER, median_days INTEGER, "
    "median_low INTEGER, median_high INTEGER, share_open_30_days DOUBLE, share_open_30_low DOUBLE, "
    "share_open_30_high DOUBLE, pace_change_quarter DOUBLE, pace_change_quarter_low DOUBLE, "
    "pace_change_quarter_high DOUBLE, pace_change_year DOUBLE, pace_change_year_low DOUBLE, "
    "pace_change_year_high DOUBLE, pace_change_quarter_floor_reason VARCHAR, pace_change_year_floor_reason VARCHAR, "
    f"{_STATUS}",
    "rpt_seniority_salary": "role_family VARCHAR, country VARCHAR, seniority VARCHAR, week_start DATE, "
    "n_postings INTEGER, n_with_pay INTEGER, n_companies INTEGER, currency VARCHAR, salary_p25_annual DOUBLE, "
    "salary_median_annual DOUBLE, median_low DOUBLE, median_high DOUBLE, salary_p75_annual DOUBLE, "
    "salary_median_usd_annual DOUBLE, salary_median_usd_annual_low DOUBLE, salary_median_usd_annual_high DOUBLE, "
    f"{_STATUS}",
    "rpt_attribute_salary_premium": "role_family VARCHAR, country VARCHAR, attribute VARCHAR, attribute_value VARCHAR, "
    "compared_with VARCHAR, week_start DATE, n_postings INTEGER, n_companies INTEGER, n_with INTEGER, "
    "n_companies_with INTEGER, n_controls INTEGER, premium_log DOUBLE, premium DOUBLE, premium_low DOUBLE, "
    "premium_high DOUBLE, premium_q_value DOUBLE, is_significant BOOLEAN, premium_within_company DOUBLE, "
    "within_company_low DOUBLE, within_company_high DOUBLE, n_companies_with_both INTEGER, n_compared_with INTEGER, "
    f"n_companies_compared_with INTEGER, {_STATUS}",
    "rpt_board_coverage_weekly": "week_start DATE, board VARCHAR, n_companies_expected INTEGER, "
    "n_companies_crawled INTEGER, n_companies_qualified INTEGER, coverage_ratio DOUBLE, n_runs INTEGER, "
    "n_failed INTEGER, n_partial INTEGER, n_postings_seen INTEGER, n_rejected INTEGER, break_reason VARCHAR, "
    "main_reason VARCHAR, status VARCHAR",
}
SKILLS = [
    # skill, category, share of all postings, change over the weeks
    ("Python", "language", 0.86, 0.0), ("PyTorch", "framework", 0.52, 0.02), ("LLMs", "method", 0.41, 0.20),
    ("AWS", "cloud_platform", 0.38, 0.0), ("SQL", "language", 0.36, -0.01), ("Kubernetes", "tool", 0.31, 0.01),
    ("TensorFlow", "framework", 0.24, -0.15), ("Docker", "tool", 0.29, 0.0), ("RAG", "method", 0.19, 0.17),
    ("Spark", "library", 0.18, -0.01), ("GCP", "cloud_platform", 0.21, 0.0), ("CUDA", "hardware", 0.12, 0.01),
    ("JAX", "framework", 0.11, 0.02), ("MLflow", "tool", 0.14, 0.0), ("Azure", "cloud_platform", 0.17, 0.0),
    ("scikit-learn", "framework", 0.16, -0.02), ("C++", "language", 0.19, 0.0), ("Ray", "tool", 0.08, 0.01),
    ("LangChain", "framework", 0.13, 0.03), ("Triton Inference Server", "tool", 0.05, 0.0),
]  # fmt: skip
THEMES = {"deep_learning_frameworks": ("PyTorch", "TensorFlow", "JAX"), "mlops": ("MLflow",)}
FAMILIES = {"all": 1.0, "ml_engineer": 0.42, "ai_engineer": 0.25, "data_scientist": 0.2, "ml_researcher": 0.09,
            "mlops_engineer": 0.04}  # fmt: skip
COUNTRIES = {"all": 1.0, "US": 0.55, "GB": 0.14, "DE": 0.12, "FR": 0.08, "CA": 0.08, "PL": 0.02}
LEVELS = {"all": (1.0, 1.0), "junior": (0.1, 0.68), "mid": (0.24, 0.86), "senior": (0.42, 1.07),
          "staff": (0.12, 1.34), "principal": (0.02, 1.5), "unspecified": (0.1, 0.95)}  # fmt: skip
PAY_OF = {"all": 168_000, "US": 196_000, "GB": 118_000, "DE": 98_000, "FR": 81_000, "CA": 139_000, "PL": 70_000}
PAY_FACTOR = {"all": 1.0, "ml_engineer": 1.04, "ai_engineer": 1.03, "data_scientist": 0.88, "ml_researcher": 1.18,
              "mlops_engineer": 0.97}  # fmt: skip
LAST_WEEK = date(2026, 8, 17)
AS_OF = datetime(2026, 8, 26, tzinfo=UTC)


def build_marts(
    home: Home,
    *,
    as_of: datetime = AS_OF,
    origin: str = "sample",
    weeks: int = 13,
    postings: int = 1400,
    company: str | None = None,
    seed: int = 7,
) -> None:
    """Write the marts of an invented market into the warehouse of a home.

    Args:
        home: The home to write to; created if it does not exist.
        as_of: Moment of the runs and the gates, UTC.
        origin: sample, recorded or live.
        weeks: Number of weeks; the last one begins on 2026-08-17.
        postings: Open postings of the last week; with fewer than 30 everything is suppressed.
        company: Name and slug of one more employer, title of its postings, name of a skill, reason of gaps.
        seed: Seed of the noise.
    """
    market = (as_of, origin, weeks, postings, company, seed)
    if home.warehouse.exists():
        _build(home, *market)
    else:  # tests of many files begin with the same few markets
        home.root.mkdir(parents=True, exist_ok=True)
        home.warehouse.write_bytes(_built(*market))


@cache
def _built(*market: Any) -> bytes:
    """Return the file of a warehouse that has nothing else."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        _build(home, *market)
        return home.warehouse.read_bytes()


def _build(home: Home, as_of: datetime, origin: str, weeks: int, postings: int, company: str | None, seed: int) -> None:
    as_of = as_of.replace(tzinfo=None)
    noise = random.Random(seed)  # noqa: S311  # invented numbers
    started = datetime.now(UTC)
    with connect(home, Settings()) as warehouse:
        begin_build(warehouse, started, as_of.replace(tzinfo=UTC))
        warehouse.execute("drop schema if exists marts cascade; create schema marts")
        for table, columns in DDL.items():
            warehouse.execute(f"create table marts.{table} ({columns})")
        _runs(warehouse, as_of, origin)
        _dimensions(warehouse, company)
        _facts(warehouse, postings, weeks, company)
        monday = [LAST_WEEK - timedelta(weeks=back) for back in reversed(range(weeks))]
        _weeks(warehouse, monday, as_of)
        _insert(warehouse, "rpt_skill_demand_weekly", _demand(monday, postings, noise))
        # here the share of a theme is that of its first skill
        warehouse.executemany(
            """insert into marts.rpt_theme_demand_weekly
            select week_start, measure, role_family, country, ? as theme, n_postings, n_companies, n_with_skill, share,
                share_low, share_high, matched_share, matched_low, matched_high, change_4w, change_4w_low,
                change_4w_high, change_4w_q_value, is_significant_4w, change_4w_selected_low, change_4w_selected_high,
                change_13w, change_13w_low, change_13w_high, change_13w_q_value, is_significant_13w,
                change_13w_selected_low, change_13w_selected_high, status, coverage_ratio, break_reason, floor_reason
            from marts.rpt_skill_demand_weekly where skill_name = ?""",
            [(theme, skills[0]) for theme, skills in THEMES.items()],
        )
        _insert(warehouse, "rpt_salary_trend_weekly", _pay(monday, postings, noise))
        _insert(warehouse, "rpt_board_coverage_weekly", _coverage(monday, postings))
        _insert(warehouse, "rpt_salary_grid", [
            ("all", "US", "senior", "all", "all", "all", LAST_WEEK, 400, 220, 60, "USD", 1.5e5, 1.9e5, 1.8e5, 2e5,
             2.3e5, 1.9e5, 1.8e5, 2e5, None, None, None, None, None, None, 0.2, 0.1, "final", 0.93, None),
        ])  # fmt: skip
        _insert(warehouse, "rpt_time_to_close_quarterly", [
            (date(2026, 7, 1), "all", country, LAST_WEEK, False, 400, 220, 60, 33, 30, 36, 0.54, 0.5, 0.58, 0.1, -0.05,
             0.28, None, None, None, None, "no posting was followed in the earlier quarter", "provisional", 0.93, None)
            for country in ("all", "US")
        ])  # fmt: skip
        _insert(warehouse, "rpt_seniority_salary", [
            ("all", "US", level, LAST_WEEK, 200, 110, 40, "USD", median - 3e4, median, median - 1e4, median + 1e4,
             median + 3e4, median, median - 1e4, median + 1e4, "final", 0.93, None)
            for level, median in (("staff", 2.2e5), ("senior", 1.9e5), ("all", 1.9e5))
        ])  # fmt: skip
        _insert(warehouse, "rpt_attribute_salary_premium", [
            ("all", "US", "degree", "phd", "bachelor", LAST_WEEK, 400, 60, 90, 30, 25, 0.01, 0.01, -0.02, 0.04, 0.6,
             False, 0.02, -0.01, 0.05, 20, 150, 40, "final", 0.93, None),
        ])  # fmt: skip
        if company is not None:
            warehouse.execute(
                "update marts.rpt_skill_demand_weekly set skill_name = ? where skill_id = 'python'", [company]
            )
            warehouse.execute("update marts.rpt_board_coverage_weekly set main_reason = ?", [company])
        _complete(warehouse)
        describe(warehouse)
        end_build(warehouse, started, "passed")
        pass_gates(warehouse)


def _complete(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Add what is missing of the marts' contracts, without rows or values; a column of no contract is an error."""
    for table in contracts(ROOT / "dbt_project"):
        columns = {column.name: column.kind for column in table.columns}
        if table.name not in DDL:
            described = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            warehouse.execute(f"create table marts.{table.name} ({described})")
            continue
        names = {column[0] for column in warehouse.execute(f"from marts.{table.name} limit 0").description or ()}
        assert names <= columns.keys(), (table.name, names - columns.keys())
        for name in columns.keys() - names:
            warehouse.execute(f"alter table marts.{table.name} add column {name} {columns[name]}")


def pass_gates(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Record that the gates let through the runs and the marts in their current state."""
    warehouse.execute("update ops.gates set marts_checksum = ? where gate = 'marts'", [marts_checksum(warehouse)])
    warehouse.execute(
        "create or replace table ops.gated_runs as select distinct run_id, 'batch-1' as batch_id from raw.crawl_runs"
    )


def change_marts(home: Home, *statements: str) -> None:
    """Change the marts of a home, and record it as a build that the gates let through."""
    with connect(home, Settings()) as warehouse:
        for statement in statements:
            warehouse.execute(statement)
        pass_gates(warehouse)


def describe(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Comment on every mart and column, in one transaction: one per comment takes longer than writing the marts."""
    columns = warehouse.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'marts' order by all"
    ).fetchall()
    statements = [
        *(
            f"comment on table marts.{table} is 'What {table} holds. One row per key of {table}.'"
            for table in dict.fromkeys(table for table, _ in columns)
        ),
        *(f"comment on column marts.{table}.\"{column}\" is 'The posting''s {column}.'" for table, column in columns),
    ]
    warehouse.execute("; ".join(("begin", *statements, "commit")))


def _insert(warehouse: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    import pandas as pd

    names = [column[0] for column in warehouse.execute(f"select * from marts.{table} limit 0").description or ()]
    frame = pd.DataFrame(rows, columns=names, dtype=object)  # noqa: F841  # read by DuckDB under its name
    warehouse.execute(f"insert into marts.{table} select * from frame")


def _runs(warehouse: duckdb.DuckDBPyConnection, as_of: datetime, origin: str) -> None:
    warehouse.execute("delete from raw.crawl_runs")
    warehouse.execute(
        "insert into raw.crawl_runs (run_id, board, company_slug, origin, as_of, status) values "
        "('run-1', 'greenhouse', 'acme', ?, ?, 'complete')",
        [origin, as_of],
    )
    warehouse.execute(
        """create or replace table ops.gates (gate VARCHAR, batch_id VARCHAR, as_of TIMESTAMP, outcome VARCHAR,
            n_checks INTEGER, n_critical_failed INTEGER, n_warnings INTEGER, line VARCHAR, checked_at TIMESTAMP,
            marts_checksum VARCHAR);
        create or replace table ops.gate_results (gate VARCHAR, batch_id VARCHAR, as_of TIMESTAMP, suite VARCHAR,
            table_name VARCHAR, expectation VARCHAR, column_name VARCHAR, severity VARCHAR, success BOOLEAN,
            observed VARCHAR, unexpected_count BIGINT, unexpected_sample VARCHAR, reason VARCHAR, checked_at TIMESTAMP)
        """
    )
    for gate, table in (("raw", "posting_versions"), ("marts", "fct_postings")):
        warehouse.execute(
            "insert into ops.gates values (?, 'batch-1', ?, 'open', 2, 0, 1, 'open: 2 checks', ?, null)",
            [gate, as_of, as_of],
        )
        warehouse.execute(
            """insert into ops.gate_results values
            ($gate, 'batch-1', $as_of, $suite, $table, 'title_present', 'title', 'critical', true,
             null, 0, null, 'A posting has a title; 2026-08-01.', $as_of),
            ($gate, 'batch-1', $as_of, $suite, $table, 'posted_before_seen', 'posted_at', 'warning',
             $gate = 'raw', '3 of 1400 after the crawl', 3, 'someone@employer.example',
             'Seen on two boards; 2026-08-01.', $as_of)""",
            {"gate": gate, "as_of": as_of, "suite": f"{gate}_{table}", "table": f"{gate}.{table}"},
        )


def _dimensions(warehouse: duckdb.DuckDBPyConnection, company: str | None) -> None:
    warehouse.execute(
        """insert into marts.dim_companies
        select 'company-' || n, 'Company ' || n, ['greenhouse'], 'software', null, 'US', false, 10, '2026-06-01',
            '2026-08-23'
        from range(180) as numbers (n)"""
    )
    if company is not None:
        warehouse.execute(
            "insert into marts.dim_companies values "
            "(?, ?, ['lever'], null, null, null, false, 1, '2026-08-18', '2026-08-23')",
            [company, company],
        )
    rows = [
        (
            name.lower().replace(" ", "_"), name, category, [f"{name.lower()}s"],
            [theme for theme, skills in THEMES.items() if name in skills], 100,
        )
        for name, category, _, _ in SKILLS
    ]  # fmt: skip
    warehouse.executemany("insert into marts.dim_skills values (?, ?, ?, ?, ?, ?)", rows)
    warehouse.execute("insert into marts.dim_locations values ('DE-BE-Berlin', 'Berlin', 'BE', 'DE', 'Germany', 120)")
    elsewhere = [(country, country) for country in COUNTRIES if country not in ("all", "DE")]
    warehouse.executemany("insert into marts.dim_locations values (?, null, null, ?, null, 100)", elsewhere)


def _weeks(warehouse: duckdb.DuckDBPyConnection, monday: list[date], as_of: datetime) -> None:
    warehouse.execute(
        """insert into marts.dim_weeks
        select week_start, week_start + 6, strftime(week_start, '%G-W%V'), week_start + 7 <= $as_of::timestamp,
            week_start = coalesce(max(week_start) filter (where week_start + 7 <= $as_of::timestamp) over (),
                max(week_start) over ()),
            week_start + 21, week_start + 21 > $as_of::timestamp
        from unnest($weeks) as weeks (week_start)""",
        {"as_of": as_of, "weeks": monday},
    )


def _facts(warehouse: duckdb.DuckDBPyConnection, postings: int, weeks: int, company: str | None) -> None:
    warehouse.execute(
        """insert into marts.fct_postings
        select md5(n::varchar)::uuid, ['greenhouse', 'lever', 'ashby'][n % 3 + 1], 'company-' || n * n % 180,
            'company-' || n * n % 180, n, 'https://jobs.example.com/' || n, 'Machine Learning Engineer ' || n,
            'ml_engineer', 'senior', 'US', ['DE'], [{'city': 'Berlin', 'region': 'BE', 'country': 'DE'}], posted_at,
            date_trunc('week', posted_at), posted_at, if(n % 3 > 0, timestamp '2026-08-23', posted_at),
            if(n % 3 > 0, null, posted_at + interval 3 day), n % 3 > 0, n % 10 > 0, true, '1.0',
            '2026-08', 'remote', 'full_time', 'Berlin', 'BE', 'board', 'run-1', 'run-1',
            hash(md5(n::varchar)::uuid) % 2 = 0, md5((if(n % 10 > 0, n, n + 1))::varchar)::uuid,
            if(n % 10 > 0, 1, 2), case when n % 10 = 1 then 'de' when n % 50 = 2 then 'fr' else 'en' end,
            if(n % 7 = 1, 2, 1), 'senior', 'master', 3, 5, [], [], 'software', n % 20 = 3
        from (select n, timestamp '2026-08-23' - to_hours((n * 7919 % ($weeks * 168))::int) as posted_at
              from range($postings) as numbers (n))""",
        {"postings": 2 * postings, "weeks": weeks},
    )
    warehouse.execute(
        """insert into marts.fct_posting_skills
        select posting_key, skill_id, skill_name, category, skill_name, 'required', 10, 16, version_no
        from marts.fct_postings, marts.dim_skills where hash(posting_key, skill_id) % 3 = 0"""
    )
    warehouse.execute(
        """insert into marts.fct_posting_salaries
        select posting_key, 1, 150000, 190000.1, 'USD', 'year', 'base', 'board_field', true, 150000, 190000.1,
            null, null, version_no
        from marts.fct_postings where has_pay"""
    )
    warehouse.execute(
        "insert into marts.fct_posting_weeks "
        "select posted_week, unnest(['flow', 'stock']), posting_key, company_key, is_canonical, version_no "
        "from marts.fct_postings"
    )
    # some of their contents before an edit, which no week counts
    warehouse.execute(
        """insert into marts.fct_earlier_versions by name
        select posting_key, title, url, role_family, seniority, workplace, employment_type, country, region, city,
            countries, locations, has_description, has_pay, 1 as version_no, experience_band, degree_min, years_min,
            years_max, specialisations, certifications, sector, is_by_agency
        from marts.fct_postings where version_no = 2"""
    )
    for kind in ("skills", "salaries"):
        warehouse.execute(
            f"insert into marts.fct_earlier_version_{kind} "
            f"select * replace (1 as version_no) from marts.fct_posting_{kind} where version_no = 2"
        )
    warehouse.execute(
        """insert into marts.fct_counted_pay
        select posting_key, version_no, unnest(['all', 'DE']), salary_min, currency, period, salary_min, salary_max,
            salary_min_usd_annual, salary_min_usd_annual, amount_basis
        from (from marts.fct_posting_salaries union all by name from marts.fct_earlier_version_salaries)"""
    )
    if company is not None:
        warehouse.execute(
            """update marts.fct_postings set title = $company, company_slug = $company, company_key = $company,
                url = 'javascript:alert(1)' where native_id::int % 4 = 1""",
            {"company": company},
        )


def _status(week: date, n_postings: int, n_companies: int) -> tuple[str, str | None]:
    if n_postings < 30:
        return "suppressed", "fewer than 30 postings"
    if n_companies < 5:
        return "suppressed", "fewer than 5 companies"
    if week == LAST_WEEK - timedelta(weeks=6):
        return "coverage_break", None
    return ("provisional" if week >= LAST_WEEK - timedelta(weeks=1) else "final"), None


def _break(status: str) -> str | None:
    return "few_reached" if status == "coverage_break" else None


def _interval(share: float, n: int) -> tuple[float, float]:
    width = 1.96 * math.sqrt(share * (1 - share) / n) * 1.25
    return max(0.0, share - width), min(1.0, share + width)


def _demand(weeks: list[date], postings: int, noise: random.Random) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    shares: dict[tuple[object, ...], float] = {}
    for number, week in enumerate(weeks):
        at = number / max(1, len(weeks) - 1)
        for measure, size in (("flow", 0.2), ("stock", 1.0)):
            for family, of_family in FAMILIES.items():
                for country, of_country in COUNTRIES.items():
                    n = int(postings * size * of_family * of_country * (0.9 + 0.1 * at))
                    n_companies = max(1, int(n**0.72))
                    status, reason = _status(week, n, n_companies)
                    for name, category, level, change in SKILLS:
                        share = min(0.98, max(0.01, level + change * at + noise.gauss(0, 0.008)))
                        with_skill = round(n * share)
                        shown = status != "suppressed"
                        exact = with_skill / n if n else 0
                        counts = (
                            with_skill,
                            int(with_skill * 0.6),
                            int(with_skill * 0.2),
                            min(n_companies, with_skill),
                        )
                        low, high = _interval(exact, n) if shown else (None, None)
                        shares[week, measure, family, country, name] = exact
                        moved: list[object] = []
                        for back in (4, 13):
                            before = shares.get((week - timedelta(weeks=back), measure, family, country, name))
                            if before is None or low is None or high is None:
                                moved += [None] * 7
                                continue
                            half, is_flagged = (high - low) / 2, abs(exact - before) > 0.7 * (high - low)
                            by = exact - before
                            bounds = (by - 1.2 * half, by + 1.2 * half) if is_flagged else (None, None)
                            moved += [by, by - half, by + half, 0.01 if is_flagged else 0.4, is_flagged, *bounds]
                        rows.append((
                            week, measure, family, country, "all", "all", name.lower().replace(" ", "_"), name,
                            category, n, n_companies,
                            *(counts if shown else (None,) * 4), exact if shown else None, low, high,
                            0.6 * exact if shown else None, exact if shown else None, low, high, *moved,
                            status, 0.93, _break(status), reason,
                        ))  # fmt: skip
    return rows


def _pay(weeks: list[date], postings: int, noise: random.Random) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for number, week in enumerate(weeks):
        at = number / max(1, len(weeks) - 1)
        for measure, size in (("flow", 0.2), ("stock", 1.0)):
            for family, of_family in FAMILIES.items():
                for country, of_country in COUNTRIES.items():
                    for level, (of_level, pay_factor) in LEVELS.items():
                        n = int(postings * size * of_family * of_country * of_level)
                        disclosed = 0.58 if country in ("US", "all") else 0.31
                        with_pay = round(n * disclosed)
                        n_companies = max(1, int(with_pay**0.72)) if with_pay else 0
                        status, reason = _status(week, with_pay, n_companies)
                        shown = status != "suppressed"
                        centre = PAY_OF[country] * PAY_FACTOR[family] * pay_factor * (1 + 0.01 * at)
                        median = round(centre + noise.gauss(0, 900), -2)
                        width = 1.96 * 0.22 * median / math.sqrt(with_pay) if with_pay else 0
                        n_companies_in_all = max(1, int(n**0.72)) if n else 0
                        own_status, own_reason = _status(week, n, n_companies_in_all)
                        is_disclosed = own_status != "suppressed"
                        low, high = _interval(disclosed, n) if is_disclosed else (None, None)
                        quantiles = [median * factor for factor in (0.68, 0.82)], [median * f for f in (1.2, 1.42)]
                        rows.append((
                            week, measure, family, country, level, n, with_pay, n_companies, n_companies_in_all,
                            with_pay if is_disclosed else None, with_pay / n if is_disclosed else None, low, high,
                            *(quantiles[0] if shown else (None, None)), median if shown else None,
                            median - width if shown else None, median + width if shown else None,
                            *(quantiles[1] if shown else (None, None)), 0.37 if shown else None,
                            0.03 if shown else None, 0.6 if shown else None,
                            *((0.006, -0.002, 0.014) if shown else (None, None, None)),
                            status, 0.93, _break(status), reason, own_status, own_reason,
                            *(("USD", median, median - width, median + width, with_pay)
                              if shown and country == "US" else (None,) * 5),
                        ))  # fmt: skip
    return rows


def _coverage(weeks: list[date], postings: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    boards = {"ashby": (58, 56, 55), "greenhouse": (84, 84, 82), "lever": (38, 35, 31)}
    boards["all"] = tuple(sum(board[part] for board in boards.values()) for part in range(3))
    for week in weeks:
        for board, (expected, crawled, qualified) in boards.items():
            lost = 20 if board in ("lever", "all") and week == LAST_WEEK - timedelta(weeks=6) else 0
            ratio = (qualified - lost) / expected
            status = "coverage_break" if ratio < 0.8 or lost else "final"
            rows.append((
                week, board, expected, crawled, qualified - lost, ratio, crawled * 7, 3 + lost, 1,
                int(postings * expected / 180), 2, _break(status),
                "timed out" if lost else "few_postings" if qualified < crawled else None,
                status,
            ))  # fmt: skip
    return rows
