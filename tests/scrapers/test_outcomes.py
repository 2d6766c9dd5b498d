from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from jobmarket.landing import CompanyOutcome, Origin
from jobmarket.posting import Posting
from jobmarket.run_writer import Finished
from scrapers.moments import Clock, utc_now
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun, Company

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)


def outcomes(origin: Origin = "recorded", clock: Clock = utc_now) -> Outcomes:
    companies = (Company(slug="a", name="A"), Company(slug="b"))
    run = BoardRun(board="x", run_id="x-1", origin=origin, as_of=AS_OF, home=Path("unused"), companies=companies)
    counted = Outcomes(run, clock)
    counted.opened("a")
    return counted


def test_gone_pages_of_an_earlier_process_count_too() -> None:
    counted = outcomes()
    before = {"status": "complete", "postings": 1, "own_pages_gone": 2}
    counted.ended_before([Finished(company_slug="b", **before), Finished(company_slug="c", status="complete")])
    counted.own_page_gone("a")
    assert counted.closed("a").status == "complete"
    a, b, c = counted.results()
    assert (a.status, b.status, c.status) == ("partial", "partial", "complete")
    words = "2 of 2 listed postings have no page of their own, and at 2 of 2 companies most have none"
    assert b.reason == f"{words}: has their address changed?"
    assert {type(each) for each in (a, b, c)} == {CompanyOutcome}, "nothing else is landed"


def test_gone_pages_close_at_few_employers_and_a_move_is_reported_once() -> None:
    counted = outcomes()
    there = [Finished(company_slug=slug, status="complete", own_pages_read=1) for slug in "cdef"]
    lagging = Finished(company_slug="b", status="complete", own_pages_gone=2)
    counted.ended_before([lagging, *there])
    counted.readable("a")
    for _ in range(3):
        counted.own_page_gone("a")
    counted.closed("a")
    a, b, *_ = counted.results()
    assert (a.status, a.reason) == ("partial", "3 of 3 listed postings have no page of their own")
    assert b.status == "complete"


def test_a_large_employer_whose_pages_are_there_does_not_outvote_many_small_ones() -> None:
    counted = outcomes()
    counted.ended_before([Finished(company_slug=s, status="complete", own_pages_gone=1) for s in "bcd"])
    for _ in range(99):
        counted.own_page_read("a")
    counted.own_page_gone("a")
    counted.closed("a")
    assert [each.status for each in counted.results()] == ["partial"] * 4


def ended(counted: Outcomes) -> CompanyOutcome:
    counted.closed("a")
    (outcome,) = counted.results()
    return outcome


def http_error(status: int) -> HttpError:
    return HttpError(Response("https://x.example", status=status))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError(), "the host name has no public address"),
        (DownloadConnectionRefusedError(), "connection refused"),
        (DownloadTimeoutError(), "no answer in time"),
        (ResponseDataLossError(), "the connection broke before the answer was complete"),
        (DownloadCancelledError(), "the answer is larger than the limit"),
        (DownloadFailedError(), "the connection failed"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots.txt forbids it"),
        (IgnoreRequest("not requested: x"), "not requested: x"),
        (OSError("disk"), "OSError: disk"),
        (http_error(404), "404: no board of this name"),
        (http_error(503), "503: service unavailable"),
        (http_error(599), "599: not a usable answer"),
    ],
)
def test_errors_become_plain_reasons(error: Exception, reason: str) -> None:
    counted = outcomes()
    counted.requested("a")
    counted.unanswered("a", error)
    assert (ended(counted).status, ended(counted).reason) == ("failed", reason)


def test_an_empty_board_is_complete() -> None:
    counted = outcomes()
    counted.readable("a")
    assert (ended(counted).status, ended(counted).postings, ended(counted).reason) == ("complete", 0, None)


def test_one_readable_answer_of_two_is_partial() -> None:
    counted = outcomes()
    counted.readable("a")
    counted.unanswered("a", http_error(404))
    assert (ended(counted).status, ended(counted).errors) == ("partial", 1)


def test_reasons_are_counted_and_not_repeated() -> None:
    counted = outcomes()
    for _ in range(2):
        counted.failed("a", "not JSON: HTML page")
    for reason in ("no id", "no title", "no title"):
        counted.rejected("a", reason)
    assert ended(counted).reason == "not JSON: HTML page; 3 rejected: no title (2), no id (1)"
    assert ended(counted).errors == 5


def test_missing_fields_are_counted_by_name() -> None:
    counted = outcomes()
    for language in (None, "en"):
        counted.posting(
            Posting(board="x", company_slug="a", native_id="1", title="t", language=language, payload={"id": "1"})
        )
    missing = ended(counted).missing
    assert (missing["language"], missing["url"], missing["base_salary"]) == (1, 2, 2)
    assert not {"board", "company_slug", "native_id", "title", "payload"} & set(missing)


def test_an_interrupted_company_has_no_outcome() -> None:
    counted = outcomes()
    counted.opened("b")
    assert [outcome.company_slug for outcome in (ended(counted),)] == ["a"]


def test_a_live_crawl_records_its_real_times_and_a_replay_its_moment() -> None:
    requested, answered = AS_OF + timedelta(hours=5), AS_OF + timedelta(hours=5, seconds=2)
    live, replayed = (ended(outcomes(origin, iter((requested, answered)).__next__)) for origin in ("live", "recorded"))
    assert (live.started_at, live.finished_at) == (requested, answered)
    assert (replayed.started_at, replayed.finished_at) == (AS_OF, AS_OF)
