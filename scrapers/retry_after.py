"""The header ``Retry-After`` (RFC 9110, section 10.2.3): how long a host asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Nobody waits longer, and a number without end is read all the same.
_LONGEST_SECONDS = 365 * 86_400.0


def seconds_asked(header: bytes | None, now: datetime) -> float | None:
    """Seconds from ``now`` (UTC) that the header asks for, 0 for a moment gone by.

    Args:
        header: Its value: whole seconds, or a date as in ``Sun, 22 Nov 2026 06:00:00 GMT``.
        now: When the answer came, UTC.

    Returns:
        The seconds, at most a year; None without a header, or if it is neither of the two.
    """
    value = (header or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _LONGEST_SECONDS)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_SECONDS)
