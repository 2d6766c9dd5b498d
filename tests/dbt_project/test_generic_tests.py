"""A test of the dbt project fails where its condition is broken."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest


def failing(root: Path, name: str, rows: str) -> int:
    """Return how many rows of a relation, given as SQL, fail a test that takes nothing but the model."""
    source = (root / "dbt_project" / "tests" / "generic" / f"{name}.sql").read_text(encoding="utf-8")
    source = source.replace("{% test ", "{% macro ").replace("{% endtest %}", "{% endmacro %}")
    columns = [SimpleNamespace(name=column) for column in duckdb.sql(f"select * from {rows}").columns]
    adapter = SimpleNamespace(get_columns_in_relation=lambda model: columns)
    template = jinja2.Environment(extensions=["jinja2.ext.do"]).from_string(f"{source}{{{{ {name}(model) }}}}")  # noqa: S701 - SQL, not HTML
    return len(duckdb.sql(template.render(adapter=adapter, execute=True, model=rows)).fetchall())


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
