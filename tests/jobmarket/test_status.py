"""`jobmarket status` reports crawls; loaded history is not a crawl."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobmarket.settings import Home, Settings
from jobmarket.status import show_last_crawls
from jobmarket.warehouse import connect

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


def test_loaded_history_is_not_a_last_crawl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute(
            """insert into raw.crawl_runs
                (run_id, board, company_slug, origin, as_of, status, postings, qualifies, qualifies_reason) values
            ('hn-1', 'hn', 'hn', 'live', '2026-08-03', 'complete', 7, true, 'complete'),
            ('hn-2', 'hn', 'hn', 'backfill', '2026-09-01', 'complete', 500, false, 'backfill'),
            ('jobtech-1', 'jobtech', 'se', 'backfill', '2026-09-01', 'complete', 900, false, 'backfill')"""
        )
    show_last_crawls(home, SETTINGS)
    printed = capsys.readouterr().out
    assert [line.split()[:5] for line in printed.splitlines()][3:] == [["hn", "1", "1", "7", "2026-08-03"]], printed
