"""Helpers for boards that repeat a posting for each of its places, and that list places in any order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from scrapers.boards.fields import text


def united(
    rows: Iterable[Any],
    id_field: str,
    places_field: str,
    places_of: Callable[[dict[str, Any]], list[Any]],
    may_differ: tuple[str, ...] = (),
) -> list[Any]:
    """Unite the rows of each posting into one object with all their places.

    The order of the rows, and of the places in a row, does not change the object.

    Args:
        rows: A board's objects; those without an id stay as they are.
        id_field: The field that the rows of a posting share.
        places_field: The field for the places of all rows.
        places_of: Returns the places of one row.
        may_differ: Flags that become null if the rows disagree. All other fields are those of one row.
    """
    found: dict[str | int, list[Any]] = defaultdict(list)
    for number, row in enumerate(rows):
        native_id = text(row, id_field) if isinstance(row, dict) else None
        found[native_id or number].append(row)
    return [
        _one(same, places_field, places_of, may_differ) if len(same) > 1 else ordered(same[0], places_field)
        for same in found.values()
    ]


def ordered(row: Any, *array_fields: str) -> Any:
    """Return an object with the values of its arrays, each once, in an order that depends only on the values."""
    if not isinstance(row, dict):
        return row
    return row | {name: _in_order(row[name]) for name in array_fields if isinstance(row.get(name), list)}


def _one(
    rows: list[dict[str, Any]],
    places_field: str,
    places_of: Callable[[dict[str, Any]], list[Any]],
    may_differ: tuple[str, ...],
) -> dict[str, Any]:
    one = min(rows, key=_written)
    agreed = [name for name in may_differ if all(row.get(name) == one.get(name) for row in rows)]
    flags = {name: one.get(name) if name in agreed else None for name in may_differ}
    return {**one, **flags, places_field: _in_order(place for row in rows for place in places_of(row))}


def _in_order(values: Iterable[Any]) -> list[Any]:
    written = {_written(value): value for value in values}
    return [written[each] for each in sorted(written)]


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
