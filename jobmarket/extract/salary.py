"""Pay ranges in a posting's text: every amount that is pay for this job, and none that is other money.

The reading goes from numbers outwards: each number of the text is a token; a token beside a currency, or a
multiplier such as ``k``, is money; neighbouring tokens joined by a range sign are one range; the words around
decide whether it is pay. All patterns are bounded and every number is looked at once, so that the time grows
linearly with the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jobmarket.extract import currencies, pay_words
from jobmarket.extract.document import Document
from jobmarket.extract.facts import Salary
from jobmarket.extract.line_memory import LineMemory

# Begins with a plain character class, which the regex engine skips to at full speed.
_NUMBER = re.compile(
    r"[0-9](?:[0-9]{0,2}(?:[.,'’\u00a0\u202f\u2009 ][0-9]{3}(?![0-9]))+|[0-9]?(?:,[0-9]{2})+,[0-9]{3}(?![0-9])|[0-9]*)"
    r"(?:[.,][0-9]{1,2}(?![0-9]))?"
)
_NOT_DIGIT = re.compile(r"\D")
_MULTIPLIER = re.compile(
    r"[\s]?(?:(?P<k>[kK](?![A-Za-z])|[kK](?=EUR|USD|GBP|CHF|CAD|PLN|SEK)|T(?=€|EUR)|Tsd\.?|thousand\b|mille\b)"
    r"|(?P<lakh>LPA\b|[Ll]akhs?\b|[Ll]acs?\b|L(?![A-Za-z]))|(?P<crore>[Cc]rores?\b|Cr\b)"
    r"|(?P<large>[mMbB](?![A-Za-z])|[mM][mMnN](?![A-Za-z])|[bB][nN](?![A-Za-z])|[mM]illi?on\w*|[bB]illion\w*|"
    r"[tT]rillion\w*"
    r"|T(?![A-Za-z])|Mio\b|Mrd\b|milliards?\b))"
)
_FACTORS = {"k": 1_000.0, "lakh": 100_000.0, "crore": 10_000_000.0}
_JOIN = re.compile(
    r"\s*(?:/\s?(?:year|yr|hour|hr|h|month|mo|day|week|annum)|per (?:year|hour|month|annum|day|week)|an hour|"
    r"a year|year|annually"
    r"|p\.?a\.?)?\s*(?:\((?:min|mid|minimum|midpoint|low|base)\)|min\b)?\s*"
    r"(?P<sign>-{1,3}|[–—‐‑−‒~→]|/|to|up to|and|bis|bis zu|und|à|a|et|jusqu['’]à|through|till|until|"
    r",? maximum:?)\s*(?:max:?\s*)?"
)
# digits of an amount a year that bears no sign
_FEWEST_DIGITS, _MOST_DIGITS = 5, 7
_WEAK_JOINS = frozenset({"and", "und", "et", "a"})
_MOST_NUMBERS = 1_000  # likewise: what has more is a price list
_LONGEST = 100_000  # characters: several times the longest posting; a site's dump is no posting
# 401(k) and its kin, named as in "401k match"
_PENSION_PLANS = frozenset({"401", "403", "457", "529"})
# words of pay that a stipend has as well: "annual learning stipend"
_PERIOD_ONLY = frozenset({"annual", "annually", "yearly", "hourly", "rate", "rates", "per year", "per month"})
_QUALIFIER = re.compile(r"(?:\bup to|\bfrom|\bcirca|\bca\.|\bapprox\.?|~)\s*$")
_COLUMN_WORDS = ("cash", "base", "plus", "doe", "dep", "based", "salary", "p.a")
_COLUMN_ENDS = frozenset("|+,(&•·/-–—")
_SPACES = frozenset(" \u00a0\u202f\u2009\t")
_SIGN_ENDS = frozenset("$€£¥￥₹₽₪₩₱₦₫฿.:sorłč")
_SIGN_STARTS = frozenset("$€£¥₹₽₪₩₱₦₫฿(zkdepri")
_MULTIPLIER_STARTS = frozenset("kKTtlLcCmMbB")
_BEFORE_LENGTH = 160
_AFTER_LENGTH = 90
_HEADING_LENGTH = 120
_ZONE_REACH = 90
_PHRASE_START = re.compile(r"[;•|+!?]|\)[,;]|(?<!\bca)(?<!max)(?<!min)(?<!approx)(?<!est)(?<!mind)\. ")
_PHRASE_END = re.compile(r"[,;•|+(!?&/]|https?:| [-–—] |\.(?:\s|$)| and | plus | with | \bund\b | et | plus$")

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
    ]
)
_BOUNDS = {
    "year": (1_000.0, 3_000_000.0),
    "month": (100.0, 150_000.0),
    "week": (40.0, 30_000.0),
    "day": (15.0, 8_000.0),
    "hour": (2.0, 1_000.0),
}
_YEARLY_FROM = 15_000.0
_SURELY_YEARLY = 25_000.0

# Matched against the text as written: "US" is a country, "join us" is not.
_ZONES = re.compile(
    r"\b(?P<CAD>CAD|(?i:canad\w*|toronto|ontario|vancouver|montr[eé]al|british columbia|calgary|alberta))\b"
    r"|\b(?P<USD>USD|US|USA|U\.S\.(?:A\.)?|(?i:united states|california|new york|san francisco|seattle|colorado|"
    r"denver)|NYC)(?!\w)"
    r"|\b(?P<AUD>AUD|(?i:australia\w*|sydney|melbourne))\b|\b(?P<SGD>SGD|(?i:singapore))\b"
    r"|\b(?P<NZD>NZD|(?i:new zealand|auckland))\b"
)


class _Token(NamedTuple):
    """A number of the text with what clings to it; ``start`` includes a currency before, ``end`` one behind."""

    start: int
    end: int
    value: float
    factor: float
    sign: str | None
    digits: int
    open_end: bool
    large: bool


class _Range(NamedTuple):
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


def salaries(document: Document, country: str | None) -> list[Salary]:
    """Return the pay ranges that the text and the title state, in the order of the text.

    Args:
        document: the posting as read.
        country: ISO 3166 alpha-2 of the job; resolves ``$`` and amounts without a sign. Null when unknown.

    Returns:
        One entry per distinct (min, max, currency, period), with its span in ``document.text``; an amount that
        only the title holds has a null span.
    """
    found = _of_text(document, country)
    seen = {(pay.min, pay.max, pay.currency, pay.period) for pay in found}
    if _holds_money(document.title):
        for pay in _read(document.title, _tokens(document.title), country):
            key = (pay.min, pay.max, pay.currency, pay.period)
            if key not in seen:
                seen.add(key)
                found.append(
                    Salary(pay.min, pay.max, pay.currency, pay.period, pay.kind, "text", pay.currency_basis, None, None)
                )
    return found


def pay_in_words(text: str, country: str | None) -> list[Salary]:
    """Read a field that holds nothing but pay in words: there, an amount needs no pay word beside it."""
    return _read(text, _tokens(text), country, in_pay_field=True)


def _of_text(document: Document, country: str | None) -> list[Salary]:
    """Return the pay ranges of the text; the numbers of its lines are known from the last posting that had them."""
    lines = document.lines
    numbers = _NUMBERS_OF_LINE.of(lines)
    if not any(found.has_money for found in numbers):
        return []
    tokens: list[_Token] = []
    position = 0
    for line, found in zip(lines, numbers, strict=True):
        if found.has_money:
            tokens += [_Token(one[0] + position, one[1] + position, *one[2:]) for one in found.tokens]
        position += len(line) + 1
        if position > _LONGEST:
            break
    return _read(document.text, [token for token in tokens if token.end <= _LONGEST], country)


def _holds_money(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _read(text: str, tokens: list[_Token], country: str | None, *, in_pay_field: bool = False) -> list[Salary]:
    found: list[Salary] = []
    seen: set[tuple[float | None, float | None, str | None, str | None]] = set()
    last_sign, last_end = None, 0
    for candidate in _ranges(text, tokens[:_MOST_NUMBERS]):
        if candidate.sign is None and last_sign and "\n" not in text[last_end : candidate.start]:
            candidate = candidate._replace(sign=last_sign)  # "USD 136,500 - 276,500 here // 120,500 - 276,500 there"
        pay = _judge(text, candidate, country, in_pay_field=in_pay_field)
        if pay is not None:
            last_sign, last_end = candidate.sign, candidate.end
            key = (pay.min, pay.max, pay.currency, pay.period)
            if key not in seen:
                seen.add(key)
                found.append(pay)
    return found


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    length = len(text)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if end - start > 18:  # an id, not an amount
            continue
        before = text[start - 1] if start else " "
        if before == "." or before == ",":  # the tail of a version or an address: "10.0.0.1"
            continue
        # most numbers have no money beside them: look at single characters before asking a pattern
        beyond = text[start - 2] if before in _SPACES and start > 1 else before
        sign = None
        if beyond in _SIGN_ENDS or beyond.isalpha():
            if beyond in _SIGN_ENDS or beyond.isupper():
                head = text[max(0, start - 6) : start]
                sign_match = currencies.BEFORE.search(head)
                if sign_match:
                    sign = sign_match.group().strip()
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
                # a sign behind outranks a bare dollar in front: "$120k CAD"
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
        tokens.append(_Token(start, end, _value(raw), factor, sign, len(_NOT_DIGIT.sub("", raw)), open_end, large))
    return tokens


class _Numbers(NamedTuple):
    """The numbers of a line, and whether one of them, alone or beside another, can be an amount of money."""

    tokens: list[_Token]
    has_money: bool


_NO_NUMBERS = _Numbers([], has_money=False)


def _numbers(lines: list[str]) -> list[_Numbers]:
    read = [_NO_NUMBERS] * len(lines)
    joined = "\n".join([line if len(line) <= _LONGEST else line[:_LONGEST] for line in lines])
    number, line_start, next_start = -1, 0, 0
    for token in _tokens(joined):
        if token.start >= next_start:
            while token.start >= next_start:
                number += 1
                line_start, next_start = next_start, next_start + min(len(lines[number]), _LONGEST) + 1
            read[number] = _Numbers([], has_money=False)
        found, has_money = read[number]
        found.append(_Token(token.start - line_start, token.end - line_start, *token[2:]))
        if not has_money and (_is_money(token) or _FEWEST_DIGITS <= token.digits <= _MOST_DIGITS):
            read[number] = _Numbers(found, has_money=True)
    return read


_NUMBERS_OF_LINE = LineMemory(_numbers)
learn = _NUMBERS_OF_LINE.learn


def _value(raw: str) -> float:
    """Read ``120,000.50``, ``120.000``, ``8'500``, ``60 000`` and ``1.5``: three digits behind a sign are thousands."""
    cents = ""
    if len(raw) > 2 and raw[-3] in ".,":
        raw, cents = raw[:-3], raw[-2:]
    elif len(raw) > 1 and raw[-2] in ".,":
        raw, cents = raw[:-2], raw[-1:]
    whole = _NOT_DIGIT.sub("", raw) or "0"
    return float(f"{whole}.{cents or 0}")


