"""The outcome of each model of a build is recorded and shown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest

from jobmarket import transform
from jobmarket.model_runs import last_build, note_models
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError
from jobmarket.status import show_status
from jobmarket.warehouse import connect

FIRST, SECOND = datetime(2026, 8, 24, 6, tzinfo=UTC), datetime(2026, 8, 25, 6, tzinfo=UTC)
SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]

# As dbt reports a model in Python, without its lines.
IN_PYTHON = (
    'Runtime Error in model facts Python model failed: Traceback (most recent call last): File "a.py", line 290, in '
    "run raise ValueError(x) ^^^^ _duckdb.IOException: IO Error: No space left"
)


def node(kind: str, name: str, status: str = "success", seconds: float = 1.0, message: str = "OK") -> dict[str, Any]:
    relation = f'"warehouse"."marts"."{name}"' if kind != "test" else None
    identity = f"{kind}.jobmarket.{name}"
    return {
        "id": identity,
        "kind": kind,
        "status": status,
        "seconds": seconds,
        "relation": relation,
        "message": message,
    }


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a dbt project that has no seeds, which a build would refuse."""
    monkeypatch.setattr(transform, "require_seeds", lambda project: None)
    return Settings(_env_file=None, dbt_project=tmp_path / "project")  # type: ignore[call-arg]  # no field, but an argument


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            "create schema marts; create table marts.fct_postings as from range(7); "
            "create view marts.who as from range(3); create table marts.old as from range(2); "
            "insert into raw.crawl_runs (run_id, board, company_slug, origin, as_of, status) values "
            "('ashby-1', 'ashby', 'acme', 'recorded', '2026-08-01', 'complete')"
        )
    return home


def test_models_are_recorded_with_rows_and_only_tests_that_did_not_pass(home: Home) -> None:
    results = [
        node("model", "fct_postings", seconds=2.5), node("model", "who"), node("test", "unique_key", "pass"),
        node("test", "share_is_a_share", "fail", message="Got 3 results, configured to fail if != 0"),
        node("model", "old", "skipped", 0.0),
    ]  # fmt: skip
    with connect(home, SETTINGS) as connection:
        note_models(connection, FIRST, FIRST, results)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        kept = connection.execute("select node, status, n_rows from ops.model_runs order by all").fetchall()
    assert kept == [
        ("fct_postings", "success", 7), ("old", "skipped", None), ("test.jobmarket.share_is_a_share", "fail", None),
        ("who", "success", None),
    ]  # fmt: skip
    assert last_build(home, SETTINGS) == [
        "test test.jobmarket.share_is_a_share: fail, 1.0 s: Got 3 results, configured to fail if != 0",
        "model old: skipped, 0.0 s: OK",
        "model fct_postings: success, 2.5 s, 7 rows",
        "model who: success, 1.0 s",
    ]


@pytest.mark.parametrize(("first", "second"), [(FIRST, SECOND), (SECOND, FIRST)], ids=["", "clock put back"])
def test_the_last_build_is_shown(
    home: Home, capsys: pytest.CaptureFixture[str], first: datetime, second: datetime
) -> None:
    with connect(home, SETTINGS) as connection:
        note_models(connection, first, first, [node("model", "old")])
        note_models(connection, second, second, [node("model", "fct_postings", seconds=4.25)])
    assert last_build(home, SETTINGS) == ["model fct_postings: success, 4.25 s, 7 rows"]
    show_status(home, SETTINGS)
    printed = capsys.readouterr().out.split("Slowest models of the last build")[1]
    assert "fct_postings" in printed
    assert "old" not in printed


def finished(*results: dict[str, Any], message: str | None = None, success: bool = True) -> dict[str, Any]:
    """Return the last event of dbt's process."""
    return {"success": success, "message": message, "results": list(results)}


