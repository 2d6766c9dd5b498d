"""Complete runs of the command line, each made once for all tests of this folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project.dbt_runs import WITHOUT_DATA_TESTS, parsed_for_builds
from tests.made_once import made_once


@dataclass(frozen=True)
class FinishedRun:
    """A home directory after ``jobmarket run``, with the command's exit code and output."""

    home: Path
    exit_code: int
    output: str

    def raw(self, query: str) -> list[tuple[object, ...]]:
        """Query the private warehouse."""
        with duckdb.connect(str(self.home / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def published(self, query: str) -> list[tuple[object, ...]]:
        """Query the published database."""
        with self.reading() as ask:
            return ask(query)

    @contextmanager
    def reading(self) -> Iterator[Callable[[str], list[tuple[object, ...]]]]:
        """Open the published database for many queries: to open it takes as long as most of them."""
        with duckdb.connect(str(self.home / "published" / "jobmarket.duckdb"), read_only=True) as connection:
            yield lambda query: connection.execute(query).fetchall()


def run_pipeline(home: Path, *arguments: str, command: str = "run", is_tested: bool = True) -> FinishedRun:
    """Run the command line in a separate process, as a user does.

    Without dbt's data tests, if not ``is_tested``. They are a third of a small build.
    """
    program = Path(sys.executable).parent / "jobmarket"
    done = subprocess.run(
        [str(program), command, "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
        env=os.environ | (parsed_for_builds() if command == "run" else {}) | ({} if is_tested else WITHOUT_DATA_TESTS),
    )
    return FinishedRun(home, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def real_run(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    """The pipeline on the real recorded boards."""
    home = tmp_path_factory.mktemp("real") / "home"
    return run_pipeline(home, "--boards", str(shared_dir / "boards"), "--as-of", "2026-08-20")


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> FinishedRun:
    """The pipeline on the sample world: 26 weeks, replayed as of their dates.

    It runs once for all workers, so tests may only read it.
    """

    def make(folder: Path) -> list[object]:
        run = run_pipeline(folder / "home", "--boards", "sample")
        return [run.exit_code, run.output]

    folder, outcome = made_once(tmp_path_factory, worker_id, "sample", make)
    return FinishedRun(folder / "home", *outcome)
