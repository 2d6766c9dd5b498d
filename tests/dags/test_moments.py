"""Each run is dated by its data interval or its asset events, not by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException

from jobmarket.settings import Home, Settings
from jobmarket.stages import StageResult
from jobmarket.warehouse import connect
from scrapers.moments import LIVE_WITHIN, default_as_of

Modules = Callable[[str], ModuleType]
MONDAY = datetime(2026, 8, 10, 4, tzinfo=UTC)


@pytest.fixture
def wiring(dag_module: Modules, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Return the wiring, with a warehouse that has crawls of three Mondays and history of a later day."""
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    with connect(Home(tmp_path / "home"), Settings()) as connection:
        connection.executemany(
            "insert into raw.crawl_runs (run_id, origin, as_of) values (?, ?, ?)",
            [[f"r{day}", "live", datetime(2026, 8, day, 4)] for day in (3, 10, 17)]  # noqa: DTZ001 - as stored
            + [["h", "backfill", datetime(2026, 8, 20)]],  # noqa: DTZ001
        )
    return dag_module("wiring")


def give_context(module: ModuleType, monkeypatch: pytest.MonkeyPatch, **context: Any) -> None:
    context.setdefault("triggering_asset_events", {})
    monkeypatch.setattr(module, "get_current_context", lambda: context)


def events(asset: object, *extras: dict[str, Any]) -> dict[object, list[Any]]:
    return {asset: [SimpleNamespace(extra=extra) for extra in extras]}


def test_a_run_takes_the_moment_of_its_events(
    wiring: ModuleType, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    given = events(wiring.LANDED, {"as_of": "2026-08-03T04:00:00Z"}, {"as_of": None}, {"as_of": "2026-08-10T04:00:00Z"})
    give_context(wiring, monkeypatch, triggering_asset_events=given, logical_date=None)
    assert wiring.limit_of(wiring.LANDED) == wiring.moment_of(wiring.LANDED) == "2026-08-10T04:00:00Z"
    assert [extra["as_of"] for extra in wiring.handed_on(wiring.LANDED)] == [
        "2026-08-03T04:00:00Z", "2026-08-10T04:00:00Z",
    ]  # fmt: skip
    assert caplog.messages == ["passed over, as a newer moment came with them: 2026-08-03T04:00:00Z"]


def test_a_manual_run_takes_the_newest_crawl_up_to_its_logical_date(
    wiring: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_context(wiring, monkeypatch, logical_date=datetime(2026, 8, 14, tzinfo=UTC))
    assert wiring.limit_of(wiring.LANDED) == "2026-08-14T00:00:00Z"
    assert wiring.moment_of(wiring.LANDED) == "2026-08-10T04:00:00Z"
    give_context(wiring, monkeypatch, logical_date=datetime(2026, 8, 1, tzinfo=UTC))
    with pytest.raises(AirflowFailException, match="contains no crawl up to 2026-08-01"):
        wiring.moment_of(wiring.LANDED)


def test_after_history_the_newest_crawl_is_built_again(wiring: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    given = events(wiring.LANDED, {"as_of": None})
    give_context(wiring, monkeypatch, triggering_asset_events=given, logical_date=None)
    assert wiring.limit_of(wiring.LANDED) is None, "history of any time is loaded"
    assert wiring.moment_of(wiring.LANDED) == "2026-08-17T04:00:00Z", "history is not a crawl"


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
    monkeypatch.setattr(default_as_of, "__defaults__", (lambda: MONDAY, None))  # its clock
    moment = collect.collect_postings().task_dict["moment"].python_callable
    give_context(dag_module("wiring"), monkeypatch, data_interval_end=end)
    assert moment() == expected
    run = SimpleNamespace(run_after=end)
    give_context(dag_module("wiring"), monkeypatch, data_interval_end=None, dag_run=run)
    assert moment() == expected, "a manual run without a logical date"


def test_a_monday_run_is_for_the_week_before_it(wiring: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimpleNamespace(run_after=datetime(2026, 8, 17, 6, tzinfo=UTC))
    give_context(wiring, monkeypatch, dag_run=run)
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    assert str(wiring.due_day()) == "2026-08-10"
    monkeypatch.setenv("JOBMARKET_BOARDS", "sample")
    assert wiring.due_day() is None
    monkeypatch.setenv("JOBMARKET_BOARDS", "live")
    give_context(wiring, monkeypatch, dag_run=run, triggering_asset_events=events(wiring.PUBLISHED, {"as_of": "x"}))
    assert wiring.due_day() is None, "a publication already says which week is over"


def test_a_stage_runs_as_of_the_moment_its_task_passes(wiring: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Any] = []

    def run_stage(job: Any, stage: str) -> StageResult:
        jobs.append(job)
        return StageResult(stage, "done")

    monkeypatch.setattr("jobmarket.pipeline.run_stage", run_stage)
    wiring.run_stage("publish", "2026-08-10T04:00:00Z")
    assert [job.as_of for job in jobs] == [MONDAY]


def test_gate_marts_uses_the_moment_of_the_build_even_after_a_later_load(
    dag_module: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, moments = dag_module("build_marts"), []
    tasks = module.build_marts().task_dict
    assert tasks["gate"].upstream_task_ids == {"build"}
    monkeypatch.setattr(module, "moment_of", lambda _: "2026-08-10T04:00:00Z")
    monkeypatch.setattr(module, "log_models", lambda: None)
    monkeypatch.setattr(module, "hand_on", lambda *handed: moments.append(handed[1]))
    monkeypatch.setattr(module, "run_stage", lambda stage, as_of: moments.append(as_of) or {})
    built = tasks["build"].python_callable()
    monkeypatch.setattr(module, "moment_of", lambda _: "2026-08-17T04:00:00Z")
    tasks["gate"].python_callable(built)
    assert moments == ["2026-08-10T04:00:00Z"] * 3


def test_the_crawl_timeout_equals_how_long_live_boards_may_represent_a_moment(dag_module: Modules) -> None:
    dag = dag_module("collect_postings").collect_postings()
    assert dag.get_task("crawl").partial_kwargs["execution_timeout"] == LIVE_WITHIN
