"""What an amount can be the pay of: bounds for each period, scaled to the currency."""

from __future__ import annotations

# Amounts a year that no full-time pay falls below or exceeds, per currency; the rest are scaled like the dollar.
_SCALE = {
    "INR": 20.0,
    "JPY": 100.0,
    "KRW": 1_000.0,
    "CNY": 5.0,
    "SEK": 10.0,
    "NOK": 10.0,
    "DKK": 7.0,
    "ISK": 120.0,
    "PLN": 4.0,
    "CZK": 22.0,
    "HUF": 350.0,
    "RON": 4.0,
    "ILS": 3.5,
    "BRL": 4.0,
    "MXN": 15.0,
    "ZAR": 15.0,
    "PHP": 30.0,
    "THB": 30.0,
    "IDR": 10_000.0,
    "VND": 20_000.0,
    "TWD": 30.0,
    "HKD": 7.0,
    "AED": 3.6,
    "SAR": 3.6,
    "QAR": 3.6,
    "CLP": 800.0,
    "COP": 4_000.0,
    "ARS": 1_000.0,
    "NGN": 500.0,
    "KES": 100.0,
    "EGP": 30.0,
    "PKR": 150.0,
    "BDT": 80.0,
    "RUB": 50.0,
    "UAH": 30.0,
    "TRY": 20.0,
    "MYR": 4.0,
    "LKR": 200.0,
    "PEN": 3.5,
    "UYU": 40.0,
    "CRC": 500.0,
    "PYG": 7_000.0,
    "DOP": 50.0,
    "GTQ": 7.0,
    "JMD": 150.0,
    "RSD": 100.0,
    "MKD": 50.0,
    "ALL": 80.0,
    "MDL": 17.0,
    "GEL": 2.5,
    "AMD": 350.0,
    "KZT": 400.0,
    "UZS": 10_000.0,
    "MAD": 10.0,
    "DZD": 100.0,
    "GHS": 10.0,
    "XOF": 500.0,
    "XAF": 500.0,
    "ETB": 60.0,
    "RWF": 1_000.0,
    "TZS": 2_500.0,
    "UGX": 3_500.0,
    "NPR": 100.0,
    "KHR": 4_000.0,
    "MMK": 2_000.0,
}
# Where monthly pay is the custom, a middling amount without a period is left open.
_MONTHLY_CUSTOM = frozenset(
    [
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BRL",
        "MXN",
        "RUB",
        "UAH",
        "TRY",
        "ILS",
        "CNY",
        "TWD",
        "HKD",
        "SEK",
        "NOK",
        "DKK",
        "PHP",
        "THB",
        "IDR",
        "VND",
        "MYR",
        "AED",
        "SAR",
        "QAR",
        "EGP",
        "ZAR",
        "CLP",
        "COP",
        "ARS",
        "PEN",
        "UYU",
        "CRC",
        "RSD",
        "GEL",
        "KZT",
        "MAD",
    ]
)
# Shorter periods end at 0.7 to 1 million a year: what is more is a year's pay with the unit of another period.
_BOUNDS = {
    "year": (1_000.0, 3_000_000.0),
    "month": (100.0, 60_000.0),
    "week": (40.0, 15_000.0),
    "day": (15.0, 3_000.0),
    "hour": (2.0, 500.0),
}
_YEARLY_FROM = 15_000.0
_MOST_AN_HOUR = 150.0


def scale(currency: str | None) -> float:
    """How many units of a currency buy what a dollar does, roughly; of an unknown one, as if it were dollars."""
    return _SCALE.get(currency or "", 1.0)


def fits(amount: float, period: str, currency: str | None) -> bool:
    """Say whether an amount can be the pay of a period; of an unknown currency, as if it were dollars."""
    low, high = _BOUNDS[period]
    return low <= amount / scale(currency) <= high


def is_hourly(low: float, high: float, currency: str | None) -> bool:
    """Say whether a range stated to the cent is of a size that only an hour's pay has."""
    return low / scale(currency) >= 7 and high / scale(currency) <= _MOST_AN_HOUR


def period_by_size(low: float, high: float, currency: str | None) -> str | None:
    """Return the period that the size of a range alone tells: a year, or null where it may be another."""
    if high / scale(currency) > _BOUNDS["year"][1]:
        return None
    least = 2 * _YEARLY_FROM if currency in _MONTHLY_CUSTOM else _YEARLY_FROM
    return "year" if min(low, high) / scale(currency) >= least else None
