"""A query that shows an estimate shows its interval, and how much of the market the figure rests on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.yaml_file import read_yaml

# Estimate → prefix of its bounds, in tables where that is not the estimate's own name.
_BOUNDS_NAMED = {"matched_share": "matched", "disclosure_share": "disclosure", "salary_median_annual": "median"}


def _texts(module: Path) -> Iterator[str]:
    """Yield the texts of a module, formatted ones without their values."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


def _queries(root: Path) -> dict[str, str]:
    """Return the queries of views, macros, profiles and the page that name a report, by where they are."""
    package = root / "jobmarket"
    found = {
        path.name: path.read_text(encoding="utf-8") for path in (package / "publishing" / "questions").glob("*.sql")
    }
    for module in (*(package / "profile").glob("*.py"), package / "explore" / "queries.py"):
        found |= {f"{module.name} {number}": text for number, text in enumerate(_texts(module))}
    bare = {name: re.sub(r"--.*", "", text) for name, text in found.items()}
    return {name: text for name, text in bare.items() if re.search(r"\bselect\b", text) and "rpt_" in text}


@pytest.fixture(scope="module")
def reports(root: Path) -> dict[str, set[str]]:
    """Return the columns of each report."""
    marts = (root / "dbt_project" / "models" / "marts").glob("rpt_*.yml")
    models = (read_yaml(path.read_text(encoding="utf-8"))["models"][0] for path in marts)
    return {model["name"]: {column["name"] for column in model["columns"]} for model in models}


def test_a_query_that_shows_an_estimate_shows_its_interval_and_coverage(
    root: Path, reports: dict[str, set[str]]
) -> None:
    queries, lacking, checked = _queries(root), set(), 0
    for name, query in queries.items():
        words = set(re.findall(r"\w+", query))
        for report in words & reports.keys():
            for estimate in words & reports[report]:
                own = {f"{estimate}_low", f"{estimate}_high"}
                other = {f"{_BOUNDS_NAMED.get(estimate)}_low", f"{_BOUNDS_NAMED.get(estimate)}_high"}
                bounds = own if own <= reports[report] else other
                if bounds <= reports[report]:
                    checked += 1
                    lacking |= {(name, estimate, column) for column in {*bounds, "coverage_ratio"} - words}
    assert checked > 40
    assert [" ".join(one) for one in sorted(lacking)] == []
