"""Find amounts of money in a text and join those that form a range.

Each number of the text is a token. A token next to a currency, or with a multiplier such as ``k``, is money.
Neighbouring tokens joined by a range sign form one range. All patterns are bounded and each number is visited once, so
the time grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
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
    r"[\s]?(?:(?P<k>[kK](?![A-Za-zč])|[kK](?=EUR|USD|GBP|CHF|CAD|PLN|SEK|[Ee]uros?\b)|T(?=€|EUR)|Tsd\.?|thousand\b|mille\b)"
    r"|(?P<lakh>LPA\b|[Ll]akhs?\b|[Ll]acs?\b|L(?![A-Za-z]))|(?P<crore>[Cc]rores?\b|Cr\b)|(?P<man>[万만])"
    r"|(?P<large>[mMbB](?![A-Za-z])|[mM][mMnN](?![A-Za-z])|[bB][nN](?![A-Za-z])|[mM]illi?on\w*|[bB]illion\w*|"
    r"[tT]rillion\w*"
    r"|T(?![A-Za-z])|Mio\b|Mrd\b|milliards?\b))"
)
# The dash for no cents, before the sign: "1.250,- €"
_NO_CENTS = re.compile(r"[.,][-–—]{1,2}(?=\s?(?:€|EUR|Euro\b|CHF|Fr\b))")
# A year's pay in these currencies runs to millions: "¥8M - ¥12M".
_SMALL_UNITS = frozenset((
    "JPY", "¥", "KRW", "HUF", "CLP", "COP", "IDR", "VND", "ZAR", "INR", "RUB", "PHP", "NGN", "CZK",
))  # fmt: skip
_THOUSAND, _MILLION = 1_000.0, 1_000_000.0
_FACTORS = {"k": _THOUSAND, "lakh": 100_000.0, "crore": 10_000_000.0, "man": 10_000.0, "million": _MILLION}
# "Minimum salary: $95,000. Maximum salary: $125,000", "low $95k, high $125k"
_PAY_NOUN = r"(?:base |annual )?(?:salary|pay|compensation|(?:hiring )?rate|range|salaire|gehalt)(?: range)?"
_UPPER_END = r"(?:max(?:\.|imum)?|maximal|höchstens|high(?: end)?|mid(?:point)?|end(?=\s?:))"
_JOIN = re.compile(
    r"(?:[.,][-–—]{1,2})?\s*(?P<period>/\s?(?:year|yr\.?|hour|hr\.?|h|month|mo\.?|day|week|annum)|"
    r"per (?:year|hour|month|annum|day|week)|an hour|a year|year|annually|p\.?a\.?)?\s*"
    r"(?:\([^()0-9$€£]{3,40}\)|\[[^\[\]0-9$€£]{3,80}\]|min\b|"
    r"in our lowest (?:geographic |cost )?(?:market|location|region|zone))?\s*"
    r"(?P<sign>-{1,3}|[–—‐‑−‒~〜～→]|/|to|(?:and )?up to|and|bis|bis zu|und|à|a|et|jusqu['’]à|through|till|until|"
    r"en|tot|och|og|til|y|e|"
    r"(?:rising|increasing|progressing|growing|steigend|(?:and )?topping out) (?:\w+ )?(?:to|at|auf)|"
    rf"(?:[.;,|–—-]|and)?\s*(?:the )?(?:{_PAY_NOUN} (?:- )?)?{_UPPER_END}(?: {_PAY_NOUN})?(?: is| of)?\s?:?)\s*"
    r"(?:max:?\s*)?"
)
_BY_HOUR = re.compile(r"\s?(?:/\s?|per |an )(?:hr|hour|h)\b")
# Digits of a yearly amount that has no currency sign.
_FEWEST_DIGITS, _MOST_DIGITS = 5, 7
_WEAK_JOINS = frozenset({"and", "und", "et", "a", "en", "och", "og", "y", "e"})
# Behind a number that is no end of a range: what it counts.
_COUNTED = re.compile(r" [^\W\d_]{3}")
LONGEST = 100_000  # several times the longest posting; longer texts are dumps of whole sites
# 401(k) and similar plans, written "401k match".
_PENSION_PLANS = frozenset({"401", "403", "457", "529"})
# With this many thousands, the currency is yen, won or rupees, or the digits are the full amount: "$110,000k".
_MANY_THOUSANDS = 10_000.0
# Characters. A longer run of digits is an id; a longer text between two amounts does not join them.
_LONGEST_NUMBER = 18
_LONGEST_JOIN = 100
# The high end of a range is at most this many times its low end.
_WIDEST = 4.0
_SPACES = frozenset(" \u00a0\u202f\u2009\t")
_SIGN_ENDS = frozenset("$€£¥￥₹₽₪₩₱₦₫฿₺₴.:sorłč")
_SIGN_STARTS = frozenset("$€£¥₹₽₪₩₱₦₫฿₺₴円元원(zkdepril")
_MULTIPLIER_STARTS = frozenset("kKTtlLcCmMbB万만")


class Token(NamedTuple):
    """A number of the text with its currency and multiplier; ``start`` and ``end`` include them.

    ``by_hour`` means that an hour is the unit of a number that has neither.
    """

    start: int
    end: int
    value: float
    factor: float
    sign: str | None
    digits: int
    open_end: bool
    large: bool
    by_hour: bool


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

    @property
    def typical(self) -> float:
        """The amount, or the high end of a range: what must be plausible as pay."""
        return self.high if self.is_range else self.low

    def by_its_digits(self) -> Range:
        """Return the range without the factor of a thousand from its multiplier."""
        return self._replace(low=self.low / _THOUSAND, high=self.high / _THOUSAND, doubled=False)


def tokens(text: str) -> list[Token]:
    """Return the numbers of a text in order, skipping those inside words, versions, percentages and ids."""
    return [token for match in _NUMBER.finditer(text) if (token := _token(text, match)) is not None]


def _token(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    if end - start > _LONGEST_NUMBER:
        return None
    before = text[start - 1] if start else " "
    if before == "." or before == ",":  # the tail of a version or an IP address: "10.0.0.1"
        return None
    raw = match.group()
    # Most numbers have no money beside them: test single characters before trying a pattern.
    beyond = text[start - 2] if start > 1 and (before in _SPACES or before == "~") else before
    sign = None
    if beyond in _SIGN_ENDS or beyond.isalpha():
        if beyond in _SIGN_ENDS or beyond.isupper():
            sign, start = _sign_before(text, start, end)
        if sign is None and before.isalpha():
            return None  # inside a word: "v2", "utf8"
    factor, is_large, has_plus = 1.0, False, False
    if _following(text, end) in _MULTIPLIER_STARTS:
        factor, is_large, end = _multiplier(text, end, sign)
    if text.startswith("%", end):
        return None
    if _has_plus(text, end):
        has_plus = True
        end += 1
    if text[end : end + 1] in {",", "."} and (no_cents := _NO_CENTS.match(text, end)):
        end = no_cents.end()
    following = _following(text, end)
    if (following in _SIGN_STARTS or following.isupper()) and (tail := currencies.AFTER.match(text, end)):
        sign, end = _sign_after(tail, sign)
        if not has_plus and _has_plus(text, end):
            has_plus = True
            end += 1
    if sign is None and factor > 1 and raw in _PENSION_PLANS:
        return None
    by_hour = sign is None and factor == 1 and _BY_HOUR.match(text, end) is not None
    return Token(start, end, _value(raw), factor, sign, _digits(raw), has_plus, is_large, by_hour)


def _has_plus(text: str, end: int) -> bool:
    """Return whether an amount goes on upwards ("$150k+"); in "$150k+equity", the sign joins another part of pay."""
    return text.startswith("+", end) and not text[end + 1 : end + 2].isalpha()


def _following(text: str, end: int) -> str:
    """Return the character at ``end``, or the one after it if that is a blank; empty at the end of the text."""
    following = text[end : end + 1]
    return text[end + 1 : end + 2] or following if following in _SPACES else following


def _sign_before(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return the currency sign before a number, if any, and where the amount begins with it."""
    head = text[max(0, start - 6) : start]
    match = currencies.BEFORE.search(head)
    if match is None:
        return None, start
    sign = match.group().strip(" ~")
    if sign in {"R", "P"} and _digits(text[start:end]) < _FEWEST_DIGITS and not _MULTIPLIER.match(text, end):
        return None, start  # "R2" is not an amount in rand, nor "P2" in pesos
    return sign, start - len(head) + match.start()


