"""Reads the header ``Retry-After`` (RFC 9110, section 10.2.3): how long a host asks clients to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Longer pauses mean the same to a crawl, and the cap keeps absurdly large numbers finite.
_LONGEST_SECONDS = 365 * 86_400.0


def retry_after_seconds(header: bytes | None, now: datetime) -> float | None:
    """Return the pause that the header requests, in seconds from ``now``.

    Args:
        header: Its value: whole seconds, or a date such as ``Sun, 22 Nov 2026 06:00:00 GMT``.
        now: When the answer came, UTC.

    Returns:
        The seconds: at most a year, 0 for a date in the past, None without a readable header.
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
