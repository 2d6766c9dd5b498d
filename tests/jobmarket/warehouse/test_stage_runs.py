"""Each stage is recorded with its moment and outcome."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from jobmarket import pipeline
from jobmarket.builds import begin_build
from jobmarket.pipeline import Job, run_stage
from jobmarket.settings import Home
from jobmarket.stages import Silence, StageError, StageResult
from jobmarket.warehouse import connect, load
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land, rows


def test_a_stage_is_recorded_with_its_moment_even_if_none_was_requested(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "publish", lambda _, as_of: StageResult("publish", f"as of {as_of:%F}"))
    run_stage(Job(home, SETTINGS, "sample", None, Silence()), "publish")
    noted = rows(home, "select as_of, summary from ops.stage_runs where stage = 'publish'")
    assert noted == [(DAY.replace(tzinfo=None), f"as of {DAY:%F}")]


def test_without_a_moment_the_marts_are_taken_as_of_the_last_build(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (0, 7):
        land(home, day, postings=1)
    load(home, SETTINGS)
    stages = ("gate-raw", "gate-marts", "publish")
    for stage in stages:
        monkeypatch.setitem(pipeline._OF_A_MOMENT, stage, lambda _, as_of: StageResult("", f"{as_of:%F}"))
    with connect(home, SETTINGS) as connection:
        begin_build(connection, datetime.now(UTC), DAY)
    results = {stage: run_stage(Job(home, SETTINGS, "sample", None, Silence()), stage) for stage in stages}
    newest = f"{DAY + timedelta(days=7):%F}"
    assert {stage: result.summary for stage, result in results.items()} == {
        "gate-raw": newest, "gate-marts": f"{DAY:%F}", "publish": f"{DAY:%F}",
    }  # fmt: skip
    (line,) = results["publish"].details
    assert line.startswith(f"as of the last build; for the crawls up to {newest}")
    assert results["gate-raw"].details == ()


def test_a_stage_that_cannot_be_recorded_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def locked(*_: object, **__: object) -> Iterator[None]:
        raise StageError("locked by another process")
        yield

    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "publish", lambda *_: StageResult("publish", "done", ("a detail",)))
    monkeypatch.setattr("jobmarket.warehouse.connect", locked)
    result = run_stage(Job(home, SETTINGS, "sample", DAY, Silence()), "publish")
    assert result.details == ("a detail", "not recorded in ops.stage_runs: locked by another process")


@pytest.mark.parametrize(
    ("error", "outcome", "summary"),
    [
        (KeyboardInterrupt(), "interrupted", "ended by Ctrl-C or a signal"),
        (RuntimeError("Query interrupted"), "interrupted", "ended by Ctrl-C or a signal"),
        (StageError("dbt: 1 node failed"), "failed", "dbt: 1 node failed"),
        (OSError(28, "No space left on device"), "failed", "[Errno 28] No space left on device"),
    ],
)
def test_a_stage_that_does_not_end_is_recorded_with_the_reason(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: BaseException, outcome: str, summary: str
) -> None:
    def fail(job: Job, as_of: datetime) -> StageResult:
        raise error

    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "build", fail)
    with pytest.raises(type(error)):
        run_stage(Job(home, SETTINGS, "sample", None, Silence()), "build")
    assert rows(home, "select outcome, summary from ops.stage_runs where stage = 'build'") == [(outcome, summary)]
