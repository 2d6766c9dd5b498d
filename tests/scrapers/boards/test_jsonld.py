from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.jsonld import JsonldSpider
from scrapers.boards.sitemaps import is_of_site, read_sitemap, words_of
from scrapers.planning import Company

SITE = Company(slug="careers.brightmoss.example/sitemap.xml#/jobs/", name="as the registry says")
JOBS = "https://careers.brightmoss.example/jobs/"


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(JsonldSpider)


def sitemap(board: Any, body: bytes | None = None) -> Response:
    """Return the jobs' sitemap, as the crawl requests it after the index."""
    body = board.recording("sitemap_jobs").body_file.read_bytes() if body is None else body
    url = "https://careers.brightmoss.example/sitemap-jobs.xml"
    return Response(url, body=body, request=Request(f"{url}#/jobs/"))


def own_page(board: Any, name: str) -> HtmlResponse:
    recorded = board.recording(name)
    return HtmlResponse(recorded.url, body=recorded.body_file.read_bytes(), encoding="utf-8")


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    row = next(iter(board.spider.postings(sitemap(board))))
    request = board.spider.detail_for(row, SITE)
    assert request.url == board.recording("page_detail").url
    posting = board.spider.to_posting(board.spider.own_page(row, own_page(board, "page_detail"), ()), SITE)
    assert posting == Posting(
        board="jsonld",
        company_slug=SITE.slug,
        native_id=JOBS + "4711-machine-learning-engineer-oslo",
        url=JOBS + "4711-machine-learning-engineer-oslo",
        title="Machine Learning Engineer & Mosses",
        company_name="Bright Moss AS",
        location_text="Oslo HQ",
        job_locations=(
            Place(text="Oslo HQ", address_locality="Oslo", address_country="NO"),
            Place(address_locality="Bergen", address_country="NO"),
        ),
        employment_type_text="FULL_TIME; INTERN",
        base_salary=(Pay(min_value=700000, max_value=850000, currency="NOK", unit_text="YEAR"),),
        description_html=("<p>You tell mosses apart.</p>\n<h3>Qualifications</h3>\n<div>PyTorch and patience</div>"),
        language="en",
        requisition_id="BM-4711",
        date_posted=datetime(2026, 11, 2, tzinfo=UTC),
        valid_through=datetime(2026, 12, 24, 22, 59, tzinfo=UTC),
        payload=posting.payload,
    )
    assert "Jo Recruiter" not in str(posting.payload)


def test_an_index_is_followed_to_its_sitemaps_newest_first(board: Any) -> None:
    assert board.items("page") == []
    first = board.next_page("page")
    assert first.url == "https://careers.brightmoss.example/sitemap-jobs.xml#/jobs/"
    second = board.spider.next_page(Response(first.url, body=b"<urlset/>", request=first), SITE)
    assert second.url == "https://careers.brightmoss.example/sitemap-pages.xml#/jobs/"
    assert board.spider.next_page(Response(second.url, body=b"<urlset/>", request=second), SITE) is None


def index_of(*addresses: str) -> bytes:
    named = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in addresses)
    return f"<sitemapindex>{named}</sitemapindex>".encode()


def requested_sitemaps(board: Any, body: bytes, most: int = 1_000) -> tuple[list[str], int, list[str]]:
    """Return the sitemaps requested, how many were left out, and the faults.

    The first three answer with the same index. The others, with which 400 indexes would be read, name no address.
    """
    left_out: list[str] = []
    faults: list[str] = []
    board.spider.outcomes = SimpleNamespace(left_out=left_out.append, failed=lambda _, fault: faults.append(fault))
    start = "https://careers.brightmoss.example/sitemap.xml#/jobs/"
    request, requested = Request(start, meta={"company": SITE.slug}), []
    while request is not None and len(requested) < most:
        requested.append(request.url)
        answered = body if len(requested) <= 3 else b"<urlset></urlset>"
        answer = Response(request.url.partition("#")[0], body=answered, request=request)
        following = board.spider.next_page(answer, SITE)
        request = following and following.replace(meta=following.meta | {"company": SITE.slug})
    return requested, len(left_out), faults


def test_an_index_that_names_itself_is_requested_once(board: Any) -> None:
    own = "https://careers.brightmoss.example/"
    requested, left_out, faults = requested_sitemaps(board, index_of(own + "sitemap.xml", own + "b.xml", own + "b.xml"))
    assert (requested, left_out, faults) == ([own + "sitemap.xml#/jobs/", own + "b.xml#/jobs/"], 0, [])


@pytest.mark.parametrize(
    ("named", "read", "fault"),
    [(450, 400, ["the site names 451 sitemaps, of which 400 are read"]), (399, 400, [])],
)
def test_a_site_with_too_many_sitemaps_is_partial(board: Any, named: int, read: int, fault: list[str]) -> None:
    requested, left_out, faults = requested_sitemaps(board, index_of(*(f"/{n}.xml" for n in range(named))))
    assert (len(requested), len(set(requested)), left_out, faults[:1]) == (read, read, 0, fault)


def test_entries_on_another_site_are_left_out_and_counted(board: Any) -> None:
    requested, left_out, _ = requested_sitemaps(board, index_of("https://elsewhere.example/a.xml", "/b.xml"))
    assert [each.split("/")[2] for each in requested] == ["careers.brightmoss.example"] * 2
    assert left_out >= 1
    rows = "".join(f"<url><loc>https://{host}/jobs/1-ml-engineer</loc></url>" for host in ("elsewhere.example", "x.y"))
    ours = f"<urlset>{rows}<url><loc>{JOBS}1-ml-engineer</loc></url></urlset>".encode()
    before = sitemap(board, ours)
    assert before.request is not None
    before.request.meta["company"] = SITE.slug
    counted: list[str] = []
    board.spider.outcomes = SimpleNamespace(left_out=counted.append)
    assert [row["url"] for row in board.spider.postings(before)] == [JOBS + "1-ml-engineer"]
    assert counted == [SITE.slug, SITE.slug]


def test_entries_whose_address_is_malformed_are_left_out_and_counted(board: Any) -> None:
    requested, left_out, faults = requested_sitemaps(board, index_of("https://[x/a.xml", "/b.xml"))
    assert [each.split("/")[3] for each in requested] == ["sitemap.xml#", "b.xml#"]
    assert (left_out > 0, faults) == (True, [])
    rows = "".join(
        f"<url><loc>{loc}</loc></url>" for loc in (JOBS + "1-ml-engineer", "https://[x/jobs/2", "//[/jobs/3")
    )
    before = sitemap(board, f"<urlset>{rows}</urlset>".encode())
    assert before.request is not None
    before.request.meta["company"] = SITE.slug
    counted: list[str] = []
    board.spider.outcomes = SimpleNamespace(left_out=counted.append)
    assert [row["url"] for row in board.spider.postings(before)] == [JOBS + "1-ml-engineer"]
    assert counted == [SITE.slug, SITE.slug]


@pytest.mark.parametrize(
    ("address", "host", "same"),
    [
        ("https://www.acme.co.uk/a", "jobs.acme.co.uk", True), ("https://other.co.uk/a", "jobs.acme.co.uk", False),
        ("https://acme.com.evil.net/", "acme.com", False), ("https://b.github.io/", "a.github.io", False),
        ("http://127.0.0.1/", "acme.com", False), ("http://[broken/", "acme.com", False),
        ("https://acme.com:99999/", "acme.com", False), ("https://acme.com:8443/", "acme.com", True),
    ],
)  # fmt: skip
def test_hosts_of_one_registrable_domain_are_one_site(address: str, host: str, same: bool) -> None:
    assert is_of_site(address, host) is same


