"""Checks without a severity, a dated reason or a bound are refused when their suite is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites import SUITES, suites_of

GOOD: dict[str, Any] = {
    "column": "n_postings",
    "min_value": 1,
    "severity": "critical",
    "reason": "2026-11: companies come from postings.",
    "remedy": "Build again.",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"severity": "fatal"}, "severity 'fatal'"),
        ({"severity": None}, "severity None"),
        ({"reason": ""}, "without a month"),
        ({"reason": "it was always so"}, "without a month"),
        ({"reason": "2026-13: no such month"}, "without a month"),
        ({"remedy": " "}, "finding and a remedy"),
        ({"min_value": None}, "min_value unset"),
    ],
)
def test_an_incomplete_check_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check(gxe.ExpectColumnValuesToBeBetween, "has_postings", "without a posting", **(GOOD | change))


def test_a_range_without_bounds_is_refused() -> None:
    given = {name: value for name, value in GOOD.items() if name != "min_value"}
    with pytest.raises(ValueError, match="has no bound"):
        check(gxe.ExpectColumnValuesToBeBetween, "has_postings", "without a posting", **given)


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ({"min_value": 0}, "at least 0"),
        ({"max_value": 5000}, "at most 5,000"),
        ({"min_value": 0, "max_value": 1}, "0 to 1"),
        ({"min_value": 0, "strict_min": True}, "more than 0"),
        ({"max_value": 1, "strict_max": True}, "less than 1"),
        ({"min_value": 0, "strict_min": False, "max_value": 1, "strict_max": False}, "0 to 1"),
        ({"min_value": 0, "strict_min": True, "max_value": 1}, "more than 0 and at most 1"),
        ({"min_value": 0, "max_value": 1, "strict_max": True}, "at least 0 and less than 1"),
        ({"min_value": 0, "strict_min": True, "max_value": 1, "strict_max": True}, "more than 0 and less than 1"),
    ],
)
def test_a_bound_says_whether_it_is_included(given: dict[str, Any], bound: str) -> None:
    rest = {name: value for name, value in GOOD.items() if name != "min_value"}
    assert check(gxe.ExpectColumnValuesToBeBetween, "in_range", "out of range", **rest, **given).bound == bound


def test_severity_and_reason_cannot_be_left_out() -> None:
    for name in ("severity", "reason", "remedy"):
        given = {key: value for key, value in GOOD.items() if key != name}
        with pytest.raises(TypeError, match=name):
            check(gxe.ExpectColumnValuesToBeBetween, "has_postings", "without a posting", **given)


def test_a_key_is_unique_in_its_suite() -> None:
    one = check(gxe.ExpectColumnValuesToBeBetween, "has_postings", "without a posting", **GOOD)
    batch = Batch(name="", unit="companies", relation="marts.dim_companies", checks=(one, one))
    with pytest.raises(ValueError, match="has_postings"):
        TableSuite(gate="marts", table="marts.dim_companies", batches=(batch,))


def test_a_batch_defines_only_columns_that_its_checks_use() -> None:
    one = check(gxe.ExpectColumnValuesToBeBetween, "has_postings", "without a posting", **GOOD)
    assert Batch("", "companies", "marts.dim_companies", (one,), where="company_key").checked == ["n_postings"]
    with pytest.raises(ValueError, match="no check uses: \\['country'\\]"):
        TableSuite("marts", "marts.dim_companies", (Batch("", "rows", "t", (one,), columns={"country": "upper(c)"}),))


def test_every_table_of_the_contract_has_a_suite(root: Path) -> None:
    assert {suite.table for suite in suites_of("raw")} == {
        f"raw.{name}" for name in ("posting_versions", "sightings", "crawl_runs", "exchange_rates")
    }
    reports = {path.stem for path in (root / "dbt_project" / "models" / "marts").glob("rpt_*.sql")}
    assert len(reports) >= 15
    others = {
        "dim_companies",
        "dim_skills",
        "dim_locations",
        "fct_postings",
        "fct_posting_skills",
        "fct_posting_salaries",
    }
    assert {suite.table for suite in suites_of("marts")} == {"marts", *(f"marts.{name}" for name in reports | others)}


def test_great_expectations_gets_severity_reason_and_remedy() -> None:
    for suite in SUITES:
        for batch, one in suite:
            built = one.build(batch.unit)
            assert str(built.severity.value) == one.severity
            assert built.notes == one.reason
            assert built.meta == built.meta | {"key": one.key, "remedy": one.remedy}


def test_the_gates_import_great_expectations_only_when_they_run(root: Path) -> None:
    code = "import expectations.gates, sys; sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
