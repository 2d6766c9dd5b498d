"""Apply a board's structured fields, which take precedence over its text.

The seed ``board_tokens.csv`` (board, field, token, value) translates each board's vocabulary token by token; a token
that is not in the table stays unknown. Pay from the field is kept beside pay from the text and never merged with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jobmarket.extract import currencies, pay_bounds, pay_words, salary
from jobmarket.extract.facts import EMPLOYMENT_TYPES, PAY_PERIODS, UNSPECIFIED, WORKPLACES, Facts, Salary
from jobmarket.extract.seeds import seed_rows

SEED = "board_tokens.csv"
# Separator that the spiders put between the tokens of a field.
_BETWEEN = "; "
# A high end more than this many times the low end is not a range: 30 and 450,000, or a placeholder such as 999,999.
_WIDEST = 10
# Too large for pay in any currency: about ten million dollars a year in the smallest unit.
_NO_PAY = 1e12
_ALLOWED = {"workplace": WORKPLACES, "employment_type": EMPLOYMENT_TYPES, "pay_unit": PAY_PERIODS}


class BoardTokens:
    """The boards' vocabularies. Tokens compare without case, spaces, hyphens and underscores.

    Raises:
        ValueError: A row's value is outside the enumerations; the message names its line.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._of_board: dict[tuple[str, str, str], str] = {}
        everywhere: dict[tuple[str, str], set[str]] = {}
        for number, row in enumerate(rows, start=2):
            field, value = row["field"], row["value"]
            if value not in _ALLOWED.get(field, ()):
                raise ValueError(
                    f"{SEED}, line {number}: {field!r} cannot be {value!r}; known fields are {sorted(_ALLOWED)}"
                )
            self._of_board[row["board"], field, _key(row["token"])] = value
            everywhere.setdefault((field, _key(row["token"])), set()).add(value)
        self._everywhere = {key: values.pop() for key, values in everywhere.items() if len(values) == 1}

    def value(self, board: str | None, field: str, token: str | None) -> str | None:
        """Return what a token means on a board, or None.

        Without a board's name, a token counts only if all boards that use it agree on its meaning.
        """
        if token is None:
            return None
        if board is None:
            return self._everywhere.get((field, _key(token)))
        return self._of_board.get((board, field, _key(token)))

    def value_of_several(self, board: str | None, field: str, text: str | None) -> str | None:
        """Return what a field with one or several tokens means, or None.

        Several tokens must agree, as far as they are known; a board that flags both remote and hybrid means hybrid.
        """
        whole = self.value(board, field, text)
        if whole is not None or text is None or _BETWEEN not in text:
            return whole
        found = {value for token in text.split(_BETWEEN) if (value := self.value(board, field, token)) is not None}
        if "hybrid" in found:
            return "hybrid"
        return found.pop() if len(found) == 1 else None


def _key(token: str) -> str:
    return "".join(character for character in token.lower() if character.isalnum())


@lru_cache(maxsize=1)
def packaged_tokens() -> BoardTokens:
    """Return the vocabularies of this repository's seed, read once."""
    return BoardTokens(seed_rows(SEED))


@dataclass(frozen=True, slots=True)
class PayField:
    """A pay range in a board's field; see :class:`jobmarket.posting.Pay`."""

    min_value: float | None = None
    max_value: float | None = None
    currency: str | None = None
    unit_text: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class BoardFields:
    """A posting's structured fields, in the board's own words."""

    board: str | None = None
    workplace_text: str | None = None
    is_remote: bool | None = None
    employment_type_text: str | None = None
    base_salary: tuple[PayField, ...] = ()
    pay_text: str | None = None
    is_for_client: bool | None = None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> BoardFields:
        """Take the fields from a mapping with the names of :class:`jobmarket.posting.Posting`; ignore other keys."""
        pay = tuple(
            entry
            if isinstance(entry, PayField)
            else PayField(
                entry.get("min_value"),
                entry.get("max_value"),
                entry.get("currency"),
                entry.get("unit_text"),
                entry.get("name"),
            )
            for entry in fields.get("base_salary") or ()
        )
        return cls(
            fields.get("board"),
            fields.get("workplace_text"),
            fields.get("is_remote"),
            fields.get("employment_type_text"),
            pay,
            fields.get("pay_text"),
            fields.get("is_for_client"),
        )


def apply(facts: Facts, fields: BoardFields | Mapping[str, Any], tokens: BoardTokens | None = None) -> Facts:
    """Return the facts with the board's fields applied.

    Workplace and employment type of the field replace those of the text. Pay of the field comes before pay of the text,
    each with its ``amount_basis``. ``is_remote`` counts only when the board has no workplace text and the posting is
    silent: some boards also set the flag on hybrid jobs, and a false flag carries no information.
    ``is_for_client`` counts beside the text.
    """
    stated = fields if isinstance(fields, BoardFields) else BoardFields.of(fields)
    table = tokens or packaged_tokens()
    workplace = table.value_of_several(stated.board, "workplace", stated.workplace_text)
    if workplace is None and not stated.workplace_text and stated.is_remote and facts.workplace == UNSPECIFIED:
        workplace = "remote"
    employment = table.value_of_several(stated.board, "employment_type", stated.employment_type_text)
    countries = {place.country for place in facts.locations if place.country}
    country = countries.pop() if len(countries) == 1 else None
    return replace(
        facts,
        workplace=workplace or facts.workplace,
        employment_type=employment or facts.employment_type,
        salaries=(*_pay(stated, table, country), *facts.salaries),
        is_for_client=facts.is_for_client or bool(stated.is_for_client),
    )


def _pay(stated: BoardFields, table: BoardTokens, country: str | None) -> list[Salary]:
    """Read pay from the numbers of the field, or from its words if it has no numbers: both state the same pay.

    Words beside numbers that are no range are the same error, in which "30 - 450,000" would be 30,000.
    """
    found: list[Salary] = []
    for pay in stated.base_salary:
        entry = _pay_range(pay, stated.board, table)
        if entry is not None and entry not in found:
            found.append(entry)
    has_numbers = any(_positive(pay.min_value) or _positive(pay.max_value) for pay in stated.base_salary)
    if not has_numbers and stated.pay_text:
        found = [
            entry._replace(amount_basis="board_field", span_start=None, span_end=None)
            for entry in salary.pay_in_words(stated.pay_text, country)
        ]
    return found


def _pay_range(pay: PayField, board: str | None, table: BoardTokens) -> Salary | None:
    low, high = _positive(pay.min_value), _positive(pay.max_value)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        if low > 3 * high:
            return None  # an error, not two ends of a range in the wrong order
        low, high = high, low
    if low is not None and high is not None and high > _WIDEST * low:
        return None
    currency = currencies.stated(pay.currency)
    period = table.value(board, "pay_unit", pay.unit_text)
    if period is None and pay.unit_text is None and pay.name:
        period = pay_words.period_named(pay.name.lower())
    if period is not None and not pay_bounds.fits(high or low or 0.0, period, currency):
        period = None  # "55-65 USD a year": keep the employer's amount, drop its impossible period
    return Salary(
        low,
        high,
        currency,
        period,
        pay_words.kind_named((pay.name or "").lower()),
        "board_field",
        "stated" if currency else None,
        None,
        None,
    )


def _positive(amount: float | None) -> float | None:
    """Return an amount that can be pay: boards write zero or less for "not stated"; ``_NO_PAY`` or more is an error."""
    return float(amount) if amount is not None and 0 < amount < _NO_PAY else None
