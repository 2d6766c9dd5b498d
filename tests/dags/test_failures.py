"""A failure that trying again does not help against fails its task at once; any other is retried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from jobmarket.schedule import tasks
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, PermanentError, StageError, SupersededError
from jobmarket.warehouse import connect

MOMENT = "2026-11-20T00:00:00Z"


@pytest.fixture
def run_stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Return what runs a stage as a task does, in a home of the test with boards of its own."""
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    (tmp_path / "boards").mkdir()
    monkeypatch.setenv("JOBMARKET_BOARDS", str(tmp_path / "boards"))
    return tasks.run_stage


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (StageError("locked by another process"), StageError),
        (OSError("disk full"), OSError),
        (PermanentError("no such board"), AirflowFailException),
        (GateClosedError("Gate raw closed"), AirflowFailException),
        (SupersededError("the marts stand for tomorrow"), AirflowSkipException),
    ],
)
def test_only_a_permanent_error_ends_a_task_at_once(
    run_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, error: Exception, raised: type[Exception]
) -> None:
    def fail(job: object, stage: str) -> None:
        raise error

    monkeypatch.setattr("jobmarket.pipeline.run_stage", fail)
    with pytest.raises(raised, match=str(error)):
        run_stage("load", None)


def test_a_crawl_of_the_future_or_without_a_contact_fails_at_once(
    run_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    with pytest.raises(AirflowFailException, match="JOBMARKET_CONTACT"):
        run_stage("crawl", MOMENT)
    monkeypatch.setenv("JOBMARKET_CONTACT", "crawler@example.org")
    with pytest.raises(AirflowFailException, match="a future day cannot be crawled"):
        run_stage("crawl", "2099-01-01T00:00:00Z")


def test_a_file_of_settings_that_is_not_utf8_fails_at_once(
    run_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"\xff\xfebad")
    with pytest.raises(AirflowFailException, match=r"\.env, line 1, is not UTF-8: save the file as UTF-8"):
        run_stage("load", None)


def test_what_the_crawl_process_refuses_fails_at_once(run_stage: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "boards" / "manifest.csv").write_text("url,status\n", encoding="utf-8")
    with pytest.raises(AirflowFailException, match="has no column"):
        run_stage("crawl", MOMENT)


def test_a_damaged_warehouse_fails_at_once(run_stage: Callable[..., Any], tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with connect(home, Settings()):
        pass
    home.landing.mkdir()
    home.warehouse.write_bytes(b"not a database")
    with pytest.raises(AirflowFailException, match="cannot be opened"):
        run_stage("load", None)
