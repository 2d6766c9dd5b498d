"""Every board system against hosts that do everything wrong: no crash, the right reason, bounded time and memory."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.replay.recordings import read_manifest
from scrapers.replay.server import AS_OF_HEADER, HOST_HEADER
from tests.scrapers.board_server import Reply, board_server
from tests.scrapers.conftest import AS_OF

JSON = {"Content-Type": "application/json"}
PATIENCE_SECONDS = 1.5
MOST_BYTES = 8 * 1024 * 1024
_BOMB = gzip.compress(b" " * (MOST_BYTES + 1), 9)


def sends(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], *pieces: bytes) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.end_headers()
    for piece in pieces:
        request.wfile.write(piece)
        request.wfile.flush()


def slow_loris(request: BaseHTTPRequestHandler) -> None:
    sends(request, 200, JSON | {"Content-Length": "1000"}, b"[")
    for _ in range(20):
        time.sleep(0.25)
        request.wfile.write(b" ")
        request.wfile.flush()


def endless_body(request: BaseHTTPRequestHandler) -> None:
    sends(request, 200, JSON | {"Connection": "close"}, *([b'[{"id": 1, "title": "x"},' * 40_000] * 12))


Behaviour = Callable[[BaseHTTPRequestHandler], Reply | None]

# Name of a fault → what the host does, and a pattern for the reason with which a company's crawl ends.
HOSTILE: dict[str, tuple[Behaviour, str]] = {
    "error": (lambda _: Reply(500), r"500: internal server error, 3 times"),
    "busy": (lambda _: Reply(429, headers={"Retry-After": "120"}), r"429: asked to wait 120 s"),
    "busy for a moment": (lambda _: Reply(429, headers={"Retry-After": "1"}), r"429: too many requests, 3 times"),
    "slow loris": (slow_loris, r"no answer in time"),
    "truncated gzip": (
        lambda _: Reply(200, gzip.compress(b'{"jobs": []}' * 500)[:40], JSON | {"Content-Encoding": "gzip"}),
        r"empty answer|truncated|not JSON|no list|not XML|not HTML|broken|no JSON|answer",
    ),
    "wrong length": (
        lambda r: sends(r, 200, JSON | {"Content-Length": "5000"}, b"[]"),
        r"the connection broke before the answer was complete",
    ),
    "redirect loop": (
        lambda r: Reply(302, headers={"Location": f"https://{r.headers[HOST_HEADER]}{r.path}"}), r"redirection",
    ),
    "redirect into the network": (
        lambda _: Reply(302, headers={"Location": "http://169.254.169.254/latest/meta-data"}),
        r"169\.254\.169\.254(?: is not a public address: not requested|, which must not get this board's keys)",
    ),
    "decompression bomb": (
        lambda _: Reply(200, _BOMB, JSON | {"Content-Encoding": "gzip"}), r"larger than the limit|exceeded|size",
    ),
    "a body without end": (endless_body, r"larger than the limit|no answer in time"),
    "a picture": (lambda _: Reply(200, b"\x89PNG", {"Content-Type": "image/png"}), r"of the type image/png"),
    "reserved": (lambda _: Reply(200, b"[]", JSON | {"tdm-reservation": "1"}), r"reserves text and data mining"),
}  # fmt: skip
# These are usable answers: they show no posting, or the same one again and again.
POOR: dict[str, Behaviour] = {
    "HTML": lambda _: Reply(200, b"<!DOCTYPE html><html><body>Log in</body></html>", {"Content-Type": "text/html"}),
    "an empty list": lambda _: Reply(200, b"[]", JSON),
    "an empty object": lambda _: Reply(200, b"{}", JSON),
    "nothing": lambda _: Reply(200, b"", JSON),
    "deep": lambda _: Reply(200, b"[" * 100_000, JSON),
}


def same_page_for_ever(recordings: Path) -> Behaviour:
    """Answer every request to a host with its largest recorded page."""
    pages: dict[str, Reply] = {}
    for row in read_manifest(recordings)[0]:
        if row.status == 200 and row.body_file:
            host, body = row.url.split("/")[2], row.body_file.read_bytes()
            if host not in pages or len(body) > len(pages[host].body):
                pages[host] = Reply(200, body, {"Content-Type": row.content_type})
    return lambda request: pages.get(request.headers[HOST_HEADER], Reply(404))


@pytest.fixture(scope="module")
def crawled(recordings: Path, drive: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One crawl process in which every board's hosts have another fault each day."""
    behaviours = [each for each, _ in HOSTILE.values()] + [*POOR.values(), same_page_for_ever(recordings)]

    def answer(request: BaseHTTPRequestHandler) -> Reply | None:
        day = (datetime.fromisoformat(request.headers[AS_OF_HEADER]) - AS_OF).days
        return behaviours[day](request)

    class Everything(dict[str, Any]):
        def get(self, url: str, default: Any = None) -> Any:
            return default if url.endswith(("/robots.txt", "/tdmrep.json")) else answer

    settings = {
        "DOWNLOAD_TIMEOUT": PATIENCE_SECONDS,
        "DOWNLOAD_MAXSIZE": MOST_BYTES,
        "PAGES_PER_COMPANY": 12,
        "CONCURRENT_REQUESTS": 4,
    }
    with board_server() as server:
        server.answers = Everything()
        home = tmp_path_factory.mktemp("hostile")
        begun = time.monotonic()
        choice = {"address": server.address, "rounds": len(behaviours), "settings": settings}
        landed = drive(home, recordings, AS_OF, **choice)
        seconds = time.monotonic() - begun
    return landed, seconds, (home / "crawl.log").read_text()