def _ranges(text: str, tokens: list[_Token]) -> list[_Range]:
    out: list[_Range] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if index + 1 < len(tokens) and not token.large:
            other = tokens[index + 1]
            gap = text[token.end : other.start]
            join = _JOIN.fullmatch(gap.lower()) if len(gap) <= 32 else None
            if join and not other.large and (_is_money(token) or _is_money(other) or _is_bare_pair(token, other)):
                sign = join.group("sign")
                last = other
                step = 2
                if index + 2 < len(tokens):  # minimum - midpoint - maximum
                    third = tokens[index + 2]
                    further = text[other.end : third.start]
                    if "mid" in further and _JOIN.fullmatch(further.lower()):
                        last, step = third, 3
                joined = _join(token, last, sign)
                if joined:
                    out.append(joined)
                if joined or sign != "/":  # two ends that can not be one range are a mistake, not two amounts
                    index += step
                    continue
        if _is_money(token) and not token.large:
            amount = token.value * token.factor
            out.append(
                _Range(
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
                )
            )
        index += 1
    return out


def _is_bare_pair(first: _Token, last: _Token) -> bool:
    """Say whether two numbers without a sign can be a yearly range ("Gehalt: 60.000 - 75.000 brutto")."""
    in_bounds = all(_FEWEST_DIGITS <= token.digits <= _MOST_DIGITS for token in (first, last))
    return in_bounds and first.value <= last.value <= 4 * first.value


