"""Recognise currency signs and codes as postings write them, and the currency of each country.

``$``, ``kr`` and ``¥`` are shared by several countries. They resolve by the posting's country and are never guessed
from its language. Codes are ISO 4217, countries ISO 3166 alpha-2.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DOLLAR_COUNTRIES = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN",
    "CL": "CLP", "CO": "COP", "AR": "ARS",
}  # fmt: skip
# In postings from these countries that address a global audience, a bare $ mostly means US dollars, unless the amount
# is too large for them.
_DOLLAR_UNSURE = {"MX", "CL", "CO", "AR", "TW"}

EURO_COUNTRIES = frozenset((
    "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI",
    "SK",
))  # fmt: skip

NATIONAL = {
    **DOLLAR_COUNTRIES,
    **dict.fromkeys(EURO_COUNTRIES, "EUR"),
    "GB": "GBP", "CH": "CHF", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "PL": "PLN", "CZ": "CZK",
    "HU": "HUF", "RO": "RON", "BG": "EUR", "UA": "UAH", "TR": "TRY", "IL": "ILS", "IN": "INR", "PK": "PKR",
    "BD": "BDT", "LK": "LKR", "JP": "JPY", "CN": "CNY", "KR": "KRW", "BR": "BRL", "ZA": "ZAR", "AE": "AED",
    "SA": "SAR", "QA": "QAR", "EG": "EGP", "NG": "NGN", "KE": "KES", "TH": "THB", "ID": "IDR", "MY": "MYR",
    "PH": "PHP", "VN": "VND", "PE": "PEN",
}  # fmt: skip

CODES = frozenset(NATIONAL.values()) | {"USD", "EUR", "GBP", "CAD", "RUB", "GEL", "RSD", "KZT", "UYU", "CRC", "MAD"}

# Signs of one currency. "$", "¥", "kr" and "P" stand for a family that resolves by country.
_SIGNS = {
    "us$": "USD", "usd$": "USD", "$us": "USD", "u$s": "USD", "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "cdn$": "CAD",
    "$ca": "CAD", "a$": "AUD", "au$": "AUD", "aud$": "AUD", "nz$": "NZD", "nzd$": "NZD", "s$": "SGD", "sg$": "SGD",
    "sgd$": "SGD", "hk$": "HKD", "hkd$": "HKD", "nt$": "TWD", "twd$": "TWD",
    "mx$": "MXN", "mxn$": "MXN", "clp$": "CLP", "cop$": "COP", "ars$": "ARS", "r$": "BRL", "r": "ZAR", "$": "$",
    "€": "EUR", "£": "GBP", "¥": "¥", "￥": "¥", "円": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR",
    "₽": "RUB", "₪": "ILS", "nis": "ILS", "₩": "KRW", "₱": "PHP", "₦": "NGN", "₫": "VND", "฿": "THB", "zł": "PLN",
    "zl": "PLN", "kč": "CZK", "kr": "kr", "kr.": "kr", "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "rmb": "CNY",
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "pounds": "GBP", "gbp": "GBP", "dollars": "$", "us dollars": "USD",
    "rupees": "INR", "rm": "MYR", "p": "P", "tl": "TRY", "₺": "TRY", "₴": "UAH", "lei": "RON", "元": "CNY", "원": "KRW",
}  # fmt: skip

_CODE_PATTERN = "|".join(sorted(CODES | {"RMB", "NIS"}))
_DOLLAR_PATTERN = (
    r"(?:US|USD|C|CA|CAD|CDN|A|AU|AUD|NZ|NZD|S|SG|SGD|HK|HKD|NT|TWD|MX|MXN|CLP|COP|ARS|R)\s?\$|"
    r"U\$S|\$(?=\s?\d)|\$\s?(?:US|CA|CAD|USD)\b|\$"
)
BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?:{_DOLLAR_PATTERN})|[€£¥￥₹₽₪₩₱₦₫฿₺₴]"
    rf"|(?<=[a-z])\$|(?<![A-Za-z])(?:{_CODE_PATTERN}|RM|Rs\.?|SFr\.?|Fr\.|kr\.?|Euro|EURO)[:.]?|(?<![A-Za-z&])[RP])[\s~]?$"
)
AFTER = re.compile(
    r"[\s]?(?:\(?\s?(?:in\s)?"
    rf"(?:(?P<code>(?:{_CODE_PATTERN}))(?![A-Za-z])|(?P<sign>US\$|CA\$|C\$|A\$|\$\s?(?:US|CA|CAD|USD)(?![A-Za-z])"
    r"|[€£¥₹₽₪₩₱₦₫฿₺₴円元원]|\$(?!\s?\d)|zł|zl\b|Kč|kr\b\.?"
    r"|(?:US dollars|dollars|[Ee]uros?|EURO|pounds|rupees|lei|TL)\b))\)?)"
)


class Currency(NamedTuple):
    """A currency and how it is known: ``stated`` (code), ``symbol`` (sign) or ``country``."""

    code: str
    basis: str


def family(sign: str) -> str:
    """Return the ISO code that a sign or code names, or ``$``, ``¥``, ``kr`` or ``P`` if several currencies use it."""
    key = "".join(sign.split()).lower().rstrip(":")
    if key == "usdollars":
        return "USD"
    found = _SIGNS.get(key) or _SIGNS.get(key.rstrip("."))
    if found:
        return found
    if key.startswith("$"):
        return {"$usd": "USD", "$cad": "CAD"}.get(key, "$")
    return key.upper().rstrip(".")


def resolve(sign: str | None, country: str | None) -> Currency | None:
    """Return the currency of a sign, a code or no sign at all, in a posting from ``country``.

    A bare dollar without a country, or in a country that has no dollar, is the US dollar: that is what employers there
    mean by it. Krone and yen signs without a matching country stay unknown (None).
    """
    if sign is None:
        code = NATIONAL.get(country) if country else None
        return Currency(code, "country") if code else None
    named = family(sign)
    if named == "$":
        if country in DOLLAR_COUNTRIES and country not in _DOLLAR_UNSURE:
            return Currency(DOLLAR_COUNTRIES[country], "country")
        return Currency("USD", "symbol")
    if named == "¥":
        if country == "CN":
            return Currency("CNY", "country")
        return Currency("JPY", "country") if country == "JP" else None
    if named == "P":
        return Currency("PHP", "country") if country == "PH" else None
    if named == "kr":
        code = NATIONAL.get(country) if country in {"SE", "NO", "DK", "IS"} else None
        return Currency(code, "country") if code else None
    written_out = named in CODES and sign.strip(" .:").upper() == named
    return Currency(named, "stated" if written_out else "symbol")


def other_dollar(sign: str | None, country: str | None) -> Currency | None:
    """Return the country's own currency where a bare $ may mean that one or the US dollar, else None."""
    if sign is None or country not in _DOLLAR_UNSURE or family(sign) != "$":
        return None
    return Currency(DOLLAR_COUNTRIES[country], "country")


def stated(text: str | None) -> str | None:
    """Return the ISO 4217 code that a board's currency field contains, or None."""
    if text is None:
        return None
    code = text.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    named = _SIGNS.get(text.strip().lower())
    return named if named in CODES else None
