"""Rows that repeat a posting for each of its places become one object."""

from __future__ import annotations

from typing import Any

from scrapers.boards.repeated_rows import united
from tests.linear_time import assert_linear


def places_of(row: dict[str, Any]) -> list[Any]:
    return row.get("all_places") or row["places"]


def test_places_are_united_in_the_order_in_which_they_come() -> None:
    rows = [
        {"id": 7, "places": ["Oslo", "Bergen"], "remote": True, "title": "first"},
        {"places": ["Rome"]},
        {"id": "7", "places": ["Bergen", "Malmö"], "remote": None, "title": "second"},
        "no object",
        {"id": "7", "places": ["Oslo"], "remote": True},
        {"id": "8", "places": ["Oslo"], "remote": True},
    ]
    assert united(rows, "id", "all_places", places_of, may_differ=("remote",)) == [
        {**rows[0], "remote": None, "all_places": ["Oslo", "Bergen", "Malmö"]},
        rows[1],
        "no object",
        rows[5],
    ]


def test_an_opening_in_many_places_is_united_in_linear_time() -> None:
    def unite(text: str) -> object:
        rows = ({"id": "A", "places": [{"city": str(number)}]} for number in range(len(text)))
        return united(rows, "id", "all_places", places_of)

    assert_linear(unite, "x", 400)
