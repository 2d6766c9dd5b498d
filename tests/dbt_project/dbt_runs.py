"""Runs dbt in this process, with the variables a test chooses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

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


def run_dbt(home: Home, command: str, *arguments: str, as_of: str = "", **variables: object) -> list[Node]:
    """Run a dbt command on a home; its nodes, or a failed test that says what failed."""
    from dbt.cli.main import dbtRunner

    folder = str(ROOT / "dbt_project")
    # the registry of the checkout names real employers; this world has none
    chosen = orjson.dumps({"companies_csv": "companies.csv", **variables}).decode()
    surroundings = {
        "JOBMARKET_HOME": ".",
        "JOBMARKET_AS_OF": as_of,
        "JOBMARKET_THREADS": str(SETTINGS.threads),
        "JOBMARKET_MEMORY_LIMIT": SETTINGS.memory_limit,
    }
    with (
        pytest.MonkeyPatch.context() as environment,
        parsed_once(home.root, connected=(chosen, SETTINGS)) as parsed,
        _closed_afterwards(),
    ):
        environment.chdir(home.root)
        for name, value in (surroundings | parsed).items():
            environment.setenv(name, value)
        outcome = dbtRunner().invoke(
            ["--quiet", "--no-print", "--log-path", str(home.logs), "--log-level-file", "info", command, *arguments]
            + ["--project-dir", folder, "--profiles-dir", folder, "--target-path", str(home.dbt_target)]
            + ["--vars", chosen]
        )
    assert outcome.exception is None, outcome.exception
    results = list(getattr(outcome.result, "results", []))
    failed = [f"{r.node.unique_id}: {r.message}" for r in results if r.status in ("error", "fail", "runtime error")]
    assert not failed, "\n".join(failed)
    return [Node(str(result.node.resource_type), str(result.status)) for result in results]
