"""The locations that a host reserves, including those written to be expensive to match."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from scrapy import Request
from scrapy.http import Response

from scrapers.middlewares.reservations import Location, MiningReserved, ReservationsMiddleware


@pytest.mark.parametrize(
    ("location", "path", "covered"),
    [
        ("/", "/jobs", True), ("/jobs", "/jobs/1", True), ("/jobs", "/about", False), ("/jobs$", "/jobs", True),
        ("/jobs$", "/jobs/1", False), ("*", "/jobs", True), ("/*/private", "/jobs/private/1", True),
        ("/*/private$", "/jobs/private/1", False), ("/*.pdf$", "/a.pdf/b.pdf", True), ("/*.pdf$", "/a.pdf/b", False),
        ("/ab*ba$", "/aba", False), ("/ab*ba$", "/abba", True), ("/a*b*c", "/a-c-b", False),
        ("/a*b*c", "/a-b-c-d", True),
        ("*.json", "/jobs.json", True), ("/a.c", "/abc", False), ("/jobs*$", "/jobs/1", True), ("", "/jobs", True),
    ],
)  # fmt: skip
def test_a_location_matches_paths_as_in_robots_txt(location: str, path: str, covered: bool) -> None:
    assert Location.of(location).covers(path) is covered


@pytest.mark.parametrize("end", ["", "$", "b", "b$"])
def test_a_hostile_location_is_matched_quickly(end: str) -> None:
    begun = time.process_time()
    assert Location.of("*a" * 2_000 + end).covers("/" + "a" * 8_000) is (end in ("", "$"))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(("locations", "reserved"), [(["/mine*own"], False), (["/j*s$"], True), (["/x"] * 1_001, True)])
def test_each_host_is_requested_for_its_reservations(locations: list[str], reserved: bool) -> None:
    rules = orjson.dumps([{"location": each, "tdm-reservation": 1} for each in locations])

    async def download(request: Request) -> Response:
        return Response(request.url, body=rules)

    crawler = SimpleNamespace(engine=SimpleNamespace(download_async=download))
    middleware = ReservationsMiddleware(cast(Any, crawler))
    processed = middleware.process_request(Request("https://board.example/jobs", meta={"company": "acme"}))
    if reserved:
        with pytest.raises(MiningReserved, match="reserves text and data mining of /jobs"):
            asyncio.run(processed)
    else:
        asyncio.run(processed)
