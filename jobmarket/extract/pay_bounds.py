"""Bound what an amount can be the pay of, by period and scaled to the currency."""

from __future__ import annotations

# Units of a currency that buy roughly what one US dollar buys: purchasing power, not the exchange rate. Others count 1.
_SCALE = {
    "INR": 20.0, "JPY": 100.0, "KRW": 1_000.0, "CNY": 5.0, "SEK": 10.0, "NOK": 10.0, "DKK": 7.0, "ISK": 120.0,
    "PLN": 4.0, "CZK": 22.0, "HUF": 350.0, "RON": 4.0, "ILS": 3.5, "BRL": 4.0, "MXN": 15.0, "ZAR": 15.0, "PHP": 30.0,
    "THB": 30.0, "IDR": 10_000.0, "VND": 20_000.0, "TWD": 30.0, "HKD": 7.0, "AED": 3.6, "SAR": 3.6, "QAR": 3.6,
    "CLP": 800.0, "COP": 4_000.0, "ARS": 1_000.0, "NGN": 500.0, "KES": 100.0, "EGP": 30.0, "PKR": 150.0, "BDT": 80.0,
    "RUB": 50.0, "UAH": 30.0, "TRY": 20.0, "MYR": 4.0, "LKR": 200.0, "PEN": 3.5, "UYU": 40.0, "CRC": 500.0,
    "PYG": 7_000.0, "DOP": 50.0, "GTQ": 7.0, "JMD": 150.0, "RSD": 100.0, "MKD": 50.0, "ALL": 80.0, "MDL": 17.0,
    "GEL": 2.5, "AMD": 350.0, "KZT": 400.0, "UZS": 10_000.0, "MAD": 10.0, "DZD": 100.0, "GHS": 10.0, "XOF": 500.0,
    "XAF": 500.0, "ETB": 60.0, "RWF": 1_000.0, "TZS": 2_500.0, "UGX": 3_500.0, "NPR": 100.0, "KHR": 4_000.0,
    "MMK": 2_000.0,
}  # fmt: skip
# Where pay by the month is customary, a medium amount without a period stays undecided.
_MONTHLY_CUSTOM = frozenset((
    "PLN", "CZK", "HUF", "RON", "BRL", "MXN", "RUB", "UAH", "TRY", "ILS", "CNY", "TWD", "HKD", "SEK", "NOK", "DKK",
    "PHP", "THB", "IDR", "VND", "MYR", "AED", "SAR", "QAR", "EGP", "ZAR", "CLP", "COP", "ARS", "PEN", "UYU", "CRC",
    "RSD", "GEL", "KZT", "MAD",
))  # fmt: skip
# Where pay by the month is not the only custom, but a small amount without a period is by the month.
_MONTHLY_TOO = frozenset(("EUR", "CHF", "SGD"))
# US dollars. Periods below a year end at 0.7 to 1 million a year: more is a yearly amount with the wrong period.
_BOUNDS = {
    "year": (1_000.0, 3_000_000.0),
    "month": (100.0, 60_000.0),
    "week": (40.0, 15_000.0),
    "day": (15.0, 3_000.0),
    "hour": (2.0, 500.0),
}
# US dollars: more is hardly meant where a bare $ may as well be a peso.
_MOST_IN_DOLLARS = {"year": 400_000.0, "month": 12_000.0, "week": 4_000.0, "day": 1_000.0, "hour": 150.0}
# US dollars: the smallest amount that is surely a year's pay, and the bounds of hourly pay stated to the cent.
_YEARLY_FROM = 15_000.0
_LEAST_AN_HOUR, _MOST_AN_HOUR = 7.0, 150.0
# US dollars, and where pay by the month is customary: between these, a range is neither a day's pay nor a year's.
_LEAST_A_MONTH, _MOST_A_MONTH = 1_500.0, 10_000.0
_LEAST_A_CUSTOMARY_MONTH, _MOST_A_CUSTOMARY_MONTH = 500.0, 9_000.0


def scale(currency: str | None) -> float:
    """Return roughly how many units of a currency equal one dollar; 1 for an unknown currency."""
    return _SCALE.get(currency or "", 1.0)


def fits(amount: float, period: str, currency: str | None) -> bool:
    """Return whether an amount can be the pay of a period; an unknown currency is treated as dollars."""
    low, high = _BOUNDS[period]
    return low <= amount / scale(currency) <= high


def may_be_dollars(amount: float, period: str) -> bool:
    """Return whether an amount with a bare $ can be in US dollars in a country whose own currency has that sign."""
    return amount <= _MOST_IN_DOLLARS[period]


def is_hourly(low: float, high: float, currency: str | None) -> bool:
    """Return whether the size of a range stated to the cent is that of hourly pay only."""
    return low / scale(currency) >= _LEAST_AN_HOUR and high / scale(currency) <= _MOST_AN_HOUR


def period_by_size(low: float, high: float, currency: str | None) -> str | None:
    """Return ``year`` if the size of a range leaves no other period, else None."""
    if high / scale(currency) > _BOUNDS["year"][1]:
        return None
    least = 2 * _YEARLY_FROM if currency in _MONTHLY_CUSTOM else _YEARLY_FROM
    return "year" if min(low, high) / scale(currency) >= least else None


def is_monthly(low: float, high: float, currency: str | None, national: str | None) -> bool:
    """Return whether the size of a range of pay is that of pay by the month only, where such pay is customary.

    Elsewhere two weeks' pay, or that of a project, is stated as often. What is customary follows from the range's
    currency or the country's own (``national``): "2,000 - 3,000 USD" in Vietnam.
    """
    if currency in _MONTHLY_CUSTOM or national in _MONTHLY_CUSTOM:
        least, most = _LEAST_A_CUSTOMARY_MONTH, _MOST_A_CUSTOMARY_MONTH
    elif currency in _MONTHLY_TOO:
        least, most = _LEAST_A_MONTH, _MOST_A_MONTH
    else:
        return False
    return least <= low / scale(currency) and high / scale(currency) < most
