"""Decide from the surrounding words whether an amount is pay for this job, and its period, currency and kind."""

from __future__ import annotations

import re
from functools import cached_property
from math import inf

from jobmarket.extract import currencies, pay_bounds, pay_words
from jobmarket.extract.amounts import Range
from jobmarket.extract.facts import Salary
from jobmarket.extract.role_title import names_a_trade

# Pay words that rents and subscriptions use as well: "$2,400 per month"
_UNIT_ONLY = frozenset({"per month", "per week"})
# Pay words that stipends use as well: "annual learning stipend"
_PERIOD_ONLY = frozenset({"annual", "annually", "yearly", "hourly", "rate", "rates", "per year", "per month"})
# "The salary for somebody who works in this role full-time (24 hours a week) would be £28,000"
_SALARY_IS = re.compile(r"\bsalary\b[^.;\n]{0,110}\b(?:is|would be|will be) $")
_QUALIFIER = re.compile(r"(?:\bup to|\bfrom|\bcirca|\bca\.|\bapprox\.?|~)\s*$")
_COLUMN_WORDS = ("cash", "base", "plus", "doe", "dep", "based", "salary", "p.a")
_BULLETS = " \t-–•*·"
_COLUMN_ENDS = frozenset("|+,(&•·/-–—")
_OPENERS = (":", "(", ",", "-", "–", "—")
# Characters. How far the line of an amount is followed before and after it:
_LINE_BEFORE, _LINE_AFTER = 400, 300
# How much of the line counts, how long a heading is, how near a zone must be, and how little else is "alone" on a line:
_BEFORE_LENGTH = 160
_AFTER_LENGTH = 90
_HEADING_LENGTH = 120
_ZONE_REACH = 90
_ALMOST_NOTHING = 30
_SENTENCE_ENDS = (".", "!", "?")
_SENTENCE_END = re.compile(r"\.(?:\s|$)")
_PHRASE_START = re.compile(r"[;•|+!?]|\)[,;]|(?<!\bca)(?<!max)(?<!min)(?<!approx)(?<!est)(?<!mind)\. ")
_PHRASE_END = re.compile(r"[,;•|+(!?&/]|https?:| [-–—] |\.(?:\s|$)| and | plus | with | \bund\b | et | plus$")
# US dollars: the smallest yearly amount that counts without a pay word, and the smallest amounts before "/day", "per
# month" and the like; below these are lunches and stipends.
_SURELY_YEARLY = 25_000.0
_LEAST_BY_UNIT = {"hour": 8.0, "day": 8.0, "week": 300.0, "month": 2_000.0}
# The smallest stipends that interns live on, in any currency; smaller ones pay for books or a telephone.
_LEAST_STIPEND = {"week": 150.0, "month": 400.0, "year": 6_000.0}
# The high end of such a yearly range is at most this many times its low end.
_WIDEST_YEARLY = 4
# Cents at both ends of a range, and a pay grade before it: "Level 2: $22.00 - $26.50"
_CENTS = re.compile(r"[0-9][.,][0-9]{2}(?![0-9]).{1,16}[0-9][.,][0-9]{2}(?![0-9])")
_GRADE = re.compile(r"\b(?:level|grade|step|tier|zone|band|range)s? ?[\w.]{0,4} ?[:–-]? ?$")

# Matched case-sensitively: "US" is a country, the "us" of "join us" is not.
_ZONES = re.compile(
    r"\b(?P<CAD>CAD|(?i:canad\w*|toronto|ontario|vancouver|montr[eé]al|british columbia|calgary|alberta))\b"
    r"|\b(?P<USD>USD|US|USA|U\.S\.(?:A\.)?|(?i:united states|california|new york|san francisco|seattle|colorado|"
    r"denver)|NYC)(?!\w)"
    r"|\b(?P<AUD>AUD|(?i:australia\w*|sydney|melbourne))\b|\b(?P<SGD>SGD|(?i:singapore))\b"
    r"|\b(?P<NZD>NZD|(?i:new zealand|auckland))\b"
)

# Paid on top of pay in one country only: "$110,000 + super"
_PENSION_FUNDS = re.compile(
    r"\b(?:(?P<AUD>superannuation|(?<=\+ )super|(?<=plus )super|(?<=inc )super)|(?P<NZD>kiwisaver))\b(?! \w)"
)