def _is_money(token: _Token) -> bool:
    return token.sign is not None or token.factor > 1


def _join(first: _Token, last: _Token, sign: str) -> _Range | None:
    low, high = first.value, last.value
    low_factor, high_factor = first.factor, last.factor
    if high_factor > 1 and low_factor == 1 and low < 1_000:
        low_factor = high_factor  # "120-150k"
    elif low_factor > 1 and high_factor == 1 and high < 1_000:
        high_factor = low_factor  # "$120k-150"
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
    return _Range(
        first.start, last.end, low, high, currency, scaled, last.open_end and False, True, sign in _WEAK_JOINS, sign
    )


def _stronger(first: str | None, last: str | None) -> str | None:
    if first is None or last is None:
        return first or last
    return last if currencies.family(first) == "$" else first


def _judge(text: str, candidate: _Range, country: str | None, *, in_pay_field: bool) -> Salary | None:
    line_start = max(text.rfind("\n", max(0, candidate.start - 400), candidate.start) + 1, candidate.start - 400, 0)
    line_end = text.find("\n", candidate.end, candidate.end + 300)
    line_end = min(len(text), candidate.end + 300) if line_end < 0 else line_end
    before = text[max(line_start, candidate.start - _BEFORE_LENGTH) : candidate.start].lower()
    after = text[candidate.end : min(line_end, candidate.end + _AFTER_LENGTH)].lower()
    phrase_before = _last_phrase(before)
    beside = pay_words.PERIOD_BESIDE.match(after)  # "$15/day lunch credit": the phrase goes on behind the period
    phrase_start = beside.end() if beside else 0
    phrase_after = after[:phrase_start] + _first_phrase(after[phrase_start:])
    period, stated_period = _period_beside(after, before)

    listed = _is_listed(before, after)
    if not in_pay_field and _is_other_money(phrase_before, phrase_after, listed=listed and candidate.is_range):
        return None
    heading = _heading(text, line_start) if line_start == 0 or text[line_start - 1] == "\n" else ""
    worded = bool(pay_words.PAY.search(phrase_after) or pay_words.PAY.search(before))
    headed = bool(heading and pay_words.PAY.search(heading)) and not pay_words.NOT_PAY_BEFORE.search(heading)
    if candidate.weak and not (pay_words.BETWEEN.search(before[-60:]) or worded):
        return None

    currency = _currency(text, line_start, candidate, country)
    if not period and (headed or worded):
        period = _period_before(before, heading, phrase_after)
    scale = _SCALE.get(currency.code, 1.0) if currency else 1.0
    typical = candidate.high if candidate.is_range else candidate.low
    if period and not _plausible(typical, period, scale):
        period = None
        stated_period = False
    if period is None:
        period = _period_by_size(candidate, scale, currency.code if currency else None)

    rest = len(text[line_start : candidate.start].strip()) + len(text[candidate.end : line_end].strip())
    alone = rest <= 30
    if in_pay_field:
        accepted = True
    elif candidate.is_range:
        # a signed range of yearly size, not far apart, beside nothing that names other money, is pay
        yearly = period == "year" and candidate.low >= _SURELY_YEARLY * scale and candidate.high <= 4 * candidate.low
        accepted = worded or headed or stated_period or yearly or ((alone or listed) and period == "year")
        if candidate.sign is None:
            accepted = (
                (worded or headed) if not candidate.scaled else accepted and (worded or headed or listed or alone)
            )
    else:
        tight = bool(pay_words.PAY.search(phrase_before[-70:]) or pay_words.PAY.search(phrase_after[:45]))
        by_the_hour = period in {"hour", "day"} and stated_period and candidate.low >= 8 * scale
        accepted = (
            tight
            or by_the_hour
            or (headed and (alone or stated_period))
            or (listed and period == "year" and (candidate.scaled or stated_period))
        )
        if candidate.sign is None:
            accepted = accepted and candidate.scaled
        accepted = accepted and period is not None
    if not accepted or currency is None:
        return None
    if period is None and not (in_pay_field or _plausible(typical, "year", scale)):
        return None
    if period and not _plausible(typical, period, scale):
        return None
    return _salary(candidate, currency, period, before, after, phrase_after)


