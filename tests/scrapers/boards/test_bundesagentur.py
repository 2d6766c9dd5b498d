from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.bundesagentur import BundesagenturSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(BundesagenturSpider)
    assert board.items("page")[0] == Posting(
        board="bundesagentur",
        company_slug="all",
        native_id="10001-900000001-S",
        url="https://www.arbeitsagentur.de/jobsuche/jobdetail/10001-900000001-S",
        title="Machine Learning Engineer (m/w/d)",
        company_name="Boddenwetter GmbH",
        location_text="Rostock",
        job_locations=(
            Place(address_locality="Rostock", address_region="MECKLENBURG_VORPOMMERN", address_country="DEUTSCHLAND"),
        ),
        employment_type_text="Vollzeit",
        base_salary=(Pay(min_value=62000, max_value=78000, currency="EUR", unit_text="JAHRESGEHALT"),),
        date_posted=datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(BundesagenturSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_own_page_adds_the_text(bench: Benches) -> None:
    item = bench(BundesagenturSpider).with_detail("page", "page_detail")
    assert item.description_text == "Sie bringen Wettermodelle in den Betrieb.\n\nIhr Profil: Python, Kubernetes."
    # where staging reads the flags of agencies
    page = item.payload["detail"]
    assert (page["istPrivateArbeitsvermittlung"], page["istArbeitnehmerUeberlassung"]) == (False, True)


def test_unstated_pay_part_time_and_a_missing_place_are_read(bench: Benches) -> None:
    second = bench(BundesagenturSpider).items("page")[1]
    assert (second.base_salary, second.employment_type_text, second.job_locations) == ((), "Teilzeit", ())
    (item,) = bench(BundesagenturSpider).items("last_page")
    assert (item.employment_type_text, item.company_name) == ("Vollzeit; Teilzeit", None)
    (hourly,) = bench(BundesagenturSpider).items("odd_pay")
    assert hourly.base_salary == (Pay(min_value=14.5, currency="EUR", unit_text="STUNDENLOHN"),)


def test_the_next_page_is_requested_with_the_public_key(bench: Benches) -> None:
    board = bench(BundesagenturSpider)
    second = board.next_page("page")
    assert second is not None
    assert (second.url, second.headers["X-API-Key"]) == (board.recording("last_page").url, b"jobboerse-jobsuche")
    assert board.next_page("last_page") is None
    assert board.next_page("empty") is None


def test_paging_stops_at_the_10_000th_result_and_the_total_states_the_rest(bench: Benches) -> None:
    board, spider = bench(BundesagenturSpider), BundesagenturSpider()
    answer = board.response("page").replace(body=b'{"ergebnisliste": [], "maxErgebnisse": 54000, "size": 100}')
    before_last, last = (answer.replace(url=answer.url.replace("page=1", f"page={n}")) for n in (99, 100))
    following = spider.next_page(before_last, board.company("page"))
    assert following is not None
    assert following.url == last.url
    assert spider.next_page(last, board.company("page")) is None
    assert (spider.stated_size(last), spider.most_shown, spider.cut_off_at) == (54_000, 10_000, None)


def test_an_answer_of_the_older_interface_is_refused(bench: Benches) -> None:
    older = bench(BundesagenturSpider).response("page").replace(body=b'{"stellenangebote": [], "maxErgebnisse": 3}')
    with pytest.raises(UnexpectedShape, match="ergebnisliste"):
        BundesagenturSpider().postings(older)
