"""Decide from the surrounding words whether an amount is pay for this job, and its period, currency and kind."""

from __future__ import annotations

import re

from jobmarket.extract import currencies, pay_bounds, pay_words
from jobmarket.extract.amounts import Range
from jobmarket.extract.facts import Salary

# Pay words that stipends use as well: "annual learning stipend"
_PERIOD_ONLY = frozenset({"annual", "annually", "yearly", "hourly", "rate", "rates", "per year", "per month"})
_QUALIFIER = re.compile(r"(?:\bup to|\bfrom|\bcirca|\bca\.|\bapprox\.?|~)\s*$")
_COLUMN_WORDS = ("cash", "base", "plus", "doe", "dep", "based", "salary", "p.a")
_COLUMN_ENDS = frozenset("|+,(&•·/-–—")
_BEFORE_LENGTH = 160
_AFTER_LENGTH = 90
_HEADING_LENGTH = 120
_ZONE_REACH = 90
_PHRASE_START = re.compile(r"[;•|+!?]|\)[,;]|(?<!\bca)(?<!max)(?<!min)(?<!approx)(?<!est)(?<!mind)\. ")
_PHRASE_END = re.compile(r"[,;•|+(!?&/]|https?:| [-–—] |\.(?:\s|$)| and | plus | with | \bund\b | et | plus$")
_SURELY_YEARLY = 25_000.0
# Cents at both ends of a range, and a pay grade before it: "Level 2: $22.00 - $26.50"
_CENTS = re.compile(r"[0-9][.,][0-9]{2}(?![0-9]).{1,16}[0-9][.,][0-9]{2}(?![0-9])")
_GRADE = re.compile(r"\b(?:level|grade|step|tier|zone|band)s? ?[\w.]{0,4} ?[:–-]? ?$")

# Matched case-sensitively: "US" is a country, the "us" of "join us" is not.
_ZONES = re.compile(
    r"\b(?P<CAD>CAD|(?i:canad\w*|toronto|ontario|vancouver|montr[eé]al|british columbia|calgary|alberta))\b"
    r"|\b(?P<USD>USD|US|USA|U\.S\.(?:A\.)?|(?i:united states|california|new york|san francisco|seattle|colorado|"
    r"denver)|NYC)(?!\w)"
    r"|\b(?P<AUD>AUD|(?i:australia\w*|sydney|melbourne))\b|\b(?P<SGD>SGD|(?i:singapore))\b"
    r"|\b(?P<NZD>NZD|(?i:new zealand|auckland))\b"
)


def judge(text: str, candidate: Range, country: str | None, *, in_pay_field: bool) -> Salary | None:
    """Return the pay that an amount states for this job; None if it is other money or nothing shows that it is pay."""
    line_start = max(text.rfind("\n", max(0, candidate.start - 400), candidate.start) + 1, candidate.start - 400, 0)
    line_end = text.find("\n", candidate.end, candidate.end + 300)
    line_end = min(len(text), candidate.end + 300) if line_end < 0 else line_end
    before = text[max(line_start, candidate.start - _BEFORE_LENGTH) : candidate.start].lower()
    after = text[candidate.end : min(line_end, candidate.end + _AFTER_LENGTH)].lower()
    phrase_before = _last_phrase(before)
    beside = pay_words.PERIOD_BESIDE.match(after)  # "$15/day lunch credit": the phrase continues after the period
    phrase_start = beside.end() if beside else 0
    phrase_after = after[:phrase_start] + _first_phrase(after[phrase_start:])
    period, stated_period = _period_beside(after, before)

    listed = _is_listed(before, after)
    if not in_pay_field and _is_other_money(phrase_before, phrase_after, listed=listed and candidate.is_range):
        return None
    heading = _heading(text, line_start) if line_start == 0 or text[line_start - 1] == "\n" else ""
    worded = bool(pay_words.PAY.search(phrase_after) or pay_words.PAY.search(before))
    headed = bool(heading and pay_words.PAY.search(heading)) and not pay_words.NOT_PAY_BEFORE.search(heading)
    between = pay_words.BETWEEN.search(before[-60:]) or (stated_period and candidate.join == "a")
    if candidate.weak and not (between or worded):
        return None

    currency = _currency(text, line_start, candidate, country)
    if not period and (headed or worded):
        period = _period_before(before, heading, phrase_after)
    code = currency.code if currency else None
    scale = pay_bounds.scale(code)
    if candidate.doubled and not pay_bounds.fits(candidate.high, "year", code):
        candidate = candidate.by_its_digits()  # "$110,000k"; but "JPY 8,000k - 12,000k" are thousands
    typical = candidate.high if candidate.is_range else candidate.low
    if period and not pay_bounds.fits(typical, period, code):
        period = None
        stated_period = False
    if period is None:
        period = pay_bounds.period_by_size(candidate.low, candidate.high, code)
    graded = False
    if period is None and _CENTS.search(text[candidate.start : candidate.end]):
        graded = _GRADE.search(before) is not None
        if (graded or worded or headed) and pay_bounds.is_hourly(candidate.low, candidate.high, code):
            period = "hour"

    rest = len(text[line_start : candidate.start].strip()) + len(text[candidate.end : line_end].strip())
    alone = rest <= 30
    if in_pay_field:
        accepted = True
    elif candidate.is_range:
        # A range with a sign, of yearly size and not too wide, is pay unless other money is named beside it.
        yearly = period == "year" and candidate.low >= _SURELY_YEARLY * scale and candidate.high <= 4 * candidate.low
        accepted = (
            worded
            or headed
            or stated_period
            or yearly
            or (graded and period == "hour")
            or ((alone or listed) and period == "year")
        )
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
            or (alone and period == "year" and _is_bounded(before, after, heading))
        )
        if candidate.sign is None:
            accepted = accepted and candidate.scaled
        accepted = accepted and period is not None
    if not accepted or currency is None:
        return None
    if period is None and not (in_pay_field or pay_bounds.fits(typical, "year", code)):
        return None
    if period and not pay_bounds.fits(typical, period, code):
        return None
    return _salary(candidate, currency, period, before, after, phrase_after)


