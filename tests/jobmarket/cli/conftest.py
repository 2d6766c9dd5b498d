"""Stages that only record that they ran."""

from __future__ import annotations

import pytest

from jobmarket.cli import running
from jobmarket.pipeline import Job
from jobmarket.stages import StageResult


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the stages by ones that only record their name; other tests cover what a stage does."""
    ran: list[str] = []

    def run_stage(job: Job, stage: str) -> StageResult:
        ran.append(stage)
        return StageResult(stage, f"{stage} is done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    return ran
