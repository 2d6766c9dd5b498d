"""What a board states in fields of its own goes before what its text says.

A board's words are translated by the seed ``board_tokens.csv`` (board, field, token, value), token by token: a
token that is not in the table is unknown and stays so. Pay in the field is kept beside pay in the text, never
blended with it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jobmarket.extract import currencies, pay_bounds, pay_words, salary
from jobmarket.extract.facts import (
    EMPLOYMENT_TYPES,
    PAY_PERIODS,
    UNSPECIFIED,
    WORKPLACES,
    Facts,
    Salary,
)

TOKENS_SEED = "board_tokens.csv"
# Between the tokens of a field that holds several, as the spiders join them.
_BETWEEN = "; "
# Ends farther apart than this are not of one range: 30 and 450,000.
_WIDEST = 50
# No pay in any currency: of the smallest money, some ten million dollars a year.
_NO_PAY = 1e12
_ALLOWED = {"workplace": WORKPLACES, "employment_type": EMPLOYMENT_TYPES, "pay_unit": PAY_PERIODS}


class BoardTokens:
    """The boards' vocabularies. A token is compared without case, spaces, hyphens and underscores."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._of_board: dict[tuple[str, str, str], str] = {}
        everywhere: dict[tuple[str, str], set[str]] = {}
        for number, row in enumerate(rows, start=2):
            field, value = row["field"], row["value"]
            if value not in _ALLOWED.get(field, ()):
                raise ValueError(
                    f"{TOKENS_SEED}, line {number}: {field!r} can not be {value!r}; known fields are {sorted(_ALLOWED)}"
                )
            self._of_board[row["board"], field, _key(row["token"])] = value
            everywhere.setdefault((field, _key(row["token"])), set()).add(value)
        self._everywhere = {key: values.pop() for key, values in everywhere.items() if len(values) == 1}

    @classmethod
    def read(cls, seed: Path) -> BoardTokens:
        """Read the seed; raises ``ValueError`` naming the line for a value outside the enumerations."""
        with seed.open(encoding="utf-8", newline="") as file:
            return cls(csv.DictReader(file))

    def value(self, board: str | None, field: str, token: str | None) -> str | None:
        """Return what a token means on a board, or null.

        Without a board's name, the token counts only where all boards that use it mean the same by it.
        """
        if token is None:
            return None
        if board is None:
            return self._everywhere.get((field, _key(token)))
        return self._of_board.get((board, field, _key(token)))

    def value_of_several(self, board: str | None, field: str, text: str | None) -> str | None:
        """Return what a field means that may hold several tokens, as flags that are set are joined; or null.

        They mean what those that are known agree on; where a board flags both remote and hybrid, it is hybrid.
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
    """Return the vocabularies of the seed in this repository, read once."""
    return BoardTokens.read(Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / TOKENS_SEED)


@dataclass(frozen=True, slots=True)
class PayField:
    """A pay range in a board's field, as :class:`jobmarket.posting.Pay`."""

    min_value: float | None = None
    max_value: float | None = None
    currency: str | None = None
    unit_text: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class BoardFields:
    """A posting's structured fields, in the words of its board."""

    board: str | None = None
    workplace_text: str | None = None
    is_remote: bool | None = None
    employment_type_text: str | None = None
    base_salary: tuple[PayField, ...] = ()
    pay_text: str | None = None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> BoardFields:
        """Take them from a mapping with the names of :class:`jobmarket.posting.Posting`; others are left alone."""
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
        )


def apply(facts: Facts, fields: BoardFields | Mapping[str, Any], tokens: BoardTokens | None = None) -> Facts:
    """Return the facts with the board's fields put first.

    Workplace and employment type of the field replace those of the text. Pay of the field comes before pay of
    the text, each with its ``amount_basis``. ``is_remote`` is asked only when the board has no workplace token
    that is known: on some boards the flag also stands on hybrid jobs, and a false flag says nothing.
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
    )


def _pay(stated: BoardFields, table: BoardTokens, country: str | None) -> list[Salary]:
    """Read the pay field; its words only where it has no numbers, as both state the same pay."""
    found: list[Salary] = []
    for pay in stated.base_salary:
        entry = _pay_range(pay, stated.board, table)
        if entry is not None and entry not in found:
            found.append(entry)
    if not found and stated.pay_text:
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
            return None  # not two ends of one range in the wrong order, but a mistake
        low, high = high, low
    if low is not None and high is not None and high > _WIDEST * low:
        return None
    currency = currencies.stated(pay.currency)
    period = table.value(board, "pay_unit", pay.unit_text)
    if period is None and pay.unit_text is None and pay.name:
        period = pay_words.period_named(pay.name.lower())
    if period is not None and not pay_bounds.fits(high or low or 0.0, period, currency):
        period = None  # "55-65 USD a year": the amount is the employer's, what it is paid for is not known
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
    """Zero and less stand for "not stated" on several boards; so much as ``_NO_PAY`` is a mistake."""
    return float(amount) if amount is not None and 0 < amount < _NO_PAY else None