class _Surroundings:
    """The text around an amount, in lower case, and what its words say.

    Attributes:
        amount: The amount itself, as written.
        line_start: Where the amount's line begins in the text, at most ``_LINE_BEFORE`` characters before it.
        before: The line before the amount, and ``after`` the line after it.
        phrase_before: The part of the amount's phrase before it, and ``phrase_after`` the part after it.
        period_beside: The pay period named directly beside the amount; None if there is none.
        is_listed: The amount is a list entry.
        monthly_payments: How often a year the amount is paid, in words that ``after`` no longer has; None if not named.
    """

    def __init__(self, text: str, amount: Range) -> None:
        start, end = amount.start, amount.end
        earliest, latest = max(0, start - _LINE_BEFORE), min(len(text), end + _LINE_AFTER)
        line_end = text.find("\n", end, latest)
        self._text = text
        self.amount = text[start:end]
        self._span = (start, end)
        self._line_end = latest if line_end < 0 else line_end
        self.line_start = max(text.rfind("\n", earliest, start) + 1, earliest)
        self.before = text[max(self.line_start, start - _BEFORE_LENGTH) : start].lower()
        after = text[end : min(self._line_end, end + _AFTER_LENGTH)].lower()
        after = pay_words.NO_CENTS.sub("", after)
        self.after = pay_words.INSTALMENTS.sub("", after)
        self.monthly_payments = pay_words.times_a_year(self.before[-40:], after)
        # "$15/day lunch credit": the phrase continues after the period.
        beside = pay_words.PERIOD_BESIDE.match(self.after)
        phrase_start = beside.end() if beside else 0
        self.phrase_before = _last_phrase(self.before)
        self.phrase_after = self.after[:phrase_start] + _first_phrase(self.after[phrase_start:])
        self.period_beside = beside.lastgroup if beside else _period_after(self.after)
        self.is_listed = _is_listed(self.before, self.after)

    @cached_property
    def heading(self) -> str:
        """The line above the amount's own; empty if the line goes back farther than is searched."""
        is_whole = self.line_start == 0 or self._text[self.line_start - 1] == "\n"
        return _heading(self._text, self.line_start) if is_whole else ""

    @cached_property
    def is_worded(self) -> bool:
        """Whether a pay word is near."""
        return bool(pay_words.PAY.search(self.phrase_after) or pay_words.PAY.search(self.before))

    @cached_property
    def named_period(self) -> str | None:
        """The pay period named beside the amount or, of an amount that words call pay, near it; None if none is."""
        if self.period_beside is None and (self.is_headed or self.is_worded):
            return _period_nearby(self)
        return self.period_beside

    @cached_property
    def binds_period(self) -> bool:
        """Whether the named period can be of no other amount: "$60,000 per month", "Monthly salary: $60,000"."""
        return bool(
            pay_words.PERIOD_BESIDE.match(self.after)
            or pay_words.PERIOD_WORD_BESIDE.match(self.after)
            or pay_words.PERIOD_LABEL.search(self.phrase_before)
        )

    @cached_property
    def is_net(self) -> bool:
        """Whether the amount is pay after taxes; what is said behind it counts before what is said in front of it."""
        said = pay_words.NET_AFTER.match(self.after) or pay_words.NET_BEFORE.match(self.phrase_before)
        return (
            said is not None
            and said.lastgroup == "net"
            and not pay_words.INVOICED.search(self.before)
            and not pay_words.INVOICED.search(self.after)
        )

    @cached_property
    def is_bare_hourly(self) -> bool:
        """Whether words directly before an amount without a currency call it pay."""
        return pay_words.BARE_HOURLY.search(self.before) is not None

    @cached_property
    def is_headed(self) -> bool:
        """Whether the line above is about pay."""
        heading = self.heading
        return bool(heading and pay_words.PAY.search(heading)) and not pay_words.NOT_PAY_BEFORE.search(heading)

    @cached_property
    def is_alone(self) -> bool:
        """Whether the amount has its line almost to itself."""
        start, end = self._span
        rest = self._text[self.line_start : start].strip(), self._text[end : self._line_end].strip()
        return sum(map(len, rest)) <= _ALMOST_NOTHING


