"""A small invented world for the gates: a warehouse whose raw tables and marts pass every check."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import duckdb
import pytest

from expectations.pending import VERSION_COLUMNS, choose_pending_runs, offer_pending_runs
from expectations.records import create_tables
from expectations.results import GateOutcome
from expectations.suite import Batch, Check
from jobmarket.builds import begin_build, end_build
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect
from tests.expectations import report_marts

AS_OF = datetime(2026, 8, 20, tzinfo=UTC)

# Two boards with three companies each, crawled twice; the first day's runs have passed the gate.
_RAW = """
insert into raw.crawl_runs by name
select
    board || '-' || strftime(day, '%Y%m%d') || 'T000000Z-1' as run_id, board, 'recorded' as origin, day as as_of,
    'firm-' || board || '-' || company as company_slug, 'Firm ' || company as company_name, 'complete' as status,
    null as reason, 1 as requests, map {'200': 1} as http_codes, 1000 as response_bytes, 0 as errors, 10 as postings,
    0 as duplicates, 0 as rejected, map {'language': 0} as missing, day as started_at, day as finished_at,
    map {'jobmarket': '0.1.0'} as versions, 10.0 as trailing_median, true as qualifies, null as qualifies_reason
from (values ('ashby'), ('lever')) as boards (board),
    (values (timestamp '2026-08-13'), (timestamp '2026-08-20')) as days (day),
    range(3) as companies (company);

create temp table seeds as
select
    board, company, number, day, md5(concat_ws('|', board, company, number))::uuid as posting_key,
    md5(concat_ws('|', board, company, number, 'content', day))::uuid as content_hash,
    board || '-' || strftime(day, '%Y%m%d') || 'T000000Z-1' as run_id
from (values ('ashby'), ('lever')) as boards (board), range(3) as companies (company), range(10) as numbers (number),
    (values (timestamp '2026-08-13'), (timestamp '2026-08-20')) as days (day);

insert into raw.posting_versions by name
select
    posting_key, content_hash, board, 'firm-' || board || '-' || company as company_slug, number::varchar as native_id,
    'https://jobs.example/' || board || '/' || number as url, null as apply_url, 'Machine Learning Engineer' as title,
    'Firm ' || company as company_name, null as department, null as team, 'Lyon, France' as location_text,
    [] as job_locations, null as workplace_text, null as is_remote, null as employment_type_text,
    [{'min_value': 60000.0, 'max_value': 80000.0, 'currency': 'EUR', 'unit_text': '1 YEAR', 'name': null}]
        as base_salary,
    null as pay_text, '<p>You build models in Python. Déjà vu à Zürich.</p>' as description_html,
    null as description_text, 'en' as language, null as requisition_id, timestamp '2026-08-01' as date_posted,
    null as valid_through, '{"id": 1}'::json as payload, run_id as landed_run_id
from seeds;

insert into raw.sightings select run_id, posting_key, content_hash from seeds;
drop table seeds;

insert into raw.exchange_rates values
    ('2026-08-14', 'EUR', 1, 'ECB'), ('2026-08-19', 'EUR', 1, 'ECB'), ('2026-08-21', 'EUR', 1, 'ECB');

create table ops.gated_runs (run_id VARCHAR, batch_id VARCHAR);
insert into ops.gated_runs
select distinct run_id, 'raw-20260813T000000Z-first' from raw.crawl_runs where as_of < '2026-08-20';
"""

_MARTS = """
create schema marts;
create table marts.dim_companies (
    company_key VARCHAR, company_name VARCHAR, boards VARCHAR[], sector VARCHAR, size_band VARCHAR, hq_country VARCHAR,
    n_postings INTEGER, first_seen_at TIMESTAMP, last_seen_at TIMESTAMP);
create table marts.dim_skills (skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, n_postings INTEGER);
create table marts.dim_locations (
    location_key VARCHAR, city VARCHAR, region VARCHAR, country VARCHAR, country_name VARCHAR, n_postings INTEGER);
