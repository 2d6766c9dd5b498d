from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.retry_after import retry_after_seconds

NOW = datetime(2026, 11, 22, 6, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"0", 0.0),
        (b" 120 ", 120.0),
        (b"9" * 5_000, 365 * 86_400.0),
        (b"Sun, 22 Nov 2026 06:01:30 GMT", 90.0),
        (b"Sunday, 22-Nov-26 06:01:30 GMT", 90.0),  # the older form, which servers may still send
        (b"Sun, 22 Nov 2026 06:01:30 -0000", 90.0),
        (b"Sun, 22 Nov 2026 05:00:00 GMT", 0.0),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", 365 * 86_400.0),
        (None, None),
        (b"", None),
        (b"soon", None),
        (b"-5", None),
        (b"1.5", None),
        (b"\xb2", None),
        (b"Sun, 32 Nov 2026 06:00:00 GMT", None),
    ],
)
def test_only_seconds_and_dates_are_read(header: bytes | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds
