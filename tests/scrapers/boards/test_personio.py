from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import TextResponse

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.personio import PersonioSpider
from scrapers.planning import Company, ListAddress


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(PersonioSpider)


def test_a_whole_item(board: Any) -> None:
    posting = board.items("page")[0]
    assert posting == Posting(
        board="personio",
        company_slug="isar-analytics",
        native_id="1900001",
        url="https://isar-analytics.jobs.personio.de/job/1900001",
        title="Machine Learning Engineer (m/f/d)",
        company_name="Isar Analytics GmbH",
        department="Data",
        location_text="Munich; Berlin",
        job_locations=(Place(text="Munich"), Place(text="Berlin")),
        employment_type_text="full-time",
        description_html=(
            "<h3>Your role</h3>\n<p>You build rankers.</p>\n<h3>Your profile</h3>\n<ul><li>PyTorch</li></ul>"
        ),
        language="en",
        date_posted=datetime(2026, 9, 14, 6, 5, tzinfo=UTC),
        payload=posting.payload,
    )
    assert posting.payload["additionalOffices"] == ["Berlin"]
    assert posting.payload["yearsOfExperience"] == "2-5"


def test_english_first_then_what_has_no_english_text(board: Any) -> None:
    company = board.company("page")
    english, german = board.spider.requests_for(company)
    assert [each.url for each in (english, german)] == [board.recording(name).url for name in ("page", "last_page")]

    def ids(request: Any, name: str) -> list[str]:
        asked = request.replace(meta={**request.meta, "company": company.slug})
        response = TextResponse(request.url, body=board.response(name).body, request=asked)
        return [payload["id"] for payload in board.spider.postings(response)]

    assert ids(english, "page") == ["1900001"]
    assert ids(german, "last_page") == ["1900001", "1900002", "1900003"]  # the first copy of a posting counts


def test_where_english_alone_was_recorded_nothing_is_held_back(board: Any) -> None:
    company = Company(slug="isar-analytics", lists=(ListAddress("GET", board.recording("page").url),))
    english, _ = board.spider.requests_for(company)
    assert english.meta["german_follows"] is False


def test_the_last_language_without_texts_and_without_second_offices(board: Any) -> None:
    _, intern, driver = board.items("last_page")
    assert (intern.employment_type_text, intern.language) == ("intern", "de")
    assert (driver.employment_type_text, driver.location_text, driver.description_html) == ("part-time", "Hof", None)


def test_an_empty_board_and_a_firm_that_left(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not XML: HTML page"):
        board.items("unknown")
    other = TextResponse("https://x.jobs.personio.de/xml", body=b"<rss/>")
    with pytest.raises(UnexpectedShape, match="the root is <rss>, not <workzag-jobs>"):
        list(board.spider.postings(other))


def test_odd_pay(board: Any) -> None:
    student, yearly, words = board.items("odd_pay")
    assert student.base_salary == (Pay(min_value=18.5, currency="EUR", unit_text="hourly"),)
    assert (student.employment_type_text, student.url) == (
        "working-student",
        "https://lohnwerk.jobs.personio.com/job/1900011",
    )
    assert yearly.base_salary == (Pay(min_value=62000, max_value=78000, currency="EUR", unit_text="yearly"),)
    assert (yearly.location_text, yearly.job_locations) == (None, ())
    assert words.base_salary == ()
    assert words.payload["salaryInformation"]["min"] == "nach Absprache"
