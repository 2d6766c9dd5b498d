"""Removes fields at dotted paths from a board's object: personal data, and fields that change on their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def without_fields(payload: Any, paths: Iterable[str]) -> Any:
    """Return a copy of a board's object without the fields at dotted paths, which apply to every object in an array."""
    for path in paths:
        payload = _without(payload, path.split("."))
    return payload


def _without(value: Any, way: Sequence[str]) -> Any:
    if isinstance(value, list):
        return [_without(each, way) for each in value]
    if not isinstance(value, dict) or way[0] not in value:
        return value
    if len(way) == 1:
        return {key: each for key, each in value.items() if key != way[0]}
    return value | {way[0]: _without(value[way[0]], way[1:])}
