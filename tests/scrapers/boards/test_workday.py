from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from scrapy.http import JsonRequest, TextResponse

from jobmarket.posting import Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.workday import WorkdaySpider
from scrapers.boards.workday_facets import parts_of
from scrapers.planning import Company

SITE = "granite.wd5.myworkdayjobs.com/granite/External_Careers"
LIST = "https://granite.wd5.myworkdayjobs.com/wday/cxs/granite/External_Careers/jobs"


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(WorkdaySpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="workday",
        company_slug=SITE,
        native_id="Machine-Learning-Engineer_R-20411",
        url="https://granite.wd5.myworkdayjobs.com/External_Careers/job/US-CO-Boulder/Machine-Learning-Engineer_R-20411",
        title="Machine Learning Engineer",
        company_name="Granite Works, Inc.",
        location_text="US, CO, Boulder; US, Remote",
        job_locations=(
            Place(text="US, CO, Boulder", address_country="United States of America"),
            Place(text="US, Remote"),
        ),
        workplace_text="Hybrid",
        employment_type_text="Full time",
        description_html="<p><b>About the role</b></p><p>You find cracks in pictures of stone.</p>",
        requisition_id="R-20411",
        date_posted=datetime(2026, 11, 12, tzinfo=UTC),
        valid_through=datetime(2026, 12, 20, tzinfo=UTC),
        payload=posting.payload,
    )
    assert posting.payload["postedOn"] == "Posted 8 Days Ago"  # only there, where it is volatile
    assert "postedOn" not in posting.payload["jobPostingInfo"]


def test_a_row_without_its_own_page_is_read_and_a_stub_left_out(board: Any) -> None:
    first, second = board.items("page")
    assert (first.location_text, first.job_locations) == ("2 Locations", ())  # a count is not a place
    assert (second.native_id, second.requisition_id) == ("Mason_R-20413-1", "R-20413")
    assert second.url == "https://granite.wd5.myworkdayjobs.com/External_Careers/job/US-CO-Denver/Mason_R-20413-1"
    assert second.job_locations == (Place(text="US, CO, Denver"),)
    assert second.date_posted is None  # "8 days ago" is no date


def page(offset: int, shown: int, total: Any) -> TextResponse:
    rows = [{"title": "x", "externalPath": f"/job/y/x_{offset + n}"} for n in range(shown)]
    request = JsonRequest(LIST, data={"appliedFacets": {}, "limit": 20, "offset": offset, "searchText": ""})
    return TextResponse(LIST, body=orjson.dumps({"total": total, "jobPostings": rows}), request=request)


@pytest.mark.parametrize(
    ("offset", "shown", "total", "following"),
    [
        (0, 20, 45, 20),
        (20, 20, 45, 40),
        (40, 5, 45, None),
        (20, 20, 0, 40),  # only the first page states the total
        (40, 5, 0, None),
        (0, 20, 20, None),
        (0, 4, 644, 4),
        (0, 20, None, 20),
    ],
)
def test_pages_are_requested_by_post(offset: int, shown: int, total: Any, following: int | None) -> None:
    request = WorkdaySpider().next_page(page(offset, shown, total), Company(slug=SITE))
    assert (None if request is None else orjson.loads(request.body)["offset"]) == following
    if request is not None:
        assert (request.method, request.url) == ("POST", LIST)
        assert set(orjson.loads(request.body)) == {"appliedFacets", "limit", "offset", "searchText"}


def value(name: str, count: Any) -> dict[str, Any]:
    return {"id": name, "descriptor": name.title(), "count": count}


def facet(name: str, *values: dict[str, Any]) -> dict[str, Any]:
    return {"facetParameter": name, "values": list(values)}


FACETS = [
    {"facetParameter": "locationMainGroup", "values": [facet("locations", value("oslo", 9), value("bergen", 9))]},
    facet("timeType", value("full", 1_990), value("part", 40)),
    facet("jobFamilyGroup", value("engineering", 1_200), value("sales", 900), value("none", 0)),
    facet("workerSubType", value("regular", 2_000)),
]


