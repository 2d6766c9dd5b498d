"""Find amounts of money in a text and join those that form a range.

Each number of the text is a token. A token next to a currency, or with a multiplier such as ``k``, is money.
Neighbouring tokens joined by a range sign form one range. All patterns are bounded and each number is visited once, so
the time grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jobmarket.extract import currencies
from jobmarket.extract.folding import LineTexts
from jobmarket.extract.line import Line

# Starts with a plain character class, which the regex engine can skip to at full speed.
_NUMBER = re.compile(
    r"[0-9](?:[0-9]{0,2}(?:[.,'’\u00a0\u202f\u2009 ][0-9]{3}(?![0-9]))+|[0-9]?(?:,[0-9]{2})+,[0-9]{3}(?![0-9])|[0-9]*)"
    r"(?:[.,][0-9]{1,2}(?![0-9]))?"
)
_NOT_DIGIT = re.compile(r"\D")
_ALL_BUT_DIGITS = bytes(code for code in range(256) if not (0x30 <= code <= 0x39 or code == 0x0A))
_MULTIPLIER = re.compile(
    r"[\s]?(?:(?P<k>[kK](?![A-Za-zč])|[kK](?=EUR|USD|GBP|CHF|CAD|PLN|SEK)|T(?=€|EUR)|Tsd\.?|thousand\b|mille\b)"
    r"|(?P<lakh>LPA\b|[Ll]akhs?\b|[Ll]acs?\b|L(?![A-Za-z]))|(?P<crore>[Cc]rores?\b|Cr\b)|(?P<man>万)"
    r"|(?P<large>[mMbB](?![A-Za-z])|[mM][mMnN](?![A-Za-z])|[bB][nN](?![A-Za-z])|[mM]illi?on\w*|[bB]illion\w*|"
    r"[tT]rillion\w*"
    r"|T(?![A-Za-z])|Mio\b|Mrd\b|milliards?\b))"
)
# A year's pay in these currencies runs to millions: "¥8M - ¥12M".
_SMALL_UNITS = frozenset({"JPY", "¥", "KRW", "HUF", "CLP", "COP", "IDR", "VND"})
_THOUSAND, _MILLION = 1_000.0, 1_000_000.0
_FACTORS = {"k": _THOUSAND, "lakh": 100_000.0, "crore": 10_000_000.0, "man": 10_000.0, "million": _MILLION}
_JOIN = re.compile(
    r"(?:[.,][-–—]{1,2})?\s*(?:/\s?(?:year|yr|hour|hr|h|month|mo|day|week|annum)|per (?:year|hour|month|annum|day|"
    r"week)|an hour|"
    r"a year|year|annually"
    r"|p\.?a\.?)?\s*(?:\((?:min|mid|minimum|midpoint|low|base|entry)\)|min\b)?\s*"
    r"(?P<sign>-{1,3}|[–—‐‑−‒~〜～→]|/|to|up to|and|bis|bis zu|und|à|a|et|jusqu['’]à|through|till|until|"
    r"en|tot|och|og|til|y|e|(?:,|and)? ?(?:the )?max(?:imum)?(?: salary| pay)?(?: is| of)?:?)\s*(?:max:?\s*)?"
)
# Digits of a yearly amount that has no currency sign.
_FEWEST_DIGITS, _MOST_DIGITS = 5, 7
_WEAK_JOINS = frozenset({"and", "und", "et", "a", "en", "och", "og", "y", "e"})
LONGEST = 100_000  # several times the longest posting; longer texts are dumps of whole sites
# 401(k) and similar plans, written "401k match".
_PENSION_PLANS = frozenset({"401", "403", "457", "529"})
# With this many thousands, the currency is yen, won or rupees, or the digits are the full amount: "$110,000k".
_MANY_THOUSANDS = 10_000.0
# The high end of a range is at most this many times its low end.
_WIDEST = 4.0
_SPACES = frozenset(" \u00a0\u202f\u2009\t")
_SIGN_ENDS = frozenset("$€£¥￥₹₽₪₩₱₦₫฿.:sorłč")
_SIGN_STARTS = frozenset("$€£¥₹₽₪₩₱₦₫฿円(zkdepri")
_MULTIPLIER_STARTS = frozenset("kKTtlLcCmMbB万")


class Token(NamedTuple):
    """A number of the text with its currency and multiplier; ``start`` and ``end`` include them."""

    start: int
    end: int
    value: float
    factor: float
    sign: str | None
    digits: int
    open_end: bool
    large: bool


class Range(NamedTuple):
    """An amount, or the two ends of a range. ``join`` is the text between them; ``weak`` means it is a word like "and".

    If ``doubled``, the multiplier may repeat what the digits already state. Only the currency can decide that.
    """

    start: int
    end: int
    low: float
    high: float
    sign: str | None
    scaled: bool
    open_end: bool
    is_range: bool
    weak: bool
    join: str
    doubled: bool

    def by_its_digits(self) -> Range:
        """Return the range without the factor of a thousand from its multiplier."""
        return self._replace(low=self.low / _THOUSAND, high=self.high / _THOUSAND, doubled=False)


def tokens(text: str) -> list[Token]:
    """Return the numbers of a text in order, skipping those inside words, versions, percentages and ids."""
    found: list[Token] = []
    length = len(text)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if end - start > 18:  # an id, not an amount
            continue
        before = text[start - 1] if start else " "
        if before == "." or before == ",":  # the tail of a version or an IP address: "10.0.0.1"
            continue
        # Most numbers have no money beside them: test single characters before trying a pattern.
        beyond = text[start - 2] if before in _SPACES and start > 1 else before
        sign = None
        if beyond in _SIGN_ENDS or beyond.isalpha():
            if beyond in _SIGN_ENDS or beyond.isupper():
                head = text[max(0, start - 6) : start]
                sign_match = currencies.BEFORE.search(head)
                if sign_match:
                    sign = sign_match.group().strip()
                    if sign == "R" and _digits(match.group()) < _FEWEST_DIGITS:
                        sign = None  # "R2" is not an amount in rand
                    else:
                        start -= len(head) - sign_match.start()
            if sign is None and before.isalpha():
                continue  # inside a word: "v2", "utf8"
        factor, large, open_end = 1.0, False, False
        if end < length:
            following = text[end]
            if following in _SPACES and end + 1 < length:
                following = text[end + 1]
            if following in _MULTIPLIER_STARTS:
                scale = _MULTIPLIER.match(text, end)
                if scale:
                    group = scale.lastgroup or "large"
                    large = group == "large"
                    if large and text[scale.end() - 1] in "mM" and _is_small(sign):
                        large, group = False, "million"
                    factor = _FACTORS.get(group, 1.0)
                    end = scale.end()
        if end < length:
            following = text[end]
            if following == "%":
                continue
            if following == "+":
                open_end = True
                end += 1
                following = text[end] if end < length else ""
            if following in _SPACES and end + 1 < length:
                following = text[end + 1]
            tail = currencies.AFTER.match(text, end) if following in _SIGN_STARTS or following.isupper() else None
            if tail:
                stated = tail.group("code") or tail.group("sign")
                # A code after the amount outranks a bare dollar sign before it: "$120k CAD".
                if sign is None or currencies.family(sign) == "$":
                    sign = stated
                    end = tail.end()
                elif currencies.family(stated) == currencies.family(sign):
                    end = tail.end()
                if not open_end and end < length and text[end] == "+":
                    open_end = True
                    end += 1
        raw = match.group()
        if sign is None and factor > 1 and raw in _PENSION_PLANS:
            continue
        found.append(Token(start, end, _value(raw), factor, sign, _digits(raw), open_end, large))
    return found


def read_numbers(lines: Sequence[Line], texts: LineTexts) -> None:
    """Read the numbers of each line; a line where none of them can be money keeps none.

    Args:
        lines: The lines.
        texts: The same lines as one text.
    """
    # Most lines contain no digit, so those that do are found first, in one pass.
    digits = texts.lowered.translate(None, _ALL_BUT_DIGITS).split(b"\n")
    for line, digits_of_line in zip(lines, digits, strict=False):
        if digits_of_line:
            found = tokens(line.text[:LONGEST])
            if any(_is_money(token) or _FEWEST_DIGITS <= token.digits <= _MOST_DIGITS for token in found):
                line.numbers = found


def _is_small(sign: str | None) -> bool:
    return sign is not None and currencies.family(sign) in _SMALL_UNITS


def _digits(raw: str) -> int:
    return len(raw if raw.isdigit() else _NOT_DIGIT.sub("", raw))


def _value(raw: str) -> float:
    """Parse ``120,000.50``, ``120.000``, ``8'500``, ``60 000``, ``1.5``; three digits after a sign are thousands."""
    if raw.isdigit():
        return float(raw)  # the common case
    cents = ""
    if len(raw) > 2 and raw[-3] in ".,":
        raw, cents = raw[:-3], raw[-2:]
    elif len(raw) > 1 and raw[-2] in ".,":
        raw, cents = raw[:-2], raw[-1:]
    whole = _NOT_DIGIT.sub("", raw) or "0"
    return float(f"{whole}.{cents or 0}")


