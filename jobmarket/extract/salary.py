"""Read the pay ranges in a posting's text: every amount that is pay for this job, and no other money.

:mod:`jobmarket.extract.amounts` finds the amounts; :mod:`jobmarket.extract.pay_judgement` judges each by its context.
"""

from __future__ import annotations

import re

from jobmarket.extract import anchors
from jobmarket.extract.amounts import LONGEST, Range, Token, ranges, tokens
from jobmarket.extract.currencies import family
from jobmarket.extract.document import Document
from jobmarket.extract.facts import Salary
from jobmarket.extract.pay_judgement import judge

_MOST_NUMBERS = 1_000  # a text with more is a price list
# Between pay and the same in another currency: "(~", ", approx. ", " or approximately "
_CONVERTED = re.compile(
    r"[^\n.;]{0,24}(?:\b(?:approx(?:\.|imately)?|roughly|equivalent(?: to)?|equals|umgerechnet|soit)|[≈~=])[^\w\n]{0,8}"
    r"(?:[$€£] or |or )?"
)
_LONGEST_BETWEEN = 48
_FOR_A_PLACE = re.compile(r"[^.;\n)]{0,16}\b(?:in|for|if based in) (?:the )?[A-Z]")


def salaries(document: Document, country: str | None) -> list[Salary]:
    """Return the pay ranges stated in the text and the title, in text order.

    Args:
        document: The posting as read.
        country: ISO 3166 alpha-2 of the job; it resolves ``$`` and amounts without a sign. None if unknown.

    Returns:
        One entry per distinct (min, max, currency, period), with its span in ``document.text``. An amount found only in
        the title has no span.
    """
    found = _of_text(document, country)
    title = document.title
    if any(character.isdigit() for character in title):
        of_title = _read(title, tokens(title), country)
        found += [pay._replace(span_start=None, span_end=None) for pay in of_title]
    return _distinct(found)


def pay_in_words(text: str, country: str | None) -> list[Salary]:
    """Read a field that contains only pay in words, so that amounts need no pay word beside them."""
    return _distinct(_read(text, tokens(text), country, in_pay_field=True))


def _of_text(document: Document, country: str | None) -> list[Salary]:
    found: list[Token] = []
    for position, line in document.spots.get(anchors.NUMBERS, ()):
        if position <= LONGEST:
            found += [Token(one[0] + position, one[1] + position, *one[2:]) for one in line.numbers]
    return _read(document.text, [token for token in found if token.end <= LONGEST], country) if found else []


def _read(text: str, numbers: list[Token], country: str | None, *, in_pay_field: bool = False) -> list[Salary]:
    found: list[Salary] = []
    last_sign, last_end = None, 0
    for candidate in ranges(text, numbers[:_MOST_NUMBERS]):
        if found and _is_conversion(text, last_end, last_sign, candidate):
            continue
        if candidate.sign is None and last_sign and "\n" not in text[last_end : candidate.start]:
            candidate = candidate._replace(sign=last_sign)  # "USD 136,500 - 276,500 here // 120,500 - 276,500 there"
        pay = judge(text, candidate, country, in_pay_field=in_pay_field)
        if pay is not None:
            last_sign, last_end = candidate.sign, candidate.end
            found.append(pay)
    return found


def _is_conversion(text: str, last_end: int, last_sign: str | None, amount: Range) -> bool:
    """Return whether an amount only converts the pay before it: "NOK 520 000 a year, approx. € 44,000".

    An amount for another place is none: "£80,000, or equivalent $110,000 in the US".
    """
    between = text[last_end : amount.start]
    if last_sign is None or amount.sign is None or family(last_sign) == family(amount.sign):
        return False
    if len(between) > _LONGEST_BETWEEN or _CONVERTED.fullmatch(between.lower()) is None:
        return False
    return _FOR_A_PLACE.match(text, amount.end) is None


def _distinct(found: list[Salary]) -> list[Salary]:
    """Return the first of each group of ranges that agree in amounts, currency and period."""
    first: dict[tuple[float | None, float | None, str | None, str | None], Salary] = {}
    for pay in found:
        first.setdefault((pay.min, pay.max, pay.currency, pay.period), pay)
    return list(first.values())
