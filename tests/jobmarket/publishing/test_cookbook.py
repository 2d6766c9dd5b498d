"""`make docs` writes results of the sample world into the cookbook, in UTC, and no others."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

PAGE = """# Cookbook

```sql
select make_timestamptz(1786320000000000) as seen_at
```
"""


@pytest.mark.parametrize(("is_sample", "shown"), [("true", "| 2026-08-10 00:00:00+00:00 |\n"), ("false", None)])
def test_only_results_of_the_sample_world_are_written(tmp_path: Path, is_sample: str, shown: str | None) -> None:
    page, database = tmp_path / "cookbook.md", tmp_path / "jobmarket.duckdb"
    page.write_text(PAGE)
    with duckdb.connect(str(database)) as published:
        published.execute("create table about as select 'sample_world' as key, ? as value", [is_sample])
    done = subprocess.run(
        [sys.executable, "-m", "jobmarket.publishing.cookbook", page, database],
        env=os.environ | {"TZ": "Asia/Tokyo"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if shown:
        assert done.returncode == 0, done.stderr
        assert shown in page.read_text()
    else:
        assert done.returncode == 1
        assert "is not of the sample world" in done.stderr
        assert page.read_text() == PAGE
