from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.icims import IcimsSpider
from scrapers.paging import NotStated
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(IcimsSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="icims",
        company_slug="careers-amberfield",
        native_id="4101",
        url="https://careers-amberfield.icims.com/jobs/4101/machine-learning-engineer/job",
        title="Machine Learning Engineer",
        company_name="Amber Field Co-op",
        location_text="US-MN-Duluth",
        job_locations=(Place(address_locality="Duluth", address_region="MN", address_country="US"),),
        employment_type_text="FULL_TIME",
        description_html="<h2>Overview</h2><p>You predict frost.</p>",
        requisition_id="2026-4101",
        date_posted=datetime(2026, 10, 2, tzinfo=UTC),
        valid_through=datetime(2026, 12, 31, tzinfo=UTC),
        payload=posting.payload,
    )
    assert posting.payload["fields"] == {
        "Job Locations": "US-MN-Duluth",
        "Job ID": "2026-4101",
        "Category": "Data & AI",
    }


def test_rows_without_own_pages_and_the_last_page_are_read(board: Any) -> None:
    assert board.next_page("page").url == board.recording("last_page").url
    assert board.next_page("last_page") is None
    _, cook = board.items("page")
    assert (cook.native_id, cook.job_locations) == ("4102", (Place(text="US-MN-Ely"),))
    (driver,) = board.items("last_page")
    assert (driver.location_text, driver.requisition_id) == (None, "4103")
    assert driver.payload["fields"]["Campus Location"] == "Duluth"


def test_a_page_before_the_last_without_a_link_to_the_next_is_not_the_end(board: Any) -> None:
    page = board.response("page")
    without = page.replace(body=page.body.replace(b'rel="next"', b'rel="following"'))
    with pytest.raises(NotStated, match="no cursor under the key 'link rel=next': more pages may follow"):
        board.spider.next_page(without, board.company("page"))


@pytest.mark.parametrize("label", ["Recruiter", "Hiring Manager", "Contact E-mail", "Posted By"])
def test_fields_that_name_a_person_are_not_landed(board: Any, label: str) -> None:
    response = board.response("page")
    named = response.replace(body=response.body.replace(b">Job ID<", f">{label}<".encode()))
    (row, *_) = board.spider.postings(named)
    assert set(row["fields"]) == {"Job Locations", "Category"}


def test_a_row_of_an_older_portal_is_read(board: Any) -> None:
    row = (
        '<div class="iCIMS_JobsTable"><div class="row">'
        '<a href="/jobs/7/clerk/job?in_iframe=1"><img alt="x"></a>'
        '<p><a href="/jobs/7/clerk/job?in_iframe=1"><span class="field-label">Title</span> Clerk</a></p>'
        '<p><span class="field-label">Job Locations</span> <span>US-MN-Ely</span></p>'
        '<a href="/jobs/7/clerk/job?mode=apply">Apply</a> <a href="/jobs/7/clerk/login">Log in</a></div></div>'
        '<a href="https://[x/jobs/8/cook/job">malformed</a></html>'
    )
    response = HtmlResponse("https://careers-x.icims.com/jobs/search?pr=0", body=row.encode())
    assert list(board.spider.postings(response)) == [
        {
            "id": "7",
            "title": "Clerk",
            "url": "https://careers-x.icims.com/jobs/7/clerk/job?in_iframe=1",
            "fields": {"Job Locations": "US-MN-Ely"},
        }
    ]


def test_an_empty_portal_is_read_and_another_page_refused(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="no element of iCIMS"):
        board.items("unknown")


def test_a_page_without_jobs_that_does_not_say_so_is_no_empty_list(board: Any) -> None:
    login = board.response("empty").replace(body=b'<html><body class="iCIMS_Portal">Please log in.</body></html>')
    with pytest.raises(UnexpectedShape, match="no sentence that there is none"):
        list(board.spider.postings(login))


def test_a_page_that_breaks_off_is_refused(board: Any) -> None:
    page = board.response("page")
    assert list(board.spider.postings(page))
    with pytest.raises(UnexpectedShape, match="truncated HTML: it breaks off after"):
        list(board.spider.postings(page.replace(body=page.body[:-20])))


def test_odd_pay_is_kept_and_invented_dates_are_ignored(board: Any) -> None:
    posting = board.with_detail("odd_pay", "odd_pay_detail")
    assert posting.base_salary == (Pay(min_value=41.5, max_value=55, currency="USD", unit_text="HOUR"),)
    assert posting.employment_type_text == "FULL_TIME; CONTRACTOR"
    assert (posting.date_posted, posting.valid_through) == (None, None)
    assert posting.payload["dates_made_up"] == {
        "datePosted": "2024-11-20T09:00:00.000Z",
        "validThrough": "2027-11-20T09:00:00.000Z",
    }
    assert "Jo Recruiter" not in str(posting.payload)


def test_a_jobs_own_page_counts_as_a_list_of_one(board: Any) -> None:
    (payload,) = board.payloads("page_detail")
    posting = board.spider.to_posting(payload, Company(slug="careers-amberfield"))
    assert (posting.native_id, posting.title) == ("4101", "Machine Learning Engineer")
