"""Runs commands, with stages that end as a test wants."""

from __future__ import annotations

import signal

import pytest
from click.testing import CliRunner, Result

from jobmarket import cli
from jobmarket.cli import running
from jobmarket.pipeline import Job
from jobmarket.stages import StageResult

# As in a new process.
DEFAULT_HANDLERS = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
    signal.SIGHUP: signal.SIG_DFL,
}


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


def answer(monkeypatch: pytest.MonkeyPatch, stage_name: str, outcome: StageResult | BaseException) -> None:
    def run_stage(job: Job, stage: str) -> StageResult:
        if stage != stage_name:
            return StageResult(stage, "done")
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(running, "run_stage", run_stage)