def _salary(
    candidate: _Range, currency: currencies.Currency, period: str | None, before: str, after: str, phrase_after: str
) -> Salary | None:
    low: float | None = candidate.low
    high: float | None = candidate.high
    if not candidate.is_range:
        if candidate.low <= 0:
            return None
        if candidate.open_end or pay_words.FROM.search(before[-32:]) or after.startswith((" and up", " or more")):
            high = None
        elif pay_words.UP_TO.search(before[-24:]):
            low = None
    kind = _kind(before, phrase_after, after)
    return Salary(low, high, currency.code, period, kind, "text", currency.basis, candidate.start, candidate.end)


def _is_other_money(phrase_before: str, phrase_after: str, *, listed: bool) -> bool:
    """Say whether the words beside the amount name other money, and none nearer to it names pay."""
    near = phrase_after[:48]
    other = pay_words.NOT_PAY_AFTER.search(near)
    if other:
        word = pay_words.PAY.search(near)
        if not (word and word.start() < other.start() and word.group() not in _PERIOD_ONLY):
            return True
    tail = phrase_before[-80:]
    if pay_words.ALWAYS_NOT_PAY_BEFORE.search(tail):
        return True
    last_other = _last_start(pay_words.NOT_PAY_BEFORE, tail)
    if not listed:
        last_other = max(last_other, _last_start(pay_words.MAYBE_NOT_PAY_BEFORE, tail))
    if last_other < 0:
        return False
    last_pay = -1
    for match in pay_words.PAY.finditer(tail):
        if match.group() not in _PERIOD_ONLY:
            last_pay = match.start()
    return last_other > last_pay


