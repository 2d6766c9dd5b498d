"""JobPostings of one page keep the addresses that tell them apart, and get others where these do not."""

from __future__ import annotations

from typing import Any

import pytest

from scrapers.boards.several_on_page import own_addresses

PAGE = "https://acme.example/careers"
ML, DATA = {"title": "ML Engineer"}, {"title": "Data Engineer"}
OSLO, ROME = ({"jobLocation": {"address": {"addressLocality": city}}} for city in ("Oslo", "Rome"))


def google_identifier(value: str) -> dict[str, Any]:
    """The form that Google documents: the name is the employer's."""
    return {"identifier": {"@type": "PropertyValue", "name": "Acme", "value": value}}


@pytest.mark.parametrize(
    ("jobs", "addresses"),
    [
        # alone, or with a url, an identifier or a title that no other has
        ([ML | {"url": PAGE}], [PAGE]),
        ([ML | google_identifier("1")], [f"{PAGE}#Acme"]),
        ([ML | {"url": "/jobs/1"}, DATA | {"url": "/jobs/2"}],
         ["https://acme.example/jobs/1", "https://acme.example/jobs/2"]),
        ([ML | {"identifier": "1"}, ML | {"identifier": 2}], [f"{PAGE}#1", f"{PAGE}#2"]),
        ([ML, DATA], [f"{PAGE}#ML Engineer", f"{PAGE}#Data Engineer"]),
        ([ML | {"url": "https://[x/1"}, DATA], [f"{PAGE}#ML Engineer", f"{PAGE}#Data Engineer"]),
        # the page's own address, or another shared one
        ([ML | {"url": PAGE, "identifier": "1"}, DATA | {"url": PAGE, "identifier": "2"}, DATA | {"url": "/a"}],
         [f"{PAGE}#1", f"{PAGE}#2", "https://acme.example/a"]),
        ([ML | {"url": PAGE}, DATA | {"url": PAGE}], [f"{PAGE}#ML Engineer", f"{PAGE}#Data Engineer"]),
        # one requisition with two titles, and the employer's name in place of an identifier
        ([ML | {"identifier": "1"}, DATA | {"identifier": "1"}], [f"{PAGE}#1#ML Engineer", f"{PAGE}#1#Data Engineer"]),
        ([ML | google_identifier("1"), ML | google_identifier("2")], [f"{PAGE}#Acme#1", f"{PAGE}#Acme#2"]),
        # the same posting twice
        ([ML | OSLO, ML | OSLO], [f"{PAGE}#ML Engineer"] * 2),
    ],
)  # fmt: skip
def test_addresses_are_lengthened_only_where_postings_share_them(
    jobs: list[dict[str, Any]], addresses: list[str]
) -> None:
    assert own_addresses(jobs, PAGE) == addresses


def test_one_title_in_two_places_has_lasting_addresses() -> None:
    first, second = own_addresses([ML | OSLO, ML | ROME], PAGE)
    assert first != second
    assert own_addresses([ML | ROME | {"description": "reworded"}, ML | OSLO], PAGE) == [second, first]


def test_postings_that_differ_only_in_their_text_are_kept_apart() -> None:
    jobs = [ML | OSLO | {"description": text} for text in ("We train.", "We serve.", "We train.")]
    first, second, third = own_addresses(jobs, PAGE)
    assert first == third != second
