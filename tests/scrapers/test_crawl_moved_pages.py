"""Own pages that are gone although their postings are listed: closed one by one, or all moved to another address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.identity import posting_key
from jobmarket.landing import CompanyOutcome, read_run, sealed_runs
from jobmarket.settings import Home
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

LEDGER = "https://ledger.example/{}/jobs"
GONE, BROKEN = Reply(404), Reply(503)
PAGE = Reply(200, b'{"text": "as it was"}', {"Content-Type": "application/json"})


def json_reply(value: object, **headers: str) -> Reply:
    return Reply(200, orjson.dumps(value), {"Content-Type": "application/json"} | headers)


class Board:
    """Employers of one board system whose lists do not change, crawled day after day."""

    def __init__(self, served: BoardServer, crawl: Callable[..., Any], **employers: int) -> None:
        self._served, self._crawl = served, crawl
        self.pages = {slug: [f"{LEDGER.format(slug)}/{n}" for n in range(count)] for slug, count in employers.items()}
        for slug, pages in self.pages.items():
            jobs = [{"id": str(number), "title": "ML Engineer"} for number in range(len(pages))]
            served.answers[LEDGER.format(slug)] = json_reply({"jobs": jobs})
            self.answer(PAGE, *pages)

    def answer(self, answer: Reply, *pages: str) -> None:
        self._served.answers |= dict.fromkeys(pages, answer)

    def outcomes(self, day: int) -> dict[str, tuple[str, int]]:
        """Return each employer's outcome and the number of postings seen."""
        return {slug: (each.status, each.postings) for slug, each in self.crawled(day).items()}

    def crawled(self, day: int) -> dict[str, CompanyOutcome]:
        self._served.take_requested()
        record = self._crawl(day, *map(LEDGER.format, self.pages))
        return {each.company_slug: each for each in record.companies}

    def first_in_turn(self, slug: str) -> str:
        """Return the own page of an employer that is read again first: of equally old ones, by the posting's key."""
        return min(self.pages[slug], key=lambda page: posting_key("ledger", slug, page.rpartition("/")[2]))

    def requested(self) -> list[str]:
        """Return the own pages requested since the last call."""
        lists = set(map(LEDGER.format, self.pages))
        return [url for url in self._served.take_requested() if url not in lists]