def _last_start(pattern: re.Pattern[str], text: str) -> int:
    start = -1
    for match in pattern.finditer(text):
        start = match.start()
    return start


def _last_phrase(before: str) -> str:
    cut = 0
    for match in _PHRASE_START.finditer(before):
        cut = match.end()
    return before[cut:]


def _first_phrase(after: str) -> str:
    match = _PHRASE_END.search(after)
    return after[: match.start()] if match else after


def _heading(text: str, line_start: int) -> str:
    """Return the line before the amount's own, lower-cased, when it is short enough to be a heading."""
    end = line_start - 1
    if end <= 0:
        return ""
    start = text.rfind("\n", max(0, end - _HEADING_LENGTH), end)
    if start < 0 and end > _HEADING_LENGTH:
        return text[end - _HEADING_LENGTH : end].lower()
    return text[start + 1 : end].lower()


def _is_listed(before: str, after: str) -> bool:
    """Say whether the amount is a column of its own: ``… | $150K-$250K + equity | …`` or ``Engineer ($190k-280k)``."""
    head, tail = _QUALIFIER.sub("", before).rstrip(), after.lstrip()
    ends = not tail or tail[0] in _COLUMN_ENDS or tail.startswith(_COLUMN_WORDS)
    piped = ends and (head.endswith("|") or (not head and "|" in tail))
    bracketed = head.endswith("(") and tail.startswith((")", ",", "+", "•"))
    bracketed = bracketed or (tail.startswith(")") and "(" in head[-60:])
    return piped or bracketed or (ends and head.endswith((":", "–", "-", "—")))


