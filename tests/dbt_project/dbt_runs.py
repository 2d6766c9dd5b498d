"""Runs dbt in this process, with the variables a test chooses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from jobmarket.settings import Home, Settings
from tests.parsed_once import parsed_once

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(threads=1, memory_limit="2GiB", _env_file=None)  # type: ignore[call-arg]


@contextmanager
def _closed_afterwards() -> Iterator[None]:
    """dbt's adapter keeps the warehouse open for the life of the process; the tests read it with their own settings."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    try:
        yield
    finally:
        DuckDBConnectionManager.close_all_connections()


class Node(NamedTuple):
    """What dbt says of a seed, model, data test or unit test."""

    kind: str
    status: str


def _invoke(settings: Settings, root: Path, *arguments: str, **surroundings: str) -> Any:
    """dbt in this process, in the folder of a home and with its settings, as the product starts it."""
    from dbt.cli.main import dbtRunner

    folder = str(ROOT / "dbt_project")
    variables = {
        "JOBMARKET_HOME": ".",
        "JOBMARKET_THREADS": str(settings.threads),
        "JOBMARKET_MEMORY_LIMIT": settings.memory_limit,
    }
    with pytest.MonkeyPatch.context() as environment, _closed_afterwards():
        environment.chdir(root)
        for name, value in (variables | surroundings).items():
            environment.setenv(name, value)
        outcome = dbtRunner().invoke(
            ["--quiet", "--no-print", "--log-path", str(root / "logs"), "--log-level-file", "info", *arguments]
            + ["--project-dir", folder, "--profiles-dir", folder]
        )
    assert outcome.exception is None, outcome.exception
    return outcome.result


def _parsed(settings: Settings, *variables: str) -> dict[str, str]:
    return parsed_once(
        (variables, settings),
        lambda folder: _invoke(settings, folder, "parse", "--warn-error", "--target-path", str(folder), *variables),
    )


def parsed_for_builds() -> dict[str, str]:
    """The environment in which the product's own builds, in processes of their own, find the project parsed."""
    return _parsed(Settings(_env_file=None))  # type: ignore[call-arg]


def run_dbt(home: Home, command: str, *arguments: str, as_of: str = "", **variables: object) -> list[Node]:
    """Run a dbt command on a home; its nodes, or a failed test that says what failed."""
    # the registry of the checkout names real employers; this world has none
    variables = {"companies_csv": "companies.csv", **variables}
    settings, chosen = SETTINGS, ("--vars", orjson.dumps(variables).decode())
    if variables == {"companies_csv": None}:  # as the product's own builds have it, for which the project is parsed
        settings, chosen = Settings(_env_file=None), ()  # type: ignore[call-arg]
    surroundings = {"JOBMARKET_AS_OF": as_of} | _parsed(settings, *chosen)
    outcome = _invoke(
        settings, home.root, command, *arguments, *chosen, "--target-path", str(home.dbt_target), **surroundings
    )
    results = list(getattr(outcome, "results", []))
    failed = [f"{r.node.unique_id}: {r.message}" for r in results if r.status in ("error", "fail", "runtime error")]
    assert not failed, "\n".join(failed)
    return [Node(str(result.node.resource_type), str(result.status)) for result in results]
