"""Publication keeps its headline figures for comparison with the next vintage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from jobmarket.publishing import publish, stage
from jobmarket.publishing.history import keep_figures, read_figures
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import connect
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, describe, pass_gates

pytestmark = pytest.mark.usefixtures("few_questions")

NOW = datetime(2026, 8, 20, 12)  # noqa: DTZ001  # as the warehouse stores moments
# Figures of this vintage and of an earlier one.
MARTS = """
    create schema intermediate;
    create or replace table marts.rpt_vintages as from ops.published_figures;
    insert into marts.rpt_vintages by name
    select unnest(['this', 'old']) as vintage_id, timestamp '2026-08-20' as as_of, 'openings' as figure,
        unnest([90.0, 80.0]) as value, '1' as method_version;
    create table intermediate.int_headline_postings as
    select 'openings' as figure, uuid() as posting_key, uuid() as content_hash, 1.0::double as value,
        range < 90 as is_headline
    from range(100)
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a warehouse whose marts contain this vintage and an earlier one."""
    with connect(Home(tmp_path), Settings(_env_file=None)) as connection:
        connection.execute("create schema marts")
        connection.execute(MARTS)
        yield connection


def keep(warehouse: duckdb.DuckDBPyConnection, vintage_id: str, now: datetime, vintages_kept: int = 8) -> int:
    read = read_figures(warehouse, vintage_id)
    return keep_figures(warehouse, read, vintage_id, now, vintages_kept) if read else 0


def kept(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return warehouse.execute(
        """select vintage_id, value, published_at,
            (select count(*) from ops.published_figure_postings as postings
            where postings.vintage_id = figures.vintage_id)
        from ops.published_figures as figures order by vintage_id"""
    ).fetchall()


def test_the_figures_of_a_vintage_are_kept_once_under_its_id(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert keep(warehouse, "v1", NOW) == 1
    assert keep(warehouse, "v1", NOW.replace(hour=13)) == 0
    assert kept(warehouse) == [("v1", 90.0, NOW, 90)]


def test_figures_are_kept_for_all_vintages_and_postings_for_the_latest_ones(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for number in range(3):
        keep(warehouse, f"v{number}", NOW.replace(minute=number), 2)
    assert [(row[0], row[3]) for row in kept(warehouse)] == [("v0", 0), ("v1", 90), ("v2", 90)]


def test_nothing_is_kept_from_marts_without_headline_figures(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("drop table marts.rpt_vintages")
    assert keep(warehouse, "v1", NOW) == 0
    assert kept(warehouse) == []


def test_headline_postings_of_a_build_that_the_gate_did_not_check_are_refused(tmp_path: Path) -> None:
    home, settings = Home(tmp_path), Settings(_env_file=None)
    build_marts(home, weeks=1, postings=60)
    with connect(home, settings) as connection:
        connection.execute(MARTS)
        describe(connection)
        pass_gates(connection)
        connection.execute("delete from intermediate.int_headline_postings where is_headline")
    with pytest.raises(StageError, match="are not those that passed the gate"):
        publish(home, settings, AS_OF)


def test_a_build_right_after_a_publication_adds_nothing_to_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, settings = Home(tmp_path), Settings(_env_file=None)
    build_marts(home, weeks=1, postings=60)
    with connect(home, settings) as connection:
        connection.execute(MARTS)
        describe(connection)
        pass_gates(connection)
    keep_now = stage._keep_figures

    def keep_after_a_build(*given: object) -> tuple[str, ...]:
        with connect(home, settings) as connection:
            connection.execute(
                "update marts.rpt_vintages set value = 1; delete from intermediate.int_headline_postings"
            )
        return keep_now(*given)

    monkeypatch.setattr(stage, "_keep_figures", keep_after_a_build)
    vintage_id = publish(home, settings, AS_OF).counts["vintage_id"]
    with connect(home, settings) as connection:
        assert [row[:2] + row[3:] for row in kept(connection)] == [(vintage_id, 90.0, 90)]
