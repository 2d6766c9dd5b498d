"""Which estimates and bounds count as an interval."""

from __future__ import annotations

import duckdb
import pytest

from expectations.suites.weekly_checks import in_interval, in_interval_if_any


@pytest.mark.parametrize(
    ("estimate", "low", "high", "is_one", "is_one_if_any"),
    [
        ("0.5", "0.4", "0.6", True, True),
        ("0.7", "0.4", "0.6", False, False),
        ("null", "null", "null", True, True),
        ("0.5", "null", "null", False, True),
        ("0.5", "null", "0.6", False, False),
        ("0.5", "0.4", "null", False, False),
        ("null", "0.4", "0.6", False, False),
    ],
)
def test_an_interval_contains_its_estimate_or_may_be_missing_if_allowed(
    estimate: str, low: str, high: str, is_one: bool, is_one_if_any: bool
) -> None:
    columns = [f"({value})::double" for value in (estimate, low, high)]
    found = duckdb.sql(f"select {in_interval(*columns)}, {in_interval_if_any(*columns)}").fetchone()
    assert found == (is_one, is_one_if_any)