create table marts.fct_postings (
    posting_key UUID, board VARCHAR, company_slug VARCHAR, company_key VARCHAR, native_id VARCHAR, url VARCHAR,
    title VARCHAR, role_family VARCHAR, seniority VARCHAR, experience_band VARCHAR, workplace VARCHAR,
    employment_type VARCHAR, degree_min VARCHAR, years_min INTEGER, years_max INTEGER, language VARCHAR,
    country VARCHAR, region VARCHAR, city VARCHAR, location_key VARCHAR, n_locations INTEGER,
    locations STRUCT(city VARCHAR, region VARCHAR, country VARCHAR)[], remote_scope VARCHAR[],
    specialisations VARCHAR[], languages_asked VARCHAR[], certifications VARCHAR[], visa_sponsorship VARCHAR,
    sector VARCHAR, company_size VARCHAR, company_employees INTEGER, posted_at TIMESTAMP, posted_at_basis VARCHAR,
    posted_week DATE, first_seen_at TIMESTAMP, last_seen_at TIMESTAMP, closed_after TIMESTAMP, closed_at TIMESTAMP,
    is_open BOOLEAN, n_reopened INTEGER, is_canonical BOOLEAN, canonical_posting_key UUID, has_description BOOLEAN,
    n_skills INTEGER, has_pay BOOLEAN, content_hash UUID, n_versions INTEGER, first_run_id VARCHAR, last_run_id VARCHAR,
    extractor_version VARCHAR, taxonomy_version VARCHAR);
create table marts.fct_posting_skills (
    posting_key UUID, skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, surface VARCHAR, level VARCHAR,
    span_start INTEGER, span_end INTEGER);
create table marts.fct_posting_salaries (
    posting_key UUID, salary_no INTEGER, salary_min DOUBLE, salary_max DOUBLE, currency VARCHAR, period VARCHAR,
    kind VARCHAR, amount_basis VARCHAR, currency_basis VARCHAR, span_start INTEGER, span_end INTEGER,
    annualisation_factor DOUBLE, salary_min_annual DOUBLE, salary_max_annual DOUBLE, fx_rate_date DATE,
    usd_per_unit DOUBLE, salary_min_usd_annual DOUBLE, salary_max_usd_annual DOUBLE, is_preferred BOOLEAN);
create table marts.rpt_skill_demand_weekly (
    week_start DATE, measure VARCHAR, role_family VARCHAR, country VARCHAR, seniority VARCHAR, workplace VARCHAR,
    skill_id VARCHAR, skill_name VARCHAR, category VARCHAR, n_postings INTEGER, n_companies INTEGER,
    n_with_skill INTEGER, n_required INTEGER, n_preferred INTEGER, n_companies_with_skill INTEGER, share DOUBLE,
    share_low DOUBLE, share_high DOUBLE, required_share DOUBLE, matched_share DOUBLE, matched_low DOUBLE,
    matched_high DOUBLE, coverage_effect DOUBLE, change_4w DOUBLE, change_13w DOUBLE, status VARCHAR,
    coverage_ratio DOUBLE, floor_reason VARCHAR, change_4w_low DOUBLE, change_4w_high DOUBLE, change_4w_q_value DOUBLE,
    is_significant_4w BOOLEAN, change_13w_low DOUBLE, change_13w_high DOUBLE, change_13w_q_value DOUBLE,
    is_significant_13w BOOLEAN, change_4w_selected_low DOUBLE, change_4w_selected_high DOUBLE,
    change_13w_selected_low DOUBLE, change_13w_selected_high DOUBLE);
