"""Findings of many pairs equal the judge's, except that texts are not compared if titles or places decide."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from jobmarket.duplicates.comparison import compare_headers
from jobmarket.duplicates.employers import Similarity
from jobmarket.duplicates.findings import Candidates, Content, FoundPair, find
from jobmarket.duplicates.judge import OneJob, examine
from jobmarket.extract.facts import Location

from .adverts import ABOUT, ABOUT_LATER, BENEFITS, OTHER_ROLE, ROLE, advert

ROTTERDAM, OSLO = Location("Rotterdam", None, "NL"), Location("Oslo", None, "NO")
TITLES = (
    "ML Engineer",
    "Senior ML Engineer",
    "ML Engineer, Tides",
    "Data Scientist",
    "ML Engineer R-10482",
    "ML R-104821",
)


def content(key: str, **changes: Any) -> Content:
    stated = {
        "board": "ashby", "company": "Ternhaven", "title": "ML Engineer", "location": "Rotterdam",
        "locations": (ROTTERDAM,), "text": ABOUT + ROLE + BENEFITS, "is_own_board": True,
    }  # fmt: skip
    return Content(content_hash=key, **(stated | changes))


def findings(*others: Content, **of_first: Any) -> list[FoundPair]:
    first = content("first", **of_first)
    pairs = tuple(("first", other.content_hash) for other in others)
    return find(Candidates((first, *others), pairs))


def test_texts_decide_pairs_that_titles_and_places_leave_open() -> None:
    later, other, same = findings(
        content("later", text=ABOUT_LATER + ROLE), content("other", text=ABOUT + OTHER_ROLE), content("same")
    )
    assert (later.one_job, later.text_class, later.score) == ("not_side_by_side", "semantic", 1.0)
    assert (other.one_job, other.text_class) == ("never", "semantic")
    assert other.score is not None
    assert 0.0 < other.score < 0.62
    assert (same.one_job, same.text_class, same.score) == ("always", "full", 1.0)


def with_list(*skills: str) -> str:
    return ABOUT + BENEFITS + "<ul>" + "".join(f"<li>{skill}</li>" for skill in skills) + "</ul>"


def test_jobs_that_differ_only_in_short_items_are_two() -> None:
    java = with_list("Java", "Spring Boot", "Kafka", "Oracle", "Jenkins", "3+ years", "Pay: $120,000")
    torch = with_list("PyTorch", "CUDA", "Triton", "vLLM", "Ray", "8+ years", "Pay: $260,000")
    (one,) = findings(content("other", text=torch), text=java)
    assert one.one_job == "not_side_by_side"


def test_without_an_employers_name_only_the_same_text_is_the_same_job() -> None:
    same, nearly = content("same", company=None), content("nearly", company=None, text=ABOUT + ROLE + BENEFITS + "Java")
    found = findings(same, nearly, company=None, board="remotive", is_own_board=False)
    assert [one.one_job for one in found] == ["always", "never"]
    with_name = findings(content("nearly", text=nearly.text), board="remotive", is_own_board=False)
    assert [one.one_job for one in with_name] == ["always"]


def test_the_same_few_words_are_the_same_text() -> None:
    text = "<p>機械学習エンジニアを募集しています。</p>"
    (one,) = findings(content("same", text=text), text=text)
    assert (one.one_job, one.text_class) == ("always", "full")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Senior ML Engineer"},
        {"title": "Data Scientist"},
        {"location": "Oslo", "locations": (OSLO,)},
    ],
)
def test_a_different_title_or_place_alone_makes_two_jobs(changes: dict[str, Any]) -> None:
    (one,) = findings(content("other", **changes))
    assert (one.one_job, one.text_class, one.score) == ("never", None, None)


@pytest.mark.parametrize("employer", Similarity)
def test_a_text_never_overturns_what_titles_and_places_decide(employer: Similarity) -> None:
    stated = [
        advert(text, title=title, location=location, board=board, native_id=id)
        for text, title, location, (board, id) in product(
            (ABOUT + ROLE, ABOUT_LATER + ROLE), TITLES, ("Rotterdam", "Oslo"), (("ashby", "1"), ("remotive", None))
        )
    ]
    threads = [
        advert(title=f"Ternhaven | {title} | {place}", company=None, location=None, board="hn", native_id=id)
        for title, place, id in product(TITLES, ("Rotterdam", "Oslo"), ("1", "2"))
    ]
    headers = [compare_headers(*pair) for some in (stated, threads) for pair in product(some, repeat=2)]
    settled = [one for one in headers if one.make_two_jobs]
    assert len(settled) > 500
    assert {examine(one, employer=employer).one_job for one in settled} == {OneJob.NEVER}
    assert len(headers) - len(settled) > 500