@pytest.mark.parametrize(
    ("facets", "applied", "parts"),
    [
        (FACETS, {}, ({"jobFamilyGroup": ["engineering"]}, {"jobFamilyGroup": ["sales"]})),
        (
            FACETS,
            {"jobFamilyGroup": ["sales"]},
            (
                {"jobFamilyGroup": ["sales"], "timeType": ["full"]},
                {"jobFamilyGroup": ["sales"], "timeType": ["part"]},
            ),
        ),
        (FACETS[:1], {}, ({"locations": ["oslo"]}, {"locations": ["bergen"]})),
        (  # not every posting has a family
            [facet("timeType", value("full", 2_900), value("part", 600)),
             facet("jobFamilyGroup", value("sales", 300), value("service", 300))],
            {}, ({"timeType": ["full"]}, {"timeType": ["part"]}),
        ),
        (  # an employer's own facet counts some postings twice
            [facet("timeType", value("full", 3_400), value("part", 100)),
             facet("jobFamilyGroup", value("sales", 1_900), value("service", 1_600)),
             facet("country", value("norway", 2_000), value("sweden", 2_100))],
            {}, ({"jobFamilyGroup": ["sales"]}, {"jobFamilyGroup": ["service"]}),
        ),
        (FACETS[3:], {}, ()),
        ([facet("timeType", {"id": 7, "count": "many"}, {"count": 3}), {"values": [value("x", 1)]}, 7], {}, ()),
        (None, {}, ()),
    ],
)  # fmt: skip
def test_a_list_that_is_cut_off_is_divided_by_its_best_facet(facets: Any, applied: Any, parts: Any) -> None:
    assert parts_of({"total": 2_000, "jobPostings": [], "facets": facets}, applied) == parts


def test_without_a_total_a_short_page_is_the_last(board: Any) -> None:
    assert board.next_page("last_page") is None
    (posting,) = board.items("last_page")
    assert (posting.native_id, posting.requisition_id) == ("Data-Analyst-Intern_R-20420-2", "R-20420")


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="no list under the key 'jobPostings'"):
        board.items("unknown")
    with pytest.raises(UnexpectedShape, match="no 'jobPostingInfo'"):
        board.with_detail("last_page", "last_page_detail")


def test_odd_pay_is_only_in_the_text(board: Any) -> None:
    posting = board.with_detail("odd_pay", "odd_pay_detail")
    assert posting.description_html == "<p>Salary range: £70,000 - £85,000 per annum.</p>"
    assert (posting.base_salary, posting.date_posted, posting.requisition_id) == ((), None, "7")
    assert posting.job_locations == (Place(text="London"),)


def test_an_own_page_changes_neither_the_id_nor_daily(board: Any) -> None:
    row, answer = board.payloads("page")[0], orjson.loads(board.response("page_detail").body)
    stated = {"jobPostingId": "Another_R-1", "endDate": "2026-12-20", "timeLeftToApply": "21 days left to apply"}
    answer["jobPostingInfo"] |= stated
    page = TextResponse(board.recording("page_detail").url, body=orjson.dumps(answer))
    read = board.spider.with_detail(row, page)
    listed, posting = (board.spider.to_posting(each, Company(slug=SITE)) for each in (row, read))
    assert (listed.native_id, posting.valid_through) == (posting.native_id, datetime(2026, 12, 20, tzinfo=UTC))
    answer["jobPostingInfo"]["timeLeftToApply"] = "20 days left to apply"
    assert board.spider.with_detail(row, page.replace(body=orjson.dumps(answer))) == read


def test_a_postings_own_page_counts_as_a_list_of_one(board: Any) -> None:
    (payload,) = board.payloads("page_detail")
    posting = board.spider.to_posting(payload, Company(slug=SITE))
    assert (posting.native_id, posting.company_name) == ("Machine-Learning-Engineer_R-20411", "Granite Works, Inc.")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        (LIST, SITE),
        ("https://wd5.myworkdaysite.com/wday/cxs/granite/Jobs/jobs", "wd5.myworkdaysite.com/granite/Jobs"),
        ("https://granite.wd5.myworkdayjobs.com/wday/cxs/granite/External_Careers/job/x/y_1", None),
        ("https://granite.wd5.myworkdayjobs.com.example.com/wday/cxs/granite/External_Careers/jobs", None),
    ],
)
def test_list_urls_are_recognised(url: str, slug: str | None) -> None:
    assert WorkdaySpider.slug_of(url) == slug
