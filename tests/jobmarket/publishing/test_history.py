"""What publication keeps of its headline figures for the next vintage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from jobmarket.publishing.history import keep_figures
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect

NOW = datetime(2026, 8, 20, 12)  # noqa: DTZ001  # as the warehouse keeps moments


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse whose marts tell of this vintage and of one before."""
    with connect(Home(tmp_path), Settings(_env_file=None)) as connection:
        connection.execute(
            """create schema marts; create schema intermediate;
            create table marts.rpt_vintages as from ops.published_figures;
            insert into marts.rpt_vintages by name
            select unnest(['this', 'old']) as vintage_id, timestamp '2026-08-20' as as_of, 'openings' as figure,
                unnest([90.0, 80.0]) as value, '1' as method_version;
            create table intermediate.int_headline_postings as
            select 'openings' as figure, uuid() as posting_key, uuid() as content_hash, 1.0::double as value,
                range < 90 as is_headline
            from range(100)"""
        )
        yield connection


def kept(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return warehouse.execute(
        """select vintage_id, value, published_at,
            (select count(*) from ops.published_figure_postings as postings
            where postings.vintage_id = figures.vintage_id)
        from ops.published_figures as figures order by vintage_id"""
    ).fetchall()


def test_this_vintages_figures_are_kept_once_under_its_id(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert keep_figures(warehouse, "v1", NOW, 8) == 1
    assert keep_figures(warehouse, "v1", NOW.replace(hour=13), 8) == 0
    assert kept(warehouse) == [("v1", 90.0, NOW, 90)]


def test_postings_are_kept_of_the_latest_vintages_figures_of_all(warehouse: duckdb.DuckDBPyConnection) -> None:
    for number in range(3):
        keep_figures(warehouse, f"v{number}", NOW.replace(minute=number), 2)
    assert [(row[0], row[3]) for row in kept(warehouse)] == [("v0", 0), ("v1", 90), ("v2", 90)]


def test_marts_without_headline_figures_leave_nothing_behind(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("drop table marts.rpt_vintages")
    assert keep_figures(warehouse, "v1", NOW, 8) == 0
    assert kept(warehouse) == []