def ranges(text: str, numbers: list[Token]) -> list[Range]:
    """Return the amounts of money among the numbers of a text, with the two ends of a range joined."""
    out: list[Range] = []
    index = 0
    while index < len(numbers):
        token = numbers[index]
        if index + 1 < len(numbers) and not token.large:
            other = numbers[index + 1]
            if other.large and token.factor == _MILLION and text[other.end - 1] in "mM":
                other = other._replace(large=False, factor=_MILLION)  # "JPY 8M - 12M"
            gap = text[token.end : other.start]
            join = _JOIN.fullmatch(gap.lower()) if len(gap) <= 32 else None
            if join and not other.large and (_is_money(token) or _is_money(other) or _is_bare_pair(token, other)):
                sign = join.group("sign")
                last = other
                step = 2
                if index + 2 < len(numbers):  # minimum - midpoint - maximum
                    third = numbers[index + 2]
                    further = text[other.end : third.start]
                    if "mid" in further and _JOIN.fullmatch(further.lower()):
                        last, step = third, 3
                joined = _join(token, last, sign)
                if joined:
                    out.append(joined)
                if joined or sign != "/":  # two ends that cannot form a range are an error in the text, not two amounts
                    index += step
                    continue
        if _is_money(token) and not token.large:
            amount = token.value * token.factor
            out.append(
                Range(
                    token.start,
                    token.end,
                    amount,
                    amount,
                    token.sign,
                    token.factor > 1,
                    token.open_end,
                    False,
                    False,
                    "",
                    _is_doubled(token.value, token.factor),
                )
            )
        index += 1
    return out