def _multiplier(text: str, end: int, sign: str | None) -> tuple[float, bool, int]:
    """Return the factor of a multiplier after a number, whether it is too large for pay, and where it ends."""
    match = _MULTIPLIER.match(text, end)
    if match is None:
        return 1.0, False, end
    group = match.lastgroup or "large"
    if group == "large" and text[match.end() - 1] in "mM" and _is_small(sign):
        group = "million"
    return _FACTORS.get(group, 1.0), group == "large", match.end()


def _sign_after(tail: re.Match[str], sign: str | None) -> tuple[str | None, int]:
    """Return the currency of an amount with one sign before it, if any, and one after it, and where the amount ends."""
    stated = tail.group("code") or tail.group("sign")
    # A code after the amount outranks a bare dollar sign before it: "$120k CAD".
    if sign is None or currencies.family(sign) == "$":
        return stated, tail.end()
    return sign, tail.end() if currencies.family(stated) == currencies.family(sign) else tail.start()


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
    found: list[Range] = []
    index = 0
    while index < len(numbers):
        token = numbers[index]
        joined, n_tokens = _range_at(text, numbers, index)
        if joined is not None:
            found.append(joined)
        elif not n_tokens and _is_money(token) and not token.large:
            found.append(_single(token))
        index += n_tokens or 1
    return found


