"""Run dbt in this process, with the variables that a test chooses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from jobmarket.dbt_process import fire_only_what_is_read
from jobmarket.settings import Home, Settings
from tests.parsed_once import parsed_once

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(threads=1, memory_limit="2GiB", _env_file=None)  # type: ignore[call-arg]
# The product's defaults, whatever tests/conftest.py sets.
DEFAULTS = Settings(threads=Settings.model_fields["threads"].default, _env_file=None)  # type: ignore[call-arg]

_fire_only_what_is_read = cache(fire_only_what_is_read)  # it changes dbt's one event manager, so once is enough

# Environment variables by which dbt, in a process that the product starts, runs no data tests.
WITHOUT_DATA_TESTS = {"DBT_RESOURCE_TYPES": "model seed"}


@contextmanager
def _closed_afterwards() -> Iterator[None]:
    """Close the warehouse after dbt, whose adapter keeps it open; the tests open it with other settings."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    try:
        yield
    finally:
        DuckDBConnectionManager.close_all_connections()


class Node(NamedTuple):
    """Kind and status of a seed, model, data test or unit test, as reported by dbt."""

    kind: str
    status: str


def _invoke(settings: Settings, root: Path, *arguments: str, **extra_environment: str) -> Any:
    """Run dbt in this process as the product starts it, in the folder of a home; return dbt's result."""
    from dbt.cli.main import dbtRunner

    _fire_only_what_is_read()
    folder = str(ROOT / "dbt_project")
    variables = {
        "JOBMARKET_HOME": ".",
        "JOBMARKET_THREADS": str(settings.threads),
        "JOBMARKET_MEMORY_LIMIT": settings.memory_limit,
    }
    with pytest.MonkeyPatch.context() as environment, _closed_afterwards():
        environment.chdir(root)
        for name, value in (variables | extra_environment).items():
            environment.setenv(name, value)
        # A run needs no artefacts or logs, which take long to write: only the test of the documentation reads
        # artefacts, those of a build too, and a failed node's message is in the result.
        artefacts = "--write-json" if arguments[0] in ("build", "docs") else "--no-write-json"
        outcome = dbtRunner().invoke(
            ["--quiet", "--no-print", "--log-level", "none", "--log-level-file", "none", artefacts, *arguments]
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
    """Return the environment variables of builds in separate processes: the parsed project and the default threads."""
    return _parsed(DEFAULTS) | {"JOBMARKET_THREADS": str(DEFAULTS.threads)}


def run_dbt(home: Home, command: str, *arguments: str, as_of: str = "", **variables: object) -> list[Node]:
    """Run a dbt command on a home and return its nodes; fail the test with dbt's messages if any node fails."""
    # the checkout's registry has real employers, and this world has its own
    variables = {"companies_csv": "companies.csv", **variables}
    settings, chosen = SETTINGS, ("--vars", orjson.dumps(variables).decode())
    if variables == {"companies_csv": None}:  # the product's default, for which the project is already parsed
        settings, chosen = DEFAULTS, ()
    extra_environment = {"JOBMARKET_AS_OF": as_of} | _parsed(settings, *chosen)
    outcome = _invoke(
        settings, home.root, command, *arguments, *chosen, "--target-path", str(home.dbt_target), **extra_environment
    )
    results = list(getattr(outcome, "results", []))
    failed = [f"{r.node.unique_id}: {r.message}" for r in results if r.status in ("error", "fail", "runtime error")]
    assert not failed, "\n".join(failed)
    return [Node(str(result.node.resource_type), str(result.status)) for result in results]
