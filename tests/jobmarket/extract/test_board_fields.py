"""A board's structured fields outrank its text, and only the board's own vocabulary counts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jobmarket.extract import board_fields
from jobmarket.extract.board_fields import BoardFields, BoardTokens, PayField, packaged_tokens
from jobmarket.extract.facts import Facts, Salary

IN_TEXT = Salary(100_000.0, 120_000.0, "USD", "year", "unspecified", "text", "symbol", 10, 30)


@pytest.fixture(scope="module")
def tokens() -> BoardTokens:
    return packaged_tokens()


@pytest.mark.parametrize(
    ("board", "field", "token", "value"),
    [
        ("ashby", "workplace", "OnSite", "onsite"),
        ("ashby", "employment_type", "FullTime", "full_time"),
        ("ashby", "pay_unit", "1 YEAR", "year"),
        ("breezy", "pay_unit", "HOUR", "hour"),
        ("lever", "workplace", "on-site", "onsite"),
        ("lever", "workplace", "onsite", "onsite"),
        ("lever", "employment_type", "Full Time Employee", "full_time"),
        ("lever", "pay_unit", "per-year-salary", "year"),
        ("lever", "employment_type", "Permanent", None),
        ("lever", "workplace", "unspecified", None),
        ("ashby", "pay_unit", "1 TIME", None),
        ("ashby", "pay_unit", "NONE", None),
        ("recruitee", "employment_type", "fulltime_permanent", "full_time"),
        ("jsonld", "employment_type", "CONTRACTOR", "contract"),
        ("a board nobody knows", "workplace", "Remote", None),
    ],
)
def test_a_token_means_only_what_the_table_says(
    tokens: BoardTokens, board: str, field: str, token: str, value: str | None
) -> None:
    assert tokens.value(board, field, token) == value


@pytest.mark.parametrize(
    ("board", "workplace", "employment_type", "meant"),
    [
        ("recruitee", "remote; hybrid", None, ("hybrid", "unspecified")),
        ("recruitee", "on_site; remote", None, ("unspecified", "unspecified")),
        ("recruitee", "remote; moon", None, ("remote", "unspecified")),
        ("jsonld", None, "FULL_TIME; CONTRACTOR", ("unspecified", "unspecified")),
        ("jsonld", None, "FULL_TIME; OTHER", ("unspecified", "full_time")),
    ],
)
def test_several_tokens_count_only_where_they_agree(
    board: str, workplace: str | None, employment_type: str | None, meant: tuple[str, str]
) -> None:
    fields = BoardFields(board=board, workplace_text=workplace, employment_type_text=employment_type)
    facts = board_fields.apply(Facts(), fields)
    assert (facts.workplace, facts.employment_type) == meant


def test_without_a_board_only_undisputed_tokens_count() -> None:
    rows = [
        {"board": "a", "field": "workplace", "token": "Remote", "value": "remote"},
        {"board": "b", "field": "workplace", "token": "remote", "value": "remote"},
        {"board": "a", "field": "workplace", "token": "partial", "value": "hybrid"},
        {"board": "b", "field": "workplace", "token": "partial", "value": "remote"},
    ]
    tokens = BoardTokens(rows)
    assert tokens.value(None, "workplace", "REMOTE") == "remote"
    assert tokens.value(None, "workplace", "partial") is None


def test_the_error_names_an_invalid_row() -> None:
    with pytest.raises(ValueError, match=r"line 2.*'workplace'.*'full_time'"):
        BoardTokens([{"board": "a", "field": "workplace", "token": "x", "value": "full_time"}])


def test_the_workplace_token_outranks_the_remote_flag() -> None:
    fields = BoardFields(board="ashby", workplace_text="Hybrid", is_remote=True)
    assert board_fields.apply(Facts(workplace="remote"), fields).workplace == "hybrid"


def test_the_remote_flag_counts_only_without_other_evidence() -> None:
    flagged = BoardFields(board="ashby", is_remote=True)
    assert board_fields.apply(Facts(), flagged).workplace == "remote"
    assert board_fields.apply(Facts(workplace="hybrid"), flagged).workplace == "hybrid"
    assert board_fields.apply(Facts(), BoardFields(board="ashby", is_remote=False)).workplace == "unspecified"


def test_a_flag_of_a_job_at_a_client_counts_beside_the_text() -> None:
    flagged, unflagged = BoardFields(is_for_client=True), BoardFields(is_for_client=False)
    assert board_fields.apply(Facts(), flagged).is_for_client
    assert board_fields.apply(Facts(is_for_client=True), unflagged).is_for_client
    assert not board_fields.apply(Facts(), unflagged).is_for_client


def test_an_unknown_token_leaves_the_text_to_decide() -> None:
    fields = BoardFields(board="lever", workplace_text="unspecified", employment_type_text="Scholarship")
    facts = board_fields.apply(Facts(workplace="onsite", employment_type="contract"), fields)
    assert (facts.workplace, facts.employment_type) == ("onsite", "contract")


def test_pay_of_the_field_comes_first_and_is_never_blended() -> None:
    fields = BoardFields(board="ashby", base_salary=(PayField(130_000, 150_000, "USD", "1 YEAR", "Zone 1"),))
    facts = board_fields.apply(Facts(salaries=(IN_TEXT,)), fields)
    assert [(pay.min, pay.amount_basis) for pay in facts.salaries] == [(130_000.0, "board_field"), (100_000.0, "text")]
    assert facts.salaries[1] == IN_TEXT
    assert facts.salaries[0].span_start is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("OTE with a 50/50 split", "ote"), ("Base pay", "base"), ("Zone 2", "unspecified"), (None, "unspecified")],
)
def test_the_name_of_a_pay_tier_gives_the_kind(name: str | None, kind: str) -> None:
    fields = BoardFields(board="ashby", base_salary=(PayField(130_000, 150_000, "USD", "1 YEAR", name),))
    (pay,) = board_fields.apply(Facts(), fields).salaries
    assert pay.kind == kind


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, None),
        (-1, None, None),
        (0, 90_000, (None, 90_000.0)),
        (120_000, 100_000, (100_000.0, 120_000.0)),
        (900_000, 90_000, None),
        (76_243, 999_999, None),
        (float("inf"), 90_000, (None, 90_000.0)),
    ],
)
def test_impossible_amounts_are_unknown(low: float, high: float, expected: tuple[float, float] | None) -> None:
    fields = BoardFields(board="ashby", base_salary=(PayField(low, high, "USD", "1 YEAR", None),))
    found = [(pay.min, pay.max) for pay in board_fields.apply(Facts(), fields).salaries]
    assert found == ([] if expected is None else [expected])


def test_the_period_may_be_in_the_name_if_the_board_has_no_unit() -> None:
    fields = BoardFields(board="greenhouse", base_salary=(PayField(45, 55, "USD", None, "Hourly rate"),))
    (pay,) = board_fields.apply(Facts(), fields).salaries
    assert pay.period == "hour"


def test_an_unknown_unit_is_not_guessed_from_the_amount() -> None:
    fields = BoardFields(board="ashby", base_salary=(PayField(150_000, 160_000, "USD", "2 WEEK", None),))
    (pay,) = board_fields.apply(Facts(), fields).salaries
    assert pay.period is None


def test_pay_in_words_is_read_where_there_are_no_numbers() -> None:
    facts = board_fields.apply(Facts(), BoardFields(board="remotive", pay_text="$55k - $100k"))
    (pay,) = facts.salaries
    assert (pay.min, pay.max, pay.currency, pay.period) == (55_000, 100_000, "USD", "year")
    assert (pay.amount_basis, pay.span_start) == ("board_field", None)


def test_a_plain_mapping_of_posting_fields_is_accepted() -> None:
    fields = {
        "workplace_text": "OnSite",
        "employment_type_text": "Intern",
        "base_salary": [{"min_value": 20, "max_value": 25, "currency": "usd", "unit_text": "1 HOUR", "name": None}],
        "job_locations": [{"text": "Berlin"}],
    }
    facts = board_fields.apply(Facts(), fields)
    assert (facts.workplace, facts.employment_type) == ("onsite", "internship")
    assert (facts.salaries[0].currency, facts.salaries[0].period) == ("USD", "hour")


def test_every_period_has_a_default_factor_and_a_source(root: Path) -> None:
    with (root / "dbt_project" / "seeds" / "pay_period_factors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    factors = {(row["country"], row["period"]): float(row["factor_to_year"]) for row in rows}
    assert len(factors) == len(rows), "one row per country and period"
    assert {period for country, period in factors if country == "default"} == {"year", "month", "week", "day", "hour"}
    assert all(row["source"] for row in rows)
    for (country, period), factor in factors.items():
        assert 0.75 <= factor / factors["default", period] <= 1.25, (
            f"{country} {period}: {factor} is far from the default"
        )


def test_a_period_implausible_for_the_amount_is_unknown() -> None:
    pay = PayField(55.0, 65.0, "USD", "1 YEAR")
    (read,) = board_fields.apply(Facts(), BoardFields(board="ashby", base_salary=(pay,))).salaries
    assert (read.min, read.max, read.period) == (55.0, 65.0, None)


@pytest.mark.parametrize(
    ("low", "high", "currency", "unit", "period"),
    [
        (120_000, 150_000, "USD", "1 MONTH", None),
        (60_000, 90_000, "EUR", "1 WEEK", None),
        (4_000, 8_000, "GBP", "1 DAY", None),
        (700, 900, "USD", "1 HOUR", None),
        (20_000, 30_000, "USD", "1 MONTH", "month"),
        (900, 1_500, "GBP", "1 DAY", "day"),
        (150, 400, "USD", "1 HOUR", "hour"),
        # The rupees that buy as much as these dollars do.
        (120_000, 450_000, "INR", "1 MONTH", "month"),
        (600_000, 900_000, "JPY", "1 MONTH", "month"),
        (250_000, 400_000, "RSD", "1 MONTH", "month"),
        (800_000, 1_500_000, "KZT", "1 MONTH", "month"),
        (900_000, 2_000_000, "CRC", "1 MONTH", "month"),
        (600_000, 900_000, "XOF", "1 MONTH", "month"),
    ],
)
def test_yearly_pay_is_not_read_as_a_shorter_period(
    low: float, high: float, currency: str, unit: str, period: str | None
) -> None:
    fields = BoardFields(board="ashby", base_salary=(PayField(low, high, currency, unit),))
    assert [pay.period for pay in board_fields.apply(Facts(), fields).salaries] == [period]


def test_bounds_that_do_not_form_a_range_are_not_pay() -> None:
    pay = PayField(30.0, 450_000.0, "CAD", "1 YEAR")
    for pay_text in (None, "CA$30.00 - CA$450,000.00"):
        fields = BoardFields(board="ashby", base_salary=(pay,), pay_text=pay_text)
        assert board_fields.apply(Facts(), fields).salaries == ()


@pytest.mark.parametrize("most", [-5.0, 1e308, float("nan")])
def test_amounts_too_large_for_pay_are_ignored(most: float) -> None:
    wrong, right = PayField(1e308, most, "USD", "1 YEAR"), PayField(1.2e9, None, "VND", "1 YEAR")
    assert board_fields.apply(Facts(), BoardFields(board="ashby", base_salary=(wrong,))).salaries == ()
    (read,) = board_fields.apply(Facts(), BoardFields(board="ashby", base_salary=(right,))).salaries
    assert (read.min, read.period) == (1.2e9, "year")