def judge(text: str, candidate: Range, country: str | None, *, in_pay_field: bool) -> Salary | None:
    """Return the pay that an amount states for this job; None if it is other money or nothing shows that it is pay."""
    around = _Surroundings(text, candidate)
    if not in_pay_field and _is_other_money(around, candidate):
        return None
    if candidate.weak and not (_is_between(around, candidate) or around.is_worded):
        return None
    currency = _currency(text, around, candidate, country)
    if currency is None:
        return None
    amount = candidate
    if amount.doubled and not pay_bounds.fits(amount.high, "year", currency.code):
        amount = amount.by_its_digits()  # "$110,000k"; but "JPY 8,000k - 12,000k" are thousands
    period, is_stated = _period(around, amount, currency.code, country)
    if not in_pay_field:
        is_pay = _is_pay_range if amount.is_range else _is_pay_amount
        if not is_pay(around, amount, period, is_stated=is_stated, scale=pay_bounds.scale(currency.code)):
            return None
    is_open = period is None and in_pay_field
    if not is_open and not pay_bounds.fits(amount.typical, period or "year", currency.code):
        return None
    return _salary(amount, currency, period, around)


def _is_between(around: _Surroundings, amount: Range) -> bool:
    """Return whether "and" or a similar word joins the two ends of a range."""
    return pay_words.BETWEEN.search(around.before[-60:]) is not None or (
        around.period_beside is not None and amount.join == "a"
    )


def _period(around: _Surroundings, amount: Range, currency: str, country: str | None) -> tuple[str | None, bool]:
    """Return the pay period of an amount, and whether it is named directly beside it.

    A period that the amount cannot be paid for is an error of the text, and no other period takes its place.
    """
    period = around.named_period
    if period and pay_bounds.fits(amount.typical, period, currency):
        return period, around.period_beside is not None
    if period and around.binds_period:
        return None, True
    period = pay_bounds.period_by_size(amount.low, amount.high, currency)
    if period is None and around.monthly_payments and pay_bounds.fits(amount.typical, "month", currency):
        return "month", True
    if period is None and _CENTS.search(around.amount):
        has_reason = _GRADE.search(around.before) is not None or around.is_worded or around.is_headed
        if has_reason and pay_bounds.is_hourly(amount.low, amount.high, currency):
            period = "hour"
    is_rate = amount.is_range and pay_words.RATE.search(around.phrase_before) is not None
    if period is None and is_rate and pay_bounds.is_hourly(amount.low, amount.high, currency):
        period = "hour"
    if period is None and _is_monthly(around, amount, currency, country):
        period = "month"
    return period, False


def _is_monthly(around: _Surroundings, amount: Range, currency: str, country: str | None) -> bool:
    """Return whether a range of pay without a period can only be by the month, as far as words and size tell."""
    return (
        amount.is_range
        and pay_bounds.is_monthly(amount.low, amount.high, currency, currencies.NATIONAL.get(country or ""))
        and not pay_words.UNIT_BESIDE.match(around.after)
        and not pay_words.OTHER_PERIOD.search(around.after)
        and not pay_words.OTHER_PERIOD.search(around.before)
    )


def _is_pay_range(around: _Surroundings, amount: Range, period: str | None, *, is_stated: bool, scale: float) -> bool:
    is_named = around.is_worded or around.is_headed
    if amount.sign is None and not amount.scaled:
        return around.is_bare_hourly if period == "hour" else is_named
    # A range with a sign, of yearly size and not too wide, is pay unless other money is named beside it.
    is_surely_yearly = amount.low >= _SURELY_YEARLY * scale and amount.high <= _WIDEST_YEARLY * amount.low
    stands_apart = around.is_alone or around.is_listed
    is_pay = is_named or is_stated or period == "hour" or (period == "year" and (is_surely_yearly or stands_apart))
    return is_pay and (amount.sign is not None or is_named or stands_apart)


