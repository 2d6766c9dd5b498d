"""`jobmarket status` reports crawls, fits the terminal, and does not count loaded history as a crawl."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click
import pytest

from jobmarket.builds import begin_build, end_build
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.status import show_last_crawls, show_status
from jobmarket.warehouse import connect

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


def test_the_main_reason_is_in_words_or_the_crawls_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            """insert into raw.crawl_runs (board, as_of, reason, qualifies, qualifies_reason) values
            ('a', '2026-08-03', '3 rejected: no title', true, null),
            ('b', '2026-08-03', '403: the server refuses the request', false, 'incomplete'),
            ('c', '2026-08-03', null, false, 'incomplete'),
            ('d', '2026-08-03', null, false, 'few_postings')"""
        )
    show_last_crawls(home, SETTINGS)
    printed = capsys.readouterr().out
    reasons = [line.split("00:00:00")[-1].strip() for line in printed.splitlines()[3:]]
    assert reasons == [
        "–", "403: the server refuses the request", "part of the responses could not be read",
        "fewer than a quarter of the usual postings",
    ], printed  # fmt: skip


def test_loaded_history_is_not_a_last_crawl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            """insert into raw.crawl_runs
                (run_id, board, company_slug, origin, as_of, status, postings, qualifies) values
            ('hn-1', 'hn', 'hn', 'live', '2026-08-03', 'complete', 7, true),
            ('hn-2', 'hn', 'hn', 'backfill', '2026-09-01', 'complete', 500, null),
            ('jobtech-1', 'jobtech', 'se', 'backfill', '2026-09-01', 'complete', 900, null)"""
        )
    show_last_crawls(home, SETTINGS)
    printed = capsys.readouterr().out
    assert [line.split()[:5] for line in printed.splitlines()][3:] == [["hn", "1", "of", "1", "7"]], printed


@pytest.mark.parametrize("columns", [80, 100])
def test_the_status_fits_the_terminal_and_leaves_nothing_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.chdir(tmp_path)
    home = Home(Path("home"))
    reason = "an empty list, accepted from the third day on"
    line = f"Gate raw closed: raw.sightings: {'x' * 120}: see data_docs/index.html and docs/gates.md#raw-sightings"
    with connect(home, SETTINGS) as connection:
        connection.execute(
            "insert into raw.crawl_runs (run_id, board, company_slug, as_of, postings, qualifies, qualifies_reason) "
            "values ('a-1', 'smartrecruiters', 'acme', '2026-08-03', 1200000, false, 'empty_list')"
        )
        connection.execute(
            "create table ops.gates as select 'raw' as gate, timestamp '2026-08-03' as as_of, 57 as n_checks, "
            "2 as n_critical_failed, 31 as n_warnings, ? as line",
            [line],
        )
        connection.execute(
            "insert into ops.stage_runs values ('compact-warehouse', '2026-08-03 06:00:00', '2026-08-03 07:08:09', "
            "'2026-08-03 07:09:09', 'interrupted', ?)",
            [line],
        )
        connection.execute(
            "insert into ops.model_runs (node, kind, status, started_at, seconds, n_rows, message) "
            "values ('rpt_skill_demand_weekly_of_a_long_name', 'model', 'runtime error', '2026-08-03', 34.56, 99, ?)",
            [line[:100]],
        )
    capsys.readouterr()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    show_status(home, SETTINGS)
    printed = click.unstyle(capsys.readouterr().out)
    wide = [row for row in printed.splitlines() if len(row) > columns and str(home.root) not in row]
    assert wide == [], printed
    for word in (*reason.split(), "0", "of", "57", "31", "interrupted:", "compact-warehouse", "runtime", "34.56"):
        assert word in printed.split(), printed
    assert printed.count("x") >= 120 + 120 + 60

    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    show_status(home, SETTINGS)
    assert line in capsys.readouterr().out


def test_a_build_that_did_not_complete_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A killed one leaves no row among the stages."""
    home, started, moment = Home(tmp_path / "home"), datetime(2026, 8, 4, tzinfo=UTC), datetime(2026, 8, 3, tzinfo=UTC)
    outcomes: tuple[Literal["failed", "passed"] | None, ...] = (None, "failed", "passed")
    shown = {}
    for outcome in outcomes:
        with connect(home, SETTINGS) as connection:
            if outcome is None:
                begin_build(connection, started, moment)
            else:
                end_build(connection, started, outcome)
        show_status(home, SETTINGS)
        shown[outcome] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("The last build")]
    last = "The last build, as of 2026-08-03T00:00:00Z,"
    assert shown == {
        None: [f"{last} has not finished: if none is running, run `jobmarket build`"],
        "failed": [f"{last} failed: run `jobmarket build`"],
        "passed": [],
    }


def test_the_coverage_is_shown_although_the_warehouse_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    home.warehouse.write_bytes(b"cut off")
    with pytest.raises(StageError, match="cannot be opened"):
        show_status(home, SETTINGS)
    assert "Coverage" in capsys.readouterr().out


def test_the_crawls_are_shown_although_the_published_file_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            "insert into raw.crawl_runs (run_id, board, company_slug, origin, as_of, postings, qualifies) "
            "values ('ashby-1', 'ashby', 'acme', 'live', '2026-08-03', 7, true)"
        )
    vintage = home.published / "vintages" / "20260803T000000Z-1f0c93ab"
    vintage.mkdir(parents=True)
    (vintage / "jobmarket.duckdb").write_bytes(b"cut off")
    (home.published / "current").symlink_to(vintage)
    home.database.symlink_to("current/jobmarket.duckdb")
    show_status(home, SETTINGS)
    published, crawls = capsys.readouterr().out.split("Last crawl of each company")
    assert "cannot be opened" in published
    assert "ashby" in crawls
