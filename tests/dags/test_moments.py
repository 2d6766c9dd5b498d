"""Each run is dated by its data interval or its asset events, not by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowFailException

from jobmarket.origin import LIVE_WITHIN
from jobmarket.schedule import moments, tasks
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageResult
from jobmarket.warehouse import connect
from scrapers.moments import default_as_of

Modules = Callable[[str], ModuleType]
LANDED, PUBLISHED = Asset("jobmarket_landed"), Asset("jobmarket_published")
MONDAY = datetime(2026, 8, 10, 4, tzinfo=UTC)


@pytest.fixture
def crawled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make a warehouse that has crawls of three Mondays and history of a later day."""
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    with connect(Home(tmp_path / "home"), Settings()) as connection:
        connection.executemany(
            "insert into raw.crawl_runs (run_id, origin, as_of) values (?, ?, ?)",
            [[f"r{day}", "live", datetime(2026, 8, day, 4)] for day in (3, 10, 17)]  # noqa: DTZ001 - as stored
            + [["h", "backfill", datetime(2026, 8, 20)]],  # noqa: DTZ001
        )


def give_context(monkeypatch: pytest.MonkeyPatch, **context: Any) -> None:
    context.setdefault("triggering_asset_events", {})
    monkeypatch.setattr(moments, "get_current_context", lambda: context)


def events(asset: object, *extras: dict[str, Any]) -> dict[object, list[Any]]:
    return {asset: [SimpleNamespace(extra=extra) for extra in extras]}


def test_a_run_takes_the_moment_of_its_events(
    crawled: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    given = events(LANDED, {"as_of": "2026-08-03T04:00:00Z"}, {"as_of": None}, {"as_of": "2026-08-10T04:00:00Z"})
    give_context(monkeypatch, triggering_asset_events=given, logical_date=None)
    assert moments.limit_of(LANDED) == moments.moment_of(LANDED) == "2026-08-10T04:00:00Z"
    assert [extra["as_of"] for extra in moments.handed_on(LANDED)] == [
        "2026-08-03T04:00:00Z", "2026-08-10T04:00:00Z",
    ]  # fmt: skip
    assert caplog.messages == ["passed over, as a newer moment came with them: 2026-08-03T04:00:00Z"]


def test_a_manual_run_takes_the_newest_crawl_up_to_its_logical_date(
    crawled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_context(monkeypatch, logical_date=datetime(2026, 8, 14, tzinfo=UTC))
    assert moments.limit_of(LANDED) == "2026-08-14T00:00:00Z"
    assert moments.moment_of(LANDED) == "2026-08-10T04:00:00Z"
    give_context(monkeypatch, logical_date=datetime(2026, 8, 1, tzinfo=UTC))
    with pytest.raises(AirflowFailException, match="contains no crawl up to 2026-08-01"):
        moments.moment_of(LANDED)


def test_after_history_the_newest_crawl_is_built_again(crawled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    given = events(LANDED, {"as_of": None})
    give_context(monkeypatch, triggering_asset_events=given, logical_date=None)
    assert moments.limit_of(LANDED) is None, "history of any time is loaded"
    assert moments.moment_of(LANDED) == "2026-08-17T04:00:00Z", "history is not a crawl"


@pytest.mark.parametrize(
    ("boards", "end", "expected"),
    [
        ("live", MONDAY, "2026-08-10T04:00:00Z"),
        ("live", MONDAY - timedelta(hours=3), "2026-08-10T01:00:00Z"),
        # too late for its retries to represent the moment, or days later: dated to the present
        ("live", MONDAY - timedelta(hours=4), "2026-08-10T04:00:00Z"),
        ("live", MONDAY - timedelta(hours=48), "2026-08-10T04:00:00Z"),
        ("sample", datetime(2026, 7, 1, 4, tzinfo=UTC), "2026-07-01T04:00:00Z"),
        ("sample", datetime(2027, 1, 1, tzinfo=UTC), "2026-08-17T06:00:00Z"),
        ("folder", MONDAY, "2026-11-15T00:00:00Z"),
    ],
)
def test_a_crawl_is_dated_to_the_end_of_its_interval(
    dag_module: Modules, recordings: Path, boards: str, end: datetime, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_BOARDS", str(recordings) if boards == "folder" else boards)
    collect = dag_module("collect_postings")
    monkeypatch.setattr(default_as_of, "__defaults__", (lambda: MONDAY, None, (), ()))  # its clock
    moment = collect.collect_postings().task_dict["moment"].python_callable
    give_context(monkeypatch, data_interval_end=end)
    assert moment() == expected
    run = SimpleNamespace(run_after=end)
    give_context(monkeypatch, data_interval_end=None, dag_run=run)
    assert moment() == expected, "a manual run without a logical date"


def test_a_monday_run_is_for_the_week_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimpleNamespace(run_after=datetime(2026, 8, 17, 6, tzinfo=UTC))
    give_context(monkeypatch, dag_run=run)
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    assert str(moments.due_day()) == "2026-08-10"
    monkeypatch.setenv("JOBMARKET_BOARDS", "sample")
    assert moments.due_day() is None
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    give_context(monkeypatch, dag_run=run, triggering_asset_events=events(PUBLISHED, {"as_of": "x"}))
    assert moments.due_day() is None, "a publication already says which week is over"


def test_a_stage_runs_as_of_the_moment_its_task_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Any] = []

    def run_stage(job: Any, stage: str) -> StageResult:
        jobs.append(job)
        return StageResult(stage, "done")

    monkeypatch.setattr("jobmarket.pipeline.run_stage", run_stage)
    tasks.run_stage("publish", "2026-08-10T04:00:00Z")
    assert [job.as_of for job in jobs] == [MONDAY]


def test_gate_marts_uses_the_moment_of_the_build_even_after_a_later_load(
    dag_module: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, stood_for = dag_module("build_marts"), []
    tasks = module.build_marts().task_dict
    assert tasks["gate"].upstream_task_ids == {"build"}
    monkeypatch.setattr(module, "moment_of", lambda _: "2026-08-10T04:00:00Z")
    monkeypatch.setattr(module, "log_models", lambda: None)
    monkeypatch.setattr(module, "hand_on", lambda *handed: stood_for.append(handed[1]))
    monkeypatch.setattr(module, "run_stage", lambda stage, as_of: stood_for.append(as_of) or {})
    built = tasks["build"].python_callable()
    monkeypatch.setattr(module, "moment_of", lambda _: "2026-08-17T04:00:00Z")
    tasks["gate"].python_callable(built)
    assert stood_for == ["2026-08-10T04:00:00Z"] * 3


def test_the_crawl_timeout_equals_how_long_live_boards_may_represent_a_moment(dag_module: Modules) -> None:
    dag = dag_module("collect_postings").collect_postings()
    assert dag.get_task("crawl").partial_kwargs["execution_timeout"] == LIVE_WITHIN
