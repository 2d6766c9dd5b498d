"""Moments are written and stored in UTC, whatever their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from jobmarket.stages import as_of_text, without_zone


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 8, 20, 2, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 8, 20, tzinfo=UTC),
        datetime(2026, 8, 20),  # noqa: DTZ001 - as the warehouse returns it
    ],
)
def test_a_moment_of_any_zone_is_written_and_stored_in_utc(moment: datetime) -> None:
    assert as_of_text(moment) == "2026-08-20T00:00:00Z"
    assert without_zone(moment) == datetime(2026, 8, 20)  # noqa: DTZ001 - as the warehouse stores it