def _range_at(text: str, numbers: list[Token], index: int) -> tuple[Range | None, int]:
    """Return the range that begins at a token, and how many tokens it takes; 0 if the token stands by itself.

    Two ends that cannot form a range are an error in the text, not two amounts: no range, but two tokens.
    """
    first, *others = numbers[index : index + 3]
    if not others or first.large:
        return None, 0
    last = others[0]
    if last.large and first.factor == _MILLION and text[last.end - 1] in "mM":
        last = last._replace(large=False, factor=_MILLION)  # "JPY 8M - 12M"
    join = _join_between(text, first, last)
    if join is None or last.large or not (_is_money(first) or _is_money(last) or _is_bare_pair(first, last)):
        return None, 0
    n_tokens = 2
    if join.group("period") and first.factor == last.factor and last.value > _WIDEST * first.value:
        return None, n_tokens  # "$70.67/hour to $208,000/year"
    if len(others) > 1:  # minimum - midpoint - maximum
        further = text[last.end : others[1].start]
        if ("mid" in further or _is_rising(first, *others)) and _JOIN.fullmatch(further.lower()):
            last, n_tokens = others[1], 3
    sign = join.group("sign")
    joined = _join(first, last, sign)
    if joined is not None and not _is_money(first) and joined.high > _WIDEST * joined.low:
        return None, 0  # "Pay Band 18 -- $116,547"
    if joined is None and not _is_money(last) and _COUNTED.match(text, last.end):
        return None, 0  # "45.000 € en 14 pagas", "80.000 € - 30 Tage Urlaub"
    return joined, n_tokens if joined or sign != "/" else 0


def _join_between(text: str, first: Token, last: Token) -> re.Match[str] | None:
    gap = text[first.end : last.start]
    return _JOIN.fullmatch(gap.lower()) if len(gap) <= _LONGEST_JOIN else None


def _single(token: Token) -> Range:
    """Return an amount that is not part of a range."""
    amount = token.value * token.factor
    return Range(
        token.start,
        token.end,
        low=amount,
        high=amount,
        sign=token.sign,
        scaled=token.factor > 1,
        open_end=token.open_end,
        is_range=False,
        weak=False,
        join="",
        doubled=_is_doubled(token.value, token.factor),
    )


def _is_bare_pair(first: Token, last: Token) -> bool:
    """Return whether two numbers without a sign can be a yearly range ("Gehalt: 60.000 - 75.000 brutto")."""
    in_bounds = all(_FEWEST_DIGITS <= token.digits <= _MOST_DIGITS for token in (first, last))
    return in_bounds and first.value <= last.value <= _WIDEST * first.value


def _is_rising(*tokens: Token) -> bool:
    """Return whether amounts with a sign rise from one to the next."""
    values = [token.value * token.factor for token in tokens]
    return all(token.sign is not None for token in tokens) and all(one < other for one, other in pairwise(values))


def _is_money(token: Token) -> bool:
    return token.sign is not None or token.factor > 1 or token.by_hour


def _is_doubled(value: float, factor: float) -> bool:
    return factor == _THOUSAND and value >= _MANY_THOUSANDS


def _join(first: Token, last: Token, sign: str) -> Range | None:
    """Return the range of two amounts joined by ``sign``; None if they cannot be its ends."""
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
    if sign == "/" and not (last.factor > 1 or (last.sign and (first.sign or _is_bare_pair(first, last)))):
        return None
    if sign == "/" and first.sign and last.sign and currencies.family(first.sign) != currencies.family(last.sign):
        return None  # "3,000 USD / 2,500 EUR": one pay for each country
    return Range(
        first.start,
        last.end,
        low=low,
        high=high,
        sign=currency,
        scaled=low_factor > 1 or high_factor > 1,
        open_end=False,
        is_range=True,
        weak=sign in _WEAK_JOINS,
        join=sign,
        doubled=doubled,
    )


def _stronger(first: str | None, last: str | None) -> str | None:
    if first is None or last is None:
        return first or last
    return last if currencies.family(first) == "$" else first
