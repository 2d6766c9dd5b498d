"""The tables in which the gates store their results."""

from __future__ import annotations

import duckdb

_SCHEMA = """
create schema if not exists ops;
create table if not exists ops.gate_results (
    gate VARCHAR, batch_id VARCHAR, as_of TIMESTAMP, suite VARCHAR, table_name VARCHAR, expectation VARCHAR,
    column_name VARCHAR, severity VARCHAR, success BOOLEAN, observed VARCHAR, unexpected_count BIGINT,
    unexpected_sample VARCHAR, reason VARCHAR, checked_at TIMESTAMP);
create table if not exists ops.gates (
    gate VARCHAR, batch_id VARCHAR, as_of TIMESTAMP, outcome VARCHAR, n_checks INTEGER, n_critical_failed INTEGER,
    n_warnings INTEGER, line VARCHAR, checked_at TIMESTAMP, marts_checksum VARCHAR);
create table if not exists ops.gated_runs (run_id VARCHAR, batch_id VARCHAR);
"""


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of the gates that do not exist yet."""
    connection.execute(_SCHEMA)
