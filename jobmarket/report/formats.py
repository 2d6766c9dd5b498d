"""Numbers, dates and foreign text in the report's language."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from babel import lists
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from jobmarket.foreign_text import harmless
from jobmarket.report.language import locale, say

NO_VALUE = "–"
_LONGEST_TEXT = 80
# No genuine title, name or sentence is longer; anything longer is an attack on the reader.
_LONGEST_CELL = 1000


def count(value: float | None) -> str:
    """1234567 → ``1,234,567``."""
    return NO_VALUE if value is None else format_decimal(round(value), locale=locale())


def decimal(value: float | None) -> str:
    """1.2345 → ``1.23``."""
    return NO_VALUE if value is None else format_decimal(value, "0.00", locale=locale())


def plain(value: float | None) -> str:
    """5.0 → ``5``, 2.25 → ``2.25``: decimals only if there are any."""
    return NO_VALUE if value is None else format_decimal(value, "#,##0.##", locale=locale())


def probability(value: float | None) -> str:
    """0.01716 → ``0.017``; below a thousandth ``< 0.001``; what is less than 0.05 does not become 0.050 by rounding."""
    if value is None:
        return NO_VALUE
    least, flagged_below = 0.001, 0.05
    shown = min(value, flagged_below - least) if value < flagged_below else value
    written = format_decimal(max(shown, least), "0.000", locale=locale())
    return f"<\u00a0{written}" if value < least else written


def count_interval(low: float | None, high: float | None) -> str:
    """28, 34 → ``28–34``; an unknown end stays open."""
    if high is None:
        return NO_VALUE if low is None else f"≥ {count(low)}"
    return f"{count(low)}–{count(high)}"


def decimal_interval(low: float | None, high: float | None) -> str:
    """1.2, 1.61 → ``1.20–1.61``."""
    return NO_VALUE if low is None or high is None else f"{decimal(low)}–{decimal(high)}"


def times(value: float | None) -> str:
    """1.834 → ``× 1.83``."""
    return NO_VALUE if value is None else f"×\u00a0{decimal(value)}"


def sample(value: float | None) -> str:
    """812 → ``n = 812``, without a line break."""
    return f"n\u00a0=\u00a0{count(value)}"


def share(value: float | None) -> str:
    """0.4213 → ``42.1%``."""
    if value is None:
        return NO_VALUE
    whole = locale().percent_formats[None].pattern
    return format_percent(value, whole.replace("#,##0", "#,##0.0"), locale=locale())


def share_interval(low: float | None, high: float | None) -> str:
    """0.398, 0.444 → ``39.8–44.4%``."""
    if low is None or high is None:
        return NO_VALUE
    return f"{format_decimal(100 * low, '0.0', locale=locale())}–{share(high)}"


def points(value: float | None) -> str:
    """A difference of shares: 0.051 → ``+5.1``, in percentage points, with a real minus."""
    return NO_VALUE if value is None else _signed(round(100 * value, 1))


def points_interval(low: float | None, high: float | None) -> str:
    """0.02, 0.082 → ``+2.0 to +8.2``, and 0.0002, 0.082 → ``+0.0 to +8.2``."""
    if low is None or high is None:
        return NO_VALUE
    return say("{low} to {high}", low=_bound(points(low), low), high=_bound(points(high), high))


def _bound(written: str, value: float) -> str:
    """Keep the sign of a bound that rounds to zero, because it says whether the change is significant."""
    return written if written[0] in "+−" else _sign(value) + written


def _signed(value: float) -> str:
    return _sign(value) + format_decimal(abs(value), "0.0", locale=locale())


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""


def change(value: float | None) -> str:
    """A relative change: 0.0123 → ``+1.2%``."""
    if value is None:
        return NO_VALUE
    rounded = round(value, 3)
    return _sign(rounded) + share(abs(rounded))


def change_interval(low: float | None, high: float | None) -> str:
    """-0.01, 0.032 → ``−1.0% to +3.2%``, and 0.0002, 0.032 → ``+0.0% to +3.2%``."""
    if low is None or high is None:
        return NO_VALUE
    return say("{low} to {high}", low=_bound(change(low), low), high=_bound(change(high), high))


def dollars(value: float | None) -> str:
    """168432.7 → ``US$168,400``: pay is rounded to hundreds, because finer digits would be false precision."""
    if value is None:
        return NO_VALUE
    whole = locale().currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(round(value, -2), "USD", whole, locale=locale(), currency_digits=False)


def dollars_interval(low: float | None, high: float | None) -> str:
    """164012, 171980 → ``US$164,000–172,000``."""
    if low is None or high is None:
        return NO_VALUE
    first, last = dollars(low), dollars(high)
    is_before = not first[0].isdigit()
    return f"{first}–{count(round(high, -2))}" if is_before else f"{count(round(low, -2))}–{last}"


def amount(value: float | None) -> str:
    """Pay in a currency that is named elsewhere: 64312.4 → ``64,300``."""
    return NO_VALUE if value is None else count(round(value, -2))


def amount_interval(low: float | None, high: float | None) -> str:
    """61000, 68120 → ``61,000–68,100``."""
    return NO_VALUE if low is None or high is None else f"{amount(low)}–{amount(high)}"


def day(value: date) -> str:
    """``17 August 2026``."""
    return _ordinal(format_date(value, "long", locale=locale()), value)


def short_day(value: date) -> str:
    """``17 Aug``."""
    written = format_skeleton("MMMd", datetime(value.year, value.month, value.day), locale=locale())  # noqa: DTZ001  # a day
    return _ordinal(written, value)


def _ordinal(written: str, value: date) -> str:
    """In French, the first day of a month is an ordinal: ``1er juin``."""
    return re.sub(r"^1\b", "1er", written) if value.day == 1 and locale().language == "fr" else written


def moment(value: datetime) -> str:
    """``26 August 2026, 00:00 UTC``."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def week_span(monday: date) -> str:
    """``17–23 August 2026``, ``27 July – 2 August 2026``."""
    sunday = monday + timedelta(days=6)
    if monday.year != sunday.year:
        return f"{day(monday)} – {day(sunday)}"
    if monday.month != sunday.month:
        first = format_skeleton("MMMMd", datetime(monday.year, monday.month, monday.day), locale=locale())  # noqa: DTZ001
        return f"{_ordinal(first, monday)} – {day(sunday)}"
    # German puts a full stop after the day.
    written = re.match(r"\d+(\.?)", day(sunday))
    return f"{_ordinal(str(monday.day), monday)}{written[1] if written else ''}–{day(sunday)}"


def iso_week(monday: date) -> str:
    """``2026-W34``."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def foreign(text: object, longest: int = _LONGEST_TEXT) -> str:
    """Make outside text safe for a layout: no control or direction-changing characters, limited length."""
    plain = " ".join(harmless(text).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def whole(text: object) -> str:
    """Make the text of a table cell safe without shortening it: cells wrap."""
    return foreign(text, _LONGEST_CELL)


def either(parts: list[str]) -> str:
    """``a``, ``a or b``."""
    return lists.format_list(parts, style="or", locale=locale())


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return lists.format_list(parts, locale=locale())
