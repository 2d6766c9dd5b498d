"""People's names and mailboxes do not enter the landing: a board names the fields that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def without_fields(payload: Any, paths: Iterable[str]) -> Any:
    """The board's object without the fields at dotted paths; a path goes through all objects of an array."""
    for path in paths:
        *way, last = path.split(".")
        holders = [payload]
        for key in way:
            holders = [each.get(key) for each in _objects(holders)]
        for holder in _objects(holders):
            holder.pop(last, None)
    return payload


def _objects(values: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for value in values:
        if isinstance(value, dict):
            yield value
        elif isinstance(value, list):
            yield from _objects(value)
