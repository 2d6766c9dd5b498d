from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.posting import Pay
from scrapers.boards import fields

PAYLOAD: dict[str, Any] = {
    "text": "x", "number": 7, "float": 1.5, "true": True, "null": None, "list": ["a", 1, None, {"b": 1}],
    "inner": {"text": "y", "empty": {}}, "blank": "  ",
    "ms": 1789990200000, "iso": "2026-10-20T05:30:00-04:00", "z": "2026-10-20T05:30:00.123Z",
    "naive": "2026-10-20T05:30:00", "huge": 1e300,
}  # fmt: skip


def test_text() -> None:
    assert fields.text(PAYLOAD, "text") == "x"
    assert fields.text(PAYLOAD, "number") == "7"
    assert fields.text(PAYLOAD, "inner", "text") == "y"
    for path in (("true",), ("null",), ("list",), ("inner",), ("missing",), ("text", "deeper"), ("null", "deeper")):
        assert fields.text(PAYLOAD, *path) is None
    assert fields.texts(PAYLOAD, "list") == ["a"]
    assert fields.texts(PAYLOAD, "text") == []


def test_numbers_and_flags() -> None:
    assert fields.number(PAYLOAD, "float") == 1.5
    assert fields.number(PAYLOAD, "true") is None
    assert fields.number(PAYLOAD, "text") is None
    assert fields.number({"x": float("inf")}, "x") is None
    assert fields.flag(PAYLOAD, "true") is True
    assert fields.flag(PAYLOAD, "number") is None


def test_objects() -> None:
    assert fields.mappings(PAYLOAD, "list") == [{"b": 1}]
    assert fields.mappings(PAYLOAD, "inner") == []
    assert fields.one_mapping(PAYLOAD, "inner") == [PAYLOAD["inner"]]
    assert fields.one_mapping(PAYLOAD, "inner", "empty") == []


def test_moments() -> None:
    assert fields.iso_moment(PAYLOAD, "iso") == datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
    assert fields.iso_moment(PAYLOAD, "z") == datetime(2026, 10, 20, 5, 30, 0, 123000, tzinfo=UTC)
    assert fields.epoch_milliseconds(PAYLOAD, "ms") == datetime(2026, 9, 21, 11, 30, tzinfo=UTC)
    for name in ("naive", "text", "number", "null"):
        assert fields.iso_moment(PAYLOAD, name) is None
    for name in ("huge", "text", "null"):
        assert fields.epoch_milliseconds(PAYLOAD, name) is None


@pytest.mark.parametrize("name", ["blank", "null", "missing", "list"])
def test_required(name: str) -> None:
    with pytest.raises(fields.NotAPosting, match=f"no {name}"):
        fields.required(PAYLOAD, name)


def test_joined_and_amounts() -> None:
    assert fields.joined(["a", None, " a ", "", "b"]) == "a; b"
    assert fields.joined([None, " "]) is None
    assert fields.with_amount([Pay(), Pay(min_value=0), Pay(currency="EUR"), Pay(max_value=1)]) == (
        Pay(min_value=0),
        Pay(max_value=1),
    )
