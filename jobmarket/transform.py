"""The build stage: dbt, in this process, on the warehouse of a home."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import orjson

from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult, as_of_text
from jobmarket.warehouse import connect

_FAILED = {"error", "fail", "runtime error"}


@contextmanager
def dbt_environment(home: Home, settings: Settings) -> Iterator[None]:
    """The variables that ``dbt_project/profiles.yml`` reads, set for the time of a dbt run."""
    ours = {
        "JOBMARKET_HOME": str(home.root),
        "JOBMARKET_THREADS": str(settings.threads),
        "JOBMARKET_MEMORY_LIMIT": settings.memory_limit,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def build(home: Home, settings: Settings, as_of: datetime, progress: Progress | None = None) -> StageResult:
    """Run ``dbt build``: seeds, models and tests, as of a moment.

    Raises:
        StageError: naming the first node that failed and its message; marts of a failed build are never
            published, because publishing only follows a build that passed.
    """
    from dbt.cli.main import dbtRunner  # imports for two seconds: only those pay who build

    progress = progress or Silence()
    with connect(home, settings):  # a clear message now, if somebody else holds the file
        pass
    finished = 0

    def on_event(event: Any) -> None:
        nonlocal finished
        if event.info.name == "NodeFinished":
            finished += 1
            progress.update("build", event.data.node_info.node_name, finished)

    arguments = [
        "--quiet", "--no-print", "--log-path", str(home.logs), "--log-level-file", "info",
        "build", "--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project),
        "--target-path", str(home.dbt_target), "--vars", orjson.dumps({"as_of": as_of_text(as_of)}).decode(),
    ]  # fmt: skip
    with dbt_environment(home, settings):
        outcome = dbtRunner(callbacks=[on_event]).invoke(arguments)
    if outcome.exception is not None:
        raise StageError(f"dbt could not start: {outcome.exception}")
    results = getattr(outcome.result, "results", [])
    failed = [result for result in results if result.status in _FAILED]
    if failed:
        first = failed[0]
        reason = " ".join(str(first.message or "").split())
        raise StageError(
            f"dbt: {len(failed)} of {len(results)} nodes failed, first {first.node.unique_id}: {reason} "
            f"(whole log: {home.logs / 'dbt.log'})"
        )
    kinds = [result.node.resource_type for result in results]
    counts = {str(kind): kinds.count(kind) for kind in sorted(set(kinds))}
    listed = ", ".join(f"{number} {kind.replace('_', ' ')}s" for kind, number in counts.items())
    return StageResult("build", listed, counts=counts)
