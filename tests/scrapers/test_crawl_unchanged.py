"""An unchanged board costs one request and no new content; a posting's own page is read when its list changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

import scrapers
from scrapers import made_by
from scrapers.boards.ashby import AshbySpider
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

ASHBY = "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true"
LEDGER = "https://ledger.example/acme/jobs"
JOBS = [{"id": "1", "title": "Machine Learning Engineer"}, {"id": "2", "title": "Cook", "isListed": False}]


def json_reply(value: object, status: int = 200, **headers: str) -> Reply:
    return Reply(status, orjson.dumps(value), {"Content-Type": "application/json"} | headers)


@pytest.fixture
def crawl_days(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    """Crawl the served boards day after day, and return what each crawl of a list URL landed."""
    home = tmp_path / "home"

    def crawl_day(day: int, url: str, **choice: Any) -> Any:
        folder = board_folder({url: (200, "application/json", b"")}, url.split("/")[2])
        served.take_requested()
        landed = drive(home, folder, AS_OF + timedelta(days=day), address=served.address, **choice)
        return landed.records[-1]

    return crawl_day


def new_contents(record: Any) -> int:
    return int(record.files["postings.jsonl.gz"].lines)


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified", None])
def test_an_unchanged_board_costs_one_request(
    served: BoardServer, crawl_days: Callable[..., Any], validator: str | None
) -> None:
    value = "Fri, 20 Nov 2026 06:00:00 GMT"
    conditions: list[str | None] = []
    jobs = list(JOBS)

    def answer(request: BaseHTTPRequestHandler) -> Reply:
        condition = request.headers.get("If-None-Match" if validator == "ETag" else "If-Modified-Since")
        conditions.append(condition)
        if condition == value and len(jobs) == 2:
            return Reply(304)
        return json_reply({"jobs": jobs}, **({validator: value} if validator else {}))

    served.answers[ASHBY] = answer
    first, second = crawl_days(0, ASHBY), crawl_days(1, ASHBY)
    assert served.take_requested() == [ASHBY]
    assert conditions == [None, value if validator else None]
    assert (new_contents(first), new_contents(second)) == (1, 0)
    before, after = first.companies[0], second.companies[0]
    assert after.http_codes == {"304" if validator else "200": 1}
    assert (after.status, after.postings, after.missing) == (before.status, before.postings, before.missing)
    assert second.files["sightings.jsonl.gz"] == first.files["sightings.jsonl.gz"]

    jobs.append({"id": "3", "title": "Data Scientist"})
    third = crawl_days(2, ASHBY)
    assert (new_contents(third), third.companies[0].postings) == (1, 2)


def test_an_answer_with_a_broken_object_is_read_again(served: BoardServer, crawl_days: Callable[..., Any]) -> None:
    served.answers[ASHBY] = json_reply({"jobs": [*JOBS, {"id": "9"}]})
    first, second = crawl_days(0, ASHBY), crawl_days(1, ASHBY)
    assert (first.companies[0].rejected, second.companies[0].rejected) == (1, 1)
    assert first.companies[0].reason == second.companies[0].reason == "1 rejected: no title (1)"


def test_a_304_to_an_unconditional_request_is_an_error(served: BoardServer, crawl_days: Callable[..., Any]) -> None:
    served.answers[ASHBY] = Reply(304)
    outcome = crawl_days(0, ASHBY).companies[0]
    assert (outcome.status, outcome.postings, outcome.reason) == ("failed", 0, "304: not modified")


def test_own_pages_are_read_when_their_list_changes(
    served: BoardServer, crawl_days: Callable[..., Any], tmp_path: Path
) -> None:
    jobs: list[dict[str, Any]] = [{"id": "1", "title": "ML Engineer"}, {"id": "2", "title": "Data Scientist"}]
    served.answers[LEDGER] = lambda _: json_reply({"jobs": jobs})
    for number in range(1, 4):
        served.answers[f"{LEDGER}/{number}"] = json_reply({"text": f"text {number}"})
    ledger = {"spiders": "invented"}
    assert new_contents(crawl_days(0, LEDGER, **ledger)) == 2
    assert served.take_requested() == [LEDGER, f"{LEDGER}/1", f"{LEDGER}/2"]

    jobs.append({"id": "3", "title": "AI Engineer"})
    second = crawl_days(1, LEDGER, **ledger)
    assert served.take_requested() == [LEDGER, f"{LEDGER}/3"]
    assert (new_contents(second), second.companies[0].postings, second.companies[0].status) == (1, 3, "complete")

    # The index is a cache: rebuilt from the landing, it has the same content.
    shutil.rmtree(tmp_path / "home" / "crawl_state")
    jobs[0]["title"] = "Senior ML Engineer"
    third = crawl_days(2, LEDGER, **ledger)
    assert served.take_requested() == [LEDGER, f"{LEDGER}/1"]
    assert (new_contents(third), third.companies[0].postings) == (1, 3)

    # A page that cannot be read does not remove what was read of it before.
    jobs[1]["title"] = "Senior Data Scientist"
    served.answers[f"{LEDGER}/2"] = Reply(503)
    fourth = crawl_days(3, LEDGER, **ledger)
    assert (new_contents(fourth), fourth.companies[0].postings, fourth.companies[0].status) == (0, 3, "partial")
    served.answers[f"{LEDGER}/2"] = json_reply({"text": "text 2"})
    assert new_contents(crawl_days(4, LEDGER, **ledger)) == 1
    assert served.take_requested() == [LEDGER, f"{LEDGER}/2"]


def test_own_pages_of_unchanged_postings_are_read_again_in_turn(
    served: BoardServer, crawl_days: Callable[..., Any], tmp_path: Path
) -> None:
    pages = [f"{LEDGER}/{number}" for number in range(4)]
    served.answers[LEDGER] = json_reply({"jobs": [{"id": str(number), "title": "ML Engineer"} for number in range(4)]})
    served.answers |= {page: json_reply({"text": "as it was"}) for page in pages}
    ledger = {"spiders": "invented", "settings": {"OWN_PAGES_READ_AGAIN_SHARE": 0.5}}
    assert new_contents(crawl_days(0, LEDGER, **ledger)) == 4
    crawl_days(6, LEDGER, **ledger)
    assert served.take_requested() == [LEDGER]

    # A week later half of them are read. The landing records when each was read; the index is a cache.
    seventh = crawl_days(7, LEDGER, **ledger)
    _, *first_half = served.take_requested()
    assert (len(first_half), new_contents(seventh), seventh.companies[0].postings) == (2, 0, 4)
    shutil.rmtree(tmp_path / "home" / "crawl_state")

    # One of the others was edited, which the list does not show. Another does not answer: it stays as it was, and due.
    edited, silent = (page for page in pages if page not in first_half)
    served.answers |= {edited: json_reply({"text": "edited"}), silent: Reply(503)}
    eighth = crawl_days(8, LEDGER, **ledger)
    requested = served.take_requested()
    assert (requested[0], set(requested[1:])) == (LEDGER, {edited, silent})
    outcome = eighth.companies[0]
    assert (new_contents(eighth), outcome.postings, outcome.status) == (1, 4, "complete")

    # A posting whose page is gone is closed, although it is listed.
    served.answers[silent] = Reply(404)
    ninth = crawl_days(9, LEDGER, **ledger)
    _, gone, to_compare = served.take_requested()
    assert (gone, to_compare != silent) == (silent, True), "another one tells that the address is the same"
    assert (new_contents(ninth), ninth.companies[0].postings, ninth.companies[0].status) == (0, 3, "complete")


def test_a_list_in_one_answer_is_requested_unconditionally_if_a_page_is_due(
    served: BoardServer, crawl_days: Callable[..., Any]
) -> None:
    board, page = "https://acme.breezy.hr/json", "https://acme.breezy.hr/p/1-ml-engineer"
    conditions: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> Reply:
        conditions.append(request.headers.get("If-None-Match"))
        job = {"id": "1", "name": "ML Engineer", "url": page}
        return json_reply([job], ETag='"1"') if conditions[-1] is None else Reply(304)

    def own_page(text: str) -> Reply:
        job = orjson.dumps({"@type": "JobPosting", "title": "ML Engineer", "description": text})
        return Reply(200, b'<html><script type="application/ld+json">' + job + b"</script></html>")

    served.answers |= {board: answer, page: own_page("as it was")}
    assert new_contents(crawl_days(0, board)) == 1
    served.answers[page] = own_page("edited")
    assert new_contents(crawl_days(6, board)) == 0
    assert served.take_requested() == [board]
    assert new_contents(crawl_days(7, board)) == 1
    assert served.take_requested() == [board, page]
    assert conditions == [None, '"1"', None]
    # Another version may judge titles differently, and choose other pages to read.
    crawl_days(8, board)
    crawl_days(9, board, extractor="another")
    assert conditions[3:] == ['"1"', None]


def test_a_gone_page_is_requested_again_while_its_list_stays_the_same(
    served: BoardServer, crawl_days: Callable[..., Any]
) -> None:
    board, page = "https://acme.bamboohr.com/careers/list", "https://acme.bamboohr.com/careers/{}/detail"
    rows = [{"id": str(number), "jobOpeningName": "ML Engineer"} for number in (1, 2)]
    text = json_reply({"result": {"jobOpening": {"jobOpeningName": "ML Engineer", "description": "text"}}})
    served.answers |= {board: lambda _: json_reply({"result": rows}), page.format(1): text, page.format(2): text}
    postings = [crawl_days(0, board).companies[0].postings]
    rows[0]["jobOpeningName"] = "Senior ML Engineer"
    served.answers[page.format(1)] = Reply(404)
    postings += [crawl_days(day, board).companies[0].postings for day in (1, 2)]
    served.answers[page.format(1)] = text
    postings.append(crawl_days(3, board).companies[0].postings)
    assert served.take_requested() == [board, page.format(1)]
    assert postings == [2, 1, 1, 2]


def test_after_a_code_change_unchanged_postings_are_read_again(
    served: BoardServer, crawl_days: Callable[..., Any], tmp_path: Path
) -> None:
    helper = tmp_path / "helper.py"
    helper.write_text("")
    jobs = [{"id": str(n), "title": "ML Engineer"} for n in (1, 2)]
    served.answers |= {LEDGER: json_reply({"jobs": jobs})} | {
        f"{LEDGER}/{n}": json_reply({"text": f"text {n}"}) for n in (1, 2)
    }
    ledger = {"spiders": "invented", "read_with": str(helper)}
    assert new_contents(crawl_days(0, LEDGER, **ledger)) == 2
    crawl_days(1, LEDGER, **ledger)
    assert served.take_requested() == [LEDGER]

    # One of them has to wait, and keeps until then what was read of it before.
    helper.write_text("# reads more")
    one = {"settings": {"OWN_PAGES_PER_COMPANY": 1}}
    third = crawl_days(2, LEDGER, **ledger | one)
    assert served.take_requested() == [LEDGER, f"{LEDGER}/1"]
    assert (new_contents(third), third.companies[0].postings, third.companies[0].status) == (0, 2, "partial")
    crawl_days(3, LEDGER, **ledger | one)
    assert served.take_requested() == [LEDGER, f"{LEDGER}/2"]


def test_the_version_covers_every_helper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = {str(Path(each).relative_to(Path(scrapers.__path__[0]).parent)) for each in made_by._READ_WITH}
    assert names >= {
        "scrapers/boards",
        "jobmarket/hacker_news/comment.py",
        "jobmarket/field_paths.py",
        "scrapers/decoding.py",
    }
    (tmp_path / "below").mkdir()
    monkeypatch.setattr(made_by, "_READ_WITH", [str(tmp_path)])
    versions = []
    for name, body in {"places.py": "a = 1", "below/header.py": "", "below/roles.py": "", "notes.txt": "none"}.items():
        (tmp_path / name).write_text(body)
        versions.append(made_by.made_by.__wrapped__(AshbySpider.__module__))
    assert len(set(versions)) == 3
    assert versions[2] == versions[3]
