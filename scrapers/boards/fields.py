"""Reads single values out of a board's object, by the path of keys that leads to them.

A value of another type than promised is unknown, not an error: it stays in the payload, and the crawl counts
the field as missing. Only what every posting has is :func:`required`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from jobmarket.posting import Pay


class NotAPosting(Exception):  # noqa: N818 - it names what was met, not a fault of ours
    """An object that cannot become a posting; the message says what it lacks."""


def required(payload: dict[str, Any], *path: str) -> str:
    """A text that every posting has.

    Raises:
        NotAPosting: if it is missing or blank.
    """
    value = text(payload, *path)
    if value is None or not value.strip():
        raise NotAPosting(f"no {'.'.join(path)}")
    return value


def text(payload: dict[str, Any], *path: str) -> str | None:
    """A string, or a number as its digits (ids and requisition numbers come as either)."""
    value = _at(payload, path)
    if isinstance(value, str):
        return value
    return str(value) if _is_number(value) else None


def texts(payload: dict[str, Any], *path: str) -> list[str]:
    """The strings of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def flag(payload: dict[str, Any], *path: str) -> bool | None:
    """True or false."""
    value = _at(payload, path)
    return value if isinstance(value, bool) else None


def number(payload: dict[str, Any], *path: str) -> float | None:
    """A finite number; digits in a string are not one."""
    value = _at(payload, path)
    return float(value) if _is_number(value) and math.isfinite(value) else None


def mappings(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """The objects of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def one_mapping(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """The object at a path, as a list of at most one; an empty object says nothing."""
    value = _at(payload, path)
    return [value] if isinstance(value, dict) and value else []


def pay_range(
    stated: dict[str, Any], low: str, high: str, currency: str, period: str | None = None, name: str | None = None
) -> Pay:
    """A pay range as stated; ``name`` is what it is for, in words."""
    return Pay(
        min_value=number(stated, low),
        max_value=number(stated, high),
        currency=text(stated, currency),
        unit_text=text(stated, period) if period else None,
        name=name,
    )


def with_amount(ranges: Iterable[Pay]) -> tuple[Pay, ...]:
    """The pay ranges that say how much; the others stay in the payload alone."""
    return tuple(pay for pay in ranges if pay.min_value is not None or pay.max_value is not None)


def iso_moment(payload: dict[str, Any], *path: str) -> datetime | None:
    """An ISO 8601 time with its offset. Without one the moment is unknown: which zone is not ours to guess."""
    value = _at(payload, path)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def epoch_milliseconds(payload: dict[str, Any], *path: str) -> datetime | None:
    """Milliseconds since 1970-01-01 UTC."""
    milliseconds = number(payload, *path)
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def joined(values: Iterable[str | None]) -> str | None:
    """Distinct texts in the order given, joined by ``; ``."""
    trimmed = (value.strip() for value in values if value)
    return "; ".join(dict.fromkeys(value for value in trimmed if value)) or None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(payload: dict[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = payload
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
