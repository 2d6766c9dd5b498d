"""When two postings were open: from publication to last sighting, as precisely as each source states."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# The calendar has no year 0000.
_MONTH = re.compile(r"(?!0000)(\d{4})-(\d{2})$")
_YEAR = re.compile(r"(?!0000)(\d{4})$")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day on which a posting may have been open.

    ``posted`` is the stated day of publication. ``is_exact`` states that both ends are days, not months or years.
    """

    posted: date | None
    first: date | None
    last: date | None
    is_exact: bool


def span(posted_at: str | None, seen_at: str | None) -> Span:
    """Parse the two moments; a month or a year without a day stands for all of its days."""
    posted, seen = _days(posted_at), _days(seen_at)
    first = posted[0] if posted else seen[0] if seen else None
    last = seen[1] if seen else posted[1] if posted else None
    if first is not None and last is not None and first > last:
        first = last
    is_exact = any((posted, seen)) and all(days[0] == days[1] for days in (posted, seen) if days)
    return Span(posted[0] if posted and posted[0] == posted[1] else None, first, last, is_exact)


def is_moment(text: str | None) -> bool:
    """Whether a span can be read from the text, or nothing is stated."""
    return not text or _days(text) is not None


def gap_days(first: Span, second: Span) -> int:
    """Days from the last day of the earlier span to the first of the later; 0 if they meet or one is unknown."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return 0
    return max(0, (second.first - first.last).days, (first.first - second.last).days)


def are_side_by_side(first: Span, second: Span) -> bool:
    """Whether both were open at once: spans of months or years must be equal; an unknown span may be any."""
    if first.last is None or second.last is None:
        return True
    if first.is_exact and second.is_exact:
        return gap_days(first, second) == 0
    return (first.first, first.last) == (second.first, second.last)


def posted_days_apart(first: Span, second: Span) -> int | None:
    """Days between the stated days of publication; None if one is not stated."""
    return abs((first.posted - second.posted).days) if first.posted and second.posted else None


def _days(text: str | None) -> tuple[date, date] | None:
    if not text:
        return None
    if found := _DAY.match(text):
        day = _valid(int(found[1]), int(found[2]), int(found[3]))
        return (day, day) if day else None
    if (found := _MONTH.match(text)) and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if found := _YEAR.match(text):
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    try:
        day = parsedate_to_datetime(text).date()
    except (TypeError, ValueError):
        return None
    return day, day


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
