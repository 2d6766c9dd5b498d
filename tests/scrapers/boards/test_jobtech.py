from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.jobtech import JobtechSpider
from scrapers.planning import Company

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(JobtechSpider)
    assert board.items("page")[0] == Posting(
        board="jobtech",
        company_slug="all",
        native_id="30000001",
        url="https://arbetsformedlingen.se/platsbanken/annonser/30000001",
        apply_url="https://tagvaxeln.example/jobb/1",
        title="Maskininlärningsingenjör till tågtrafiken",
        company_name="Tågväxeln AB",
        location_text="Göteborg",
        job_locations=(
            Place(address_locality="Göteborg", address_region="Västra Götalands län", address_country="Sverige"),
        ),
        employment_type_text="Heltid",
        pay_text="Fast lön",
        description_html="<p>Du driftsätter modeller för tågtrafik.</p><p>Python och Kubernetes.</p>",
        requisition_id="46-1",
        date_posted=datetime(2026, 11, 20, 7, 0, tzinfo=UTC),
        valid_through=datetime(2026, 12, 20, 22, 59, 59, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(JobtechSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_plain_text_and_municipality_are_fallbacks(bench: Benches) -> None:
    second = bench(JobtechSpider).items("page")[1]
    assert (second.description_html, second.description_text) == (None, "Du räknar på skog.")
    assert (second.location_text, second.pay_text, second.url) == ("Umeå", None, None)
    (item,) = bench(JobtechSpider).items("last_page")
    assert (item.company_name, item.employment_type_text, item.valid_through) == ("Skogsräkningen", None, None)


def test_other_envelopes_are_read_and_removed_ads_left_out(bench: Benches) -> None:
    assert [item.native_id for item in bench(JobtechSpider).items("wrapped")] == ["30000005"]
    assert [item.native_id for item in bench(JobtechSpider).items("stream")] == ["30000004"]
    assert bench(JobtechSpider).next_page("stream") is None


def test_pay_in_words_is_kept_as_text(bench: Benches) -> None:
    (item,) = bench(JobtechSpider).items("odd_pay")
    assert (item.pay_text, item.base_salary) == ("180 kr i timmen, provision", ())


def test_paging_by_offset_stops_at_the_limit(bench: Benches) -> None:
    board = bench(JobtechSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert board.next_page("last_page") is None
    many = board.response("page").replace(body=b'{"total": {"value": 9000}, "hits": [{}]}')
    last = many.replace(url=many.url.replace("offset=0", "offset=2000"))
    assert board.spider.next_page(last, board.company("page")) is None
    before = many.replace(url=many.url.replace("offset=0", "offset=1999"))
    assert board.spider.next_page(before, board.company("page")) is not None
    two, one = (many.replace(body=b'{"total": {"value": %d}, "hits": [{}]}' % total) for total in (2, 1))
    assert board.spider.next_page(two, board.company("page")) is not None
    assert board.spider.next_page(one, board.company("page")) is None


def test_personal_data_is_removed(bench: Benches) -> None:
    payload = without_fields(bench(JobtechSpider).payloads("page")[0], JobtechSpider.personal_fields)
    assert "person" not in str(payload).replace("personal", "")


def test_an_answer_without_hits_is_refused(bench: Benches) -> None:
    response = bench(JobtechSpider).response("page").replace(body=b'{"hits": {"total": 0}}')
    with pytest.raises(UnexpectedShape, match="no list under the key 'hits.hits'"):
        list(JobtechSpider().postings(response))


def test_history_is_the_archives_search_week_by_week() -> None:
    pieces = list(JobtechSpider.history(datetime(2018, 1, 1, tzinfo=UTC), datetime(2018, 1, 20, tzinfo=UTC)))
    assert [moment for moment, _ in pieces] == [datetime(2018, 1, 8, tzinfo=UTC), datetime(2018, 1, 15, tzinfo=UTC)]
    assert JobtechSpider.slug_of(pieces[0][1].url) == "all"
    assert "published-after=2018-01-01T00%3A00%3A00&published-before=2018-01-08T00%3A00%3A00" in pieces[0][1].url


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        (
            "2026-09-07T00:00:00",
            datetime(2026, 9, 7, tzinfo=UTC),
        ),  # a Monday in Stockholm, which began on Sunday in UTC
        ("2026-09-07", datetime(2026, 9, 7, tzinfo=UTC)),
        ("2026-09-07T00:00:01", datetime(2026, 9, 6, 22, 0, 1, tzinfo=UTC)),
        ("2026-09-07T00:00:00+02:00", datetime(2026, 9, 7, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_midnight_stands_for_a_day(stated: str, moment: datetime | None) -> None:
    payload = {"id": "1", "headline": "x", "publication_date": stated, "application_deadline": stated}
    posting = JobtechSpider().to_posting(payload, Company(slug="all"))
    assert (posting.date_posted, posting.valid_through) == (moment, moment)