create table marts.rpt_salary_trend_weekly (
    week_start DATE, measure VARCHAR, role_family VARCHAR, country VARCHAR, seniority VARCHAR, n_postings INTEGER,
    n_with_pay INTEGER, n_companies INTEGER, n_companies_asked INTEGER, n_disclosing INTEGER,
    disclosure_share DOUBLE, disclosure_low DOUBLE, disclosure_high DOUBLE,
    salary_p10_usd_annual DOUBLE, salary_p25_usd_annual DOUBLE, salary_median_usd_annual DOUBLE,
    salary_median_usd_annual_low DOUBLE, salary_median_usd_annual_high DOUBLE,
    salary_p75_usd_annual DOUBLE, salary_p90_usd_annual DOUBLE,
    salary_median_constant_usd_annual DOUBLE, matched_median_usd_annual DOUBLE, matched_median_low DOUBLE,
    matched_median_high DOUBLE, controlled_change_13w DOUBLE, controlled_change_13w_low DOUBLE,
    controlled_change_13w_high DOUBLE, controlled_change_13w_usd DOUBLE, controlled_change_13w_usd_low DOUBLE,
    controlled_change_13w_usd_high DOUBLE, controlled_change_52w DOUBLE, controlled_change_52w_low DOUBLE,
    controlled_change_52w_high DOUBLE, controlled_change_52w_usd DOUBLE, controlled_change_52w_usd_low DOUBLE,
    controlled_change_52w_usd_high DOUBLE,
    share_from_board_field DOUBLE, share_from_markup DOUBLE, share_from_text DOUBLE, status VARCHAR,
    disclosure_status VARCHAR, coverage_ratio DOUBLE, floor_reason VARCHAR, disclosure_floor_reason VARCHAR,
    salary_median_annual DOUBLE, salary_median_annual_low DOUBLE, salary_median_annual_high DOUBLE,
    salary_median_constant_usd_annual_low DOUBLE, salary_median_constant_usd_annual_high DOUBLE,
    n_in_currency INTEGER);
create table marts.rpt_board_coverage_weekly (
    week_start DATE, board VARCHAR, n_companies_expected INTEGER, n_companies_crawled INTEGER,
    n_companies_qualified INTEGER, coverage_ratio DOUBLE, n_runs INTEGER, n_failed INTEGER, n_partial INTEGER,
    n_postings_seen INTEGER, n_rejected INTEGER, main_reason VARCHAR, status VARCHAR);

insert into marts.fct_postings by name
select
    posting_key, board, company_slug, company_slug as company_key, native_id, any_value(url) as url,
    any_value(title) as title, 'ml_engineer' as role_family, 'senior' as seniority, 'senior' as experience_band,
    'hybrid' as workplace, 'full_time' as employment_type, 'master' as degree_min, 3 as years_min, 5 as years_max,
    'en' as language, 'offered' as visa_sponsorship, 'small' as company_size,
    'FR' as country, 'Lyon' as city, 'FR-Lyon' as location_key, 1 as n_locations,
    timestamp '2026-08-01' as posted_at, 'board' as posted_at_basis, date '2026-07-27' as posted_week,
    timestamp '2026-08-13' as first_seen_at, timestamp '2026-08-20' as last_seen_at, true as is_open, 0 as n_reopened,
    true as is_canonical, posting_key as canonical_posting_key, true as has_description, 1 as n_skills,
    true as has_pay, 2 as n_versions
from raw.posting_versions group by posting_key, board, company_slug, native_id;

insert into marts.dim_companies
select company_key, 'Firm', ['ashby'], null, null, 'FR', count(*), min(first_seen_at), max(last_seen_at)
from marts.fct_postings group by company_key;
insert into marts.dim_skills values ('python', 'Python', 'language', 60), ('rust', 'Rust', 'language', 0);
insert into marts.dim_locations values ('FR-Lyon', 'Lyon', null, 'FR', 'France', 60);
insert into marts.fct_posting_skills
select posting_key, 'python', 'Python', 'language', 'Python', 'required', 20, 26 from marts.fct_postings;
insert into marts.fct_posting_salaries
select posting_key, 1, 60000, 80000, 'EUR', 'year', 'base', 'board_field', 'stated', null, null, 1, 60000, 80000,
    date '2026-07-31', 1.1, 66000, 88000, true
