"""A crawl that dies, is stopped, reaches no host or meets another crawl never leaves anything half-written."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.landing import RunRecord, read_run, sealed_runs
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import StageError
from scrapers import settings as live
from scrapers.planning import CrawlSpec

DRIVER = Path(__file__).with_name("driver.py")
AS_LIVE = {name: getattr(live, name) for name in ("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN")}


class _Boards(BaseHTTPRequestHandler):
    """`quick` answers, `busy` requests a pause of an hour, `lost` hangs up; every other board never answers."""

    def do_GET(self) -> None:
        if self.path in ("/robots.txt", "/.well-known/tdmrep.json"):
            self.send_error(404)
        elif "quick" in self.path:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"jobs": [{"id": "1", "title": "Machine Learning Engineer"}]}')
        elif "lost" in self.path:
            self.close_connection = True
        elif "busy" in self.path:
            self.send_response(429)
            self.send_header("Retry-After", "3600")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.server.is_requested.set()  # type: ignore[attr-defined]
            self.server.over.wait(60)  # type: ignore[attr-defined]

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def boards() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Boards) as server:
        server.daemon_threads = True
        server.is_requested, server.over = threading.Event(), threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.over.set()  # type: ignore[attr-defined]
        server.shutdown()


@pytest.fixture
def spec(board_folder: Callable[..., Path], tmp_path: Path) -> CrawlSpec:
    """Two quick companies and two that hang."""
    url = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
    answer = (200, "application/json", b'{"jobs": []}')
    folder = board_folder({url.format(name): answer for name in ("quick1", "slow1", "quick2", "slow2")})
    (tmp_path / "home").mkdir()
    return CrawlSpec(
        home=tmp_path / "home", boards=str(folder), as_of="2026-11-20T00:00:00Z", log_file=tmp_path / "crawl.log"
    )


def start(spec: CrawlSpec, address: str, **settings: object) -> subprocess.Popen[bytes]:
    choice = orjson.dumps({"address": address, "settings": settings}).decode()
    process = subprocess.Popen([sys.executable, str(DRIVER), choice], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(spec.model_dump_json().encode())
    process.stdin.close()
    return process


def started_and_hanging(spec: CrawlSpec, boards: ThreadingHTTPServer) -> subprocess.Popen[bytes]:
    process = start(spec, f"127.0.0.1:{boards.server_address[1]}")
    assert boards.is_requested.wait(60)  # type: ignore[attr-defined]
    assert process.stdout is not None
    while orjson.loads(process.stdout.readline()).get("companies") != 2:
        pass
    return process


def test_a_crawl_that_dies_lands_nothing_and_the_next_one_resumes_it(
    spec: CrawlSpec, boards: ThreadingHTTPServer, crawl_into: Callable[..., Any]
) -> None:
    with started_and_hanging(spec, boards) as process:
        assert list((spec.home / "crawl_state" / "unsealed").glob("*/*"))
        process.kill()
    assert list(spec.home.glob("landing/**/*")) == []
    landed = crawl_into(spec.home, spec.boards)
    assert {slug: each.status for (_, slug), each in landed.outcomes.items()} == dict.fromkeys(
        ("quick1", "slow1", "quick2", "slow2"), "complete"
    )
    summary = landed.result.summary
    assert summary.startswith("2 postings of 4 companies on 1 board in ")
    assert summary.endswith(" s (0/s), of these 2 postings of 2 companies kept from a stopped crawl")
    # The folder shows no posting, so those landed come from the crawl that died.
    assert {slug: each.postings for (_, slug), each in landed.outcomes.items() if each.postings} == {
        "quick1": 1, "quick2": 1,
    }  # fmt: skip
    assert len(landed.lines("postings")) == len(landed.lines("sightings")) == 2
    assert list((spec.home / "crawl_state" / "unsealed").glob("*/*")) == []


def test_a_run_that_cannot_be_sealed_is_resumed(
    spec: CrawlSpec, board_folder: Callable[..., Path], crawl_into: Callable[..., Any]
) -> None:
    url = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
    urls = [url.format(name) for name in ("quick1", "slow1", "quick2", "slow2")]
    shown = (200, "application/json", b'{"jobs": [{"id": "1", "title": "Machine Learning Engineer"}]}')
    board_folder(dict.fromkeys(urls, shown))
    in_the_way = spec.home / "landing" / "board=ashby"
    in_the_way.parent.mkdir()
    in_the_way.touch()
    with pytest.raises(StageError, match="ashby could not be sealed: .*are kept and not requested again"):
        crawl_into(spec.home, spec.boards)
    in_the_way.unlink()
    board_folder(dict.fromkeys(urls, (200, "application/json", b'{"jobs": []}')))
    landed = crawl_into(spec.home, spec.boards)  # the boards show nothing now, so what is landed was seen before
    assert [each.postings for each in landed.outcomes.values()] == [1, 1, 1, 1]
    assert len(landed.lines("postings")) == 4
    assert list((spec.home / "crawl_state" / "unsealed").glob("*/*")) == []


def test_a_stopped_crawl_is_resumed_as_the_same_run(
    spec: CrawlSpec, boards: ThreadingHTTPServer, crawl_into: Callable[..., Any]
) -> None:
    with started_and_hanging(spec, boards) as process:
        process.send_signal(signal.SIGTERM)
        while "Closing spider (shutdown)" not in spec.log_file.read_text():
            assert process.poll() is None, "it ended without having been stopped"
            time.sleep(0.05)
        boards.over.set()  # type: ignore[attr-defined]  # else it waits for them until their time is over
        assert process.stdout is not None
        *_, report = map(orjson.loads, process.stdout)
        assert process.wait(60) == 0
    assert report["not_landed"] == [
        "ashby: stopped before its last company; crawl again as of 2026-11-20T00:00:00Z to resume it"
    ]
    assert list(sealed_runs(Home(spec.home))) == []
    landed = crawl_into(spec.home, spec.boards)
    (record,) = landed.records
    assert record.run_id == "ashby-20261120T000000Z-1"
    # The folder shows no posting, so those landed come from the crawl that was stopped.
    assert {each.company_slug: each.postings for each in record.companies} == {
        "quick1": 1, "slow1": 0, "quick2": 1, "slow2": 0,
    }  # fmt: skip


def test_hosts_without_a_connection_are_given_up(
    spec: CrawlSpec, boards: ThreadingHTTPServer, board_folder: Callable[..., Path]
) -> None:
    url = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
    folder = board_folder({url.format(f"lost{n}"): (200, "application/json", b"") for n in range(30)}, "many")
    with start(spec.model_copy(update={"boards": str(folder)}), f"127.0.0.1:{boards.server_port}") as process:
        assert process.wait(60) == 0
    (sealed,) = sealed_runs(Home(spec.home))
    outcomes = read_run(sealed).companies
    assert len(outcomes) == 30
    assert {outcome.status for outcome in outcomes} == {"failed"}
    spared = [outcome for outcome in outcomes if outcome.requests == 0]
    assert len(spared) >= 15
    assert {outcome.reason for outcome in spared} == {"not requested: 5 connections to api.ashbyhq.com in a row failed"}


def test_a_host_that_requests_a_long_pause_gets_it_from_all_its_companies(
    spec: CrawlSpec, boards: ThreadingHTTPServer, board_folder: Callable[..., Path]
) -> None:
    url = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
    names = ["quick1", *(f"busy{n}" for n in range(12)), "quick2"]
    folder = board_folder({url.format(name): (200, "application/json", b"") for name in names}, "busy")
    busy = spec.model_copy(update={"boards": str(folder)})
    with start(busy, f"127.0.0.1:{boards.server_address[1]}", **AS_LIVE) as process:
        assert process.wait(60) == 0
    (sealed,) = sealed_runs(Home(spec.home))
    outcomes = {outcome.company_slug: outcome for outcome in read_run(sealed).companies}
    assert [*outcomes] == names
    assert outcomes.pop("quick1").status == "complete"
    assert {(each.status, each.reason) for each in outcomes.values()} == {("failed", "429: asked to wait 3600 s")}
    assert {name: each.requests for name, each in outcomes.items() if each.requests} == {"busy0": 1}


def test_a_second_crawl_of_the_same_board_is_refused(
    recordings: Path, crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    home = Home(tmp_path)
    record = RunRecord(run_id="ashby-other", board="ashby", origin="recorded", as_of="2026-11-19T00:00:00Z")
    other = RunWriter(home, record)
    try:
        landed = crawl_into(tmp_path, recordings, companies=["tidewater", "Fern Works"])
        assert [record.board for record in landed.records] == ["lever"]
        (gap,) = landed.result.gaps
        assert gap.startswith(f"ashby: Another crawl of ashby is under way in {tmp_path}")
        with pytest.raises(StageError, match=r"^Nothing usable is landed as of .*: ashby: Another crawl of ashby is"):
            crawl_into(tmp_path, recordings, board_names=["ashby"])
    finally:
        other.abandon()