def _is_bare_pair(first: Token, last: Token) -> bool:
    """Return whether two numbers without a sign can be a yearly range ("Gehalt: 60.000 - 75.000 brutto")."""
    in_bounds = all(_FEWEST_DIGITS <= token.digits <= _MOST_DIGITS for token in (first, last))
    return in_bounds and first.value <= last.value <= _WIDEST * first.value


def _is_money(token: Token) -> bool:
    return token.sign is not None or token.factor > 1


def _is_doubled(value: float, factor: float) -> bool:
    return factor == _THOUSAND and value >= _MANY_THOUSANDS


def _join(first: Token, last: Token, sign: str) -> Range | None:
    low, high = first.value, last.value
    low_factor, high_factor = first.factor, last.factor
    if high_factor > 1 and low_factor == 1 and low < 1_000:
        low_factor = high_factor  # "120-150k"
    elif low_factor > 1 and high_factor == 1 and high < 1_000:
        high_factor = low_factor  # "$120k-150"
    elif {low_factor, high_factor} == {1.0, _THOUSAND} and max(low, high) <= _WIDEST * min(low, high):
        low_factor = high_factor = _THOUSAND  # "JPY 8,000-12,000k", "$110,000 - $130,000k"
    doubled = low_factor == high_factor and _is_doubled(max(low, high), high_factor)
    low, high = low * low_factor, high * high_factor
    if low_factor == high_factor == 1 and low < 1_000 <= high and low * 1_000 <= high:
        low *= 1_000  # "$70-90,000"
    if low <= 0 or high <= 0:
        return None
    if low > high:
        if low / high > 3:
            return None
        low, high = high, low
    currency = _stronger(first.sign, last.sign)
    if sign == "/" and not (last.factor > 1 or (first.sign and last.sign)):
        return None
    scaled = low_factor > 1 or high_factor > 1
    weak = sign in _WEAK_JOINS
    return Range(first.start, last.end, low, high, currency, scaled, False, True, weak, sign, doubled)


def _stronger(first: str | None, last: str | None) -> str | None:
    if first is None or last is None:
        return first or last
    return last if currencies.family(first) == "$" else first
