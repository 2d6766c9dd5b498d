"""Maintenance runs its stages as of its interval, and cleans Airflow's database and logs."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from jobmarket.environment import metadata_connection
from jobmarket.schedule import cleaning, moments

SUNDAY = datetime(2026, 8, 16, 12, tzinfo=UTC)


def test_each_stage_runs_as_of_the_interval(
    dag_module: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = dag_module("maintenance")
    tasks = module.maintenance().task_dict
    stages_run: list[tuple[object, ...]] = []
    monkeypatch.setattr(moments, "get_current_context", lambda: {"data_interval_end": SUNDAY})
    monkeypatch.setattr(module, "run_stage", lambda stage, as_of: stages_run.append((stage, as_of)))
    monkeypatch.setattr(module, "clean_metadata", lambda before: stages_run.append(("metadata", before)))
    monkeypatch.setattr(module, "clean_logs", lambda before: stages_run.append(("logs", before)))
    for name in ("landing", "warehouse", "vintages", "metadata", "logs"):
        tasks[name].python_callable()
    assert stages_run == [
        ("archive-landing", "2026-08-16T12:00:00Z"), ("compact-warehouse", "2026-08-16T12:00:00Z"),
        ("prune-vintages", "2026-08-16T12:00:00Z"), ("metadata", datetime(2026, 5, 18, 12, tzinfo=UTC)),
        ("logs", datetime(2026, 5, 18, 12, tzinfo=UTC)),
    ]  # fmt: skip
    assert all(not task.upstream_task_ids for task in tasks.values()), "a failed stage does not block the others"


def test_the_database_that_the_connection_names_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []

    def run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        ran.append((command[1:], more["env"]["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]))
        return subprocess.CompletedProcess(command, len(ran) - 1, "cleaned", "no such table")

    monkeypatch.setattr(cleaning.subprocess, "run", run)
    monkeypatch.delenv("AIRFLOW_CONN_AIRFLOW_METADATA", raising=False)
    with pytest.raises(AirflowSkipException, match="no connection airflow_metadata"):
        cleaning.clean_metadata(SUNDAY)
    monkeypatch.setenv("AIRFLOW_CONN_AIRFLOW_METADATA", json.dumps({"conn_type": "generic"}))
    with pytest.raises(AirflowSkipException):
        cleaning.clean_metadata(SUNDAY)
    assert ran == []
    monkeypatch.setenv("AIRFLOW_CONN_AIRFLOW_METADATA", metadata_connection("sqlite:///metadata.db"))
    cleaning.clean_metadata(SUNDAY)
    ((command, address),) = ran
    assert command[:4] == ["-m", "airflow", "db", "clean"]
    assert command[command.index("--clean-before-timestamp") + 1] == "2026-08-16T12:00:00+00:00"
    assert address == "sqlite:///metadata.db"
    with pytest.raises(AirflowFailException, match="airflow db clean failed with exit code 1: no such table"):
        cleaning.clean_metadata(SUNDAY)


def test_old_logs_and_emptied_folders_are_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "airflow"
    monkeypatch.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(folder))
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    of_crawl = tmp_path / "home" / "logs" / "crawl-20260720T040000Z-lever.log"
    old = folder / "dag_id=build_marts" / "run_id=a" / "task_id=build" / "attempt=1.log"
    new = folder / "dag_id=build_marts" / "run_id=b" / "task_id=build" / "attempt=1.log"
    kept = folder / "passwords.json"
    for path in (old, new, kept, of_crawl):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
        os.utime(path, (SUNDAY.timestamp() - 1, SUNDAY.timestamp() - 1))
    os.utime(new, (SUNDAY.timestamp(), SUNDAY.timestamp()))
    assert cleaning.clean_logs(SUNDAY) == 2
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == [new, kept]
    assert not old.parents[1].exists()
    assert cleaning.clean_logs(SUNDAY) == 0