def test_a_sitemap_lists_jobs_by_their_addresses(board: Any) -> None:
    rows = list(board.spider.postings(sitemap(board)))
    assert rows == [
        {"url": JOBS + "4711-machine-learning-engineer-oslo", "lastmod": "2026-11-09T10:00:00Z"},
        {"url": JOBS + "4712-forest-ranger-oslo"},  # never read, so its lastmod does not matter
        {"url": JOBS + "4714-data-engineer-oslo?lang=en&src=map", "lastmod": "2026-10-01"},
        {"url": JOBS + "4713"},
    ]
    titles = [board.spider.to_posting(row, SITE).title for row in rows]
    assert titles == ["machine learning engineer oslo", "forest ranger oslo", "data engineer oslo", JOBS + "4713"]
    wanted = [board.spider.is_in_scope(board.spider.to_posting(row, SITE)) for row in rows]
    assert wanted == [True, False, True, True]  # a page whose address has no words must be read


def test_a_compressed_sitemap_is_read(board: Any) -> None:
    packed = gzip.compress(sitemap(board).body)
    assert list(board.spider.postings(sitemap(board, packed))) == list(board.spider.postings(sitemap(board)))


def test_microdata_is_read(board: Any) -> None:
    payload = board.spider.own_page({"url": JOBS + "4713"}, own_page(board, "wordless_detail"), ())
    posting = board.spider.to_posting(payload, SITE)
    assert (posting.title, posting.company_name) == ("AI Engineer", "Bright Moss AS")
    assert posting.job_locations == (Place(address_locality="Tromsø", address_country="NO"),)
    assert posting.date_posted == datetime(2026, 10, 30, tzinfo=UTC)
    assert posting.description_text is not None
    assert "Lichens, too." in posting.description_text


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="neither a sitemap nor a page with a JobPosting"):
        board.items("unknown")
    with pytest.raises(UnexpectedShape, match="no JobPosting in the page"):
        board.spider.own_page({"url": "x"}, own_page(board, "unknown"), ())


def test_a_page_that_contains_the_jobs_is_read_with_odd_pay(board: Any) -> None:
    daily, words, german = board.items("odd_pay")
    assert daily.base_salary == (Pay(min_value=450, max_value=450, currency="EUR", unit_text="DAY"),)
    assert daily.job_locations == (Place(address_country="Norway"), Place(address_country="Sweden"))
    assert (daily.workplace_text, daily.requisition_id) == ("TELECOMMUTE", "PM-1")
    assert daily.description_text == "Plain text.\nTwo lines & more."
    assert daily.date_posted == datetime(2026, 11, 2, tzinfo=UTC)
    assert (words.base_salary, words.pay_text, words.location_text) == ((), "$90k", "Malmö")
    assert (german.base_salary, german.pay_text) == ((), "60.000 bis 70.000 EUR")
    assert german.job_locations == ()  # who may apply does not say where the job is, unless it is remote
    assert board.spider.detail_for(daily.payload, SITE) is None
    assert board.next_page("odd_pay") is None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://x.example/careers/job/563431013427-senior-data-engineer-berlin-?x=y", "senior data engineer berlin"),
        ("https://x.example/offer/ml-engineer-vision/00df0928-b013-448c-b3dd-6c6fb80eadc2", "ml engineer vision"),
        ("https://x.example/stellen/kundenbetreuer-für-k%C3%BChe", "kundenbetreuer für kühe"),
        ("https://x.example/job/12345", None),
        ("https://x.example/careers/Accountant_R-2", None),
        ("https://x.example", None),
        ("https://[x.example/ml-engineer", None),
    ],
)  # fmt: skip
def test_titles_are_read_from_addresses(address: str, words: str | None) -> None:
    assert words_of(address) == words


@pytest.mark.parametrize("body", [b"<rss/>", b"<html></html>", b"{}", b"", b"\x1f\x8b broken"])
def test_other_answers_are_not_sitemaps(body: bytes) -> None:
    assert read_sitemap(Response("https://x.example/sitemap.xml", body=body)) is None
