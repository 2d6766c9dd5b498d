"""The queries of the cookbook run on the published database of the sample world."""

from __future__ import annotations

import re
from pathlib import Path

from jobmarket.duckdb_file import opened
from jobmarket.publishing.cookbook import answered
from tests.end_to_end.conftest import FinishedRun


def test_every_query_of_the_cookbook_runs_and_returns_the_columns_shown(root: Path, sample_run: FinishedRun) -> None:
    page = (root / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert page.count("```sql") >= 25
    with opened(sample_run.home / "published" / "jobmarket.duckdb") as published:
        renewed = answered(page, published)
    assert _columns_shown(page) == _columns_shown(renewed)


def _columns_shown(page: str) -> list[str]:
    """Return the header of each query's result on the page, or an empty string if the page shows no result."""
    return re.findall(r"```sql\n.*?```\n(?:\n(\|.*?\|)\n\| ---)?", page, re.DOTALL)
