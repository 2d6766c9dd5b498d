from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import pytest

from jobmarket.field_paths import without_fields
from jobmarket.identity import content_hash
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.nofluffjobs import NofluffjobsSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(NofluffjobsSpider)
    assert board.items("page")[0] == Posting(
        board="nofluffjobs",
        company_slug="all",
        native_id="AB12CD34",
        url="https://nofluffjobs.com/job/ml-engineer-bursztyn-gdynia",
        title="ML Engineer",
        company_name="Bursztyn AI",
        location_text="Gdynia; Warszawa",
        job_locations=(
            Place(address_locality="Gdynia", address_country="POL"),
            Place(address_locality="Warszawa", address_country="POL"),
        ),
        is_remote=False,
        base_salary=(Pay(min_value=18480, max_value=25200, currency="PLN", unit_text="month", name="b2b"),),
        date_posted=datetime(2026, 11, 24, 8, 46, 40, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(NofluffjobsSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_rows_of_a_job_become_one_posting_with_all_cities(bench: Benches) -> None:
    items = bench(NofluffjobsSpider).items("page")
    assert [(item.native_id, item.title) for item in items] == [("AB12CD34", "ML Engineer"), ("AB12CD35", "Barista")]


def test_the_order_of_a_jobs_cities_does_not_matter(bench: Benches) -> None:
    page = bench(NofluffjobsSpider).response("page")
    answer = orjson.loads(page.body)
    answer["postings"].reverse()
    turned = list(NofluffjobsSpider().postings(page.replace(body=orjson.dumps(answer))))
    assert turned == list(reversed(bench(NofluffjobsSpider).payloads("page")))


def test_a_job_is_the_same_from_any_of_its_rows(bench: Benches) -> None:
    """The rows of a job may be on two pages, and which row is read first changes from crawl to crawl."""
    board = bench(NofluffjobsSpider)
    rows = orjson.loads(board.response("page").body)["postings"][:2]
    rows[1]["location"]["places"].reverse()
    assert rows[0] != rows[1]
    shown = [{**row, "detail": {"id": row["id"], "details": {"description": "You teach cranes."}}} for row in rows]
    postings = [board.spider.to_posting(row, board.company("page")) for row in shown]
    first, second = (content_hash(each.fields(), NofluffjobsSpider.volatile_fields) for each in postings)
    assert first == second
    assert postings[0].native_id == postings[1].native_id
    del rows[1]["location"]["places"][0]
    moved = board.spider.to_posting(rows[1], board.company("page"))
    assert content_hash(moved.fields(), NofluffjobsSpider.volatile_fields) != content_hash(
        board.spider.to_posting(rows[0], board.company("page")).fields(), NofluffjobsSpider.volatile_fields
    )


def test_the_own_page_adds_the_text(bench: Benches) -> None:
    item = bench(NofluffjobsSpider).with_detail("page", "page_detail")
    assert item.description_html == (
        "<p>You teach cranes to see.</p>\n<h3>Daily tasks</h3>\n<ul><li>Label frames &amp; train detectors</li>"
        "<li>Watch the cranes</li></ul>\n<h3>Requirements</h3>\n<ul><li>Python</li><li>C++ &amp; CUDA</li></ul>\n"
        "<p>Five years with models in production.</p>"
    )


def test_a_page_that_counts_days_is_the_same_the_next_week(bench: Benches) -> None:
    first = bench(NofluffjobsSpider).with_detail("page", "page_detail").fields()
    days = {"detail": first["payload"]["detail"] | {"postedOrRenewedDaysAgo": 10}}
    later = first | {"payload": first["payload"] | days}
    assert later != first
    first_hash, later_hash = (content_hash(each, NofluffjobsSpider.volatile_fields) for each in (first, later))
    assert first_hash == later_hash


def test_remote_work_a_province_and_missing_pay_are_read(bench: Benches) -> None:
    second = bench(NofluffjobsSpider).items("page")[1]
    assert (second.workplace_text, second.is_remote, second.base_salary) == ("fullyRemote", True, ())
    assert second.job_locations == (Place(address_region="lubusz", address_country="POL"),)


def test_without_a_reference_the_rows_id_counts_and_hidden_pay_is_unknown(bench: Benches) -> None:
    (cook,) = bench(NofluffjobsSpider).items("last_page")
    assert cook.native_id == "cook-bursztyn-Gdynia"
    driver, clerk = bench(NofluffjobsSpider).items("odd_pay")
    assert driver.base_salary == (Pay(min_value=120, currency="EUR", unit_text="month", name="zlecenie"),)
    assert clerk.base_salary == ()


def test_the_next_page_is_requested_by_post(bench: Benches) -> None:
    board = bench(NofluffjobsSpider)
    second = board.next_page("page")
    assert second is not None
    assert (second.method, second.url) == ("POST", board.recording("last_page").url)
    assert orjson.loads(second.body)["page"] == 2
    assert board.next_page("last_page") is None


def test_the_clauses_on_data_protection_are_removed(bench: Benches) -> None:
    read = bench(NofluffjobsSpider).with_detail("page", "page_detail").payload
    assert "jo@bursztyn.example" in str(read)
    assert "Jo" not in str(without_fields(read, NofluffjobsSpider.personal_fields))
