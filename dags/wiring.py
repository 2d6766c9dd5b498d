"""Shared parts of the DAGs: their assets, their defaults, and how a stage runs as a task.

The stages themselves are in ``jobmarket.pipeline``. Nothing here computes anything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowFailException
from alerts import forget, forget_run, report_failure, report_run

if TYPE_CHECKING:
    from jobmarket.settings import Home, Settings
    from jobmarket.stages import StageResult

LANDED = Asset("jobmarket_landed")
LOADED = Asset("jobmarket_loaded")
BUILT = Asset("jobmarket_built")
PUBLISHED = Asset("jobmarket_published")

# DuckDB allows one writing process per file: every task that opens the warehouse takes this pool's only slot.
WRITER_POOL = "warehouse_writer"
CRAWL_POOL = "crawl"

log = logging.getLogger("jobmarket.dags")


DEFAULTS: dict[str, Any] = {
    "owner": "jobmarket",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=2),
    "on_failure_callback": report_failure,
    "on_success_callback": forget,
}
TAGS = ["jobmarket"]
# Arguments of every DAG.
EVERY_DAG: dict[str, Any] = {
    "max_active_runs": 1,
    "default_args": DEFAULTS,
    "on_failure_callback": report_run,
    "on_success_callback": forget_run,
    "tags": TAGS,
}


@contextmanager
def failing_at_once() -> Iterator[None]:
    """Let a task fail without retries if trying again does not help: at a closed gate, an invalid setting or argument.

    Raises:
        AirflowFailException: For a PermanentError.
    """
    from jobmarket.stages import PermanentError

    try:
        yield
    except PermanentError as error:
        raise AirflowFailException(str(error)) from error


@failing_at_once()
def run_stage(stage: str, as_of: str | None, **choices: Any) -> dict[str, Any]:
    """Run one stage, and return its summary, gaps and counts for the next tasks."""
    from jobmarket import pipeline
    from jobmarket.stages import Silence

    chosen = settings()
    moment = datetime.fromisoformat(as_of) if as_of else None
    job = pipeline.Job(home(), chosen, chosen.boards, moment, Silence(), **choices)
    return log_result(pipeline.run_stage(job, stage))


def log_result(result: StageResult) -> dict[str, Any]:
    """Write a stage's outcome into the task's log, and return its summary, gaps and counts."""
    log.info("%s: %s", result.stage, result.summary)
    for line in result.details:
        log.info("%s", line)
    for gap in result.gaps:
        log.warning("missing: %s", gap)
    return {"summary": result.summary, "gaps": list(result.gaps), "counts": result.counts}


def log_models() -> None:
    """Write the outcome of each model of the last build into the task's log. If that fails, the build does not."""
    import duckdb

    from jobmarket.model_runs import last_build
    from jobmarket.stages import StageError

    try:
        for line in last_build(home(), settings()):
            log.info("%s", line)
    except (StageError, duckdb.Error) as error:
        log.warning("the models' outcomes could not be read: %s", error)


@failing_at_once()
def settings() -> Settings:
    """Return the installation's settings.

    Raises:
        AirflowFailException: If a setting is invalid. The message names it and the allowed values.
    """
    from pydantic import ValidationError

    from jobmarket.settings import Settings, wrong_settings
    from jobmarket.stages import PermanentError

    try:
        return Settings()
    except ValidationError as error:
        raise PermanentError(wrong_settings(error)) from error


def home() -> Home:
    """Return the installation's folders."""
    from jobmarket.settings import Home

    return Home(settings().home)


def handed_on(asset: Asset) -> list[dict[str, Any]]:
    """Return the extras of the asset events that started the run, earliest moment first, without those of no moment."""
    events = get_current_context()["triggering_asset_events"].get(asset) or []
    return sorted((event.extra for event in events if event.extra.get("as_of")), key=lambda extra: str(extra["as_of"]))


def limit_of(asset: Asset) -> str | None:
    """Return the moment up to which the run considers crawls: from its asset events, or its logical date.

    None means no limit, as for history, which has no moment.
    """
    from jobmarket.stages import as_of_text

    if handed := handed_on(asset):
        return str(handed[-1]["as_of"])
    logical_date = get_current_context().get("logical_date")
    return as_of_text(logical_date) if logical_date else None


@failing_at_once()
def moment_of(asset: Asset) -> str:
    """Return the moment of the run: that of the newest loaded crawl, up to the run's limit.

    Airflow passes all events that arrive during a run to the next one. All moments but the newest are passed over, and
    the log lists them (docs/runbook.md, weekly_report, says how to catch up).
    """
    from jobmarket.stages import as_of_text
    from jobmarket.warehouse import newest_crawl

    if passed_over := [str(extra["as_of"]) for extra in handed_on(asset)[:-1]]:
        log.warning("passed over, as a newer moment came with them: %s", ", ".join(passed_over))
    limit = limit_of(asset)
    until = datetime.fromisoformat(limit) if limit else None
    return as_of_text(newest_crawl(home(), settings(), until))


def interval_end() -> datetime:
    """Return the end of the run's data interval; for a manual run without one, the time it was triggered for."""
    context = get_current_context()
    end: datetime = context.get("data_interval_end") or context["dag_run"].run_after
    return end


def due_day() -> date | None:
    """Return a day in the week that a Monday's run is for; None after a publication, or without live boards."""
    context = get_current_context()
    is_due = settings().boards == "live" and not context["triggering_asset_events"]
    return context["dag_run"].run_after.date() - timedelta(weeks=1) if is_due else None


def hand_on(asset: Asset, as_of: str | None, **more: Any) -> None:
    """Pass the moment of an asset on to the DAGs that wait for it."""
    get_current_context()["outlet_events"][asset].extra = {"as_of": as_of, **more}
