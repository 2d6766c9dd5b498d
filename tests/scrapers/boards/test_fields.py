from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jobmarket.posting import Pay, Place
from scrapers.boards import fields
from scrapers.boards.places import known, named_places, place, places

PAYLOAD: dict[str, Any] = {
    "text": "x", "number": 7, "float": 1.5, "true": True, "null": None, "list": ["a", 1, None, {"b": 1}],
    "inner": {"text": "y", "empty": {}}, "blank": "  ",
    "ms": 1789990200000, "iso": "2026-10-20T05:30:00-04:00", "z": "2026-10-20T05:30:00.123Z",
    "naive": "2026-10-20T05:30:00", "huge": 1e300,
}  # fmt: skip


def test_texts_and_numbers_are_read_as_text() -> None:
    assert fields.text(PAYLOAD, "text") == "x"
    assert fields.text(PAYLOAD, "number") == "7"
    assert fields.text(PAYLOAD, "inner", "text") == "y"
    for path in (("true",), ("null",), ("list",), ("inner",), ("missing",), ("text", "deeper"), ("null", "deeper")):
        assert fields.text(PAYLOAD, *path) is None
    assert fields.texts(PAYLOAD, "list") == ["a"]
    assert fields.texts(PAYLOAD, "text") == []


def test_only_numbers_and_booleans_are_read_as_such() -> None:
    assert fields.number(PAYLOAD, "float") == 1.5
    assert fields.number(PAYLOAD, "true") is None
    assert fields.number(PAYLOAD, "text") is None
    assert fields.number({"x": float("inf")}, "x") is None
    assert fields.flag(PAYLOAD, "true") is True
    assert fields.flag(PAYLOAD, "number") is None


@pytest.mark.parametrize(
    ("stated", "amount"),
    [
        ("3500", 3500), ("18.50", 18.5), (" 61220 ", 61220), ("120,000", 120000), ("1,250,000.50", 1250000.5), (7, 7),
        ("60.000", None), ("60k", None), ("", None), ("1e5", None), ("-5", None), (True, None), (["7"], None),
        ("12,34", None),
    ],
)  # fmt: skip
def test_unambiguous_amounts_are_read_from_text(stated: Any, amount: float | None) -> None:
    assert fields.amount({"x": stated}, "x") == amount


def test_days_and_moments_of_feeds_are_read() -> None:
    payload = {"day": "2026-11-12", "utc": "2026-08-05 10:10:39 UTC", "rfc": "Fri, 04 Sep 2026 14:50:13 +0300",
               "zoneless": "Fri, 04 Sep 2026 14:50:13", "broken": "2026-11-31", **PAYLOAD}  # fmt: skip
    assert fields.day(payload, "day") == datetime(2026, 11, 12, tzinfo=UTC)
    assert fields.day(payload, "naive") == datetime(
        2026, 10, 20, tzinfo=UTC
    )  # the zone is unknown, but the day is known
    assert fields.day(payload, "z") is None
    assert fields.moment_or_day(payload, "z") == datetime(2026, 10, 20, 5, 30, 0, 123000, tzinfo=UTC)
    assert fields.moment_or_day(payload, "day") == datetime(2026, 11, 12, tzinfo=UTC)
    assert fields.iso_moment(payload, "utc") == datetime(2026, 8, 5, 10, 10, 39, tzinfo=UTC)
    assert fields.rfc_moment(payload, "rfc") == datetime(2026, 9, 4, 11, 50, 13, tzinfo=UTC)
    for name in ("broken", "text", "number", "null", "missing"):
        assert fields.moment_or_day(payload, name) is None
    for name in ("zoneless", "text", "number"):
        assert fields.rfc_moment(payload, name) is None


