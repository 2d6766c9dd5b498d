"""A board that fails makes its task fail on every try, and each try requests it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException

from jobmarket.landing import CompanyOutcome, RunRecord, read_run, run_id_for, sealed_runs
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import RunWriter
from jobmarket.schedule import crawls
from jobmarket.settings import Home
from jobmarket.stages import StageError

URL = "https://remotive.com/api/remote-jobs"
MOMENT = "2026-11-20T00:00:00Z"


@pytest.fixture
def boards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, bytes], None]:
    """Return a function that sets the answer of the only board in a folder; crawls read it into a home of the test."""
    folder = tmp_path / "boards"
    folder.mkdir()
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOBMARKET_BOARDS", str(folder))

    def answer(status: int, body: bytes) -> None:
        (folder / "jobs.json").write_bytes(body)
        row = f"{URL},GET,{status},application/json,jobs.json,2026-11-20\n"
        (folder / "manifest.csv").write_text(f"url,method,status,content_type,file,recorded_on\n{row}", "utf-8")

    return answer


def test_a_retry_requests_a_failed_board_again(
    boards: Callable[[int, bytes], None],
    dag_module: Callable[[str], ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    module = dag_module("collect_postings")
    crawl: Any = module.collect_postings().task_dict["crawl"].python_callable

    def try_number(number: int) -> dict[str, Any]:
        monkeypatch.setattr(
            module, "get_current_context", lambda: {"task_instance": SimpleNamespace(try_number=number, max_tries=6)}
        )
        landed: dict[str, Any] = crawl("remotive", MOMENT)
        return landed

    boards(503, b"")
    for number in (1, 2):
        with pytest.raises(StageError, match="remotive/all: failed, 503: service unavailable, 3 times"):
            try_number(number)
    boards(200, b'{"jobs": []}')
    assert try_number(3)["gaps"] == []
    ended = [outcome.status for run in sealed_runs(Home(tmp_path / "home")) for outcome in read_run(run).companies]
    assert ended == ["failed", "failed", "complete"]


def test_a_crawl_counts_the_companies_with_a_temporary_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, recordings: Path
) -> None:
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOBMARKET_BOARDS", str(recordings))
    # One answers 500, the others with permanent failures. Recordings never change, so the try counts as done.
    counts = crawls.crawl_system("ashby", "2026-11-15T00:00:00Z", 1, 6)["counts"]
    assert counts["failed"] > counts["may_pass"] == counts["runs"] == 1


def test_the_last_retry_of_a_run_that_keeps_its_moment_is_within_six_hours_of_it(
    dag_module: Callable[[str], ModuleType],
) -> None:
    task: Any = dag_module("collect_postings").collect_postings().task_dict["crawl"].partial_kwargs
    # Airflow draws each delay between one and two times the doubled one, up to the maximum.
    longest = (task["retry_delay"] * 2 ** (number + 1) for number in range(task["retries"]))
    waiting = sum((min(each, task["max_retry_delay"]) for each in longest), timedelta())
    assert timedelta(hours=1) < waiting < LIVE_WITHIN / 2 - timedelta(minutes=20), "a run may begin half of it late"


@pytest.mark.parametrize(
    ("boards", "tried", "runs", "may_pass", "is_crawled_again"),
    [
        ("live", 1, 1, 3, True),
        ("live", 2, 2, 3, True),
        ("live", 3, 3, 3, False),
        ("live", 6, 1, 3, True),  # the tries before met the lock of another crawl
        ("live", 7, 1, 3, False),
        ("live", 1, 1, 2, False),
        ("sample", 1, 1, 3, False),
    ],
)
def test_a_system_with_many_temporary_failures_is_retried_before_its_gap_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
    boards: str,
    tried: int,
    runs: int,
    may_pass: int,
    is_crawled_again: bool,
) -> None:
    monkeypatch.setenv("JOBMARKET_BOARDS", boards)
    landed = {"counts": {"companies": 20, "failed": 5, "runs": runs, "may_pass": may_pass}}
    monkeypatch.setattr(crawls, "run_stage", lambda *_, **__: landed)
    if is_crawled_again:
        with pytest.raises(AirflowException, match="3 of 20 companies failed for a temporary reason"):
            crawls.crawl_system("lever", "2026-11-15T00:00:00Z", tried, 6)
    else:
        assert crawls.crawl_system("lever", "2026-11-15T00:00:00Z", tried, 6) == landed


def test_a_cleared_run_of_a_past_day_keeps_what_it_landed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    monkeypatch.setenv("JOBMARKET_CONTACT", "crawler@example.org")
    as_of = datetime(2026, 11, 15, tzinfo=UTC)
    run_id = run_id_for("lever", as_of, 1)
    outcome = CompanyOutcome(company_slug="acme", status="complete", finished_at=as_of)
    RunWriter(Home(tmp_path), RunRecord(run_id=run_id, board="lever", origin="live", as_of=as_of)).seal([outcome])
    result = crawls.crawl_system("lever", "2026-11-15T00:00:00Z", 2, 6)
    assert result["summary"] == "nothing to crawl: lever was landed as of 2026-11-15T00:00:00Z"
