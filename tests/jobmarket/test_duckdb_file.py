"""Connections keep to the settings. Transactions keep all or nothing, and report the first error."""

from __future__ import annotations

import duckdb
import pytest

from jobmarket.duckdb_file import opened, transaction


def test_a_connection_keeps_to_the_memory_and_threads_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBMARKET_MEMORY_LIMIT", "1GiB")
    monkeypatch.setenv("JOBMARKET_THREADS", "3")
    with opened(":memory:", read_only=False) as connection:
        limits = connection.execute("select current_setting('memory_limit'), current_setting('threads')").fetchone()
    assert limits == ("1.0 GiB", 3)


def test_a_transaction_keeps_all_or_nothing() -> None:
    def insert(n: int, *, ends: bool) -> None:
        with transaction(connection):
            connection.execute("insert into t values (?)", [n])
            if not ends:
                raise KeyboardInterrupt

    with duckdb.connect() as connection:
        connection.execute("create table t (n integer)")
        insert(1, ends=True)
        with pytest.raises(KeyboardInterrupt):
            insert(2, ends=False)
        insert(3, ends=True)
        assert connection.execute("from t").fetchall() == [(1,), (3,)]


def test_the_error_of_a_commit_is_not_replaced_by_that_of_the_rollback() -> None:
    def insert_in_two_sessions() -> None:
        with transaction(first):
            first.execute("insert into t values (1)")
            second.execute("insert into t values (1)")

    with duckdb.connect() as first, first.cursor() as second:
        first.execute("create table t (n integer primary key)")
        with pytest.raises(duckdb.Error, match="PRIMARY KEY"):
            insert_in_two_sessions()