def _currency(text: str, line_start: int, candidate: _Range, country: str | None) -> currencies.Currency | None:
    """Resolve the sign by the zone that stands beside the amount ("Canada: $120k"), else by the posting's country."""
    sign = candidate.sign
    if sign is None and country is None:
        zone = _ZONES.search(text, candidate.end, candidate.end + 24)
        if zone and zone.lastgroup:
            return currencies.Currency(zone.lastgroup, "country")
    if sign is not None and currencies.family(sign) == "$":
        named = None
        # the line itself first, then the heading above it
        for start, end in (
            (max(line_start, candidate.start - _ZONE_REACH), candidate.start),
            (_line_above(text, line_start), line_start),
        ):
            for match in _ZONES.finditer(text, start, end):
                named = match.lastgroup
            if named:
                return currencies.Currency(named, "country")
    return currencies.resolve(sign, country)


def _line_above(text: str, line_start: int) -> int:
    floor = max(0, line_start - _ZONE_REACH)
    return max(floor, text.rfind("\n", floor, max(floor, line_start - 1)) + 1)


def _period_beside(after: str, before: str) -> tuple[str | None, bool]:
    """Return the period named right behind the amount, or right before it, and whether one was named."""
    beside = pay_words.PERIOD_BESIDE.match(after)
    if beside:
        return pay_words.named_group(beside), True
    near = pay_words.PERIOD_LONG.search(after[:34])
    word = pay_words.PERIOD_WORD.search(after[:34])
    if word and (near is None or word.start() < near.start()):
        return word.lastgroup, True
    if near:
        return pay_words.PERIOD_OF_UNIT[near.group("unit")], True
    return None, False


def _period_before(before: str, heading: str, phrase_after: str) -> str | None:
    for where in (before, phrase_after, heading):
        named = None
        for match in pay_words.PERIOD_WORD.finditer(where):
            named = match.lastgroup
        if named is None:
            for match in pay_words.PERIOD_LONG.finditer(where):
                named = pay_words.PERIOD_OF_UNIT[match.group("unit")]
        if named:
            return named
    return None


def _period_by_size(candidate: _Range, scale: float, code: str | None) -> str | None:
    low = min(candidate.low, candidate.high) / scale
    if candidate.high / scale > _BOUNDS["year"][1]:
        return None
    if code in _MONTHLY_CUSTOM:
        return "year" if low >= 2 * _YEARLY_FROM else None
    return "year" if low >= _YEARLY_FROM else None


def is_plausible(amount: float, period: str, currency: str | None) -> bool:
    """Say whether an amount can be the pay of a period; of an unknown currency, as if it were dollars."""
    return _plausible(amount, period, _SCALE.get(currency or "", 1.0))


def _plausible(amount: float, period: str, scale: float) -> bool:
    low, high = _BOUNDS[period]
    return low <= amount / scale <= high


def _kind(before: str, phrase_after: str, after: str) -> str:
    behind = pay_words.KIND.search(after[:40])
    if behind and (behind.start() <= len(phrase_after) + 1):
        return behind.lastgroup or "unspecified"
    named = None
    for match in pay_words.KIND.finditer(before[-120:]):
        named = match.lastgroup
    return named or "unspecified"
