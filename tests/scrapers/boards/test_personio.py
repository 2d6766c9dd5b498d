from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import TextResponse

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.personio import PersonioSpider
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun, Company, ListAddress
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(PersonioSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
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


def outcomes_of(company: Company) -> Outcomes:
    run = BoardRun(
        board="personio", run_id="r", origin="recorded", as_of=AS_OF, home=Path("home"), companies=(company,)
    )
    outcomes = Outcomes(run)
    outcomes.opened(company.slug)
    return outcomes


def test_english_comes_first_and_german_adds_what_lacks_an_english_text(board: Any) -> None:
    company = board.company("page")
    english, german = board.spider.requests_for(company)
    board.spider.outcomes = outcomes_of(company)
    assert [each.url for each in (english, german)] == [board.recording(name).url for name in ("page", "last_page")]

    def ids(request: Any, name: str) -> list[str]:
        sent = request.replace(meta={**request.meta, "company": company.slug})
        response = TextResponse(request.url, body=board.response(name).body, request=sent)
        return [payload["id"] for payload in board.spider.postings(response)]

    assert ids(english, "page") == ["1900001"]
    assert ids(german, "last_page") == []  # otherwise all texts would be German while English is unavailable
    board.spider.outcomes.readable(company.slug)
    assert ids(german, "last_page") == ["1900001", "1900002", "1900003"]  # the first copy of a posting counts


def test_with_only_english_recorded_nothing_is_left_out(board: Any) -> None:
    company = Company(slug="isar-analytics", lists=(ListAddress("GET", board.recording("page").url),))
    english, _ = board.spider.requests_for(company)
    assert english.meta["german_follows"] is False


def test_german_recorded_alone_or_first_does_not_depend_on_english(board: Any) -> None:
    english, german = (ListAddress("GET", board.recording(name).url) for name in ("page", "last_page"))
    for lists, waits in (((german,), False), ((german, english), False), ((english, german), True)):
        _, request = board.spider.requests_for(Company(slug="isar-analytics", lists=lists))
        assert request.meta["after_english"] is waits


def test_texts_keep_their_language_while_english_is_unavailable(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path, board_folder: Callable[..., Path]
) -> None:
    feed = "https://acme.jobs.personio.de/xml?language="
    kind = "application/xml"

    def reply(*texts: str) -> Reply:
        positions = "".join(
            f"<position><id>{number}</id><name>Data Scientist</name><jobDescriptions><jobDescription><name>A</name>"
            f"<value>{text}</value></jobDescription></jobDescriptions></position>"
            for number, text in enumerate(texts)
        )
        return Reply(200, f"<workzag-jobs>{positions}</workzag-jobs>".encode(), {"Content-Type": kind})

    folder = board_folder({feed + language: (200, kind, b"") for language in ("en", "de")})
    english, german = reply("english", ""), reply("deutsch", "nur deutsch")
    landed = []
    for day, answers in enumerate([(english, german), (Reply(503, b""), german), (english, german)]):
        served.answers |= dict(zip((feed + "en", feed + "de"), answers, strict=True))
        crawl = drive(tmp_path / "home", folder, AS_OF + timedelta(days=day), address=served.address)
        (outcome,) = crawl.outcomes.values()
        landed.append((outcome.status, outcome.reason, outcome.postings))
    texts = [(line["native_id"], line["language"]) for line in crawl.lines("postings")]
    assert sorted(texts) == [("0", "en"), ("1", "de")]  # of all three days
    unanswered = ("partial", "503: service unavailable, 3 times", 0)
    assert landed == [("complete", None, 2), unanswered, ("complete", None, 2)]


def test_the_last_language_includes_positions_without_texts(board: Any) -> None:
    _, intern, driver = board.items("last_page")
    assert (intern.employment_type_text, intern.language) == ("intern", "de")
    assert (driver.employment_type_text, driver.location_text, driver.description_html) == ("part-time", "Hof", None)


def test_an_empty_board_is_read_and_an_employer_that_left_refused(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not XML: HTML page"):
        board.items("unknown")
    other = TextResponse("https://x.jobs.personio.de/xml", body=b"<rss/>")
    with pytest.raises(UnexpectedShape, match="the root is <rss>, not <workzag-jobs>"):
        list(board.spider.postings(other))


def test_odd_pay_is_kept_as_stated(board: Any) -> None:
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
