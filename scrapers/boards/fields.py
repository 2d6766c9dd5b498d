"""Reads single values out of a board's object, by the path of keys that leads to them.

A value of another type than promised is unknown, not an error: it stays in the payload, and the crawl counts
the field as missing. Only what every posting has is :func:`required`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any

from jobmarket.identity import posting_key
from jobmarket.posting import Pay, Posting

# Stands for a text that is missing, while it is only asked which posting an object is.
_MISSING = "\ufffd"
_only_whose: ContextVar[bool] = ContextVar("only_whose", default=False)


class NotAPosting(Exception):  # noqa: N818 - it names what was met, not a fault of ours
    """An object that cannot become a posting; the message says what it lacks."""


def required(payload: dict[str, Any], *path: str) -> str:
    """A text that every posting has.

    Raises:
        NotAPosting: if it is missing or blank.
    """
    value = text(payload, *path)
    if value is None or not value.strip():
        if _only_whose.get():
            return _MISSING
        raise NotAPosting(f"no {'.'.join(path)}")
    return value


def key_of_broken(read: Callable[[], Posting]) -> str | None:
    """Key of the posting that an object is although it lacks what every posting has; None if it does not say.

    ``read`` maps the object as its board's spider does: whatever is missing, its id stands where it stands.
    """
    token = _only_whose.set(True)
    try:
        posting = read()
    except Exception:  # what is broken otherwise says nothing that can be relied on
        return None
    finally:
        _only_whose.reset(token)
    return (
        None if _MISSING in posting.native_id else posting_key(posting.board, posting.company_slug, posting.native_id)
    )


def text(payload: dict[str, Any], *path: str) -> str | None:
    """A string, or a number as its digits (ids and requisition numbers come as either)."""
    value = _at(payload, path)
    if isinstance(value, str):
        return value
    return str(value) if _is_number(value) and math.isfinite(value) else None


def texts(payload: dict[str, Any], *path: str) -> list[str]:
    """The strings of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def without_query(payload: Any, key: str) -> Any:
    """An object whose address under a key ends before its query, which names who asked; anything else as it is."""
    address = text(payload, key)
    return {**payload, key: address.partition("?")[0]} if address else payload


def flag(payload: dict[str, Any], *path: str) -> bool | None:
    """True or false."""
    value = _at(payload, path)
    return value if isinstance(value, bool) else None


def number(payload: dict[str, Any], *path: str) -> float | None:
    """A finite number; digits in a string are not one."""
    value = _at(payload, path)
    return float(value) if _is_number(value) and math.isfinite(value) else None


def amount(payload: dict[str, Any], *path: str) -> float | None:
    """A number, or a text that is one: ``"3500"``, ``"18.50"``, ``"120,000"``.

    ``"60.000"`` may be sixty or sixty thousand, and ``"60k"`` is words: both are unknown.
    """
    value = _at(payload, path)
    digits = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    return float(digits) if re.fullmatch(r"\d{1,12}(\.\d{1,2})?", digits) else number(payload, *path)


