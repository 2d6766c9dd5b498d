"""Own pages that are gone though their postings are listed: closed one by one, or all at another address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.identity import posting_key
from jobmarket.landing import CompanyOutcome
from tests.scrapers.board_server import BoardServer, Said
from tests.scrapers.conftest import AS_OF

LEDGER = "https://ledger.example/{}/jobs"
GONE, BROKEN = Said(404), Said(503)
PAGE = Said(200, b'{"text": "as it was"}', {"Content-Type": "application/json"})


def said(value: object, **headers: str) -> Said:
    return Said(200, orjson.dumps(value), {"Content-Type": "application/json"} | headers)


class Board:
    """Employers of one board system, whose lists do not change, crawled on one day after the other."""

    def __init__(self, served: BoardServer, crawl: Callable[..., Any], **employers: int) -> None:
        self._served, self._crawl = served, crawl
        self.pages = {slug: [f"{LEDGER.format(slug)}/{n}" for n in range(count)] for slug, count in employers.items()}
        for slug, pages in self.pages.items():
            jobs = [{"id": str(number), "title": "ML Engineer"} for number in range(len(pages))]
            served.answers[LEDGER.format(slug)] = said({"jobs": jobs})
            self.answer(PAGE, *pages)

    def answer(self, answer: Said, *pages: str) -> None:
        self._served.answers |= dict.fromkeys(pages, answer)

    def outcomes(self, day: int) -> dict[str, tuple[str, int]]:
        """How each employer's crawl ended, and how many postings it saw."""
        return {slug: (each.status, each.postings) for slug, each in self.crawled(day).items()}

    def crawled(self, day: int) -> dict[str, CompanyOutcome]:
        self._served.take_asked()
        record = self._crawl(day, *map(LEDGER.format, self.pages))
        return {each.company_slug: each for each in record.companies}

    def first_in_turn(self, slug: str) -> str:
        """The own page of an employer that is read again first: of equally old ones, by the posting's key."""
        return min(self.pages[slug], key=lambda page: posting_key("ledger", slug, page.rpartition("/")[2]))

    def asked(self) -> list[str]:
        """Own pages asked for since the last time."""
        lists = set(map(LEDGER.format, self.pages))
        return [url for url in self._served.take_asked() if url not in lists]


@pytest.fixture
def crawl_day(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    """Crawls lists of the served board as of a day: the run's record."""

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

    # An eighth day at another address: too few are gone at each to tell, and together they tell.
    board.answer(GONE, *sum(board.pages.values(), []))
    moved = board.crawled(7)
    assert {slug: (each.status, each.errors) for slug, each in moved.items()} == dict.fromkeys(
        board.pages, ("partial", 1)
    )
    of_all = "and at 4 of 4 companies most have none: has their address changed?"
    assert moved["birch"].reason == f"1 of 1 listed postings have no page of their own, {of_all}"
    assert moved["ash"].reason == f"2 of 2 listed postings have no page of their own, {of_all}"

    # Nothing is kept of that: the spider mended, all are seen as before.
    board.answer(PAGE, *sum(board.pages.values(), []))
    assert set(board.outcomes(8).values()) == {("complete", 2), ("complete", 1)}


def test_where_other_employers_pages_are_there_one_that_is_gone_closes(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=1, birch=1, cedar=1, dogwood=3)
    board.outcomes(0)
    board.answer(GONE, *board.pages["ash"], *board.pages["birch"], board.first_in_turn("dogwood"))
    # at dogwood the page that is gone has another beside it, which is there
    assert board.outcomes(7) == {
        "ash": ("complete", 0), "birch": ("complete", 0), "cedar": ("complete", 1), "dogwood": ("complete", 2),
    }  # fmt: skip


def test_an_employer_whose_pages_moved_is_told_by_those_that_were_not_due(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=8, birch=1)
    board.outcomes(0)
    board.answer(GONE, *board.pages["ash"])
    found = board.crawled(7)
    assert {slug: each.status for slug, each in found.items()} == {"ash": "partial", "birch": "complete"}
    assert found["ash"].reason == "3 of 3 listed postings have no page of their own"
    assert len([page for page in board.asked() if "/ash/" in page]) == 3


def test_a_posting_whose_list_lags_stays_closed_and_holds_up_no_other(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=3)
    board.outcomes(0)
    gone = board.first_in_turn("ash")
    board.answer(GONE, gone)
    assert board.outcomes(7)["ash"] == ("complete", 2)
    assert len(board.asked()) == 2, "another one, to tell whether the address has changed"
    # it is asked for each day, beside the share of the others that is due
    assert board.outcomes(8)["ash"] == ("complete", 2)
    due = board.asked()
    assert gone in due
    assert len(due) == 2
    # that it does not answer says nothing of it: it is not there again, nor is the crawl complete
    board.answer(BROKEN, gone)
    assert board.outcomes(9)["ash"] == ("partial", 2)
    board.answer(PAGE, gone)
    assert board.outcomes(10)["ash"] == ("complete", 3)


def test_lagging_lists_add_up_to_no_move(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=12)
    board.outcomes(0)
    for day, page in zip((7, 8, 9), board.pages["ash"], strict=False):
        board.answer(GONE, page)
        assert board.outcomes(day)["ash"][0] == "complete"
    found = [board.outcomes(day)["ash"] for day in range(10, 20)]
    assert {status for status, _ in found} == {"complete"}
    assert found[-1] == ("complete", 9)
    # the address changes all the same: those that are newly gone tell
    board.answer(GONE, *board.pages["ash"])
    assert any(board.outcomes(day)["ash"][0] == "partial" for day in range(20, 28))


def test_lagging_lists_of_a_few_employers_are_no_move_of_all(served: BoardServer, crawl_day: Any) -> None:
    board = Board(served, crawl_day, ash=6, birch=6, cedar=6, dogwood=6, elm=6)
    board.outcomes(0)
    for day, number in ((7, 0), (8, 1)):
        board.answer(GONE, board.pages["ash"][number], board.pages["birch"][number])
        board.outcomes(day)
    for day in range(9, 12):
        assert {status for status, _ in board.outcomes(day).values()} == {"complete"}, day
    assert board.outcomes(12)["ash"] == ("complete", 4)


def test_a_page_that_is_there_again_opens_its_posting_though_the_list_has_not_changed(
    served: BoardServer, crawl_day: Any
) -> None:
    board, page = "https://acme.breezy.hr/json", "https://acme.breezy.hr/p/1-ml-engineer"

    def answer(request: BaseHTTPRequestHandler) -> Said:
        job = {"id": "1", "name": "ML Engineer", "url": page}
        return Said(304) if request.headers.get("If-None-Match") else said([job], ETag='"1"')

    job = orjson.dumps({"@type": "JobPosting", "title": "ML Engineer", "description": "as it was"})
    there = Said(200, b'<html><script type="application/ld+json">' + job + b"</script></html>")
    found = []
    served.answers |= {board: answer}
    for day, own_page in ((0, there), (7, GONE), (8, there), (9, there)):
        served.answers[page] = own_page
        (outcome,) = crawl_day(day, board, spiders=None).companies
        found.append((outcome.status, outcome.postings, served.take_asked()))
    assert found == [
        ("complete", 1, [board, page]), ("complete", 0, [board, page]), ("complete", 1, [board, page]),
        ("complete", 1, [board]),
    ]  # fmt: skip
