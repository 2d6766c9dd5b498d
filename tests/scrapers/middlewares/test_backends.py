"""The delay applies to all employers' hosts on one backend."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any

import orjson
import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from scrapers.middlewares.backends import BackendsMiddleware, backend_of
from tests.scrapers.board_server import BoardServer, Reply

DELAY = 0.6
BOARD = "https://{}.bamboohr.com/careers/list"


@pytest.mark.parametrize(
    ("host", "backend"),
    [
        ("acme.bamboohr.com", "bamboohr.com"),
        ("acme.jobs.personio.de", "personio.de"),
        ("acme.recruitee.com", "recruitee.com"),
        ("acme.na.teamtailor.com", "teamtailor.com"),
        ("acme.breezy.hr", "breezy.hr"),
        ("acme.pinpointhq.com", "pinpointhq.com"),
        ("careers-acme.icims.com", "icims.com"),
        ("acme.wd5.myworkdayjobs.com", "myworkdayjobs.com"),
        ("careers.acme.co.uk", "acme.co.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_hosts_of_one_registered_domain_are_one_backend(host: str, backend: str) -> None:
    assert backend_of(host) == backend


def test_a_redirected_request_counts_for_the_host_it_goes_to() -> None:
    slots = BackendsMiddleware.from_crawler(get_crawler(settings_dict={"DOWNLOAD_DELAY": 1.0}))
    request = Request("https://acme.breezy.hr/json")
    slots.process_request(request)
    assert request.meta["download_slot"] == "breezy.hr"
    there = request.replace(url="https://breezy.example.com/json")
    slots.process_request(there)
    assert there.meta["download_slot"] == "example.com"


def test_a_crawl_without_a_delay_needs_no_slots() -> None:
    with pytest.raises(NotConfigured):
        BackendsMiddleware.from_crawler(get_crawler(settings_dict={"DOWNLOAD_DELAY": 0}))


def test_the_delay_applies_between_hosts_of_two_employers(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    moments: list[float] = []

    def answer(_: object) -> Reply:
        moments.append(monotonic())
        return Reply(200, orjson.dumps({"meta": {"totalCount": 0}, "result": []}))

    boards = [BOARD.format(name) for name in ("acme", "oak", "fern")]
    served.answers |= dict.fromkeys(boards, answer)
    folder = board_folder(dict.fromkeys(boards, (200, "application/json", b"{}")))
    crawled = drive(
        tmp_path / "home", folder, address=served.address,
        settings={"DOWNLOAD_DELAY": DELAY},
    )  # fmt: skip
    assert {outcome.status for outcome in crawled.outcomes.values()} == {"complete"}
    assert len(moments) == len(boards)
    # The server's clock may notice a request late. Without the middleware they come at once.
    assert min(after - before for before, after in pairwise(moments)) > 0.5 * DELAY
