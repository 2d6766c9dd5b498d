"""dbt on a small invented world, built once for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
import raw_world

from jobmarket import warehouse
from jobmarket.settings import Home, Settings
from jobmarket.transform import dbt_environment

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(threads=1, memory_limit="2GiB", _env_file=None)  # type: ignore[call-arg]

Rows = list[dict[str, Any]]


def run_dbt(home: Home, command: str, *arguments: str, **variables: object) -> list[Any]:
    """Run a dbt command on a home; its results, or a failed test that says what failed."""
    from dbt.cli.main import dbtRunner

    folder = str(ROOT / "dbt_project")
    # the registry of the checkout names real employers; this world has none
    chosen = {"companies_csv": str(home.root / "companies.csv"), **variables}
    with dbt_environment(home, SETTINGS):
        outcome = dbtRunner().invoke(
            ["--quiet", "--no-print", "--log-path", str(home.logs), command, *arguments]
            + ["--project-dir", folder, "--profiles-dir", folder, "--target-path", str(home.dbt_target)]
            + ["--vars", orjson.dumps(chosen).decode()]
        )
    assert outcome.exception is None, outcome.exception
    results = list(getattr(outcome.result, "results", []))
    failed = [f"{r.node.unique_id}: {r.message}" for r in results if r.status in ("error", "fail", "runtime error")]
    assert not failed, "\n".join(failed)
    return results


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
