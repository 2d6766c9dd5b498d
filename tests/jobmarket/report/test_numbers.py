from datetime import date

import pytest

from jobmarket.report import formats
from jobmarket.report.charts.axes import ticks


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.count(1234567), "1,234,567"),
        (formats.count(None), "–"),
        (formats.count_interval(28, 34), "28–34"),
        (formats.count_interval(28, None), "≥ 28"),
        (formats.count_interval(0, 0), "0–0"),
        (formats.count_interval(None, None), "–"),
        (formats.share(0.4213), "42.1%"),
        (formats.share_interval(0.398, 0.4444), "39.8–44.4%"),
        (formats.change_interval(0.0004, 0.068), "+0.0% to +6.8%"),
        (formats.change_interval(-0.068, -0.0004), "−6.8% to −0.0%"),
        (formats.change_interval(0.0, 0.068), "0.0% to +6.8%"),
        (formats.points_interval(-0.0004, 0.0123), "−0.0 to +1.2"),
        (formats.points(-0.0512), "−5.1"),
        (formats.points(-0.0001), "0.0"),
        (formats.probability(0.01716), "0.017"),
        (formats.probability(0.04998), "0.049"),
        (formats.probability(0.05), "0.050"),
        (formats.probability(0.00004), "<\u00a00.001"),
        (formats.dollars(168432.7), "US$168,400"),
        (formats.dollars_interval(164012, 171980), "US$164,000–172,000"),
        (formats.week_span(date(2026, 8, 17)), "17–23 August 2026"),
        (formats.week_span(date(2026, 7, 27)), "27 July – 2 August 2026"),
        (formats.week_span(date(2026, 12, 28)), "28 December 2026 – 3 January 2027"),
        (formats.iso_week(date(2026, 12, 28)), "2026-W53"),
        (formats.listed(["a", "b", "c"]), "a, b and c"),
        (formats.foreign("a\u202eb\x00c\n d"), "abc d"),
        (formats.foreign("x" * 100, 10), "x" * 9 + "…"),
    ],
)
def test_numbers_and_dates_as_readers_see_them(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 0.93, 4, [0, 0.5]),
        (0, 0.44, 3, [0, 0.2, 0.4]),
        (163_400, 174_900, 5, [165_000, 170_000]),
        (0, 0.3, 4, [0, 0.1, 0.2, 0.3]),
    ],
)
def test_ticks_are_round_and_not_too_many(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == expected