def mappings(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """The objects of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def one_mapping(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """The object at a path, as a list of at most one; an empty object says nothing."""
    value = _at(payload, path)
    return [value] if isinstance(value, dict) and value else []


def mapping(payload: dict[str, Any], *path: str) -> dict[str, Any]:
    """The object at a path; an empty one where there is none."""
    value = _at(payload, path)
    return value if isinstance(value, dict) else {}


def merged(payload: dict[str, Any], *path: str) -> dict[str, Any]:
    """A row's fields, and over them those of the posting's own page at a path; what that leaves empty is the row's."""
    page = mapping(payload, *path)
    return payload | {name: value for name, value in page.items() if value not in (None, "", {}, [])}


def section(heading: str | None, words: str | None) -> str | None:
    """A part of a text in HTML under its heading; None if there are no words."""
    if not words or not words.strip():
        return None
    return f"<h3>{escape(heading.strip())}</h3>\n{words}" if heading and heading.strip() else words


def sections(stated: Iterable[dict[str, Any]], heading: str, words: str) -> str | None:
    """Objects that are parts of a text in HTML, each under its heading."""
    return html_of(section(text(each, heading), text(each, words)) for each in stated)


def html_of(parts: Iterable[str | None]) -> str | None:
    """The parts of a text that say something, one after the other."""
    return "\n".join(part for part in parts if part and part.strip()) or None


def pay_range(
    stated: dict[str, Any], low: str, high: str, currency: str, period: str | None = None, name: str | None = None
) -> Pay:
    """A pay range as stated; ``name`` is what it is for, in words."""
    return Pay(
        min_value=amount(stated, low),
        max_value=amount(stated, high),
        currency=text(stated, currency),
        unit_text=text(stated, period) if period else None,
        name=name,
    )


def pay_ranges(
    stated: Iterable[dict[str, Any]], low: str, high: str, currency: str, period: str, name: str | None = None
) -> tuple[Pay, ...]:
    """The pay ranges that say how much, as :func:`pay_range`; ``name`` is the field of the words."""
    return with_amount(
        pay_range(each, low, high, currency, period, text(each, name) if name else None) for each in stated
    )


def with_amount(ranges: Iterable[Pay]) -> tuple[Pay, ...]:
    """The pay ranges that say how much; the others stay in the payload alone."""
    return tuple(pay for pay in ranges if pay.min_value is not None or pay.max_value is not None)


def iso_moment(payload: dict[str, Any], *path: str) -> datetime | None:
    """An ISO 8601 time with its offset, or with `` UTC``. Without one the moment is unknown: zones are not guessed."""
    try:
        moment = _with_offset(payload, path)
        return moment and moment.astimezone(UTC)
    except OverflowError:
        return None


def day(payload: dict[str, Any], *path: str) -> datetime | None:
    """An ISO 8601 date, as its first moment in UTC; of a time without a zone the date alone."""
    value = _at(payload, path)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return None if moment.tzinfo else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def moment_or_day(payload: dict[str, Any], *path: str, zone: tzinfo | None = None) -> datetime | None:
    """A time with its offset, or a date.

    Midnight is no time: it stands for a day, which is read as by :func:`day`. It is that of the offset written, or of
    the ``zone`` in which a board keeps days that it writes in another.
    """
    moment = _with_offset(payload, path)
    if moment is None:
        return day(payload, *path)
    try:
        local = moment.astimezone(zone) if zone else moment
        return local.replace(tzinfo=UTC) if local.time() == time() else moment.astimezone(UTC)
    except OverflowError:
        return None


def rfc_moment(payload: dict[str, Any], *path: str) -> datetime | None:
    """A time of RSS and mail (RFC 2822): ``Fri, 04 Sep 2026 14:50:13 +0300``. Without its zone it is unknown."""
    value = _at(payload, path)
    try:
        moment = parsedate_to_datetime(value.strip()) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def epoch_milliseconds(payload: dict[str, Any], *path: str) -> datetime | None:
    """Milliseconds since 1970-01-01 UTC."""
    milliseconds = number(payload, *path)
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def listed_items(items: Iterable[str]) -> str | None:
    """Items of HTML as a list."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in found) + "</ul>" if (found := list(items)) else None


def epoch_seconds(payload: dict[str, Any], *path: str) -> datetime | None:
    """Seconds since 1970-01-01 UTC."""
    seconds = number(payload, *path)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def local_moment(payload: dict[str, Any], *path: str, zone: tzinfo) -> datetime | None:
    """An ISO 8601 date or time that the board writes without an offset, in the zone that its documentation names."""
    value = _at(payload, path)
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def local_moment_or_day(payload: dict[str, Any], *path: str, zone: tzinfo) -> datetime | None:
    """As :func:`local_moment`, but midnight is no time: it stands for a day, as in :func:`moment_or_day`."""
    moment = local_moment(payload, *path, zone=zone)
    is_midnight = moment is not None and moment.astimezone(zone).time() == time()
    return moment_or_day(payload, *path, zone=zone) if is_midnight else moment


def joined(values: Iterable[str | None]) -> str | None:
    """Distinct texts in the order given, joined by ``; ``."""
    trimmed = (value.strip() for value in values if value)
    return "; ".join(dict.fromkeys(value for value in trimmed if value)) or None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_offset(payload: dict[str, Any], path: tuple[str, ...]) -> datetime | None:
    """An ISO 8601 time as written, with its offset; None without one."""
    value = _at(payload, path)
    try:
        moment = datetime.fromisoformat(re.sub(r" ?UTC$", "+00:00", value.strip())) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _at(payload: dict[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = payload
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
