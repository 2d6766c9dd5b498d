"""Fixtures: a small invented world, built by dbt once for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.settings import Home
from tests.dbt_project import raw_world
from tests.dbt_project.dbt_runs import SETTINGS, Node, run_dbt
from tests.made_once import made_once

Rows = list[dict[str, Any]]


def _make(folder: Path) -> list[Node]:
    home = Home(folder / "home")
    raw_world.land(home)
    warehouse.load(home, SETTINGS)
    raw_world.write_registry(home.root / "companies.csv")
    with duckdb.connect(str(home.warehouse)) as connection:  # leftovers of models that were renamed
        connection.execute(
            "create schema marts; create schema intermediate; create table marts.rpt_renamed as select 1 as n;"
            "create view intermediate.int_renamed as select 1 as n;"
            "create table main.int_posting_facts__dbt_tmp20261129174506880231 as select 1 as n"
        )
    return run_dbt(home, "build")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Home, list[Node]]:
    """This worker's copy of the invented world, landed, loaded and built, and the nodes of the build."""
    folder, nodes = made_once(tmp_path_factory, worker_id, "dbt", _make)
    home = Home(tmp_path_factory.mktemp("dbt") / "home")
    shutil.copytree(folder / "home", home.root)
    return home, [Node(*node) for node in nodes]


@pytest.fixture(scope="session")
def loaded(_built: tuple[Home, list[Node]]) -> Home:
    """The home of the built world."""
    return _built[0]


@pytest.fixture(scope="session")
def first_build(_built: tuple[Home, list[Node]]) -> list[Node]:
    """The nodes of its first `dbt build`: seeds, models, data tests and unit tests."""
    return _built[1]


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """The same world, built from scratch as of the third week, with floors that it reaches; shared, so read-only."""
    built, _ = made_once(tmp_path_factory, worker_id, "dbt", _make)

    def make(folder: Path) -> None:
        home = Home(folder / "home")
        home.root.mkdir()
        for name in ("warehouse.duckdb", "companies.csv"):
            shutil.copy(built / "home" / name, home.root / name)
        with duckdb.connect(str(home.warehouse)) as connection:
            connection.execute("drop schema intermediate cascade; drop schema marts cascade")
        run_dbt(home, "run", as_of="2026-01-19T06:00:00Z", min_postings=4, min_companies=3)

    folder, _ = made_once(tmp_path_factory, worker_id, "dbt-earlier", make)
    return Home(folder / "home")


def _query(home: Home) -> Iterator[Callable[[str], Rows]]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:

        def ask(sql: str) -> Rows:
            result = connection.execute(sql)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield ask


@pytest.fixture
def ask(loaded: Home) -> Iterator[Callable[[str], Rows]]:
    """Query the built warehouse: rows as dictionaries."""
    yield from _query(loaded)


@pytest.fixture
def ask_earlier(earlier: Home) -> Iterator[Callable[[str], Rows]]:
    """Query the warehouse as of the third week."""
    yield from _query(earlier)