def outcomes_of(crawled: Any, name: str) -> dict[str, Any]:
    """Return how each board's crawl ended on the day of a fault."""
    day = AS_OF + timedelta(days=[*HOSTILE, *POOR, "the same page"].index(name))
    return {record.board: record.companies[0] for record in crawled[0].records if record.as_of == day}


def test_every_fault_leaves_every_board_with_an_outcome_and_no_crash(crawled: Any, root: Path) -> None:
    landed, _, log = crawled
    assert landed.result.not_landed == []
    boards = {record.board for record in landed.records}
    assert len(boards) >= 3
    assert len(landed.records) == len(boards) * (len(HOSTILE) + len(POOR) + 1)
    assert re.findall(r"cannot (?:read|map) .*", log) == []
    # while it closes its connections, Scrapy can lose a race with its own timeout, and logs that
    crashes = re.findall(r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*.*", log)
    assert [crash for crash in crashes if f"{root}/scrapers/" in crash or f"{root}/jobmarket/" in crash] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_faulty_host_fails_the_crawl_with_the_right_reason(crawled: Any, name: str) -> None:
    for board, outcome in outcomes_of(crawled, name).items():
        assert outcome.status == "failed", (board, outcome)
        assert re.search(HOSTILE[name][1], outcome.reason), (board, outcome.reason)
        assert outcome.postings == 0


@pytest.mark.parametrize("name", POOR)
def test_an_answer_without_postings_lands_nothing(crawled: Any, name: str) -> None:
    for board, outcome in outcomes_of(crawled, name).items():
        assert outcome.postings == 0, (board, outcome)
        assert (outcome.status == "complete") == (outcome.errors == 0), (board, outcome)


def test_an_endlessly_repeated_page_lands_once(crawled: Any) -> None:
    landed, _, _ = crawled
    found = outcomes_of(crawled, "the same page")
    assert sum(outcome.postings > 0 for outcome in found.values()) >= 3
    for board, outcome in found.items():
        assert outcome.requests <= 60, (board, outcome)
    keys = [line["posting_key"] for line in landed.lines("sightings")]
    assert len(keys) == len(set(keys))


def test_hostile_hosts_cost_bounded_time_and_memory(crawled: Any) -> None:
    landed, seconds, _ = crawled
    boards = len({record.board for record in landed.records})
    assert seconds < 60 + 20 * boards
    assert landed.peak_mb < 900  # place names are loaded once (Hacker News), and each crawl leaves a little


def test_a_dump_of_a_hundred_megabytes_stays_below_a_gigabyte(
    drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    text = "<p>" + "Models that answer in time. " * 145 + "</p>"
    jobs = [{"id": str(n), "title": "ML Engineer", "descriptionHtml": text + str(n)} for n in range(25_000)]
    body = orjson.dumps({"jobs": jobs})
    assert len(body) > 100_000_000
    url = "https://api.ashbyhq.com/posting-api/job-board/giant?includeCompensation=true"
    landed = drive(tmp_path / "home", board_folder({url: (200, "application/json", body)}))
    (outcome,) = landed.records[0].companies
    assert (outcome.status, outcome.postings) == ("complete", 25_000)
    assert landed.peak_mb < 1000


def test_memory_does_not_grow_with_the_number_of_postings(drive: Callable[..., Any], tmp_path: Path) -> None:
    text = "Models that answer in time. " * 300

    def page(request: BaseHTTPRequestHandler) -> Reply:
        number = int(request.path.partition("page=")[2] or 1)
        last = int(request.path.split("/")[1].removeprefix("pages"))
        jobs = [{"id": f"{number}-{n}", "title": "Cook", "text": text + str(n)} for n in range(100)]
        return Reply(200, orjson.dumps({"jobs": jobs, "next": number + 1 if number < last else None}), JSON)

    class Pages(dict[str, Any]):
        def get(self, url: str, default: Any = None) -> Any:
            return page if "/jobs" in url else default

    peaks = []
    with board_server() as server:
        server.answers = Pages()
        for pages in (10, 100):
            folder = tmp_path / f"{pages}"
            folder.mkdir()
            (folder / "manifest.csv").write_text(
                "url,method,status,content_type,file,recorded_on\n"
                f"https://ledger.example/pages{pages}/jobs,GET,200,application/json,,2026-11-20\n"
            )
            landed = drive(tmp_path / f"home{pages}", folder, address=server.address, spiders="invented")
            (outcome,) = landed.records[0].companies
            assert (outcome.status, outcome.postings) == ("complete", pages * 100)
            peaks.append(landed.peak_mb)
    # ten times the postings, with 80 MB more text
    assert peaks[1] - peaks[0] < 25
