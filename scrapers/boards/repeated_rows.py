"""Boards that repeat one posting once for each of its places."""

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
    """Rows of one posting as one object with all their places.

    Args:
        rows: A board's objects; what has no id is left as it is.
        id_field: What the rows of one posting have in common.
        places_field: Where the places of all rows go.
        places_of: The places of one row.
        may_differ: Flags that are null where the rows do not agree. Of all other fields the first row's count.
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
