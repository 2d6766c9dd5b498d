"""Boards that redirect to another employer's board, or to another address of the same board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson

from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
TEAMTAILOR = "https://{}/jobs.json"
JSON = {"Content-Type": "application/json"}


def test_a_redirected_list_is_landed_only_if_it_is_the_same_employers(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    jobs = Reply(200, orjson.dumps({"jobs": [{"id": 1, "title": "Cook"}]}), JSON)
    items = Reply(200, orjson.dumps({"items": [{"id": "1", "title": "Cook"}]}), JSON)
    own_host = TEAMTAILOR.format("careers.acme.example")
    moved = {
        GREENHOUSE.format("acme"): GREENHOUSE.format("other"),
        GREENHOUSE.format("Fern"): GREENHOUSE.format("fern"),
        TEAMTAILOR.format("acme.teamtailor.com"): own_host,
    }
    served.answers |= {url: Reply(301, headers={"Location": there}) for url, there in moved.items()}
    served.answers |= {GREENHOUSE.format("other"): jobs, GREENHOUSE.format("fern"): jobs, own_host: items}
    recorded = dict.fromkeys((*moved, GREENHOUSE.format("other")), (200, "application/json", b"{}"))
    crawled = drive(tmp_path / "home", board_folder(recorded), address=served.address)
    ended = {key: (each.status, each.postings, each.reason) for key, each in crawled.outcomes.items()}
    assert ended == {
        ("greenhouse", "acme"): ("failed", 0, "moved to other, another board"),
        ("greenhouse", "other"): ("complete", 1, None),
        ("greenhouse", "Fern"): ("complete", 1, None),
        ("teamtailor", "acme"): ("complete", 1, None),
    }
    assert {line["company_slug"] for line in crawled.lines("postings")} == {"other", "Fern", "acme"}


def test_an_unmodified_page_elsewhere_is_not_the_list(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    acme, fern, vendor = GREENHOUSE.format("acme"), GREENHOUSE.format("Fern"), "https://vendor.example/"
    conditions: list[str | None] = []

    def unmodified(handler: BaseHTTPRequestHandler) -> Reply:
        conditions.append(handler.headers["If-Modified-Since"])
        dated = JSON | {"Last-Modified": "Fri, 20 Nov 2026 06:00:00 GMT"}
        return Reply(304) if conditions[-1] else Reply(200, orjson.dumps({"jobs": [{"id": 1, "title": "Cook"}]}), dated)

    def crawled(day: int) -> list[tuple[str, int, str | None]]:
        folder = board_folder(dict.fromkeys((acme, fern), (200, "application/json", b"")))
        landed = drive(tmp_path / "home", folder, AS_OF + timedelta(days=day), address=served.address)
        return [(each.status, each.postings, each.reason) for each in landed.records[-1].companies]

    here = Reply(301, headers={"Location": fern.replace("Fern", "fern")})
    served.answers |= {acme: unmodified, fern: here, here.headers["Location"]: unmodified}
    assert crawled(0) == [("complete", 1, None), ("complete", 1, None)]
    served.answers |= {acme: Reply(302, headers={"Location": vendor}), vendor: unmodified}
    assert crawled(1) == [("failed", 0, f"moved to {vendor}, which only answers 304"), ("complete", 1, None)]
    # the list that is always redirected is always requested without conditions
    assert sorted(map(str, conditions)) == ["Fri, 20 Nov 2026 06:00:00 GMT", "None", "None", "None"]


def test_an_employer_that_left_is_redirected_to_the_vendors_site(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    page = Reply(200, b"<html></html>", {"Content-Type": "text/html"})
    left = {
        "https://acme.breezy.hr/json": "https://breezy.hr/",
        "https://acme.bamboohr.com/careers/list": "https://www.bamboohr.com/pricing",
        "https://acme.jobs.personio.de/xml?language=en": "https://personio.com",
        "https://acme.jobs.personio.de/xml?language=de": "https://personio.com",
    }
    served.answers |= {url: Reply(307, headers={"Location": there}) for url, there in left.items()}
    served.answers |= {
        "https://breezy.hr/": Reply(403),
        "https://www.bamboohr.com/pricing": page,
        "https://personio.com/": page,
    }
    crawled = drive(tmp_path / "home", board_folder(dict.fromkeys(left, (200, "", b""))), address=served.address)
    ended = {board: (each.status, each.reason) for (board, _), each in crawled.outcomes.items()}
    words = "no board of this name: redirected to {}"
    assert ended == {
        "breezy": ("failed", words.format("https://breezy.hr/")),
        "bamboohr": ("failed", words.format("https://www.bamboohr.com/pricing")),
        "personio": ("failed", words.format("https://personio.com")),
    }
