"""Stages that only record that they ran, and signals as in a new process."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from jobmarket.cli import running
from jobmarket.pipeline import Job
from jobmarket.stages import StageResult
from tests.jobmarket.cli.commands import DEFAULT_HANDLERS


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the stages by ones that only record their name; other tests cover what a stage does."""
    ran: list[str] = []

    def run_stage(job: Job, stage: str) -> StageResult:
        ran.append(stage)
        return StageResult(stage, f"{stage} is done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    return ran


@pytest.fixture
def default_signals() -> Iterator[None]:
    """Handle signals as a new process does; the process that runs the tests may ignore them."""
    before = {each: signal.signal(each, handler) for each, handler in DEFAULT_HANDLERS.items()}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)
