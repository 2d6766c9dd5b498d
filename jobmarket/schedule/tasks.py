"""Runs a stage as a task: with the installation's settings, its outcome in the log, and retries where they help."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

if TYPE_CHECKING:
    from jobmarket.settings import Home, Settings
    from jobmarket.stages import StageResult

log = logging.getLogger("jobmarket.schedule")


@contextmanager
def failing_at_once() -> Iterator[None]:
    """Let a task fail without retries if trying again does not help: at a closed gate, an invalid setting or argument.

    A task whose moment was overtaken by a later one is skipped: a build may begin between a gate and its publication.

    Raises:
        AirflowSkipException: For a SupersededError.
        AirflowFailException: For any other PermanentError.
    """
    from jobmarket.stages import PermanentError, SupersededError

    try:
        yield
    except SupersededError as error:
        raise AirflowSkipException(str(error)) from error
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
        AirflowFailException: If a setting is invalid or ``.env`` cannot be read. The message says what is allowed.
    """
    from pydantic import ValidationError

    from jobmarket.settings import Settings, require_readable, wrong_settings
    from jobmarket.stages import PermanentError

    try:
        require_readable()
        return Settings()
    except ValidationError as error:
        raise PermanentError(wrong_settings(error)) from error
    except ValueError as error:
        raise PermanentError(str(error)) from error


def home() -> Home:
    """Return the installation's folders."""
    from jobmarket.settings import Home

    return Home(settings().home)