def _salary(
    candidate: Range, currency: currencies.Currency, period: str | None, before: str, after: str, phrase_after: str
) -> Salary | None:
    low: float | None = candidate.low
    high: float | None = candidate.high
    if not candidate.is_range:
        if candidate.low <= 0:
            return None
        if pay_words.UP_TO.search(before[-24:]):
            low = None  # also for "up to $100k or more"
        elif candidate.open_end or pay_words.FROM.search(before[-32:]) or after.startswith((" and up", " or more")):
            high = None
    kind = _kind(before, phrase_after, after)
    return Salary(low, high, currency.code, period, kind, "text", currency.basis, candidate.start, candidate.end)


def _is_other_money(phrase_before: str, phrase_after: str, *, listed: bool) -> bool:
    """Return whether the adjacent words name other money, and no pay word is nearer to the amount."""
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
    """Return the line before the amount's own in lower case, or its end if it is too long for a heading."""
    end = line_start - 1
    if end <= 0:
        return ""
    start = text.rfind("\n", max(0, end - _HEADING_LENGTH), end)
    if start < 0 and end > _HEADING_LENGTH:
        return text[end - _HEADING_LENGTH : end].lower()
    return text[start + 1 : end].lower()


def _is_listed(before: str, after: str) -> bool:
    """Return whether the amount is a list entry: ``… | $150K-$250K + equity | …`` or ``Engineer ($190k-280k)``."""
    head, tail = _QUALIFIER.sub("", before).rstrip(), after.lstrip()
    ends = not tail or tail[0] in _COLUMN_ENDS or tail.startswith(_COLUMN_WORDS)
    piped = ends and (head.endswith("|") or (not head and "|" in tail))
    bracketed = head.endswith("(") and tail.startswith((")", ",", "+", "•"))
    bracketed = bracketed or (tail.startswith(")") and "(" in head[-60:])
    return piped or bracketed or (ends and head.endswith((":", "–", "-", "—")))


def _is_bounded(before: str, after: str, heading: str) -> bool:
    """Return whether an amount after "up to" or "from" is a line of its own, under no heading of other money."""
    bound = pay_words.UP_TO.search(before) or pay_words.FROM.search(before)
    if bound is None or before[: bound.start()].strip(" \t-–•*·"):
        return False
    rest = after.strip()
    return (not rest or rest[0] in "+,(" or rest.startswith(_COLUMN_WORDS)) and not pay_words.NOT_PAY_BEFORE.search(
        heading
    )


def _currency(text: str, line_start: int, candidate: Range, country: str | None) -> currencies.Currency | None:
    """Resolve the sign by the zone named beside the amount ("Canada: $120k"), else by the posting's country."""
    sign = candidate.sign
    if sign is None and country is None:
        zone = _ZONES.search(text, candidate.end, candidate.end + 24)
        if zone and zone.lastgroup:
            return currencies.Currency(zone.lastgroup, "country")
    if sign is not None and currencies.family(sign) == "$":
        named = None
        # First the amount's own line, then the line above it.
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
    """Return the period named directly beside the amount, and whether there is one."""
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


def _kind(before: str, phrase_after: str, after: str) -> str:
    behind = pay_words.KIND.search(after[:40])
    if behind and (behind.start() <= len(phrase_after) + 1):
        return behind.lastgroup or "unspecified"
    named = None
    for match in pay_words.KIND.finditer(before[-120:]):
        named = match.lastgroup
    return named or "unspecified"
