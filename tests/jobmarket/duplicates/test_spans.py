"""Spans of postings are exact if both ends are days, and undecided if only months or years are known."""

from __future__ import annotations

from datetime import date

import pytest

from jobmarket.duplicates.spans import are_side_by_side, gap_days, span


def test_moments_are_read_as_the_sources_write_them() -> None:
    assert span("2026-03-02T19:20:41+00:00", "2026-03-15").first == date(2026, 3, 2)
    assert span("Fri, 10 Jul 2026 19:44:50 +0000", None).posted == date(2026, 7, 10)
    month = span(None, "2026-02")
    assert (month.first, month.last, month.is_exact) == (date(2026, 2, 1), date(2026, 2, 28), False)
    assert span("2026-13-40", "soon").first is None
    for outside in ("0000", "0000-05", "0000-05-01", "2026-13"):  # a moment that the calendar lacks is unknown
        assert span(outside, None).first is span(None, outside).last is None
    # seen before its stated publication, as on some boards: it was open when seen
    assert span("2026-05-01", "2026-04-01").first == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("first", "second", "days", "beside"),
    [
        (("2026-01-05", "2026-02-01"), ("2026-01-20", "2026-02-01"), 0, True),
        (("2026-01-05", "2026-02-01"), ("2026-02-11", "2026-03-01"), 10, False),
        ((None, "2020"), (None, "2020-10"), 0, False),
        ((None, "2019-01"), (None, "2019-01"), 0, True),
        ((None, None), (None, "2019-01"), 0, True),
        ((None, None), (None, None), 0, True),
    ],
)
def test_gap_and_side_by_side(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], days: int, beside: bool
) -> None:
    one, other = span(*first), span(*second)
    assert gap_days(one, other) == gap_days(other, one) == days
    assert are_side_by_side(one, other) is beside
