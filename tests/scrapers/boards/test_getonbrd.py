from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.identity import object_hash
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.getonbrd import GetonbrdSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(GetonbrdSpider)
    assert board.items("page")[0] == Posting(
        board="getonbrd",
        company_slug="all",
        native_id="ml-engineer-cordillera-1a2b",
        url="https://www.getonbrd.com/jobs/ml-engineer-cordillera-1a2b",
        title="ML Engineer",
        company_name="Cordillera Datos",
        location_text="Remote; Chile; Perú",
        job_locations=(Place(address_country="Chile"), Place(address_country="Perú")),
        workplace_text="fully_remote",
        base_salary=(Pay(min_value=2800, max_value=3600, currency="USD", unit_text="month"),),
        description_html=(
            "<h3>Funciones</h3>\n<p>Pones modelos en producción.</p>\n<h3>Requisitos</h3>\n<ul><li>Python</li></ul>"
        ),
        language="es",
        date_posted=datetime(2026, 11, 24, 8, 46, 40, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(GetonbrdSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_unstated_language_and_pay_are_unknown(bench: Benches) -> None:
    second = bench(GetonbrdSpider).items("page")[1]
    assert (second.language, second.base_salary, second.workplace_text) == (None, (), "hybrid")
    (item,) = bench(GetonbrdSpider).items("last_page")
    assert item.company_name is None
    (odd,) = bench(GetonbrdSpider).items("odd_pay")
    assert odd.base_salary == (Pay(min_value=400, currency="USD", unit_text="month"),)


def test_the_list_ends_at_the_stated_number_of_pages(bench: Benches) -> None:
    board = bench(GetonbrdSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert board.next_page("last_page") is None


def test_a_new_counter_of_applications_is_no_new_version(bench: Benches) -> None:
    spider, (first, *_) = GetonbrdSpider, bench(GetonbrdSpider).payloads("page")
    later = first | {"attributes": first["attributes"] | {"applications_count": 4_711}}
    assert first["attributes"]["applications_count"] != 4_711
    assert object_hash(later, spider.volatile_fields) == object_hash(first, spider.volatile_fields)
    assert without_fields(first, spider.personal_fields) == first  # it has no personal data
