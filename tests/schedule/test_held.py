"""If another process has the warehouse open, the failure names it, is reported once, and the next run succeeds."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from jobmarket.schedule import alerts, tasks
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import connect

_HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("stage", ["load", "gate-raw", "build", "gate-marts", "publish"])
def test_a_locked_warehouse_is_reported_once_with_the_process_that_has_it_open(
    dag_module: Callable[[str], ModuleType], stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiring = dag_module("wiring")
    sent: list[str] = []
    monkeypatch.setattr(alerts, "notifier", lambda connection_id, title, line: lambda context: sent.append(line))
    for name, value in {"HOME": str(tmp_path), "BOARDS": "sample", "ALERTS": "desk"}.items():
        monkeypatch.setenv(f"JOBMARKET_{name}", value)
    Home(tmp_path).landing.mkdir()
    with connect(Home(tmp_path), Settings()):
        pass
    run = SimpleNamespace(run_id="asset_triggered__1", run_after=None)
    context = {"task_instance": SimpleNamespace(dag_id="dag", task_id=stage), "dag_run": run, "logical_date": None}
    holder = [sys.executable, "-c", _HOLD, str(tmp_path / "warehouse.duckdb")]
    with subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        begun = time.monotonic()
        for _ in range(wiring.DEFAULTS["retries"] + 1):  # as often as Airflow tries
            with pytest.raises(StageError, match=rf"locked by another process \(PID {process.pid}\b") as refused:
                tasks.run_stage(stage, "2026-08-17T06:00:00Z")
        assert time.monotonic() - begun < 60, "a stage must fail at once and not wait for the other process"
        for _ in range(2):  # the failure of this run and of the next one
            alerts.report_failure(context | {"exception": refused.value})
        process.communicate(b"")
    (line,) = sent
    assert f"PID {process.pid}" in line
    assert "Wait until it is done, or close that session" in line
    if stage == "load":
        assert tasks.run_stage("load", None)["summary"] == "nothing new in the landing", "the next run must succeed"
        alerts.forget(context)
        alerts.report_failure(context | {"exception": refused.value})
        assert len(sent) == 2, "after a success, a failure must be reported again"


def test_airflow_retries_a_limited_number_of_times(dag_module: Callable[[str], ModuleType]) -> None:
    defaults = dag_module("wiring").DEFAULTS
    assert 1 <= defaults["retries"] <= 3
    assert defaults["retry_delay"].total_seconds() >= 60
    assert defaults["execution_timeout"].total_seconds() <= 4 * 3600
