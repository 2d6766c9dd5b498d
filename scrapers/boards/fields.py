"""Reads single values from a board's object, by the path of keys to them.

A value of an unexpected type is unknown, not an error: it stays in the payload, and the crawl counts the field as
missing. Only what every posting has is :func:`required`.
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

# Replaces a missing text while a broken object is mapped only to get its posting key.
_MISSING = "\ufffd"
_only_whose: ContextVar[bool] = ContextVar("only_whose", default=False)


class NotAPosting(Exception):  # noqa: N818 - it describes the board's object, not a fault of ours
    """An object that cannot become a posting. The message says what it lacks."""


def required(payload: dict[str, Any], *path: str) -> str:
    """Read a text that every posting has.

    Raises:
        NotAPosting: If it is missing or blank.
    """
    value = text(payload, *path)
    if value is None or not value.strip():
        if _only_whose.get():
            return _MISSING
        raise NotAPosting(f"no {'.'.join(path)}")
    return value


def key_of_broken(read: Callable[[], Posting]) -> str | None:
    """Return the posting key of an object that lacks what every posting has; None if it lacks the id too.

    ``read`` maps the object as its board's spider does. That finds the id even if other required texts are missing.
    """
    token = _only_whose.set(True)
    try:
        posting = read()
    except Exception:  # an object that is broken in another way cannot be relied on
        return None
    finally:
        _only_whose.reset(token)
    return (
        None if _MISSING in posting.native_id else posting_key(posting.board, posting.company_slug, posting.native_id)
    )


def text(payload: dict[str, Any], *path: str) -> str | None:
    """Read a string, or a number as its digits (ids and requisition numbers come as either)."""
    value = _at(payload, path)
    if isinstance(value, str):
        return value
    return str(value) if _is_number(value) and math.isfinite(value) else None


def tenure_or_hours(payload: dict[str, Any], tenure: str, permanent: str, hours: str) -> str | None:
    """Read the kind of a contract; of a ``permanent`` one, which says nothing about hours, the field with these."""
    kind = text(payload, tenure)
    return kind if kind not in (None, permanent) else text(payload, hours) or kind


def texts(payload: dict[str, Any], *path: str) -> list[str]:
    """Read the strings of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def without_query(payload: Any, key: str) -> Any:
    """Return an object with the query removed from the URL under a key, because it identifies the caller."""
    address = text(payload, key)
    return {**payload, key: address.partition("?")[0]} if address else payload


def flag(payload: dict[str, Any], *path: str) -> bool | None:
    """Read true or false."""
    value = _at(payload, path)
    return value if isinstance(value, bool) else None


def number(payload: dict[str, Any], *path: str) -> float | None:
    """Read a finite number; digits in a string do not count."""
    value = _at(payload, path)
    return float(value) if _is_number(value) and math.isfinite(value) else None


def amount(payload: dict[str, Any], *path: str) -> float | None:
    """Read a number, or a text that is one: ``"3500"``, ``"18.50"``, ``"120,000"``.

    ``"60.000"`` may be sixty or sixty thousand, and ``"60k"`` is not a plain number: both are unknown.
    """
    value = _at(payload, path)
    digits = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    return float(digits) if re.fullmatch(r"\d{1,12}(\.\d{1,2})?", digits) else number(payload, *path)


