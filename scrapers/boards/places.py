"""Reads places from a board's object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jobmarket.posting import Place
from scrapers.boards.fields import text

_NOWHERE = Place()


def place(
    stated: dict[str, Any],
    *,
    named: str | None = None,
    city: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> Place:
    """Read a place from the fields with these names.

    ``state.name`` is a field within an object; of ``state|province``, the first one that states something is read.
    """
    parts = {"text": named, "address_locality": city, "address_region": region, "address_country": country}
    return Place(**{part: _first(stated, paths) for part, paths in parts.items() if paths})


def places(stated: Iterable[dict[str, Any]], **fields: str) -> tuple[Place, ...]:
    """Read the place of each object, as :func:`place`; keep those that state something, each once."""
    return known(place(each, **fields) for each in stated)


def named_places(names: Iterable[str | None]) -> tuple[Place, ...]:
    """Return places of which the board states only the name."""
    return known(Place(text=name) for name in names)


def known(found: Iterable[Place]) -> tuple[Place, ...]:
    """Keep the places that state something, each once."""
    return tuple(dict.fromkeys(each for each in found if each != _NOWHERE))


def _first(stated: dict[str, Any], paths: str) -> str | None:
    return next((words for path in paths.split("|") if (words := text(stated, *path.split(".")))), None)
