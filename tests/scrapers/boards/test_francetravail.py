from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.francetravail import FrancetravailSpider
from scrapers.paging import LEADS_TO_LIST

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    assert board.items("page")[0] == Posting(
        board="francetravail",
        company_slug="all",
        native_id="200ABCD",
        url="https://candidat.francetravail.fr/offres/recherche/detail/200ABCD",
        title="Data scientist (H/F)",
        company_name="Marées et Prévisions",
        location_text="35 - RENNES",
        job_locations=(Place(text="35 - RENNES", address_country="FR"),),
        employment_type_text="Temps plein",
        pay_text="Annuel de 45000.0 Euros à 55000.0 Euros sur 12 mois",
        description_text="Vous mettez en production des modèles de prévision.\n- Python\n- MLflow",
        date_posted=datetime(2026, 11, 20, 14, 1, 33, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_a_missing_employer_and_pay_in_a_comment_are_read(bench: Benches) -> None:
    second = bench(FrancetravailSpider).items("page")[1]
    assert (second.company_name, second.pay_text, second.location_text) == (None, "Selon profil", "France")


@pytest.mark.parametrize(
    ("contract", "hours", "stated"),
    [("CDI", "Temps partiel", "Temps partiel"), ("CDI", None, "CDI"), (None, "Temps plein", "Temps plein"),
     ("CDD", "Temps plein", "CDD"), (None, None, None)],
)  # fmt: skip
def test_a_permanent_contract_is_named_by_its_hours(
    bench: Benches, contract: str | None, hours: str | None, stated: str | None
) -> None:
    board = bench(FrancetravailSpider)
    payload = board.payloads("page")[0] | {"typeContrat": contract, "dureeTravailLibelleConverti": hours}
    assert board.spider.to_posting(payload, board.company("page")).employment_type_text == stated


def test_a_letter_lost_by_the_board_is_marked_as_lost(bench: Benches) -> None:
    first, second = bench(FrancetravailSpider).items("odd_pay")
    assert (first.pay_text, second.pay_text) == ("Mensuel de 1600,00 Euros \ufffd 1800,00 Euros", None)


def test_each_search_gets_a_token(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    board.spider.keys = {FrancetravailSpider.credentials[0]: "an id", FrancetravailSpider.credentials[1]: "a secret"}
    requests = list(board.spider.requests_for(board.company("token")))
    assert len(requests) == len(FrancetravailSpider.queries)
    assert b"client_id=an+id&client_secret=a+secret" in requests[0].body
    response = board.response("token").replace(request=requests[0])
    assert list(board.spider.postings(response)) == []
    search = board.spider.next_page(response, board.company("token"))
    assert search is not None
    assert (search.url, search.headers["Authorization"]) == (board.recording("page").url, b"Bearer an-invented-token")
    assert search.meta[LEADS_TO_LIST]


def test_a_refused_secret_is_reported(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    refused = board.response("token").replace(body=b'{"error": "invalid_client"}')
    with pytest.raises(UnexpectedShape, match="no access_token"):
        board.spider.postings(refused)


def test_an_answer_without_content_is_an_empty_list(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    nothing = board.response("page").replace(status=204, body=b"")
    assert list(board.spider.postings(nothing)) == []
    assert board.spider.next_page(nothing, board.company("page")) is None


def test_without_a_total_full_pages_are_followed_up_to_the_limit(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    full = board.response("page").replace(body=orjson.dumps({"resultats": [{}] * 150}))
    second = board.spider.next_page(full, board.company("page"))
    assert second is not None
    assert "range=150-299" in second.url
    last = full.replace(url=full.url.replace("range=0-149", "range=900-1049"))
    assert board.spider.next_page(last, board.company("page")) is None


def test_with_a_total_the_next_page_begins_after_the_results_shown(bench: Benches) -> None:
    board = bench(FrancetravailSpider)
    page = board.response("page")
    page.headers["Content-Range"] = "offres 0-149/3"
    following = board.spider.next_page(page, board.company("page"))
    assert following is not None
    assert "range=2-151" in following.url
    page.headers["Content-Range"] = "offres 0-149/2"
    assert board.spider.next_page(page, board.company("page")) is None


def test_contacts_are_removed(bench: Benches) -> None:
    payload = without_fields(bench(FrancetravailSpider).payloads("page")[0], FrancetravailSpider.personal_fields)
    assert "invent" not in str(payload)
