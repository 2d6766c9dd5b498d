"""Numbers, dates and foreign text as a reader sees them."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

THIN_SPACE = "\u202f"
NO_VALUE = "–"
_LONGEST_TEXT = 80


def count(value: float | None) -> str:
    """1234567 → ``1 234 567``, with narrow spaces that do not break."""
    return NO_VALUE if value is None else f"{value:,.0f}".replace(",", THIN_SPACE)


def sample(value: float | None) -> str:
    """812 → ``n = 812``, kept on one line."""
    return f"n\u00a0=\u00a0{count(value)}"


def share(value: float | None) -> str:
    """0.4213 → ``42.1%``."""
    return NO_VALUE if value is None else f"{100 * value:.1f}%"


def share_interval(low: float | None, high: float | None) -> str:
    """0.398, 0.444 → ``39.8–44.4%``."""
    return NO_VALUE if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}%"


def points(value: float | None) -> str:
    """A difference of shares: 0.051 → ``+5.1``, in percentage points, with a real minus."""
    return NO_VALUE if value is None else _signed(100 * value)


def points_interval(low: float | None, high: float | None) -> str:
    """0.02, 0.082 → ``+2.0 to +8.2``."""
    return NO_VALUE if low is None or high is None else f"{points(low)} to {points(high)}"


def _signed(value: float) -> str:
    rounded = f"{abs(value):.1f}"
    return rounded if rounded == "0.0" else f"{'+' if value > 0 else '−'}{rounded}"


def dollars(value: float | None) -> str:
    """168432.7 → ``$168 400``: pay is published to the hundred, finer would be false precision."""
    return NO_VALUE if value is None else f"${count(round(value, -2))}"


def dollars_interval(low: float | None, high: float | None) -> str:
    """164012, 171980 → ``$164 000–172 000``."""
    return NO_VALUE if low is None or high is None else f"{dollars(low)}–{dollars(high)[1:]}"


def day(value: date) -> str:
    """``17 August 2026``."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """``17 Aug``."""
    return f"{value.day} {value:%b}"


def week_span(monday: date) -> str:
    """``17–23 August 2026``, ``27 July – 2 August 2026``."""
    sunday = monday + timedelta(days=6)
    if monday.year != sunday.year:
        return f"{day(monday)} – {day(sunday)}"
    if monday.month != sunday.month:
        return f"{monday.day} {monday:%B} – {day(sunday)}"
    return f"{monday.day}–{day(sunday)}"


def iso_week(monday: date) -> str:
    """``2026-W34``."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def foreign(text: object, longest: int = _LONGEST_TEXT) -> str:
    """Text from outside, made harmless for a layout: no control or direction-changing characters, not too long.

    Escaping is the template's work; this is about what escaping does not mend.
    """
    kept = "".join(" " if char.isspace() else char for char in str(text) if _harmless(char))
    plain = " ".join(kept.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def _harmless(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Cn")


_NAMES = {
    "all": "All",
    "ml_engineer": "ML engineer",
    "mlops_engineer": "MLOps engineer",
    "ai_engineer": "AI engineer",
    "ml_researcher": "ML researcher",
    "data_scientist": "Data scientist",
    "coverage_break": "coverage break",
}


def name(code: str) -> str:
    """A value of an enumeration as a reader sees it: ``ml_engineer`` → ``ML engineer``; a country's code stays."""
    known = _NAMES.get(code)
    if known:
        return known
    return code if code.isupper() else foreign(code).replace("_", " ").capitalize()


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