@pytest.fixture
def crawl_day(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    """Crawl lists of the served board as of a day, and return the run's record."""

    def crawl(day: int, *urls: str, spiders: str | None = "invented") -> Any:
        folder = board_folder(dict.fromkeys(urls, (200, "application/json", b"")), "lists")
        choice = {"spiders": spiders} if spiders else {}
        return drive(
            tmp_path / "home", folder, AS_OF + timedelta(days=day), address=served.address, **choice
        ).records[-1]  # fmt: skip

    return crawl


def test_pages_that_moved_at_all_employers_of_a_board_close_nothing(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=2, birch=1, cedar=2, dogwood=1)
    assert set(board.outcomes(0).values()) == {("complete", 2), ("complete", 1)}

    # On the eighth day the pages have moved: too few are gone at each employer to show it, but together they do.
    board.answer(GONE, *sum(board.pages.values(), []))
    moved = board.crawled(7)
    assert {slug: (each.status, each.errors) for slug, each in moved.items()} == dict.fromkeys(
        board.pages, ("partial", 1)
    )
    of_all = "and at 4 of 4 companies most have none: has their address changed?"
    assert moved["birch"].reason == f"1 of 1 listed postings have no page of their own, {of_all}"
    assert moved["ash"].reason == f"2 of 2 listed postings have no page of their own, {of_all}"

    # Nothing of that is kept: once the spider is fixed, all are seen as before.
    board.answer(PAGE, *sum(board.pages.values(), []))
    assert set(board.outcomes(8).values()) == {("complete", 2), ("complete", 1)}


def test_a_gone_page_closes_its_posting_if_other_employers_pages_are_there(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=1, birch=1, cedar=1, dogwood=3)
    board.outcomes(0)
    board.answer(GONE, *board.pages["ash"], *board.pages["birch"], board.first_in_turn("dogwood"))
    # at dogwood, one page is gone and another one is there
    assert board.outcomes(7) == {
        "ash": ("complete", 0), "birch": ("complete", 0), "cedar": ("complete", 1), "dogwood": ("complete", 2),
    }  # fmt: skip


def test_moved_pages_are_recognised_by_pages_that_were_not_due(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=8, birch=1)
    board.outcomes(0)
    board.answer(GONE, *board.pages["ash"])
    found = board.crawled(7)
    assert {slug: each.status for slug, each in found.items()} == {"ash": "partial", "birch": "complete"}
    assert found["ash"].reason == "3 of 3 listed postings have no page of their own"
    assert len([page for page in board.requested() if "/ash/" in page]) == 3


def test_a_posting_whose_list_lags_stays_closed_and_affects_no_other(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=3)
    board.outcomes(0)
    gone = board.first_in_turn("ash")
    board.answer(GONE, gone)
    assert board.outcomes(7)["ash"] == ("complete", 2)
    assert len(board.requested()) == 2, "another one, to check whether the address has changed"
    # its page is requested each day, besides the due share of the others
    assert board.outcomes(8)["ash"] == ("complete", 2)
    due = board.requested()
    assert gone in due
    assert len(due) == 2
    # without an answer the page is not known to be back, and the crawl is not complete
    board.answer(BROKEN, gone)
    assert board.outcomes(9)["ash"] == ("partial", 2)
    board.answer(PAGE, gone)
    assert board.outcomes(10)["ash"] == ("complete", 3)


@pytest.mark.parametrize("body", [b"null", b"[]", b'"Try again later"'])
def test_a_page_that_is_no_object_is_not_taken_for_an_edited_posting(
    served: BoardServer, crawl_day: Any, tmp_path: Path, body: bytes
) -> None:
    board = Board(served, crawl_day, ash=1)
    board.outcomes(0)
    board.answer(Reply(200, body, {"Content-Type": "application/json"}), *board.pages["ash"])
    outcome = board.crawled(7)["ash"]
    reason = "not a JSON object: not the page of a ledger posting"
    assert (outcome.status, outcome.postings, outcome.reason) == ("partial", 1, reason)
    landed = [read_run(folder).files["postings.jsonl.gz"].lines for folder in sealed_runs(Home(tmp_path / "home"))]
    assert landed == [1, 0]


def test_lagging_lists_are_not_taken_for_a_move(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=12)
    board.outcomes(0)
    for day, page in zip((7, 8, 9), board.pages["ash"], strict=False):
        board.answer(GONE, page)
        assert board.outcomes(day)["ash"][0] == "complete"
    found = [board.outcomes(day)["ash"] for day in range(10, 20)]
    assert {status for status, _ in found} == {"complete"}
    assert found[-1] == ("complete", 9)
    # a change of address is still recognised, by the pages that are newly gone
    board.answer(GONE, *board.pages["ash"])
    assert any(board.outcomes(day)["ash"][0] == "partial" for day in range(20, 28))


def test_lagging_lists_of_a_few_employers_are_not_taken_for_a_move_of_all(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=6, birch=6, cedar=6, dogwood=6, elm=6)
    board.outcomes(0)
    for day, number in ((7, 0), (8, 1)):
        board.answer(GONE, board.pages["ash"][number], board.pages["birch"][number])
        board.outcomes(day)
    for day in range(9, 12):
        assert {status for status, _ in board.outcomes(day).values()} == {"complete"}, day
    assert board.outcomes(12)["ash"] == ("complete", 4)


def test_a_page_that_is_back_reopens_its_posting_even_if_the_list_is_unchanged(
    served: BoardServer, crawl_day: Any
) -> None:
    board, page = "https://acme.breezy.hr/json", "https://acme.breezy.hr/p/1-ml-engineer"

    def answer(request: BaseHTTPRequestHandler) -> Reply:
        job = {"id": "1", "name": "ML Engineer", "url": page}
        return Reply(304) if request.headers.get("If-None-Match") else json_reply([job], ETag='"1"')

    job = orjson.dumps({"@type": "JobPosting", "title": "ML Engineer", "description": "as it was"})
    there = Reply(200, b'<html><script type="application/ld+json">' + job + b"</script></html>")
    found = []
    served.answers |= {board: answer}
    for day, own_page in ((0, there), (7, GONE), (8, there), (9, there)):
        served.answers[page] = own_page
        (outcome,) = crawl_day(day, board, spiders=None).companies
        found.append((outcome.status, outcome.postings, served.take_requested()))
    assert found == [
        ("complete", 1, [board, page]), ("complete", 0, [board, page]), ("complete", 1, [board, page]),
        ("complete", 1, [board]),
    ]  # fmt: skip
