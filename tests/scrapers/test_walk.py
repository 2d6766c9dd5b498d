"""Boards with pages and postings' own pages: what is requested, what is landed, and how a company's crawl ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers import settings

LEDGER = "https://ledger.example/{}"
FORMS = "POST https://forms.example/search"
ML, COOK = {"title": "Machine Learning Engineer"}, {"title": "Cook"}

Answer = tuple[int, str, bytes]


def as_answer(value: object, status: int = 200) -> Answer:
    return status, "application/json", orjson.dumps(value)


def own_page(text: str) -> Answer:
    return as_answer({"text": text, "recruiter": "Jane Doe"})


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, drive: Callable[..., Any]) -> Any:
    """One crawl of a board with pages and own pages, with everything that may happen there."""
    answers = {
        # three pages, in any order in the folder; the last one names no next page
        "whole/jobs?page=3": as_answer({"jobs": [{"id": "5", **ML}]}),
        "whole/jobs": as_answer({"jobs": [{"id": "1", **ML, "owner": "Jane"}, {"id": "2", **COOK}], "next": 2}),
        "whole/jobs?page=2": as_answer({"jobs": [{"id": "3", **ML}, {"id": "1", **ML}, {"id": "4", **ML}], "next": 3}),
        "whole/jobs/1": own_page("one"),
        "whole/jobs/2": own_page("a cook's page is not requested"),
        "whole/jobs/3": as_answer("<html>", 404),
        "whole/jobs/4": own_page("four"),
        "whole/jobs/5": (200, "text/html", b"<html>"),
        # only the first of its pages was recorded
        "piece/jobs": as_answer({"jobs": [{"id": "1", **ML}], "next": 2}),
        # the second page fails
        "walled/jobs": as_answer({"jobs": [{"id": "1", **COOK}], "next": 2}),
        "walled/jobs?page=2": as_answer("no", 500),
        # the second page repeats the first one and says that more follow
        "stuck/jobs": as_answer({"jobs": [{"id": "1", **COOK}], "next": 1}),
        "stuck/jobs?page=1": as_answer({"jobs": [{"id": "1", **COOK}], "next": 2}),
        "empty/jobs": as_answer({"jobs": [], "next": 2}),
        # every own page is gone: they have moved
        "moved/jobs": as_answer({"jobs": [{"id": str(n), **ML} for n in range(4)]}),
        **{f"moved/jobs/{n}": as_answer("gone", 410) for n in range(4)},
        # a posting of the first page was removed before the second was read: the third moved up and is not seen
        "moving/jobs": as_answer({"jobs": [{"id": "1", **COOK}, {"id": "2", **COOK}], "next": 2, "total": 4}),
        "moving/jobs?page=2": as_answer({"jobs": [{"id": "4", **COOK}], "total": 3}),
        # a page shows nothing, although the list says that it goes on
        "hollow/jobs": as_answer({"jobs": [{"id": "1", **COOK}], "next": 2, "total": 3}),
        "hollow/jobs?page=2": as_answer({"jobs": [], "next": 3, "total": 3}),
        # a list counts one posting that it does not show
        "counting/jobs": as_answer({"jobs": [{"id": str(n), **COOK} for n in range(19)], "total": 20}),
        # the address of an own page is malformed
        "crooked/jobs": as_answer({"jobs": [{"id": "1", "page": "https://[x", **ML}, {"id": "2", **ML}]}),
        "crooked/jobs/2": own_page("two"),
        "tangled/jobs": as_answer({"jobs": [{"id": "1", **COOK}]}),
        "odd/jobs": as_answer({"jobs": [{"id": "1"}, 7, {"id": "2", **ML}]}),
        "odd/jobs/2": own_page("two"),
    }
    folder = tmp_path_factory.mktemp("steps")
    rows = ["url,method,status,content_type,file,recorded_on"]
    feed = {"jobs": [{"id": "a", "employer": "Fern", **ML}, {"id": "b", "employer": "Oak", **ML}], "more": True}
    named = {LEDGER.format(path): answer for path, answer in answers.items()} | {FORMS: as_answer(feed)}
    for number, (url, (status, kind, body)) in enumerate(named.items()):
        (folder / f"{number}.body").write_bytes(body)
        method, _, address = url.rpartition(" ")
        rows.append(f"{address},{method or 'GET'},{status},{kind},{number}.body,2026-11-20")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    return drive(tmp_path_factory.mktemp("home"), folder, spiders="invented")


def texts(crawled: Any, company: str) -> dict[str, str | None]:
    return {p["native_id"]: p["description_text"] for p in crawled.lines("postings") if p["company_slug"] == company}


def test_every_page_is_read_and_the_own_pages_of_roles_in_scope(crawled: Any) -> None:
    assert texts(crawled, "whole") == {"1": "one", "2": None, "4": "four", "5": None}
    outcome = crawled.outcomes["ledger", "whole"]
    assert (outcome.status, outcome.reason) == ("partial", "not JSON: HTML page")
    # three pages and four own pages; the copy of 1 and the cook cost no request
    assert (outcome.requests, outcome.postings, outcome.duplicates) == (7, 4, 1)


def test_personal_data_is_not_landed(crawled: Any) -> None:
    (one,) = [p for p in crawled.lines("postings") if (p["company_slug"], p["native_id"]) == ("whole", "1")]
    assert one["payload"] == {"id": "1", **ML, "detail": {"text": "one"}}


@pytest.mark.parametrize(
    ("company", "status", "reason", "postings"),
    [
        ("piece", "complete", None, 1),
        ("walled", "partial", "500: internal server error, 3 times", 1),
        ("stuck", "partial", "page 2 shows nothing new but says that more follow", 1),
        ("empty", "partial", "a page of the list is empty but says that more follow", 0),
        ("moved", "partial", "4 of 4 listed postings have no page of their own", 0),
        ("moving", "partial", "the list shrank from 4 postings to 3 while it was read", 3),
        ("hollow", "partial", "the list shows 1 of the 3 postings that it states", 1),
        ("counting", "complete", None, 19),
        ("crooked", "partial", "ValueError: Invalid IPv6 URL", 2),
        ("tangled", "partial", "ValueError: a fault of the spider", 1),
        ("odd", "partial", "2 rejected: no title (1), not an object (1)", 1),
    ],
)
def test_every_company_ends_with_its_outcome(
    crawled: Any, company: str, status: str, reason: str | None, postings: int
) -> None:
    outcome = crawled.outcomes["ledger", company]
    assert (outcome.status, outcome.reason, outcome.postings) == (status, reason, postings)


def test_a_company_lost_to_a_fault_of_ours_is_a_gap(
    drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    answers = {LEDGER.format(f"{name}/jobs"): as_answer({"jobs": [{"id": "1", **COOK}]}) for name in ("ash", "elm")}
    pipelines = {"invented.forgetful.Forgetful": 50, **settings.ITEM_PIPELINES}
    crawled = drive(
        tmp_path / "home", board_folder(answers), spiders="invented", settings={"ITEM_PIPELINES": pipelines}
    )
    assert list(crawled.outcomes) == [("ledger", "ash")]
    assert crawled.result.gaps == [f"ledger: the crawl of 1 company did not end; log: {tmp_path / 'home/crawl.log'}"]


def test_unrecorded_pages_are_not_a_fault_of_the_board(crawled: Any) -> None:
    # piece's second page and own page; the feed's second page, which has the same URL as the first
    assert crawled.result.not_recorded == {"ledger": 2, "forms": 1}
    assert crawled.outcomes["ledger", "piece"].http_codes == {"200": 1}
    assert crawled.outcomes["ledger", "piece"].requests == 1
    assert not any("no spider" in note for note in crawled.result.notes)


def test_a_feed_is_one_company_with_many_employers(crawled: Any) -> None:
    outcome = crawled.outcomes["forms", "all"]
    assert (outcome.status, outcome.postings, outcome.requests) == ("complete", 2, 1)
    landed = [(p["company_slug"], p["company_name"]) for p in crawled.lines("postings") if p["board"] == "forms"]
    assert Counter(landed) == {("all", "Fern"): 1, ("all", "Oak"): 1}


def test_a_board_without_its_key_is_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scrapers import targets
    from scrapers.planning import CrawlSpec
    from scrapers.registry import RegisteredCompany
    from tests.scrapers.invented.forms import FormsSpider

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(targets, "companies", lambda: (RegisteredCompany.model_construct(board="forms", slug="all"),))
    spec = CrawlSpec(home=tmp_path, boards="live", as_of="2026-11-20T00:00:00Z", log_file=tmp_path / "log")
    found = targets._live(spec, {"forms": FormsSpider})
    assert found.moments[0][1] == {}
    assert found.notes == ["forms skipped: it needs JOBMARKET_FORMS_KEY (see .env.example)"]
    monkeypatch.setenv("JOBMARKET_FORMS_KEY", "k")
    assert list(targets._live(spec, {"forms": FormsSpider}).moments[0][1]) == ["forms"]
