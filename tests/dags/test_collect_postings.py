"""A board that fails fails its task on every try, and is asked again by each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from jobmarket.landing import read_run, sealed_runs
from jobmarket.settings import Home
from jobmarket.stages import StageError

URL = "https://remotive.com/api/remote-jobs"
MOMENT = "2026-11-20T00:00:00Z"


@pytest.fixture
def boards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, bytes], None]:
    """Lets the one board of a folder answer so, and crawls the folder into a home of the test's own."""
    folder = tmp_path / "boards"
    folder.mkdir()
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOBMARKET_BOARDS", str(folder))

    def answer(status: int, body: bytes) -> None:
        (folder / "jobs.json").write_bytes(body)
        row = f"{URL},GET,{status},application/json,jobs.json,2026-11-20\n"
        (folder / "manifest.csv").write_text(f"url,method,status,content_type,file,recorded_on\n{row}", "utf-8")

    return answer


def test_a_retry_asks_a_board_again_that_failed(
    boards: Callable[[int, bytes], None],
    dag_module: Callable[[str], ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    module = dag_module("collect_postings")
    crawl: Any = module.collect_postings().task_dict["crawl"].python_callable

    def try_number(number: int) -> dict[str, Any]:
        monkeypatch.setattr(
            module, "get_current_context", lambda: {"task_instance": SimpleNamespace(try_number=number)}
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
