from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobmarket.identity import content_hash, posting_key
from jobmarket.posting import Posting


def posting(**fields: object) -> Posting:
    given_fields = {"board": "lever", "company_slug": "acme", "native_id": "7", "title": "Engineer", "payload": {}}
    return Posting.model_validate(given_fields | fields)


def test_keys_never_change() -> None:
    # Raw data is keyed by these values: a change here orphans every stored posting.
    assert posting_key("lever", "acme", "7") == "c31ba802-00df-5d48-9129-a88d3d199fb0"


@given(st.tuples(st.text(), st.text(), st.text()), st.tuples(st.text(), st.text(), st.text()))
def test_different_identities_have_different_keys(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    has_separator = any("\x1f" in part for part in (*one, *other))
    assert has_separator or (posting_key(*one) == posting_key(*other)) == (one == other)


def test_the_hash_depends_on_the_content_but_not_on_the_order() -> None:
    one, other = posting(payload={"a": 1, "b": 2}), posting(payload={"b": 2, "a": 1})
    assert content_hash(one.fields()) == content_hash(other.fields())
    assert content_hash(one.fields()) != content_hash(posting(payload={"a": 1, "b": 3}).fields())
    assert content_hash(one.fields()) != content_hash(
        posting(payload={"a": 1, "b": 2}, url="https://example.com").fields()
    )


def test_a_company_name_in_the_registry_changes_no_content_hash() -> None:
    unnamed, named = posting(payload={"a": 1}), posting(payload={"a": 1}, company_name="Acme")
    assert content_hash(unnamed.fields()) == content_hash(named.fields())
    stated = [posting(payload={"company_name": name}, company_name=name) for name in ("Acme", "Acme Robotics")]
    assert content_hash(stated[0].fields()) != content_hash(stated[1].fields())  # what the board states counts


def test_text_is_cleaned_and_blank_is_unknown() -> None:
    made = posting(title="  ML\x00 Engineer \ud800 ", url="   ")
    assert made.title == "ML\ufffd Engineer ?"
    assert made.url is None


@pytest.mark.parametrize("title", ["", "   ", None])
def test_a_posting_needs_a_title(title: str | None) -> None:
    with pytest.raises(ValidationError):
        posting(title=title)


def test_times_need_a_zone_and_become_utc() -> None:
    assert str(posting(date_posted="2026-08-04T07:02:31-04:00").date_posted) == "2026-08-04 11:02:31+00:00"
    with pytest.raises(ValidationError, match="without a zone"):
        posting(date_posted="2026-08-04T07:02:31")


@pytest.mark.parametrize(
    ("stated", "mended"),
    [
        ("Engineer â\x80\x93 Platform", "Engineer – Platform"),
        ("CafÃ© ZÃ¼rich â€™s", "Café Zürich ’s"),
        ("ingénieur données à l’échelle – CAFÉ\xa0!", "ingénieur données à l’échelle – CAFÉ\xa0!"),
    ],
)
def test_wrongly_decoded_text_is_fixed_except_in_the_payload(stated: str, mended: str) -> None:
    posting = Posting(board="b", company_slug="c", native_id="1", title=stated, payload={"title": stated})
    assert (posting.title, posting.payload["title"]) == (mended, stated)
