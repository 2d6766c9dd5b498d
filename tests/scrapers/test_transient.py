"""Which companies another attempt retries, and which it leaves as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.landing import CompanyOutcome
from jobmarket.stages import StageError
from scrapers.transient import is_transient

FAILED_AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
EMPTY, DOWN, GONE = (200, "application/json", orjson.dumps({"jobs": []})), (503, "text/html", b""), (404, "", b"")


def ended(reason: str | None) -> CompanyOutcome:
    return CompanyOutcome(company_slug="acme", status="failed", reason=reason, finished_at=FAILED_AT)


@pytest.mark.parametrize(
    "reason",
    [
        "503: service unavailable, 3 times", "500: internal server error", "429: too many requests, 3 times",
        "no answer in time", "connection refused", "the connection failed",
        "2 rejected: no title (2); 502: bad gateway",
        "robots.txt is not available (503): no request is sent",
        "not requested: 5 connections to api.example in a row failed",
        "not requested: api.example failed in the last 3 crawls and again when tried once more",
    ],
)  # fmt: skip
def test_failures_that_may_pass_are_retried(reason: str) -> None:
    assert is_transient(ended(reason), FAILED_AT)


@pytest.mark.parametrize(
    "reason",
    [
        None, "404: no board of this name", "403: the server refuses the request", "401: the server requires a key",
        "robots.txt forbids it", "not JSON", "KeyError: 'jobs'", "the answer is larger than the limit",
        "the list shows 429 of the 503 postings that it states",
        "not requested: the run's budget of 350 minutes is spent",
    ],
)  # fmt: skip
def test_lasting_failures_are_not_retried(reason: str | None) -> None:
    assert not is_transient(ended(reason), FAILED_AT + timedelta(days=1))


def test_a_host_that_requested_a_pause_is_retried_after_it() -> None:
    busy = ended("429: asked to wait 3600 s")
    assert not is_transient(busy, FAILED_AT + timedelta(minutes=59))
    assert is_transient(busy, FAILED_AT + timedelta(minutes=60))


def test_a_further_attempt_retries_only_transient_failures_and_fails_while_all_fail(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    home, both = tmp_path / "home", {ASHBY.format("down"): DOWN, ASHBY.format("gone"): GONE}
    for is_further_try in (False, True):
        with pytest.raises(StageError, match="No board gave a usable answer"):
            crawl_into(home, board_folder(both), retry_transient=is_further_try)
        with pytest.raises(StageError, match=r"No board gave a usable answer .*: ashby/down: failed, 503"):
            crawl_into(home, board_folder(both))  # nothing is left to crawl
    mended = both | {ASHBY.format("down"): EMPTY}
    third = crawl_into(home, board_folder(mended), retry_transient=True)
    companies = [[outcome.company_slug for outcome in record.companies] for record in third.records]
    assert companies == [["down", "gone"], ["down"], ["down"]]
    assert third.outcomes["ashby", "down"].status == "complete"
    nothing = crawl_into(home, board_folder(mended), retry_transient=True)
    assert len(nothing.records) == 3


def test_a_failed_attempt_beside_landed_runs_is_a_gap(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    boards = board_folder({ASHBY.format("down"): DOWN, ASHBY.format("good"): EMPTY})
    crawl_into(tmp_path / "home", boards)
    again = crawl_into(tmp_path / "home", boards, retry_transient=True)
    assert [[each.company_slug for each in record.companies] for record in again.records] == [
        ["down", "good"],
        ["down"],
    ]
    assert again.result.gaps == ("ashby/down: failed, 503: service unavailable, 3 times",)
