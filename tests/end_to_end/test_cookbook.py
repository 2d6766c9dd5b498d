"""The cookbook's queries run on the published database of the sample world."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from jobmarket.publishing.cookbook import answered
from tests.end_to_end.conftest import FinishedRun


def test_every_query_of_the_cookbook_has_an_answer(root: Path, sample_run: FinishedRun) -> None:
    page = (root / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert page.count("```sql") >= 25
    with duckdb.connect(str(sample_run.home / "published" / "jobmarket.duckdb"), read_only=True) as published:
        renewed = answered(page, published)
    assert _columns_told(page) == _columns_told(renewed)


def _columns_told(page: str) -> list[str]:
    """The columns that each query's answer has on the page; empty where it has none."""
    return re.findall(r"```sql\n.*?```\n(?:\n(\|.*?\|)\n\| ---)?", page, re.DOTALL)
