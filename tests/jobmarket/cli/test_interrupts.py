"""A signal ends a command in one line, with the usual clean-up."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobmarket import cli
from jobmarket.cli import running
from jobmarket.pipeline import Job
from jobmarket.stages import StageResult
from tests.jobmarket.cli.commands import DEFAULT_HANDLERS, answer, invoke


def while_creating_a_class() -> RuntimeError:
    error = RuntimeError("Error calling __set_name__ on 'cached_property' instance 'value'")
    error.__cause__ = KeyboardInterrupt()
    return error


@pytest.mark.parametrize("outcome", [KeyboardInterrupt(), RuntimeError("Query interrupted"), while_creating_a_class()])
def test_an_interrupt_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: BaseException
) -> None:
    answer(monkeypatch, "publish", outcome)
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 130
    assert result.output.splitlines()[-1].startswith("Interrupted in publish. Nothing is published yet. Run the same")
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "jobmarket.duckdb").touch()
    again = invoke("run", "--home", str(tmp_path))
    assert again.output.splitlines()[-1].startswith("Interrupted in publish. The published database is unchanged. Run")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
@pytest.mark.parametrize("command", ["status", "boards"])
def test_an_interrupt_of_a_command_without_stages_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, command: str, error: BaseException
) -> None:
    def interrupted(*_: object) -> None:
        raise error

    monkeypatch.setattr("jobmarket.status.show_status", interrupted)
    monkeypatch.setattr("jobmarket.status.show_last_crawls", interrupted)
    result = invoke(command)
    assert (result.exit_code, result.output.splitlines()[-1]) == (130, "Interrupted.")


@pytest.mark.usefixtures("default_signals")
@pytest.mark.parametrize("outside", [signal.SIG_DFL, signal.SIG_IGN])
def test_ctrl_c_is_raised_only_while_a_command_runs_unless_it_is_ignored(
    monkeypatch: pytest.MonkeyPatch, outside: signal.Handlers
) -> None:
    during = []
    monkeypatch.setattr("jobmarket.status.show_status", lambda *_: during.append(signal.getsignal(signal.SIGINT)))
    signal.signal(signal.SIGINT, outside)
    assert invoke("status").exit_code == 0
    assert during == [signal.default_int_handler if outside is signal.SIG_DFL else signal.SIG_IGN]
    assert signal.getsignal(signal.SIGINT) is outside


def test_other_errors_are_not_reported_as_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr("jobmarket.status.show_status", broken)
    with pytest.raises(RuntimeError, match="no such thing"):
        CliRunner().invoke(cli.main, ["status"], catch_exceptions=False)


def test_an_interrupt_after_the_publication_does_not_deny_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer(monkeypatch, "report", KeyboardInterrupt())
    last_line = invoke("run", "--home", str(tmp_path)).output.splitlines()[-1]
    assert last_line.startswith("Interrupted in report. The database is published.")


@pytest.mark.usefixtures("default_signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_every_signal_that_ends_a_stage_cleans_up_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    def run_stage(job: Job, stage: str) -> StageResult:
        try:
            os.kill(os.getpid(), number)
            time.sleep(20)
        finally:  # here a stage stops its process and removes half-written files
            (tmp_path / "cleaned").touch()
        return StageResult(stage, "done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    result = invoke("load", "--home", str(tmp_path))
    assert {each: signal.getsignal(each) for each in DEFAULT_HANDLERS} == DEFAULT_HANDLERS
    assert result.exit_code == code
    assert result.output.splitlines()[-1].startswith("Interrupted in load. Nothing is published yet")
    assert (tmp_path / "cleaned").exists()


@pytest.mark.usefixtures("default_signals")
def test_an_interrupt_that_a_library_swallows_ends_the_run_after_the_stage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = []

    def run_stage(job: Job, stage: str) -> StageResult:
        ran.append(stage)
        with suppress(KeyboardInterrupt):  # DuckDB does so while it imports pandas
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(20)
        return StageResult(stage, "done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    result = invoke("run", "--home", str(tmp_path))
    alone = invoke("load", "--home", str(tmp_path))
    assert result.exit_code == 130
    assert result.output.splitlines()[-1].startswith("Interrupted after crawl. Nothing is published yet. Run the same")
    assert alone.exit_code == 0  # it is done, and nothing follows
    assert ran == ["crawl", "load"]


@pytest.mark.usefixtures("default_signals")
def test_an_interrupted_judgement_of_a_file_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def judge(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(20)

    monkeypatch.setattr("jobmarket.duplicates.jsonl.judge", judge)
    (tmp_path / "in.jsonl").write_text('{"pair_id": 1, "a": {"native_id": "1"}, "b": {"native_id": "2"}}')
    result = invoke("pairs", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 143
    assert result.output.splitlines() == [f"Interrupted. {tmp_path / 'out.jsonl'} was not written."]
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
