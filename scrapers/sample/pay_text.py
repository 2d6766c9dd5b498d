"""Write pay as postings do: with a symbol or a code, in full or with k, with one end or both, in three languages."""

from __future__ import annotations

from scrapers.sample.pay_market import PlantedPay

_SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "CAD": "$", "INR": "₹", "CHF": "CHF ", "PLN": "PLN "}
_PERIODS = {
    "en": {
        "year": (" per year", " annually", " per annum", " a year", "/year", "", " / yr", " p.a."),
        "month": (" per month", " a month", "/month", " monthly"),
        "day": (" per day", "/day", " a day"),
        "hour": (" per hour", "/hour", " an hour", "/hr"),
    },
    "fr": {
        "year": (" brut annuel", " par an", " brut/an"),
        "month": (" par mois", " brut mensuel", "/mois"),
        "day": (" par jour", "/jour"),
        "hour": (" de l'heure", "/heure"),
    },
    "de": {
        "year": (" brutto im Jahr", " Jahresgehalt", " pro Jahr"),
        "month": (" im Monat", " brutto pro Monat"),
        "day": (" pro Tag",),
        "hour": (" pro Stunde", "/Stunde"),
    },
}
_ONE_END = {"en": ("from {}", "up to {}"), "fr": ("à partir de {}", "jusqu'à {}"), "de": ("ab {}", "bis zu {}")}


def _grouped(amount: int, separator: str) -> str:
    return f"{amount:,}".replace(",", separator)


def _indian(amount: int) -> str:
    """Group digits the Indian way: 28,00,000."""
    digits = str(amount)
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while len(head) > 2:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*([head] if head else []), *groups, tail])


def _amount(amount: int, pay: PlantedPay, language: str) -> str:
    style = pay.writing
    thousands = pay.period == "year" and amount % 1000 == 0
    if language == "fr":
        return f"{amount // 1000} k€" if thousands and style % 3 == 1 else f"{_grouped(amount, chr(0x202F))} €"
    if language == "de":
        return f"{amount // 1000}k €" if thousands and style % 3 == 1 else f"{_grouped(amount, '.')} €"
    symbol = _SYMBOLS[pay.currency]
    if pay.currency == "INR":
        return f"₹{_indian(amount)}" if style % 2 else f"INR {_indian(amount)}"
    if style in (1, 4) and thousands:
        return f"{symbol}{amount // 1000}{'K' if style == 1 else 'k'}"
    if style == 2:
        return f"{pay.currency} {_grouped(amount, ',')}"
    if style == 6 and pay.period == "year":
        return f"{symbol}{_grouped(amount, ',')}.00"
    return f"{symbol}{_grouped(amount, ',')}"


def write_pay(pay: PlantedPay, language: str) -> str:
    """Write the range as text, e.g. ``$150K–$180K per year``."""
    periods = _PERIODS[language][pay.period]
    period = periods[pay.writing % len(periods)]
    if pay.currency == "INR" and pay.period == "year" and pay.writing in (3, 5) and pay.minimum and pay.maximum:
        return f"₹{pay.minimum / 100_000:g}-{pay.maximum / 100_000:g} LPA"
    if pay.minimum is None or pay.maximum is None:
        form = _ONE_END[language][pay.minimum is None]
        amount = pay.maximum if pay.minimum is None else pay.minimum
        return f"{form.format(_amount(amount or 0, pay, language))}{period}"
    if pay.minimum == pay.maximum:
        return f"{_amount(pay.minimum, pay, language)}{period}"
    low, high = _amount(pay.minimum, pay, language), _amount(pay.maximum, pay, language)
    if pay.currency == "CAD" and language == "en" and "CAD" not in high:
        period = f" CAD{period}"
    divider = (" - ", "–", " to ", " – ", "-", " — ", " to ", " - ")[pay.writing]
    if language != "en":
        divider = (" - ", " à " if language == "fr" else " bis ", " – ")[pay.writing % 3]
    return f"{low}{divider}{high}{period}"
