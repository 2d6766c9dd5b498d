"""Rows that repeat a posting for each of its places become one object."""

from __future__ import annotations

from typing import Any

from scrapers.boards.repeated_rows import united
from tests.linear_time import assert_linear


def places_of(row: dict[str, Any]) -> list[Any]:
    return row.get("all_places") or row["places"]


def test_rows_are_united_with_their_places_in_one_order() -> None:
    rows = [
        {"id": 7, "places": ["Oslo", "Bergen"], "remote": True, "title": "first"},
        {"places": ["Rome"]},
        {"id": "7", "places": ["Bergen", "Malmö"], "remote": None, "title": "second"},
        "no object",
        {"id": "7", "places": ["Oslo"], "remote": True},
        {"id": "8", "places": ["Oslo"], "remote": True},
    ]
    united_rows = united(rows, "id", "all_places", places_of, may_differ=("remote",))
    assert united_rows == [
        {**rows[2], "remote": None, "all_places": ["Bergen", "Malmö", "Oslo"]},
        rows[1],
        "no object",
        rows[5],
    ]
    again = united(reversed(rows), "id", "all_places", places_of, may_differ=("remote",))
    assert sorted(map(repr, again)) == sorted(map(repr, united_rows))


def test_the_places_of_one_row_have_one_order_too() -> None:
    assert united([{"id": 7, "places": ["Oslo", "Bergen"]}], "id", "places", places_of) == [
        {"id": 7, "places": ["Bergen", "Oslo"]}
    ]


def test_an_opening_in_many_places_is_united_in_linear_time() -> None:
    def unite(text: str) -> object:
        rows = ({"id": "A", "places": [{"city": str(number)}]} for number in range(len(text)))
        return united(rows, "id", "all_places", places_of)

    assert_linear(unite, "x", 400)
