"""dbt on a small invented world, built once for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.settings import Home
from tests.dbt_project import raw_world
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt

Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented world, landed and loaded."""
    home = Home(tmp_path_factory.mktemp("dbt") / "home")
    raw_world.land(home)
    warehouse.load(home, SETTINGS)
    raw_world.write_registry(home.root / "companies.csv")
    return home


@pytest.fixture(scope="session")
def first_build(loaded: Home) -> list[Any]:
    """Results of `dbt build` on the world: seeds, models, data tests and unit tests."""
    return run_dbt(loaded, "build")


@pytest.fixture(scope="session")
def earlier(loaded: Home, first_build: list[Any]) -> Home:
    """The same warehouse, built again as of the third week, with floors that the small world reaches."""
    assert first_build
    home = Home(loaded.root.with_name("earlier"))
    home.root.mkdir()
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(loaded.root / name, home.root / name)
    run_dbt(home, "run", as_of="2026-01-19T06:00:00Z", min_postings=4, min_companies=3)
    return home


def _query(home: Home) -> Iterator[Callable[[str], Rows]]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:

        def ask(sql: str) -> Rows:
            result = connection.execute(sql)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield ask


@pytest.fixture
def ask(loaded: Home, first_build: list[Any]) -> Iterator[Callable[[str], Rows]]:
    """Query the built warehouse: rows as dictionaries."""
    assert first_build
    yield from _query(loaded)


@pytest.fixture
def ask_earlier(earlier: Home) -> Iterator[Callable[[str], Rows]]:
    """Query the warehouse as of the third week."""
    yield from _query(earlier)
