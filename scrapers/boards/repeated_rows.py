"""Helper for boards that repeat a posting for each of its places."""

from __future__ import annotations

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

    Args:
        rows: A board's objects; those without an id stay as they are.
        id_field: The field that the rows of a posting share.
        places_field: The field for the places of all rows.
        places_of: Returns the places of one row.
        may_differ: Flags that become null if the rows disagree. All other fields are the first row's.
    """
    found: dict[str | int, Any] = {}
    for number, row in enumerate(rows):
        native_id = text(row, id_field) if isinstance(row, dict) else None
        first = found.setdefault(native_id or number, row)
        if first is row:
            continue
        places = [*places_of(first), *places_of(row)]
        flags = {name: first.get(name) if first.get(name) == row.get(name) else None for name in may_differ}
        distinct = [each for index, each in enumerate(places) if each not in places[:index]]
        found[native_id or number] = {**first, **flags, places_field: distinct}
    return list(found.values())
