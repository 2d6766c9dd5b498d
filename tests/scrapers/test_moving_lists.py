"""Lists without a total, whose postings move between pages while they are read."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.scrapers.board_server import BoardServer, Reply

ARBEITNOW = "https://www.arbeitnow.com/api/job-board-api?page={}"
LANDING = "https://landing.jobs/api/v1/jobs.json?limit=50&offset={}"
JSON = {"Content-Type": "application/json"}


class Feed:
    """Jobs, the newest first, in pages of three; ``changes`` says what happens before the n-th answer."""

    def __init__(self, jobs: str, changes: dict[int, str]) -> None:
        self._jobs, self._changes, self._answers = jobs, changes, 0

    def page(self, number: int) -> Callable[[BaseHTTPRequestHandler], Reply]:
        def answer(_: BaseHTTPRequestHandler) -> Reply:
            self._answers += 1
            self._jobs = self._changes.get(self._answers, self._jobs)
            shown = self._jobs[3 * (number - 1) : 3 * number]
            rows = [{"slug": each, "title": "Cook", "created_at": self._answers} for each in shown]
            return Reply(200, orjson.dumps({"data": rows}), JSON)

        return answer


@pytest.mark.parametrize(
    ("jobs", "changes", "seen", "pages"),
    [
        ("abcdefgh", {}, "abcdefgh", [1, 2, 3, 4, 1]),
        # h is read by the board again before the third page is requested, and is on the first from then on
        ("abcdefgh", {3: "habcdefg"}, "abcdefgh", [1, 2, 3, 4, 1, 2]),
        # and a new one comes
        ("abcdefgh", {3: "xhabcdefg"}, "abcdefghx", [1, 2, 3, 4, 1, 2]),
        # so does a page of new ones, once the list has been read
        ("abcdefgh", {5: "wxyzabcdefgh"}, "abcdefghwxyz", [1, 2, 3, 4, 1, 2, 3]),
        # a list of one page
        ("abc", {2: "cab"}, "abc", [1, 2, 1]),
        ("", {}, "", [1]),
    ],
)  # fmt: skip
def test_postings_that_move_to_the_first_page_are_seen(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path,
    jobs: str, changes: dict[int, str], seen: str, pages: list[int],
) -> None:  # fmt: skip
    feed = Feed(jobs, changes)
    served.answers |= {ARBEITNOW.format(number): feed.page(number) for number in range(1, 8)}
    folder = board_folder({ARBEITNOW.format(1): (200, "application/json", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address, origin="sample")
    outcome = crawled.outcomes["arbeitnow", "all"]
    assert "".join(sorted(line["native_id"] for line in crawled.lines("postings"))) == "".join(sorted(seen))
    assert served.take_requested() == [ARBEITNOW.format(number) for number in pages]
    assert (outcome.status, outcome.postings) == ("complete", len(seen))


def test_a_lost_first_page_at_the_end_is_a_gap(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    feed = Feed("abcdefgh", {})
    served.answers |= {ARBEITNOW.format(number): feed.page(number) for number in range(1, 5)}
    answers = iter([feed.page(1)])
    served.answers[ARBEITNOW.format(1)] = lambda handler: next(answers, lambda _: Reply(503))(handler)
    folder = board_folder({ARBEITNOW.format(1): (200, "application/json", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address, origin="sample")
    outcome = crawled.outcomes["arbeitnow", "all"]
    assert (outcome.status, outcome.postings) == ("partial", 8)
    assert outcome.reason == "503: service unavailable, 3 times"


def test_overlapping_pages_lose_nothing_if_postings_are_removed(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    """Five postings of the first page are removed before the second is requested."""
    for offset, jobs in ((0, range(50)), (45, range(50, 60)), (50, range(55, 60))):
        rows = [{"id": number, "title": "Cook", "url": f"https://landing.jobs/at/a/{number}"} for number in jobs]
        served.answers[LANDING.format(offset)] = Reply(200, orjson.dumps(rows), JSON)
    folder = board_folder({LANDING.format(0): (200, "application/json", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address, origin="sample")
    outcome = crawled.outcomes["landingjobs", "all"]
    assert (outcome.status, outcome.postings) == ("complete", 60)
