"""Moments as typed on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import pytest

from jobmarket.cli.options import MomentParam


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-08-20", datetime(2026, 8, 20, tzinfo=UTC)),
        ("2026-08", datetime(2026, 8, 1, tzinfo=UTC)),
        ("2026-08-20T06:00:00Z", datetime(2026, 8, 20, 6, tzinfo=UTC)),
        ("2026-08-20T06:00:00+02:00", datetime(2026, 8, 20, 4, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc(typed: str, moment: datetime) -> None:
    assert MomentParam().convert(typed, None, None) == moment


@pytest.mark.parametrize("typed", ["2026-W33", "2026-W33-5", "yesterday", "2026-13-01"])
def test_a_text_that_is_not_a_date_is_refused(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a date: write 2026-08-20"):
        MomentParam().convert(typed, None, None)