def _is_pay_amount(around: _Surroundings, amount: Range, period: str | None, *, is_stated: bool, scale: float) -> bool:
    if period is None and not is_stated:
        return False
    if amount.sign is None and not amount.scaled:
        return period == "hour" and around.is_bare_hourly
    if _names_pay(around.phrase_before[-70:]) or _names_pay(around.phrase_after[:45]):
        return True
    if _is_stipend(around, amount) or _SALARY_IS.search(around.phrase_before):
        return True
    unit = pay_words.PERIOD_BESIDE.match(around.after) if is_stated else None
    is_much = amount.low >= _LEAST_BY_UNIT.get(period or "", inf) * scale
    # Few things cost so much by the hour or day, but a seat or a flat does by the month.
    if unit and is_much and (period not in {"week", "month"} or _is_own_entry(around, unit.end())):
        return True
    if around.is_headed and (around.is_alone or is_stated):
        return True
    if period != "year":
        return False
    if around.is_listed and (amount.scaled or is_stated or _is_of_role(around, amount, scale)):
        return True
    if is_stated and not around.before.strip(_BULLETS) and amount.low >= _SURELY_YEARLY * scale:
        return not pay_words.NOT_PAY_BEFORE.search(around.heading)
    ends_sentence = _SENTENCE_END.match(around.after) is not None
    return (around.is_alone or ends_sentence) and _is_bounded(around.before, around.after, around.heading)


def _names_pay(phrase: str) -> bool:
    return any(match.group() not in _UNIT_ONLY for match in pay_words.PAY.finditer(phrase))


def _is_own_entry(around: _Surroundings, end: int) -> bool:
    """Return whether an amount is a line or sentence of its own or a role's entry.

    Its period ends at ``end`` of what follows it.
    """
    rest = around.after[end:].lstrip()
    head = around.before.rstrip()
    if _SENTENCE_END.match(rest) and head.endswith(_SENTENCE_ENDS):
        return True
    if head.endswith("(") and rest.startswith(")"):
        return names_a_trade(head)
    rest = rest.strip(" .")
    if rest and rest[0] not in _COLUMN_ENDS and not rest.startswith(_COLUMN_WORDS):
        return False
    for bound in (_QUALIFIER, pay_words.UP_TO, pay_words.FROM):
        head = bound.sub("", head).rstrip()
    if not head.strip(_BULLETS) or head.endswith(("|", " offer")):
        return True
    return head.endswith(_OPENERS) and (rest.startswith("+") or names_a_trade(head))


def _is_of_role(around: _Surroundings, amount: Range, scale: float) -> bool:
    """Return whether the line of a sure year's pay begins with a role: "Senior Engineer - $150,000 + equity"."""
    return amount.low >= _SURELY_YEARLY * scale and names_a_trade(around.before)


def _salary(amount: Range, currency: currencies.Currency, period: str | None, around: _Surroundings) -> Salary | None:
    low: float | None = amount.low
    high: float | None = amount.high
    if not amount.is_range:
        if amount.low <= 0:
            return None
        before, after = around.before, around.after
        if pay_words.UP_TO.search(before[-24:]):
            low = None  # also for "up to $100k or more"
        elif amount.open_end or pay_words.FROM.search(before[-32:]) or after.startswith((" and up", " or more")):
            high = None
    return Salary(
        low,
        high,
        currency.code,
        period,
        _kind(around),
        "text",
        currency.basis,
        amount.start,
        amount.end,
        monthly_payments=around.monthly_payments if period == "month" else None,
        # by the hour and day only freelancers speak of net: of value added tax
        is_net=around.is_net and period not in {"hour", "day"},
    )


def _is_stipend(around: _Surroundings, amount: Range) -> bool:
    """Return whether an amount is what an intern is paid: its line begins with "Stipend:" and says nothing of a use."""
    least = _LEAST_STIPEND.get(around.named_period or "", inf)
    return (
        amount.low >= least
        and pay_words.STIPEND.fullmatch(around.before) is not None
        and not pay_words.NOT_PAY_AFTER.search(around.after)
        and not pay_words.NOT_PAY_BEFORE.search(around.heading)
    )


