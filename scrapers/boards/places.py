"""Reads places out of a board's object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jobmarket.posting import Place
from scrapers.boards.fields import text


def place(
    stated: dict[str, Any],
    named: str | None = None,
    city: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> Place:
    """A place of the fields called so: ``state.name`` within an object; ``state|province`` whichever says something."""
    found = (
        next((words for path in (names or "").split("|") if (words := text(stated, *path.split(".")))), None)
        for names in (named, city, region, country)
    )
    return Place(**dict(zip(("text", "address_locality", "address_region", "address_country"), found, strict=True)))


def known(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places that say something, each once."""
    return tuple(dict.fromkeys(place for place in places if place != Place()))


def named_places(names: Iterable[str | None]) -> tuple[Place, ...]:
    """Places of which the board gives a name alone."""
    return known(Place(text=name) for name in names)
