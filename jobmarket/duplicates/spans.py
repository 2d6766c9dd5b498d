"""When two postings were there: the days from publication to the last look, as far as each source says them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_YEAR = re.compile(r"(\d{4})$")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day that a posting may have been there.

    ``posted`` is the stated day of publication. ``is_exact`` says that both ends are days, not months or years.
    """

    posted: date | None
    first: date | None
    last: date | None
    is_exact: bool


def span(posted_at: str | None, seen_at: str | None) -> Span:
    """Read the two moments; a month or a year alone stands for all its days."""
    posted, seen = _days(posted_at), _days(seen_at)
    first = posted[0] if posted else seen[0] if seen else None
    last = seen[1] if seen else posted[1] if posted else None
    if first is not None and last is not None and first > last:
        first = last
    is_exact = any((posted, seen)) and all(days[0] == days[1] for days in (posted, seen) if days)
    return Span(posted[0] if posted and posted[0] == posted[1] else None, first, last, is_exact)


def gap_days(first: Span, second: Span) -> int:
    """Days from the last day of the earlier to the first of the later; 0 where they meet or nothing is known."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return 0
    return max(0, (second.first - first.last).days, (first.first - second.last).days)


def are_side_by_side(first: Span, second: Span) -> bool:
    """Whether both were there at once, as far as days say; of months and years, only the same ones."""
    if first.is_exact and second.is_exact:
        return gap_days(first, second) == 0
    return (first.first, first.last) == (second.first, second.last)


def posted_days_apart(first: Span, second: Span) -> int | None:
    """Days between the two stated days of publication; null where one states none."""
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
