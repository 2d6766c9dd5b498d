"""Postings from an archive are published as history and do not affect the figures from crawls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Ask = Callable[[str], list[dict[str, Any]]]


def test_a_posting_that_no_crawl_saw_is_published_as_history(ask: Ask) -> None:
    (past,) = ask("select * from marts.fct_history_postings")
    assert (past["native_id"], past["month_start"], past["role_family"]) == ("past", date(2025, 2, 1), "ml_engineer")
    assert "python" in {name.lower() for name in past["skill_names"]}
    assert ask("select * from marts.fct_postings where native_id = 'past'") == []


def test_history_counts_as_no_coverage_and_closes_no_posting(ask: Ask) -> None:
    assert ask("select * from raw.crawl_runs where origin = 'backfill' and qualifies") == []
    assert ask("select * from staging.stg_crawl_runs where origin = 'backfill'") == []
    assert ask("select * from intermediate.int_weeks where week_start < date '2025-12-01'") == []
    (seen_by_both,) = ask("select * from marts.fct_postings where native_id = 'copy-of-opening'")
    assert seen_by_both["first_seen_at"].year == 2026


def test_history_months_below_the_floor_are_suppressed(ask: Ask) -> None:
    months = ask("select distinct status, share from marts.fct_history_skill_months")
    assert months == [{"status": "suppressed", "share": None}]
