"""Each stage is recorded with its moment and outcome."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from jobmarket import pipeline
from jobmarket.pipeline import Job, run_stage
from jobmarket.settings import Home
from jobmarket.stages import Silence, StageError, StageResult
from jobmarket.warehouse import load
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
