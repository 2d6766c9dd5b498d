"""History is requested month by month, and can safely be requested again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException

from jobmarket import warehouse
from jobmarket.landing import read_run, sealed_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from scrapers.backfill import history_months
from scrapers.systems import spider_of

SINCE, UNTIL = datetime(2018, 1, 1, tzinfo=UTC), datetime(2019, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("board", ["hn", "jobtech"])
def test_the_months_together_cover_the_requested_span(board: str) -> None:
    def requests_of(since: datetime, until: datetime) -> list[tuple[datetime, str]]:
        return [(moment, request.url) for moment, request in spider_of(board).history(since, until)]

    spans = history_months(board, SINCE, UNTIL, UNTIL)
    assert len(spans) == 14
    assert [request for span in spans for request in requests_of(*span)] == requests_of(SINCE, UNTIL)
    assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]], "nothing between two months"


def test_a_span_without_history_is_refused() -> None:
    with pytest.raises(StageError, match="covers nothing between 2018-01-01 and 2018-01-05"):
        history_months("hn", SINCE, datetime(2018, 1, 5, tzinfo=UTC), UNTIL)
    with pytest.raises(StageError, match="ashby has no archive"):
        history_months("ashby", SINCE, UNTIL, UNTIL)


def test_a_month_is_landed_once_and_loaded_as_history(
    dag_module: Callable[[str], ModuleType], recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOBMARKET_BOARDS", str(recordings))
    module = dag_module("backfill_history")
    tasks: dict[str, Any] = module.backfill_history().task_dict
    params = {"source": "hn", "since": "2026-10-01", "until": None}
    run = SimpleNamespace(logical_date=datetime(2026, 11, 15, tzinfo=UTC), run_after=None)
    context = {"params": params, "dag_run": run}
    monkeypatch.setattr(module, "get_current_context", lambda: context)
    months = tasks["months"].python_callable()
    assert months == [["2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"]], "November is not over"
    params["until"] = "2026-12-01"
    with pytest.raises(AirflowFailException, match="The past ends on 2026-11-15, and 2026-12-01 is after that"):
        tasks["months"].python_callable()
    assert module.land_history("hn", *months[0])["counts"]["postings"] > 0
    home = Home(tmp_path / "home")
    (folder,) = sealed_runs(home)
    assert (read_run(folder).origin, read_run(folder).as_of) == ("backfill", datetime(2026, 11, 1, tzinfo=UTC))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    module.land_history("hn", *months[0])  # the task is cleared
    assert list(sealed_runs(home)) == [folder]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    first = warehouse.load(home, Settings())
    assert (first.counts["runs"], warehouse.load(home, Settings()).counts["runs"]) == (1, 0)


def test_months_are_requested_one_at_a_time_and_a_failed_one_blocks_none(
    dag_module: Callable[[str], ModuleType],
) -> None:
    from airflow.sdk import TriggerRule

    module = dag_module("backfill_history")
    tasks = module.backfill_history().task_dict
    assert tasks["land"].partial_kwargs["max_active_tis_per_dag"] == 1
    assert tasks["land"].partial_kwargs["pool"] == "crawl"
    assert tasks["landed"].trigger_rule == TriggerRule.ALL_DONE_MIN_ONE_SUCCESS
    assert [outlet.name for outlet in tasks["landed"].outlets] == ["jobmarket_landed"], "the same stages follow"