@pytest.mark.parametrize(
    ("written", "zone", "read"),
    [
        # midnight stands for the day as written, whatever the offset
        ("2026-12-31T00:00:00+01:00", None, (31,)), ("2026-12-31T00:00-05:00", None, (31,)),
        ("2026-12-31T00:00:00Z", None, (31,)),
        # a minute later is a moment, and so is a midnight only in UTC
        ("2026-12-31T00:01:00+01:00", None, (30, 23, 1)), ("2026-12-31T01:00:00+01:00", None, (31,)),
        ("2026-12-30T19:00:00-05:00", None, (31,)), ("2026-12-31T05:00:00.000Z", None, (31, 5)),
        # for a board that keeps days in one zone and writes them in another
        ("2026-12-31T05:00:00.000Z", "America/New_York", (31,)), ("2026-12-31T04:00:00Z", "America/New_York", (31, 4)),
        ("2026-12-31T00:00:00Z", "America/New_York", (31,)), ("2026-12-31", "America/New_York", (31,)),
    ],
)  # fmt: skip
def test_a_midnight_stands_for_its_day(written: str, zone: str | None, read: tuple[int, ...]) -> None:
    found = fields.moment_or_day({"x": written}, "x", zone=ZoneInfo(zone) if zone else None)
    assert found == datetime(2026, 12, *read, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0001-01-01T00:30:00+01:00", "9999-12-31T23:30:00-01:00"])
def test_a_moment_outside_the_calendar_is_unknown(written: str) -> None:
    assert fields.moment_or_day({"x": written}, "x") is fields.iso_moment({"x": written}, "x") is None


@pytest.mark.parametrize(
    ("written", "zone"),
    [("0001-01-01T00:00:00Z", "America/New_York"), ("9999-12-31T23:30:00Z", "Europe/Berlin")],
)
def test_a_local_moment_outside_the_calendar_is_unknown(written: str, zone: str) -> None:
    assert fields.local_moment_or_day({"x": written}, "x", zone=ZoneInfo(zone)) is None


def test_parts_of_a_text_are_joined_under_their_headings() -> None:
    assert fields.section("What & why", "<p>x</p>") == "<h3>What &amp; why</h3>\n<p>x</p>"
    assert fields.section(" ", "<p>x</p>") == fields.section(None, "<p>x</p>") == "<p>x</p>"
    assert fields.section("What", " ") is fields.section("What", None) is None
    assert fields.html_of(["<p>a</p>", None, " ", "<p>b</p>"]) == "<p>a</p>\n<p>b</p>"
    assert fields.html_of([]) is None


def test_blanks_of_the_own_page_do_not_hide_the_lists_values() -> None:
    row = {"a": 1, "b": "x", "page": {"a": 2, "b": "", "c": None, "d": [], "e": False}}
    assert fields.merged(row, "page") == row | {"a": 2, "e": False}
    assert fields.merged(row, "nothing") == row


def test_places_are_read_from_named_fields() -> None:
    stated = {"name": "HQ", "city": "", "state": {"id": "CA"}, "country_code": "US"}
    parts = {"named": "name", "city": "city", "region": "state.name|state.id", "country": "country|country_code"}
    found = place(stated, **parts)
    assert places([stated, {"name": 7.5}, {}, stated], **parts) == (found, Place(text="7.5"))
    assert found == Place(text="HQ", address_region="CA", address_country="US")
    assert known([found, Place(), found]) == (found,)
    assert named_places(["Oslo", None, " ", "Oslo"]) == (Place(text="Oslo"),)


def test_objects_are_read_at_a_path() -> None:
    assert fields.mappings(PAYLOAD, "list") == [{"b": 1}]
    assert fields.mappings(PAYLOAD, "inner") == []
    assert fields.one_mapping(PAYLOAD, "inner") == [PAYLOAD["inner"]]
    assert fields.one_mapping(PAYLOAD, "inner", "empty") == []


def test_moments_need_an_offset() -> None:
    assert fields.iso_moment(PAYLOAD, "iso") == datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
    assert fields.iso_moment(PAYLOAD, "z") == datetime(2026, 10, 20, 5, 30, 0, 123000, tzinfo=UTC)
    assert fields.epoch_milliseconds(PAYLOAD, "ms") == datetime(2026, 9, 21, 11, 30, tzinfo=UTC)
    for name in ("naive", "text", "number", "null"):
        assert fields.iso_moment(PAYLOAD, name) is None
    for name in ("huge", "text", "null"):
        assert fields.epoch_milliseconds(PAYLOAD, name) is None


@pytest.mark.parametrize("name", ["blank", "null", "missing", "list"])
def test_a_required_text_may_not_be_missing_or_blank(name: str) -> None:
    with pytest.raises(fields.NotAPosting, match=f"no {name}"):
        fields.required(PAYLOAD, name)


def test_texts_are_joined_once_and_ranges_without_amounts_dropped() -> None:
    assert fields.joined(["a", None, " a ", "", "b"]) == "a; b"
    assert fields.joined([None, " "]) is None
    assert fields.with_amount([Pay(), Pay(min_value=0), Pay(currency="EUR"), Pay(max_value=1)]) == (
        Pay(min_value=0),
        Pay(max_value=1),
    )
