"""Searches with more results than are shown are read completely, in parts by date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from scrapy import Request
from scrapy.http import Response, TextResponse

from scrapers.boards.jobtech import JobtechSpider
from scrapers.dated_parts import DatedParts, following
from scrapers.decoding import UnexpectedShape
from scrapers.paging import LEADS_TO_LIST, turned_to
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

TOKEN = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=/partenaire"  # noqa: S105 - an address
JSON = {"Content-Type": "application/json"}
EMPTY = Reply(206, b'{"resultats": []}', JSON | {"Content-Range": "offres 150-150/480"})
JOBTECH = "https://jobsearch.api.jobtechdev.se/search?q=ml&offset=0&limit=100"
BY_DATE = DatedParts("page", "from", "to", "%Y-%m-%dT%H:%M:%S", most_shown=100)


def parts(url: str, total: int | None, origin: str = "live", **meta: Any) -> tuple[str, ...]:
    run = cast(Any, SimpleNamespace(as_of=datetime(2026, 11, 22, 6, tzinfo=UTC), origin=origin))
    return BY_DATE.addresses(Response(url, request=Request(url, meta=meta)), run, total)


def days(url: str) -> tuple[str, str]:
    query = parse_qs(urlsplit(url).query)
    return query["from"][0], query["to"][0]


def test_a_short_search_an_unknown_total_and_a_replay_are_not_divided() -> None:
    url = "https://x.example/?q=ml"
    assert parts(url, 100) == parts(url, None) == parts(url, 101, "recorded") == ()
    assert parts(url, 101)
    assert parts(url + "&page=0", 101)
    assert parts(url + "&page=1", 101) == ()


def test_the_parts_cover_all_time_up_to_tomorrow_without_a_gap() -> None:
    found = [days(url) for url in parts("https://x.example/?q=ml&page=0", 101)]
    assert found[0] == ("2026-11-21T06:00:00", "2026-11-23T06:00:00")
    assert found[-1][0] == "2000-01-01T00:00:00"
    assert [begin for begin, _ in found[:-1]] == [end for _, end in found[1:]]
    assert len(found) == 11


def test_a_part_is_divided_by_age_and_then_in_halves_down_to_an_hour() -> None:
    def divided(begin: str, end: str) -> list[tuple[str, str]]:
        return [days(url) for url in parts(f"https://x.example/?q=ml&from={begin}&to={end}", 101)]

    assert divided("2026-11-08T06:00:00", "2026-11-20T06:00:00") == [
        ("2026-11-19T06:00:00", "2026-11-20T06:00:00"),
        ("2026-11-15T06:00:00", "2026-11-19T06:00:00"),
        ("2026-11-08T06:00:00", "2026-11-15T06:00:00"),
    ]
    assert divided("2026-11-15T06:00:00", "2026-11-19T06:00:00") == [
        ("2026-11-17T06:00:00", "2026-11-19T06:00:00"),
        ("2026-11-15T06:00:00", "2026-11-17T06:00:00"),
    ]
    assert divided("2026-11-15T06:00:00", "2026-11-15T08:00:00") == [
        ("2026-11-15T07:00:00", "2026-11-15T08:00:00"),
        ("2026-11-15T06:00:00", "2026-11-15T07:00:00"),
    ]
    assert divided("2026-11-15T06:00:00", "2026-11-15T07:59:59") == []
    assert divided("2000-01-01T00:00:00", "2024-04-06T06:00:00")[0][1] == "2024-04-06T06:00:00"


def walked(total: int, stated: dict[str, int]) -> str | None:
    """Return the fault after the last part; ``stated`` is how many postings each part states."""
    first = Request("https://x.example/?q=ml", meta={"retry_times": 2, LEADS_TO_LIST: True})
    request = following(Response(first.url, request=first), None, total, tuple(stated))
    while request is not None:
        assert request.meta[LEADS_TO_LIST]
        assert "retry_times" not in request.meta
        try:
            request = following(Response(request.url, request=request), None, stated[request.url], ())
        except UnexpectedShape as fault:
            return str(fault)
    return None


def test_parts_with_too_few_postings_are_a_fault() -> None:
    urls = [f"https://x.example/{number}" for number in range(3)]
    assert walked(1_000, dict(zip(urls, (500, 0, 500), strict=True))) is None
    assert walked(1_000, dict(zip(urls, (500, 0, 495), strict=True))) is None
    assert (
        walked(1_000, dict(zip(urls, (500, 0, 494), strict=True)))
        == "the list has 1,000 postings, but its parts by date have 994"
    )


def test_a_part_of_a_part_comes_first_and_pages_keep_the_remaining_parts() -> None:
    whole = Request("https://x.example/")
    part = following(Response(whole.url, request=whole), None, 300, ("https://x.example/a", "https://x.example/b"))
    assert part is not None
    response = Response(part.url, request=part)
    inner = following(response, None, 200, ("https://x.example/a1", "https://x.example/a2"))
    assert inner is not None
    assert inner.url == "https://x.example/a1"
    response = Response(inner.url, request=inner)
    page = following(response, turned_to(response, "page", 2), 120, ())
    assert page is not None
    assert page.url == "https://x.example/a1?page=2"
    assert LEADS_TO_LIST not in page.meta
    after = following(Response(page.url, request=page), None, 120, ())
    assert after is not None
    assert after.url == "https://x.example/a2"
    # nearly all of the search: the board ignores the dates
    assert parts(inner.url, 270, **inner.meta)
    assert parts(inner.url, 271, **inner.meta) == ()


class France(dict[str, Any]):
    """A service with a token and offers created in the past; it heeds dates, ignores them, or loses some offers.

    ``fault`` is its answer for the part with offers of that many days of age, from that many rows on.
    """

    def __init__(
        self, ages: list[float], *, heeds: bool = True, loses: int = 0, fault: tuple[float, int, Reply] | None = None
    ) -> None:
        super().__init__()
        self.created = [AS_OF - timedelta(days=age) for age in sorted(ages)]
        self.heeds, self.loses, self.fault = heeds, loses, fault

    def get(self, url: str, default: Any = None) -> Reply | Callable[[BaseHTTPRequestHandler], Reply | None]:
        if url == TOKEN:
            return Reply(200, b'{"access_token": "an-invented-token"}', JSON)
        if "/offres/search" not in url:
            return Reply(404)
        return lambda request: self.search(url) if request.headers["Authorization"] else Reply(401)

    def search(self, url: str) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        first, last = map(int, query["range"].split("-"))
        assert last - first < 150
        assert first <= 1_000
        found = list(enumerate(self.created))
        if self.heeds and "minCreationDate" in query:
            begin, end = (datetime.fromisoformat(query[f"{name}CreationDate"]) for name in ("min", "max"))
            found = [each for each in found if begin <= each[1] <= end and each[0] >= self.loses]
            if self.fault is not None:
                age, row, reply = self.fault
                if begin <= AS_OF - timedelta(days=age) <= end and first >= row:
                    return reply
        if not found:
            return Reply(204)
        offers = [{"id": f"{number}", "intitule": "Cuisinier"} for number, _ in found[first : last + 1]]
        headers = JSON | {"Content-Range": f"offres {first}-{first + len(offers) - 1}/{len(found)}"}
        return Reply(206, orjson.dumps({"resultats": offers}), headers)


class Sweden(dict[str, Any]):
    """A service without a token whose parts exclude their last moment, and whose pages are shorter than requested."""

    def __init__(self, ages: list[float]) -> None:
        super().__init__()
        self.published = [AS_OF - timedelta(days=age) for age in sorted(ages)]

    def get(self, url: str, default: Any = None) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if not url.startswith(JOBTECH.partition("?")[0]):
            return Reply(404)
        begin = datetime.fromisoformat(query.get("published-after", "1990-01-01T00:00:00") + "Z")
        end = datetime.fromisoformat(query.get("published-before", "2990-01-01T00:00:00") + "Z")
        found = [number for number, moment in enumerate(self.published) if begin <= moment < end]
        offset = int(query["offset"])
        assert offset <= 2_000
        hits = [{"id": f"{number}", "headline": "Kock"} for number in found[offset : offset + 90]]
        return Reply(200, orjson.dumps({"total": {"value": len(found)}, "hits": hits}), JSON)


@pytest.fixture
def crawl(served: BoardServer, drive: Callable[..., Any], tmp_path: Path) -> Callable[..., tuple[Any, list[str]]]:
    def crawl(service: dict[str, Any], board: str, request: str) -> tuple[Any, list[str]]:
        served.answers = service
        folder = tmp_path / "boards"
        folder.mkdir()
        row = f"{request},200,application/json,,2026-11-20"
        (folder / "manifest.csv").write_text(f"url,method,status,content_type,file,recorded_on\n{row}\n")
        crawled = drive(tmp_path / "home", folder, address=served.address, origin="sample")
        return crawled.outcomes[board, "all"], served.take_requested()

    return crawl


@pytest.fixture
def crawl_france(crawl: Callable[..., Any]) -> Callable[[France], tuple[Any, list[str]]]:
    return lambda service: crawl(service, "francetravail", f"{TOKEN},POST")


def test_a_search_of_several_pages_after_a_token_is_complete(crawl_france: Callable[..., Any]) -> None:
    outcome, requested = crawl_france(France([number / 10 for number in range(400)]))
    assert (outcome.status, outcome.postings, outcome.reason) == ("complete", 400, None)
    assert len(requested) == 4, "the token and three pages"


def test_a_longer_search_is_complete_through_its_parts(crawl_france: Callable[..., Any]) -> None:
    # 1,500 of the last day, divided again, and one of each of 900 days
    outcome, requested = crawl_france(France([number / 1_600 for number in range(1_500)] + list(range(2, 902))))
    assert (outcome.status, outcome.postings, outcome.reason) == ("complete", 2_400, None)
    assert len(requested) < 45
    assert outcome.duplicates < 20, "those at a moment that two parts share: a search that is divided hands on none"


@pytest.mark.parametrize(
    ("fault", "postings", "reason"),
    [
        ((5, 0, Reply(500)), 1_188, "500: internal server error, 3 times"),
        (
            (5, 0, Reply(200, b"{}", JSON)),
            1_188,
            "no list under the key 'resultats': not the answer of a francetravail",
        ),
        ((300, 150, Reply(400)), 870, "400: bad request"),
        ((300, 150, EMPTY), 870, "the list shows 150 of the 480 postings that it states"),
    ],
)
def test_a_part_that_fails_costs_no_other(
    crawl_france: Callable[..., Any], fault: tuple[float, int, Reply], postings: int, reason: str
) -> None:
    """With three offers a day, those of 3 to 7 days are the third of eleven parts, those of 240 to 480 the ninth."""
    outcome, _ = crawl_france(France([number / 3 + 0.1 for number in range(1_200)], fault=fault))
    assert (outcome.status, outcome.postings) == ("partial", postings)
    assert outcome.reason.startswith(reason), outcome.reason
    assert ";" not in outcome.reason, "one part is lost: what all parts have is not held against the whole"


def test_empty_parts_and_short_pages_are_complete_too(crawl: Callable[..., Any]) -> None:
    # none in the last week, ten a day before that, and some exactly at the moments between two parts
    ages = [7 + number / 10 for number in range(2_200)]
    outcome, requested = crawl(Sweden(ages), "jobtech", f"{JOBTECH},GET")
    assert (outcome.status, outcome.postings, outcome.reason) == ("complete", 2_200, None)
    assert outcome.duplicates == 0
    assert len(requested) < 50


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        ({"heeds": False}, "the list has 1,400 postings, but the board shows at most 1,050"),
        ({"loses": 20}, "the list has 1,400 postings, but its parts by date have 1,380"),
    ],
)
def test_a_search_whose_parts_lack_postings_is_partial(
    crawl_france: Callable[..., Any], service: dict[str, Any], reason: str
) -> None:
    outcome, requested = crawl_france(France([number / 10 + 0.03 for number in range(1_400)], **service))
    assert (outcome.status, reason in outcome.reason) == ("partial", True), outcome.reason
    assert len(requested) < 120


def test_each_service_gets_its_own_date_format() -> None:
    jobtech, run = JobtechSpider(), cast(Any, SimpleNamespace(as_of=AS_OF, origin="live"))
    first = Request(next(iter(jobtech.requests_for(cast(Any, None)))).url)
    answer = TextResponse(first.url, request=first, body=b'{"total": {"value": 2101}, "hits": [{}]}')
    part = jobtech.divides.addresses(answer, run, jobtech.stated_size(answer))[0]
    assert re.search(r"offset=0&limit=100&published-after=[\d-]+T[\d%A]+&published-before=[\d-]+T[\d%A]+$", part)
    assert jobtech.divides.addresses(answer, run, 2_100) == ()
    assert jobtech.slug_of(part) == "all"
