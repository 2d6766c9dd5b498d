"""Updates the cookbook: runs each query of ``docs/cookbook.md`` and writes the first rows of its result below it.

``python -m jobmarket.publishing.cookbook docs/cookbook.md data/published/jobmarket.duckdb``
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import duckdb

from jobmarket.duckdb_file import opened
from jobmarket.publishing import sample_world

_ROWS = 5
# A query, with the result below it if there is one.
_RECIPE = re.compile(r"```sql\n(?P<query>.*?)```\n(?:\n\|.*?\n(?=\n|\Z))?", re.DOTALL)


def answered(page: str, published: duckdb.DuckDBPyConnection) -> str:
    """Return the page with the results from a published file.

    Raises:
        ValueError: If a query fails or returns no rows. The message contains the query.
    """
    return _RECIPE.sub(lambda recipe: f"```sql\n{recipe['query']}```\n\n{_answer(recipe['query'], published)}\n", page)


def _answer(query: str, published: duckdb.DuckDBPyConnection) -> str:
    try:
        relation = published.sql(query)
        rows = relation.fetchmany(_ROWS)
    except duckdb.Error as error:
        raise ValueError(f"{error}\n\n{query}") from error
    if not rows:
        raise ValueError(f"no rows for\n\n{query}")
    lines = [relation.columns, ["---"] * len(relation.columns), *([_cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: Any) -> str:
    match value:
        case None:
            return "–"
        case float():
            return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"
        case int() if not isinstance(value, bool):
            return f"{value:,}"
    return str(value).replace("|", "\\|")


def renew(page: Path, database: Path) -> None:
    """Write the results from a published file into the page, which is for results of the sample world only."""
    with opened(database) as published:
        if sample_world(published) is None:
            raise SystemExit(
                f"{database} is not of the sample world. {page} shows only invented postings; left as it is."
            )
        renewed = answered(page.read_text(encoding="utf-8"), published)
    page.write_text(renewed, encoding="utf-8")


if __name__ == "__main__":
    renew(Path(sys.argv[1]), Path(sys.argv[2]))