def mappings(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """Read the objects of an array."""
    value = _at(payload, path)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def one_mapping(payload: dict[str, Any], *path: str) -> list[dict[str, Any]]:
    """Read the object at a path as a list of at most one; an empty object counts as none."""
    value = _at(payload, path)
    return [value] if isinstance(value, dict) and value else []


def mapping(payload: dict[str, Any], *path: str) -> dict[str, Any]:
    """Read the object at a path; an empty one if there is none."""
    value = _at(payload, path)
    return value if isinstance(value, dict) else {}


def merged(payload: dict[str, Any], *path: str) -> dict[str, Any]:
    """Return a row's fields, overridden by those of the own page at a path that are not empty."""
    page = mapping(payload, *path)
    return payload | {name: value for name, value in page.items() if value not in (None, "", {}, [])}


def section(heading: str | None, words: str | None) -> str | None:
    """Return a part of a text in HTML under its heading; None if it has no words."""
    if not words or not words.strip():
        return None
    return f"<h3>{escape(heading.strip())}</h3>\n{words}" if heading and heading.strip() else words


def sections(stated: Iterable[dict[str, Any]], heading: str, words: str) -> str | None:
    """Join objects that are parts of a text in HTML, each under its heading."""
    return html_of(section(text(each, heading), text(each, words)) for each in stated)


def html_of(parts: Iterable[str | None]) -> str | None:
    """Join the parts of a text that are not blank."""
    return "\n".join(part for part in parts if part and part.strip()) or None


def pay_range(
    stated: dict[str, Any], low: str, high: str, currency: str, period: str | None = None, name: str | None = None
) -> Pay:
    """Read a pay range as stated; ``name`` says in words what it is for."""
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
    """Read the pay ranges that state an amount, as :func:`pay_range`; ``name`` is the field with the words."""
    return with_amount(
        pay_range(each, low, high, currency, period, text(each, name) if name else None) for each in stated
    )


def with_amount(ranges: Iterable[Pay]) -> tuple[Pay, ...]:
    """Keep the pay ranges that state an amount; the others stay only in the payload."""
    return tuple(pay for pay in ranges if pay.min_value is not None or pay.max_value is not None)


def iso_moment(payload: dict[str, Any], *path: str) -> datetime | None:
    """Read an ISO 8601 time with an offset or `` UTC``. Without one it is unknown, because zones are not guessed."""
    try:
        moment = _with_offset(payload, path)
        return moment and moment.astimezone(UTC)
    except OverflowError:
        return None


def day(payload: dict[str, Any], *path: str) -> datetime | None:
    """Read an ISO 8601 date as its first moment in UTC; of a time without a zone, only the date."""
    value = _at(payload, path)
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return None if moment.tzinfo else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def moment_or_day(payload: dict[str, Any], *path: str, zone: tzinfo | None = None) -> datetime | None:
    """Read a time with an offset, or a date.

    Midnight stands for a day, which is read as by :func:`day`. It is midnight in the stated offset, or in ``zone`` for
    a board that keeps days in one zone and writes them in another.
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
    """Read a time of RSS and mail (RFC 2822): ``Fri, 04 Sep 2026 14:50:13 +0300``. Without a zone it is unknown."""
    value = _at(payload, path)
    try:
        moment = parsedate_to_datetime(value.strip()) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def epoch_milliseconds(payload: dict[str, Any], *path: str) -> datetime | None:
    """Read milliseconds since 1970-01-01 UTC."""
    return _since_1970(number(payload, *path), per_second=1000)


def epoch_seconds(payload: dict[str, Any], *path: str) -> datetime | None:
    """Read seconds since 1970-01-01 UTC."""
    return _since_1970(number(payload, *path), per_second=1)


def _since_1970(value: float | None, *, per_second: int) -> datetime | None:
    try:
        return None if value is None else datetime.fromtimestamp(value / per_second, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def listed_items(items: Iterable[str]) -> str | None:
    """Return items of HTML as a list."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in found) + "</ul>" if (found := list(items)) else None


def local_moment(payload: dict[str, Any], *path: str, zone: tzinfo) -> datetime | None:
    """Read an ISO 8601 date or time without an offset, in the zone that the board's documentation names."""
    value = _at(payload, path)
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def local_moment_or_day(payload: dict[str, Any], *path: str, zone: tzinfo) -> datetime | None:
    """Read as :func:`local_moment`, but midnight stands for a day, as in :func:`moment_or_day`."""
    moment = local_moment(payload, *path, zone=zone)
    try:
        is_midnight = moment is not None and moment.astimezone(zone).time() == time()
    except OverflowError:
        return None
    return moment_or_day(payload, *path, zone=zone) if is_midnight else moment


def joined(values: Iterable[str | None]) -> str | None:
    """Join distinct texts in the order given, by ``; ``."""
    trimmed = (value.strip() for value in values if value)
    return "; ".join(dict.fromkeys(value for value in trimmed if value)) or None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _with_offset(payload: dict[str, Any], path: tuple[str, ...]) -> datetime | None:
    """Read an ISO 8601 time as written, with its offset; None without one."""
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