def _is_other_money(around: _Surroundings, amount: Range) -> bool:
    """Return whether the adjacent words name other money, and no pay word is nearer to the amount."""
    near = around.phrase_after[:48]
    if _is_stipend(around, amount):
        return False
    other = pay_words.NOT_PAY_AFTER.search(near)
    if other:
        word = pay_words.PAY.search(near)
        if not (word and word.start() < other.start() and word.group() not in _PERIOD_ONLY):
            return True
    tail = around.phrase_before[-80:]
    if pay_words.ALWAYS_NOT_PAY_BEFORE.search(tail):
        return True
    last_other = _last_start(pay_words.NOT_PAY_BEFORE, tail)
    if not (around.is_listed and (amount.is_range or names_a_trade(around.before))):
        last_other = max(last_other, _last_start(pay_words.MAYBE_NOT_PAY_BEFORE, tail))
    for match in pay_words.PAY_BESIDES.finditer(tail):
        if not pay_words.TOGETHER_WITH_PAY.search(tail[: match.start()]):
            last_other = max(last_other, match.end())  # behind its own pay word
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
    """Return whether an amount after "up to" or "from" is a line or sentence of its own, not headed by other money."""
    bound = pay_words.UP_TO.search(before) or pay_words.FROM.search(before)
    if bound is None or before[: bound.start()].strip(_BULLETS):
        return False
    rest = after.strip()
    is_complete = (
        not rest or rest[0] in "+,(" or rest.startswith(_COLUMN_WORDS) or _SENTENCE_END.match(rest) is not None
    )
    return is_complete and not pay_words.NOT_PAY_BEFORE.search(heading)


def _currency(text: str, around: _Surroundings, candidate: Range, country: str | None) -> currencies.Currency | None:
    """Resolve the sign by the zone named beside the amount ("Canada: $120k"), else by the posting's country.

    A bare $ that may be US dollars or pesos is pesos where the amount is too large for dollars.
    """
    sign, line_start = candidate.sign, around.line_start
    if sign is None and country is None:
        zone = _ZONES.search(text, candidate.end, candidate.end + 24)
        if zone and zone.lastgroup:
            return currencies.Currency(zone.lastgroup, "country")
    if sign is not None and currencies.family(sign) == "$":
        # First the amount's own line, then the line above it.
        for start, end in (
            (max(line_start, candidate.start - _ZONE_REACH), candidate.start),
            (_line_above(text, line_start), line_start),
        ):
            zones = [match.lastgroup for match in _ZONES.finditer(text, start, end)]
            if end == line_start and len(set(zones)) > 1:
                break  # "Location: US and Canada" above "Compensation: $150,000"
            if zones and zones[-1]:
                return currencies.Currency(zones[-1], "country")
        if country is None and (fund := _PENSION_FUNDS.search(around.after)):
            return currencies.Currency(fund.lastgroup or "", "country")
    other = currencies.other_dollar(sign, country)
    if other is not None:
        amount, period = candidate.typical, around.named_period or "year"
        if not pay_bounds.may_be_dollars(amount, period) and pay_bounds.fits(amount, period, other.code):
            return other
    return currencies.resolve(sign, country)


def _line_above(text: str, line_start: int) -> int:
    floor = max(0, line_start - _ZONE_REACH)
    return max(floor, text.rfind("\n", floor, max(floor, line_start - 1)) + 1)


def _period_after(after: str) -> str | None:
    """Return the first pay period named shortly after the amount, or None."""
    unit = pay_words.PERIOD_LONG.search(after[:34])
    adverb = pay_words.PERIOD_WORD.search(after[:34])
    if adverb and (unit is None or adverb.start() < unit.start()):
        return adverb.lastgroup
    return pay_words.PERIOD_OF_UNIT[unit.group("unit")] if unit else None


def _period_nearby(around: _Surroundings) -> str | None:
    """Return the last pay period named before the amount, else in its phrase, else in the heading; or None."""
    for where in (around.before, around.phrase_after, around.heading):
        named = None
        for match in pay_words.PERIOD_WORD.finditer(where):
            named = match.lastgroup
        if named is None:
            for match in pay_words.PERIOD_LONG.finditer(where):
                named = pay_words.PERIOD_OF_UNIT[match.group("unit")]
        if named:
            return named
    return None


def _kind(around: _Surroundings) -> str:
    behind = None if pay_words.PARTS.match(around.after) else pay_words.KIND.search(around.after[:40])
    if behind and behind.start() <= len(around.phrase_after) + 1:
        return behind.lastgroup or "unspecified"
    named = None
    for match in pay_words.KIND.finditer(around.before[-120:]):
        named = match.lastgroup
    return named or "unspecified"
