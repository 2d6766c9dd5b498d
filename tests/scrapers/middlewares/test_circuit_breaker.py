"""A host that failed in three crawls gets one request per crawl for postings, until it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.settings import Home
from scrapers.host_health import HostHealth
from scrapers.transient import is_transient
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

HOST = "boards-api.greenhouse.io"
BOARDS = [f"https://{HOST}/v1/boards/{name}/jobs?content=true" for name in ("acme", "fern", "oak")]
EMPTY = Reply(200, orjson.dumps({"jobs": [], "meta": {"total": 0}}), {"Content-Type": "application/json"})
OPEN = f"not requested: {HOST} failed in the last 3 crawls and again when tried once more"


@pytest.fixture
def crawl(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    """Crawl three companies of one host on a day, all with the same answer, and return what was requested."""
    folder = board_folder(dict.fromkeys(BOARDS, (200, "application/json", b"{}")))

    def crawl_on(day: int, answer: Any, again: bool = False, **settings: int) -> tuple[list[str], Any]:
        served.answers |= dict.fromkeys(BOARDS, answer)
        crawled = drive(
            tmp_path / "home", folder, AS_OF + timedelta(days=day), address=served.address, retry_failed=again,
            settings={"CIRCUIT_BREAKER_AFTER": 3, "RETRY_TIMES": 1} | settings,
        )  # fmt: skip
        return served.take_requested(), crawled

    return crawl_on


# 404 and 403 for robots.txt allow everything, and neither says anything about the interface behind it. A live crawl has
# one request under way; with more, the others wait for the first one's answer.
@pytest.mark.parametrize(("robots", "at_once"), [(404, 1), (403, 1), (404, 8)])
def test_a_host_that_failed_in_three_crawls_gets_one_request_per_crawl_until_it_answers(
    robots: int, at_once: int, served: BoardServer, crawl: Callable[..., Any]
) -> None:
    served.answers[f"https://{HOST}/robots.txt"] = Reply(robots)
    crawl = partial(crawl, CONCURRENT_REQUESTS=at_once)
    for day in range(3):
        assert sorted(crawl(day, Reply(503))[0]) == sorted(BOARDS * 2), "each company and its retry"

    for attempt in range(2):
        requested, crawled = crawl(3, Reply(503), again=bool(attempt))
        assert len(requested) == 1, "one company, and no retry"
        reasons = sorted(outcome.reason for outcome in crawled.outcomes.values())
        assert reasons == ["503: service unavailable", OPEN, OPEN]
        assert all(is_transient(outcome, AS_OF + timedelta(days=9)) for outcome in crawled.outcomes.values())

    requested, crawled = crawl(4, EMPTY)
    assert sorted(requested) == BOARDS
    assert {outcome.status for outcome in crawled.outcomes.values()} == {"complete"}
    assert len(crawl(5, Reply(503))[0]) == 2 * len(BOARDS), "the count starts anew"


def test_attempts_as_of_one_moment_count_as_one_crawl(crawl: Callable[..., Any]) -> None:
    for attempt in range(5):
        requested, _ = crawl(0, Reply(503), again=bool(attempt))
        assert len(requested) == 2 * len(BOARDS)


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_is_no_usable_answer(crawl: Callable[..., Any], status: int) -> None:
    for day in range(3):
        assert set(crawl(day, Reply(status))[0]) == set(BOARDS)
    assert len(crawl(3, Reply(status))[0]) == 1


@pytest.mark.parametrize("status", [404, 200])
def test_a_host_that_answers_one_company_counts_as_up(
    status: int, served: BoardServer, crawl: Callable[..., Any]
) -> None:
    def one_is_down(handler: Any) -> Reply:
        return Reply(503) if "oak" in handler.path else Reply(status, EMPTY.body)

    for day in range(5):
        requested, _ = crawl(day, one_is_down)
        assert len(requested) == len(BOARDS) + 1


def test_a_crawl_without_circuit_breaker_keeps_no_record(crawl: Callable[..., Any], tmp_path: Path) -> None:
    crawl(0, Reply(503), CIRCUIT_BREAKER_AFTER=0)
    assert not list(Home(tmp_path / "home").crawl_state.glob("hosts-*"))


@pytest.mark.parametrize("record", ["{", "[]", '{"x": 3}', '{"x": null}'])
def test_an_unreadable_record_counts_as_empty(record: str, tmp_path: Path) -> None:
    path = Home(tmp_path).crawl_state / "hosts-ashby.json"
    path.parent.mkdir()
    path.write_text(record)
    assert HostHealth(Home(tmp_path), "ashby", AS_OF).failed_crawls("x") == 0