from marts.fct_postings;
insert into marts.rpt_skill_demand_weekly
select week, measure, role_family, 'all', 'all', 'all', 'python', 'Python', 'language', 60, 6, 48, 40, 8, 6, 0.8, 0.7,
    0.9, 0.66, 0.79, 0.7, 0.9, 0.01, 0.02, null, 'final', 1.0, null, 0.01, 0.03, 0.2, false, null, null, null, null,
    null, null, null, null
from (values (date '2026-08-03'), (date '2026-08-10')) as weeks (week), (values ('flow'), ('stock')) as m (measure),
    (values ('all'), ('ml_engineer')) as families (role_family)
union all
select date '2026-08-10', 'flow', 'ml_engineer', 'FR', 'all', 'all', 'python', 'Python', 'language', 12, 3, null, null,
    null, null, null, null, null, null, null, null, null, null, null, null, 'suppressed', 1.0, 'fewer than 30 postings',
    null, null, null, null, null, null, null, null, null, null, null, null;
insert into marts.rpt_salary_trend_weekly
select week, 'stock', 'all', 'all', seniority, 60, 50, 6, 6, 50, 0.83, 0.7, 0.9,
    60000, 70000, 80000, 75000, 85000, 90000,
    99000, 79000, 79500, 75000, 85000, 0.02, 0.01, 0.03, 0.02, 0.01, 0.03,
    null, null, null, null, null, null, 1.0, 0.0, 0.0, 'final', 'final', 1.0, null, null, 72000,
    68000, 77000, 74000, 84000, 48
from (values (date '2026-08-03'), (date '2026-08-10')) as weeks (week), (values ('all'), ('senior')) as s (seniority)
union all
select date '2026-08-10', 'flow', 'all', 'FR', 'all', 12, null, 3, 3, null, null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
    null, null, null, 'suppressed', 'suppressed', 1.0, 'fewer than 30 postings with pay', 'fewer than 30 postings',
    null, null, null, null, null, null;
insert into marts.rpt_board_coverage_weekly
select week, board, 3, 3, 3, 1.0, 1, 0, 0, 30, 0, null, 'final'
from (values (date '2026-08-10'), (date '2026-08-17')) as weeks (week),
    (values ('all'), ('ashby'), ('lever')) as boards (board);
"""


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(memory_limit="1GiB", threads=1)


@pytest.fixture(scope="session")
def good_warehouse(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """The warehouse file of the good world; tests work on copies."""
    home = Home(tmp_path_factory.mktemp("good"))
    with connect(home, settings) as connection:
        connection.execute(_RAW)
        connection.execute(_MARTS)
        connection.execute(report_marts.statements())
        note_build(connection, AS_OF)
    return home.warehouse


def note_build(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """Record that the marts were built as of a moment."""
    started = datetime.now(UTC)
    begin_build(connection, started, as_of)
    end_build(connection, started, "passed")


@pytest.fixture
def home(tmp_path: Path, good_warehouse: Path) -> Home:
    """A separate home with a copy of the good warehouse."""
    home = Home(tmp_path / "home")
    home.root.mkdir()
    shutil.copy(good_warehouse, home.warehouse)
    return home


@pytest.fixture
def publish(home: Home) -> Callable[[int, str], None]:
    """Put a published database into the home, with the tables that the gates read."""

    def put(n_postings: int, as_of: str) -> None:
        home.published.mkdir(parents=True)
        with duckdb.connect(str(home.database)) as connection:
            connection.execute("create table fct_postings as select range as posting_key from range(?)", [n_postings])
            connection.execute("create table about as select 'as_of' as key, ? as value", [as_of])

    return put


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Restrict a gate to some tables, for tests of what follows from the results.

    Other tests run whole gates, and every single check on rows planted for it.
    """
    from expectations.suites import SUITES

    def choose(*tables: str) -> None:
        chosen = tuple(suite for suite in SUITES if suite.table in tables)
        assert len(chosen) == len(tables)
        monkeypatch.setattr(
            "expectations.suites.suites_of", lambda gate: tuple(suite for suite in chosen if suite.gate == gate)
        )
        monkeypatch.setattr("expectations.validation.SUITES", chosen)

    return choose


