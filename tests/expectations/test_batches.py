"""Equal rows are read and checked once, and the results describe all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pytest
from great_expectations import expectations as gxe

from expectations.batches import ReadBatch, read_batches
from expectations.results import CheckResult
from expectations.suite import Batch, Check, TableSuite, check
from expectations.validation import Validator, validate

AS_OF = datetime(2026, 8, 20, tzinfo=UTC)
GIVEN: dict[str, Any] = {"severity": "critical", "reason": "2026-11: invented.", "remedy": "None."}
SHARE = check(
    gxe.ExpectColumnValuesToBeBetween, "is_a_share", "with no share", column="share", min_value=0, max_value=1, **GIVEN
)
MEASURE = check(
    gxe.ExpectColumnValuesToBeInSet,
    "known",
    "of an unknown measure",
    column="measure",
    value_set=("flow", "stock"),
    **GIVEN,
)
MOSTLY = check(
    gxe.ExpectColumnValuesToBeBetween, "mostly", "of odd age", column="age", max_value=9, mostly=0.99, **GIVEN
)
CONDITION = check(
    gxe.ExpectColumnValuesToBeInSet, "is_young", "that is not young", column="is_young", value_set=(True,), **GIVEN
)
# 20,000 rows that all differ, but for the checks differ only in the measure
GOOD = """create table cells as
    select 'W' || range % 700 as week, range / 20_000 as share, if(range % 2 = 0, 'flow', 'stock') as measure,
        range % 10 as age
    from range(20_000)"""


def _read(checks: tuple[Check, ...], *changes: str, columns: Mapping[str, str] = MappingProxyType({})) -> ReadBatch:
    batch = Batch("", "rows", "cells", checks, columns, where="week", where_unit="weeks")
    suite = TableSuite("marts", "cells", (batch,))
    with duckdb.connect() as connection:
        for statement in (GOOD, *changes):
            connection.execute(statement)
        (read,) = read_batches(connection, (suite,), AS_OF)
    assert read.problem is None
    return read


def _check(read: ReadBatch, folder: Path) -> dict[str, CheckResult]:
    validator = Validator(folder / "docs", folder / "results", "test", AS_OF)
    return {one.expectation: one for one in validate([read], validator, lambda table, done: None)}


def test_rows_that_no_check_distinguishes_are_read_once(tmp_path: Path) -> None:
    read = _read((SHARE, MEASURE))
    assert read.rows[["share", "measure"]].to_dict("list") == {"share": [0, 0], "measure": ["flow", "stock"]}
    assert read.n_rows == len(read.all_rows) == 20_000
    results = _check(read, tmp_path)
    assert {(one.success, one.observed, one.unexpected_count) for one in results.values()} == {
        (True, "0 of 20,000 rows", 0)
    }


def test_unexpected_rows_are_counted_and_located(tmp_path: Path) -> None:
    read = _read((SHARE, MEASURE), "update cells set share = 1.5 where week = 'W5'", "update cells set week = 'W6'")
    assert len(read.rows) == 3
    found = _check(read, tmp_path)["is_a_share"]
    assert not found.success
    assert (found.unexpected_count, found.unexpected_sample) == (29, "1.5; 1.5; 1.5; 1.5; 1.5")
    assert found.finding == "29 of 20,000 rows with no share (weeks W6, …)"


def test_all_places_are_named_if_they_are_few(tmp_path: Path) -> None:
    read = _read((SHARE,), "update cells set share = -1 where week in ('W5', 'W7') and share < 0.02")
    assert _check(read, tmp_path)["is_a_share"].finding == "2 of 20,000 rows with no share (weeks W5, W7)"


@pytest.mark.parametrize(("n_odd", "holds"), [(200, True), (201, False)])
def test_mostly_is_checked_over_all_rows(n_odd: int, holds: bool, tmp_path: Path) -> None:
    """One of eleven distinct rows is odd; it is a tolerated part of all rows, or it is not."""
    read = _read((MOSTLY,), f"update cells set age = 30 where share < {n_odd} / 20_000")
    found = _check(read, tmp_path)["mostly"]
    assert (found.success, found.observed) == (holds, f"{n_odd} of 20,000 rows")


def test_a_condition_that_is_null_does_not_hold(tmp_path: Path) -> None:
    unknown = "update cells set age = null where week = 'W7' and share < 0.001"
    read = _read((CONDITION,), unknown, columns={"is_young": "age < 10"})
    found = _check(read, tmp_path)["is_young"]
    assert (found.success, found.unexpected_count) == (False, 1)
