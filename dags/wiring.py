"""What the DAGs share: their assets, their defaults, and how a stage becomes a task.

The stages themselves live in ``jobmarket.pipeline``; nothing here computes anything.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowFailException
from alerts import forget, forget_run, tell_failure, tell_run

if TYPE_CHECKING:
    from jobmarket.settings import Home, Settings
    from jobmarket.stages import StageResult

LANDED = Asset("jobmarket_landed")
LOADED = Asset("jobmarket_loaded")
BUILT = Asset("jobmarket_built")
PUBLISHED = Asset("jobmarket_published")

# DuckDB allows one writing process a file: every task that opens the warehouse takes this pool's one slot.
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
    "on_failure_callback": tell_failure,
    "on_success_callback": forget,
}
TAGS = ["jobmarket"]
# What every DAG is given.
EVERY_DAG: dict[str, Any] = {
    "max_active_runs": 1,
    "default_args": DEFAULTS,
    "on_failure_callback": tell_run,
    "on_success_callback": forget_run,
    "tags": TAGS,
}


def run_stage(stage: str, as_of: str | None, **choices: Any) -> dict[str, Any]:
    """Run one stage; what it leaves for the next tasks: its summary, gaps and counts.

    Raises:
        AirflowFailException: when a gate is closed, or a setting is wrong: a retry would find the same.
    """
    from jobmarket import pipeline
    from jobmarket.stages import GateClosedError, Silence

    chosen = settings()
    moment = datetime.fromisoformat(as_of) if as_of else None
    job = pipeline.Job(home(), chosen, chosen.boards, moment, Silence(), **choices)
    try:
        result = pipeline.run_stage(job, stage)
    except GateClosedError as error:
        raise AirflowFailException(str(error)) from error
    return told(result)


def told(result: StageResult) -> dict[str, Any]:
    """Write how a stage ended into the task's log, and give what the next tasks may ask for."""
    log.info("%s: %s", result.stage, result.summary)
    for line in result.details:
        log.info("%s", line)
    for gap in result.gaps:
        log.warning("missing: %s", gap)
    return {"summary": result.summary, "gaps": list(result.gaps), "counts": result.counts}


def log_models() -> None:
    """Write how each model of the last build went into the task's log; what hinders that is no failure of the build."""
    import duckdb

    from jobmarket.model_runs import last_build
    from jobmarket.stages import StageError

    try:
        for line in last_build(home(), settings()):
            log.info("%s", line)
    except (StageError, duckdb.Error) as error:
        log.warning("how the models went: %s", error)


def settings() -> Settings:
    """What the installation set.

    Raises:
        AirflowFailException: names what is wrong, and what is allowed.
    """
    from pydantic import ValidationError

    from jobmarket.settings import Settings, wrong_settings

    try:
        return Settings()
    except ValidationError as error:
        raise AirflowFailException(wrong_settings(error)) from error


def home() -> Home:
    """The installation's folders."""
    from jobmarket.settings import Home

    return Home(settings().home)


def handed_on(asset: Asset) -> list[dict[str, Any]]:
    """What the asset events that started the run tell, earliest moment first; those of no moment are left out."""
    events = get_current_context()["triggering_asset_events"].get(asset) or []
    return sorted((event.extra for event in events if event.extra.get("as_of")), key=lambda extra: str(extra["as_of"]))


def limit_of(asset: Asset) -> str | None:
    """Up to which moment the run looks at what there is: handed on by its asset events, or its logical date.

    Null looks at everything: that is what history asks for, which is of no moment of its own.
    """
    from jobmarket.stages import as_of_text

    if handed := handed_on(asset):
        return str(handed[-1]["as_of"])
    logical_date = get_current_context().get("logical_date")
    return as_of_text(logical_date) if logical_date else None


def moment_of(asset: Asset) -> str:
    """The moment that the run stands for: of the newest crawl that is loaded, up to the run's limit.

    Airflow gives all events that came while a run was active to the next one: the moments before the newest are passed
    over, which the log says (docs/runbook.md, build_marts, tells how to make up for them).
    """
    from jobmarket.stages import as_of_text
    from jobmarket.warehouse import newest_crawl

    if passed_over := [str(extra["as_of"]) for extra in handed_on(asset)[:-1]]:
        log.warning("passed over, as a newer moment came with them: %s", ", ".join(passed_over))
    limit = limit_of(asset)
    until = datetime.fromisoformat(limit) if limit else None
    return as_of_text(newest_crawl(home(), settings(), until))


def interval_end() -> datetime:
    """The end of the run's data interval; of a run by hand without one, when it was asked for."""
    context = get_current_context()
    end: datetime = context.get("data_interval_end") or context["dag_run"].run_after
    return end


def due_day() -> date | None:
    """A day of the week that a Monday's run is for; null after a publication, and for boards of another time."""
    context = get_current_context()
    is_due = settings().boards == "live" and not context["triggering_asset_events"]
    return context["dag_run"].run_after.date() - timedelta(weeks=1) if is_due else None


def hand_on(asset: Asset, as_of: str | None, **more: Any) -> None:
    """Tell the DAGs that wait for the asset which moment it is of."""
    get_current_context()["outlet_events"][asset].extra = {"as_of": as_of, **more}
