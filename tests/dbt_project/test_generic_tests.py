"""A test of the dbt project fails where its condition is broken."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest
import yaml


def failing(root: Path, name: str, rows: str, **arguments: str) -> int:
    """Return how many rows of a relation, given as SQL, fail a test with these arguments."""
    source = (root / "dbt_project" / "tests" / "generic" / f"{name}.sql").read_text(encoding="utf-8")
    source = source.replace("{% test ", "{% macro ").replace("{% endtest %}", "{% endmacro %}")
    columns = [SimpleNamespace(name=column) for column in duckdb.sql(f"select * from {rows}").columns]
    adapter = SimpleNamespace(get_columns_in_relation=lambda model: columns)
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, not HTML
    template = environment.from_string(f"{source}{{{{ {name}(model, **arguments) }}}}")
    sql = template.render(adapter=adapter, execute=True, model=rows, arguments=arguments)
    return len(duckdb.sql(sql).fetchall())


@pytest.mark.parametrize(
    ("values", "n_failing"),
    [
        ("(0.5, null, 7, 'a'), (null, 'few', 7, null)", 0),
        ("(null, null, 7, 'a')", 1),
        ("(0.5, 'few', 7, 'a')", 1),
    ],
)
def test_an_estimate_is_null_exactly_where_its_reason_is_given(root: Path, values: str, n_failing: int) -> None:
    rows = f"(values {values}) as model (index, index_floor_reason, n, floor_reason)"
    assert failing(root, "withheld_for_a_reason", rows) == n_failing


def test_a_model_without_a_reason_beside_an_estimate_is_not_tested_in_vain(root: Path) -> None:
    assert failing(root, "withheld_for_a_reason", "(values (0.5, 'few')) as model (share, floor_reason)") == 1


@pytest.mark.parametrize(
    ("values", "n_failing"),
    [
        ("('within', 0.5, 0.4, 0.6, 0.3, 0.7), ('not_refuted', 0.5, 0.4, 0.6, 0.5, null)", 0),
        ("('below', 0.5, 0.4, 0.6, 0.7, 0.8), ('above', 0.5, 0.4, 0.6, null, 0.3)", 0),
        ("('not_comparable', null, null, null, 0.3, 0.7)", 0),
        ("('within', 0.5, 0.4, 0.6, 0.5, 0.7), ('not_refuted', 0.5, 0.4, 0.6, 0.3, 0.7)", 2),
        ("('below', 0.5, 0.4, 0.6, 0.5, 0.7), ('above', 0.5, 0.4, 0.6, 0.3, 0.5)", 2),
        ("('within', null, null, null, 0.3, 0.7), ('not_refuted', null, null, null, 0.3, 0.7)", 2),
        ("('below', null, null, null, 0.3, 0.7), ('above', null, null, null, 0.3, 0.7)", 2),
        ("('not_comparable', 0.5, 0.4, 0.6, 0.3, 0.7)", 1),
    ],
)
def test_a_claim_is_judged_by_its_interval_and_never_without_an_observation(
    root: Path, values: str, n_failing: int
) -> None:
    file = root / "dbt_project" / "models" / "marts" / "rpt_published_claims.yml"
    (model,) = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    tests = [test["holds"] for test in model["data_tests"] if "holds" in test]
    (verdict,) = [test for test in tests if test["name"].endswith("verdict_follows_from_the_interval")]
    columns = "verdict, observed, judged_low, judged_high, claim_low, claim_high"
    assert failing(root, "holds", f"(values {values}) as model ({columns})", **verdict["arguments"]) == n_failing
