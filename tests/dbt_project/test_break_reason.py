"""The macro `break_reason` at its bounds."""

from __future__ import annotations

import duckdb
import pytest

from tests.rendered_macros import rendered


def _reason(*shares: str) -> str | None:
    arguments = ", ".join(f"'{share}'" for share in shares)
    bounds = {"min_coverage_ratio": 0.8, "max_coverage_change": 0.1, "max_turnover_share": 0.02}
    row = duckdb.sql(rendered(f"select {{{{ break_reason({arguments}) }}}}", "cells", **bounds)).fetchone()
    assert row is not None
    reason: str | None = row[0]
    return reason


@pytest.mark.parametrize(
    ("ratio", "previous", "entering", "leaving", "reason"),
    [
        ("0.8", "0.9", "0.02", "0.02", None),
        ("0.9", "null", "0", "0", None),
        ("0.79", "0.79", "0.5", "0", "few_reached"),
        ("null", "null", "0", "0", "few_reached"),
        ("1.0", "0.5", "0.021", "0.02", "sources_added"),
        ("0.85", "1.0", "0.02", "0.021", "sources_lost"),
        ("0.85", "0.96", "0.02", "0.02", "coverage_fell"),
        ("0.96", "0.85", "0.02", "0.02", "coverage_rose"),
        # in binary 0.9 - 0.8 is more than 0.1, and 0.1 * 0.2 more than 0.02
        ("0.9e0", "0.8e0", "0.1e0 * 0.2e0", "0", None),
    ],
)
def test_the_strongest_reason_is_given_and_a_value_at_its_bound_is_no_break(
    ratio: str, previous: str, entering: str, leaving: str, reason: str | None
) -> None:
    assert _reason(ratio, previous, entering, leaving) == reason


@pytest.mark.parametrize(("ratio", "reason"), [("0.8", None), ("0.79", "few_reached"), ("null", "few_reached")])
def test_a_window_is_judged_by_its_coverage_alone(ratio: str, reason: str | None) -> None:
    assert _reason(ratio) == reason
