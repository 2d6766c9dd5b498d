"""Helper for boards that repeat a posting for each of its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from jobmarket.identity import object_hash
from scrapers.boards.fields import text


def united(
    rows: Iterable[Any],
    id_field: str,
    places_field: str,
    places_of: Callable[[dict[str, Any]], list[Any]],
    may_differ: tuple[str, ...] = (),
) -> list[Any]:
    """Unite the rows of each posting into one object with all their places.

    Args:
        rows: A board's objects; those without an id stay as they are.
        id_field: The field that the rows of a posting share.
        places_field: The field for the places of all rows.
        places_of: Returns the places of one row.
        may_differ: Flags that become null if the rows disagree. All other fields are the first row's.
    """
    found: dict[str | int, list[Any]] = defaultdict(list)
    for number, row in enumerate(rows):
        native_id = text(row, id_field) if isinstance(row, dict) else None
        found[native_id or number].append(row)
    return [_one(same, places_field, places_of, may_differ) if len(same) > 1 else same[0] for same in found.values()]


def _one(
    rows: list[dict[str, Any]],
    places_field: str,
    places_of: Callable[[dict[str, Any]], list[Any]],
    may_differ: tuple[str, ...],
) -> dict[str, Any]:
    first = rows[0]
    agreed = [name for name in may_differ if all(row.get(name) == first.get(name) for row in rows)]
    flags = {name: first.get(name) if name in agreed else None for name in may_differ}
    places = {object_hash(place): place for row in rows for place in places_of(row)}
    return {**first, **flags, places_field: list(places.values())}