def replace_dbt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: dict[str, Any] | None) -> None:
    """Put a process in place of dbt's that reports only the end."""
    events = tmp_path / "events"
    events.write_bytes(orjson.dumps({"event": "finished"} | end) if end else b"")
    dbt = tmp_path / "python"
    dbt.write_text(f"#!/bin/sh\ncat {events}\n", encoding="utf-8")
    dbt.chmod(0o755)
    monkeypatch.setattr(transform.sys, "executable", str(dbt))


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (finished(node("model", "fct_postings")), "passed"),
        (finished(node("model", "fct_postings"), node("test", "unique", "fail"), success=False), "failed"),
        (finished(node("model", "facts", "error", message=IN_PYTHON), success=False), "failed"),
        (finished(message="no such macro", success=False), "begun"),
        # what dbt had done when it was interrupted is not a build
        (finished(message="KeyboardInterrupt", success=False), "begun"),
        (finished(node("model", "fct_postings"), success=False), "begun"),
        (None, "begun"),  # it was killed
    ],
)
def test_a_build_is_recorded_with_its_moment_and_outcome(
    home: Home,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: dict[str, Any] | None,
    outcome: str,
) -> None:
    replace_dbt(tmp_path, monkeypatch, end)
    if outcome == "passed":
        transform.build(home, settings, FIRST)
    else:
        with pytest.raises(StageError) as refused:
            transform.build(home, settings, FIRST)
        assert "Traceback" not in str(refused.value)
        if end and any(result["message"] == IN_PYTHON for result in end["results"]):
            assert "Python model failed: _duckdb.IOException: IO Error: No space left (full log" in str(refused.value)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        noted = connection.execute("select as_of, outcome from ops.builds").fetchall()
    assert noted == [(FIRST.replace(tzinfo=None), outcome)]


OF_SQL = "Runtime Error in model facts (models/marts/facts.sql) "
OF_PYTHON = (
    "Runtime Error in model facts (models/marts/facts.py) Python model failed: Traceback (most recent call last): "
    'File "a.py", line 2, in model return session.sql("select n") ^^^^ _duckdb.'
)


@pytest.mark.parametrize(
    ("message", "lasts"),
    [
        (f'{OF_SQL}Binder Error: Referenced column "n" not found', True),
        (f"{OF_SQL}Catalog Error: Table with name old does not exist!", True),
        (f"{OF_PYTHON}BinderException: Binder Error: Referenced column", True),
        ("Compilation Error in model facts (models/marts/facts.sql) This model has an enforced contract", True),
        (f"{OF_SQL}IO Error: Could not set lock on file", False),
        (f"{OF_SQL}Out of Memory Error: failed to allocate. Parser Error: no", False),
        (f"{OF_SQL}TransactionContext Error: Catalog write-write conflict", False),
        (f"{OF_PYTHON}OutOfMemoryException: Out of Memory Error: failed to allocate", False),
    ],
)
def test_an_error_of_the_project_lasts_and_one_of_the_machine_may_not(
    home: Home, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str, *, lasts: bool
) -> None:
    for end in (
        finished(node("model", "old", "error", message="IO Error"), node("model", "facts", "error", message=message)),
        finished(message=message, success=False),
    ):
        replace_dbt(tmp_path, monkeypatch, end)
        with pytest.raises(StageError) as refused:
            transform.build(home, settings, FIRST)
        assert isinstance(refused.value, PermanentError) == lasts


def test_dbt_builds_as_many_models_at_once_as_the_settings_say(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dbt = tmp_path / "python"
    dbt.write_text(f"#!/bin/sh\necho $JOBMARKET_DBT_THREADS > {tmp_path}/threads\n", encoding="utf-8")
    dbt.chmod(0o755)
    monkeypatch.setattr(transform.sys, "executable", str(dbt))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("JOBMARKET_DBT_THREADS=3\n", encoding="utf-8")
    with pytest.raises(StageError, match="dbt ended early"):
        transform.build(home, Settings(), FIRST)
    assert (tmp_path / "threads").read_text(encoding="utf-8") == "3\n"


def test_a_malformed_seed_is_reported_before_dbt_starts(home: Home, tmp_path: Path) -> None:
    seeds = tmp_path / "project" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "skills.csv").write_text("skill_id,name\npython,Python,language\n", encoding="utf-8")
    settings = Settings(_env_file=None, dbt_project=seeds.parent)  # type: ignore[call-arg]
    with pytest.raises(StageError, match=r"Not built: skills\.csv, line 2: 3 fields, but the first line has 2"):
        transform.build(home, settings, FIRST)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from ops.builds").fetchone() == (0,)
