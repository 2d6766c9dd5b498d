"""The terms of boards: every spider has an entry, and nothing is read that a host or a source forbids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from jobmarket.stages import StageError
from scrapers import sources as register
from scrapers.boards.ashby import AshbySpider
from scrapers.middlewares.reservations import MiningReserved, ReservationsMiddleware
from scrapers.registry import companies
from scrapers.sources import Source, objection, sources
from scrapers.systems import spiders_by_name

ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
LEVER = "https://api.lever.co/v0/postings/{}?mode=json"
ENTRY: dict[str, Any] = {
    "licence": "unknown",
    "terms": "unknown",
    "robots": {"verdict": "allowed", "checked_on": "2026-11-20", "basis": "invented"},
    "attribution": None,
    "requests_per_minute": 30,
    "personal_data": "none",
}


def live_settings() -> Settings:
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    return settings


def test_every_spider_has_an_entry_and_every_entry_a_spider() -> None:
    assert len(sources()) >= 3
    assert set(sources()) == set(spiders_by_name())
    assert list(sources()) == sorted(sources())


def test_no_registered_board_is_forbidden() -> None:
    registered = {row.board for row in companies()} & set(sources())
    assert {board for board in registered if objection(board, live=True)} == set()


def test_a_board_without_an_entry_or_against_robots_txt_is_not_crawled(monkeypatch: pytest.MonkeyPatch) -> None:
    robots = {"verdict": "forbidden", "checked_on": date(2026, 11, 20), "basis": "read by hand"}
    forbidden = Source.model_validate(ENTRY | {"robots": robots})
    monkeypatch.setattr(register, "sources", lambda: {"walled": forbidden})
    assert objection("strange", live=False) == ("strange skipped: sources.yml has no entry with its terms")
    assert "robots.txt forbids it (as of 2026-11-20" in (objection("walled", live=True) or "")
    assert objection("walled", live=False) is None  # a recording costs no host a request


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {licence: x}", "sources.yml, a.terms: Field required"),
        ("a: [", "sources.yml is not valid YAML"),
        (
            "a: {licence: x, terms: x, robots: {verdict: maybe, checked_on: 2026-11-20}}",
            "sources.yml, a.robots.verdict",
        ),
        (
            "a: {licence: x, terms: x, robots: {verdict: allowed, checked_on: 2026-11-20}}",
            "the verdict allowed needs a basis: who read the robots.txt, and where",
        ),
        (
            "a: {licence: x, terms: x, robots: {verdict: partly, checked_on: 2026-11-20, basis: me}}",
            "the verdict partly needs a note that says what is not allowed",
        ),
    ],
)
def test_an_invalid_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text)
    with pytest.raises(StageError, match=message):
        sources(path)


def test_a_source_gets_no_more_requests_than_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    from scrapers.boards import base

    settings = live_settings()
    monkeypatch.setattr(base, "sources", lambda: {"ashby": Source.model_validate(ENTRY)})
    AshbySpider.update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") == 2.0
    quick = live_settings()
    monkeypatch.setattr(base, "sources", lambda: {"ashby": Source.model_validate(ENTRY | {"requests_per_minute": 120})})
    AshbySpider.update_settings(quick)
    assert quick.getfloat("DOWNLOAD_DELAY") == 1.0


def test_reserved_addresses_are_not_requested(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    rules = [
        {"location": "/v0/postings/private", "tdm-reservation": 1},
        {"location": "/v0/*/end$", "tdm-reservation": "1"},
        {"location": "/v0/postings/open", "tdm-reservation": 0},
        "odd",
    ]
    answers = {"https://api.lever.co/.well-known/tdmrep.json": (200, "application/json", orjson.dumps(rules))}
    answers |= {
        LEVER.format(name): (200, "application/json", b'[{"id":"1","text":"ML Engineer"}]')
        for name in ("private-too", "open", "end", "endless")
    }
    answers |= {"https://api.ashbyhq.com/.well-known/tdmrep.json": (200, "text/html", b"<html>")}
    answers |= {ASHBY.format("broken"): (200, "application/json", b'{"jobs": []}')}
    landed = crawl_into(tmp_path / "home", board_folder(answers))
    ended = {slug: each.reason for (_, slug), each in landed.outcomes.items()}
    assert ended == {
        "private-too": "api.lever.co reserves text and data mining of /v0/postings/private-too",
        "end": "api.lever.co reserves text and data mining of /v0/postings/end",
        "open": None,
        "endless": None,
        "broken": None,
    }
    assert not any("no spider" in note for note in landed.result.notes)


def test_a_reserved_answer_is_not_read() -> None:
    middleware = ReservationsMiddleware.__new__(ReservationsMiddleware)
    request = Request("https://a.example/jobs", meta={"company": "acme"})
    reserved = Response(request.url, headers={"TDM-Reservation": "1"})
    with pytest.raises(MiningReserved, match=r"a\.example reserves text and data mining of its answer"):
        middleware.process_response(request, reserved)
    for headers in ({}, {"TDM-Reservation": "0"}):
        answer = Response(request.url, headers=headers)
        assert middleware.process_response(request, answer) is answer


@pytest.mark.parametrize(
    ("page", "is_reserved"),
    [
        (b'\xef\xbb\xbf\n<!doctype html><html><head><META content=" 1 " name="TDM-Reservation"></head></html>', True),
        (b'<html><head><meta name="tdm-reservation" content="1"><title>Cook', True),
        (b'<html><head><meta name="tdm-reservation" content="0"></head></html>', False),
        (b'<html><head><meta name="tdm-policy" content="1"></head><p>tdm-reservation</p></html>', False),
        (b"<rss><item>&lt;meta name='tdm-reservation' content='1'&gt;</item></rss>", False),
        (b"{\"text\": \"<meta name='tdm-reservation' content='1'>\"}", False),
    ],
)
def test_a_page_that_reserves_itself_is_not_read(page: bytes, is_reserved: bool) -> None:
    middleware = ReservationsMiddleware.__new__(ReservationsMiddleware)
    request, answer = (
        Request("https://a.example/jobs", meta={"company": "acme"}),
        Response("https://a.example", body=page),
    )
    if is_reserved:
        with pytest.raises(MiningReserved, match=r"a\.example reserves text and data mining of its answer"):
            middleware.process_response(request, answer)
    else:
        assert middleware.process_response(request, answer) is answer
