"""The build stage: dbt on the warehouse of a home."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import orjson
from duckdb import DuckDBPyConnection

from jobmarket.builds import begin_build, end_build
from jobmarket.counted import counted
from jobmarket.dbt_message import in_short
from jobmarket.model_runs import note_models
from jobmarket.seeds import require_registry, require_seeds
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Progress, Silence, StageError, StageResult, WrongUsageError, as_of_text
from jobmarket.warehouse import connect, nothing_crawled

_FAILED = {"error", "fail", "runtime error"}

# How dbt and DuckDB begin the message of an error in the project or in the data. Any other may be the machine's, such
# as a lack of memory or room, or a locked file.
_LASTING = re.compile(
    r"(?:Compilation|Parsing) Error\b|"
    r"Runtime Error in \w+ \S+ \(\S+\) (?:Python model failed: [\w.]+: )?"
    r"(?:Binder|Catalog|Constraint|Conversion|Out of Range|Parser) Error: "
)


def build(home: Home, settings: Settings, as_of: datetime, progress: Progress | None = None) -> StageResult:
    """Run ``dbt build`` (seeds, models and data tests) as of a moment.

    The outcome of each model is recorded in ``ops.model_runs``, also for a failed build. The moment of the marts is
    recorded in ``ops.builds``.

    Raises:
        StageError: If a seed or the registry is wrong, a node failed, or dbt broke off. The message names the line, or
            the first failed node and its error. Marts of such a build are never published. It is a PermanentError if
            the project or the data is wrong.
    """
    progress = progress or Silence()
    try:
        require_seeds(settings.dbt_project)
        require_registry(settings.dbt_project)
    except StageError as error:
        raise PermanentError(f"Not built: {error}") from error
    started = datetime.now(UTC)
    with connect(home, settings) as connection:  # fails now, with a clear message, if another process locks the file
        _require_crawls(connection, home, as_of)
        begin_build(connection, started, as_of)
    home.logs.mkdir(parents=True, exist_ok=True)
    project = str(settings.dbt_project.resolve())
    arguments = [
        "--quiet", "--no-print", "--log-path", str(home.logs), "--log-level-file", "info",
        # Unit tests check the models, not today's data; the project's test suite runs them.
        "build", "--exclude-resource-type", "unit_test",
        "--project-dir", project, "--profiles-dir", project,
        "--target-path", str(home.dbt_target),
    ]  # fmt: skip
    results, notes = _run(home, settings, as_of, arguments, progress)
    failed = _failed(results)
    with connect(home, settings) as connection:
        connection.begin()
        note_models(connection, started, as_of, results)
        end_build(connection, started, "failed" if failed else "passed")
        connection.commit()
    if failed:
        # A test fails again on the same data.
        is_test = any(result["status"] == "fail" for result in failed)
        kind = PermanentError if is_test else _kind(*(result["message"] for result in failed))
        raise kind(
            f"dbt: {len(failed)} of {len(results)} nodes failed, first {failed[0]['id']}: "
            f"{in_short(failed[0]['message'])} (full log: {home.logs / 'dbt.log'})"
        )
    counts = dict(sorted(Counter(result["kind"] for result in results if result["kind"] != "operation").items()))
    listed = ", ".join(counted(number, kind.replace("_", " ")) for kind, number in counts.items())
    return StageResult("build", listed, details=notes, counts=counts)


def _kind(*messages: str) -> type[StageError]:
    """Return the error to raise for dbt's messages: a permanent one if a retry would fail in the same way."""
    is_lasting = any(_LASTING.match(in_short(message)) for message in messages)
    return PermanentError if is_lasting else StageError


def _failed(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [result for result in results if result["status"] in _FAILED]


def _require_crawls(connection: DuckDBPyConnection, home: Home, as_of: datetime) -> None:
    """Refuse a moment without a crawl up to it: empty marts would replace the existing ones."""
    # Backfilled history does not count, because no weekly mart is made from it, unless there is nothing else.
    first = connection.execute(
        "select coalesce(min(as_of) filter (where origin is distinct from 'backfill'), min(as_of)) from raw.crawl_runs"
    ).fetchone()
    if first is None or first[0] is None:
        raise nothing_crawled(connection, home)
    if first[0].replace(tzinfo=UTC) > as_of:
        raise WrongUsageError(
            f"Nothing was crawled up to {as_of:%Y-%m-%d %H:%M} UTC: the first crawl is from {first[0]:%Y-%m-%d}."
        )


def _run(
    home: Home, settings: Settings, as_of: datetime, arguments: list[str], progress: Progress
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Run dbt in a separate process, pass on its progress, and return its results and the models' last notes.

    dbt keeps its parsed project in the home and parses again only what has changed, as long as its connection and its
    command-line variables stay the same. So it runs inside the home, and the moment is passed in the environment.
    """
    # Read by dbt_project/profiles.yml, the macro `as_of` and the Python models. Paths are absolute and every setting is
    # passed by name, because dbt's working directory is the home, and `.env` may be elsewhere.
    variables = {
        "JOBMARKET_HOME": ".",
        "JOBMARKET_BOARDS": settings.boards,
        "JOBMARKET_DBT_PROJECT": str(settings.dbt_project.resolve()),
        "JOBMARKET_AS_OF": as_of_text(as_of),
        "JOBMARKET_BUILD_IS_NOTED": "1",
        "JOBMARKET_THREADS": str(settings.threads),
        "JOBMARKET_DBT_THREADS": str(settings.dbt_threads),
        "JOBMARKET_MEMORY_LIMIT": settings.memory_limit,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        # Cells are estimated in parallel, so that further threads per matrix product would only compete.
        "OPENBLAS_NUM_THREADS": "1",
    }
    finished = 0
    notes: dict[str, str] = {}
    with (
        (home.logs / "dbt-console.log").open("wb") as console,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "jobmarket.dbt_process", *arguments],
            cwd=home.root,
            stdin=subprocess.PIPE,  # never written to: when it closes, the process knows that we are gone
            stdout=subprocess.PIPE,
            stderr=console,
            env=os.environ | variables,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 - for the type checker
        for line in process.stdout:
            event = orjson.loads(line)
            if event["event"] == "node":
                finished += 1
                progress.update("build", event["name"], finished)
            elif event["event"] == "note":
                notes[event["name"]] = event["text"]
                progress.update("build", event["text"], finished)
            elif event["message"] is not None:
                how = f"broke off after {counted(finished, 'node')}" if finished else "could not start"
                raise _kind(event["message"])(f"dbt {how}: {event['message']} (full log: {home.logs / 'dbt.log'})")
            else:
                results: list[dict[str, Any]] = event["results"]
                if not event["success"] and not _failed(results):
                    raise StageError(f"dbt failed without naming a node: see {home.logs / 'dbt.log'}")
                return results, tuple(notes.values())
    raise StageError(f"dbt ended early with exit code {process.returncode}: see {home.logs / 'dbt-console.log'}")