def _words(sql: str) -> set[str]:
    """Names in an expression, and in the expressions of pending versions' columns among them."""
    words = set(re.findall(r"\w+", sql))
    return words.union(*(re.findall(r"\w+", VERSION_COLUMNS.get(word, "")) for word in words))


def _critical_of(batch: Batch, planted: str) -> Iterator[Check]:
    """Critical checks of a batch that use a column which the planted statement sets. All of them, if it inserts or
    deletes rows, or if the relation uses such a column.
    """
    are_rows = re.search(r"\b(insert|delete)\b", planted)
    are_set = set() if are_rows else set(re.findall(r"(\w+) = ", planted))
    for one in batch.checks:
        made_of = {word for name in one.columns for word in _words(batch.columns.get(name, name))}
        is_any = not are_set or not one.columns or are_set & set(re.findall(r"\w+", batch.relation))
        if one.severity == "critical" and (is_any or are_set & made_of):
            yield one


def _only(batch: Batch, key: str, planted: str | None) -> Batch:
    """The batch with one check, and with the critical ones that the planted rows may affect."""
    beside = set() if planted is None else {one.key for one in _critical_of(batch, planted)}
    checks = tuple(one for one in batch.checks if one.key in beside | {key})
    named = {batch.where, *(column for one in checks for column in one.columns)}
    return replace(batch, checks=checks, columns={name: sql for name, sql in batch.columns.items() if name in named})


@pytest.fixture(scope="module")
def good_connection(
    good_warehouse: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the good world; tests roll their changes back."""
    home = Home(tmp_path_factory.mktemp("open"))
    shutil.copy(good_warehouse, home.warehouse)
    with connect(home, settings) as connection:
        create_tables(connection)
        yield connection


@pytest.fixture(scope="module")
def run_check(
    good_connection: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., GateOutcome]:
    """Plant rows in the good world, and run one check of a table, as its gate does but without the pages.

    The critical checks that the rows may affect run too, unless the check is to run ``alone``.
    """
    from expectations.batches import Published, offer_numbers, offer_published, read_batches
    from expectations.suites import SUITES
    from expectations.validation import Validator, validate

    # creating Great Expectations' context takes a third of a check's time, so all share one, with different suite names
    folder = tmp_path_factory.mktemp("checked")
    validator = Validator(folder / "docs", folder / "results", "test", AS_OF)
    number = count()

    def check_batch(
        table: str, key: str, planted: str, *, alone: bool = False, published: Published | None = None
    ) -> GateOutcome:
        suites = tuple(
            replace(
                suite,
                batches=(replace(_only(batch, key, None if alone else planted), name=f"{batch.name}{next(number)}"),),
            )
            for suite in SUITES
            if suite.table == table
            for batch in suite.batches
            if key in {one.key for one in batch.checks}
        )
        assert len(suites) == 1, f"no check {key} for {table}"
        good_connection.execute("begin")
        try:
            good_connection.execute(planted)
            choose_pending_runs(good_connection, AS_OF)
            offer_pending_runs(good_connection)
            offer_published(good_connection, published)
            if any("numbers_of_marts" in batch.sql for suite in suites for batch in suite.batches):
                offer_numbers(good_connection)
            read = list(read_batches(good_connection, suites, AS_OF))
        finally:
            good_connection.execute("rollback")
        results = validate(read, validator, lambda table, done: None)
        return GateOutcome(suites[0].gate, "test", AS_OF, AS_OF, results, "")

    return check_batch
