"""The warehouse's tables: ``raw`` derives from the contracts of posting and run, ``ops`` is for the stages' records."""

from __future__ import annotations

PLACE = 'STRUCT("text" VARCHAR, address_locality VARCHAR, address_region VARCHAR, address_country VARCHAR)'
PAY = 'STRUCT(min_value DOUBLE, max_value DOUBLE, currency VARCHAR, unit_text VARCHAR, "name" VARCHAR)'

# Column → DuckDB type, in the order of jobmarket.posting.Posting; tests/conventions compares the two.
POSTING_COLUMNS: dict[str, str] = {
    "board": "VARCHAR",
    "company_slug": "VARCHAR",
    "native_id": "VARCHAR",
    "url": "VARCHAR",
    "apply_url": "VARCHAR",
    "title": "VARCHAR",
    "company_name": "VARCHAR",
    "department": "VARCHAR",
    "team": "VARCHAR",
    "location_text": "VARCHAR",
    "job_locations": f"{PLACE}[]",
    "workplace_text": "VARCHAR",
    "is_remote": "BOOLEAN",
    "employment_type_text": "VARCHAR",
    "base_salary": f"{PAY}[]",
    "pay_text": "VARCHAR",
    "description_html": "VARCHAR",
    "description_text": "VARCHAR",
    "language": "VARCHAR",
    "requisition_id": "VARCHAR",
    "date_posted": "TIMESTAMP",
    "valid_through": "TIMESTAMP",
    "payload": "JSON",
}
IDENTITY = {"posting_key": "UUID", "content_hash": "UUID"}

OUTCOME_COLUMNS: dict[str, str] = {
    "company_slug": "VARCHAR",
    "company_name": "VARCHAR",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "requests": "INTEGER",
    "http_codes": "MAP(VARCHAR, INTEGER)",
    "response_bytes": "BIGINT",
    "errors": "INTEGER",
    "postings": "INTEGER",
    "duplicates": "INTEGER",
    "rejected": "INTEGER",
    "missing": "MAP(VARCHAR, INTEGER)",
    "started_at": "TIMESTAMP",
    "finished_at": "TIMESTAMP",
}


def attempt_of(run_id: str) -> str:
    """Return SQL for the attempt in a run's name, as a number: as text, the tenth would come before the second."""
    return f"try_cast(regexp_extract({run_id}, '-([0-9]+)$', 1) as integer)"


def column_list(columns: dict[str, str]) -> str:
    """Format the columns for a ``create table`` statement."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


SCHEMA = f"""
create schema if not exists raw;
create schema if not exists ops;
create table if not exists raw.posting_versions ({column_list(IDENTITY | POSTING_COLUMNS)}, landed_run_id VARCHAR);
create table if not exists raw.sightings (run_id VARCHAR, posting_key UUID, content_hash UUID);
create table if not exists raw.crawl_runs (
    run_id VARCHAR, board VARCHAR, origin VARCHAR, as_of TIMESTAMP, {column_list(OUTCOME_COLUMNS)},
    versions MAP(VARCHAR, VARCHAR), trailing_median DOUBLE, qualifies BOOLEAN, qualifies_reason VARCHAR,
    attempt INTEGER);
create table if not exists raw.rejected_postings (
    run_id VARCHAR, board VARCHAR, company_slug VARCHAR, reason VARCHAR, payload JSON,
    posting_key UUID, object_hash VARCHAR);
create table if not exists raw.exchange_rates (rate_date DATE, currency VARCHAR, per_eur DOUBLE, source VARCHAR);
create table if not exists raw.attributions (board VARCHAR primary key, attribution VARCHAR, as_of TIMESTAMP);
create table if not exists ops.withdrawn_runs (run_id VARCHAR, reason VARCHAR, withdrawn_at TIMESTAMP);
create table if not exists ops.stage_runs (
    stage VARCHAR, as_of TIMESTAMP, started_at TIMESTAMP, finished_at TIMESTAMP, outcome VARCHAR, summary VARCHAR);
create table if not exists ops.builds (started_at TIMESTAMP, as_of TIMESTAMP, outcome VARCHAR);
create table if not exists ops.model_runs (
    started_at TIMESTAMP, as_of TIMESTAMP, node VARCHAR, kind VARCHAR, status VARCHAR, seconds DOUBLE, n_rows BIGINT,
    message VARCHAR);
create table if not exists ops.published_figures (
    vintage_id VARCHAR, as_of TIMESTAMP, published_at TIMESTAMP, figure VARCHAR, week_start DATE, n_postings INTEGER,
    n_companies INTEGER, value DOUBLE, value_low DOUBLE, value_high DOUBLE, status VARCHAR, coverage_ratio DOUBLE,
    previous_vintage_id VARCHAR, previous_week_start DATE, previous_value DOUBLE, change DOUBLE, new_data_effect DOUBLE,
    late_data_effect DOUBLE, taxonomy_effect DOUBLE, parser_effect DOUBLE, taxonomy_or_parser_effect DOUBLE,
    method_effect DOUBLE, extractor_version VARCHAR, taxonomy_version VARCHAR, method_version VARCHAR,
    data_version VARCHAR);
create table if not exists ops.published_figure_postings (
    vintage_id VARCHAR, figure VARCHAR, posting_key UUID, content_hash UUID, value DOUBLE);
"""
