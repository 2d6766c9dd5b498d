"""The data dictionary: every published table, view and macro, every column, from where each is defined.

``python -m jobmarket.publishing.dictionary docs/data_dictionary.md`` writes it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jobmarket.publishing.database import ABOUT, GATE_RESULTS
from jobmarket.publishing.questions import questions
from jobmarket.publishing.source import Column, Table
from jobmarket.settings import Settings
from jobmarket.yaml_file import read_yaml

_HEAD = """\
# Data dictionary

What stands in the published database. This page is generated from the models' contracts; the same words are comments
in the file itself (`duckdb_tables()`, `duckdb_columns()`), so that every tool shows them. Times are UTC, weeks begin on
Monday, shares lie between 0 and 1, countries are ISO 3166-1 alpha-2, currencies ISO 4217. Names carry the unit:
`salary_min_usd_annual` is in US dollars a year, at the exchange rate of the day the posting was published.
"""

# Descriptions of columns that stand in several tables, as dbt has them.
_BLOCK = re.compile(r"{% docs (\w+) %}(.*?){% enddocs %}", re.DOTALL)
_SHARED = re.compile(r"{{ doc\('(\w+)'\) }}")


def data_dictionary(dbt_project: Path) -> str:
    """The page, in Markdown.

    Args:
        dbt_project: The dbt project, whose marts' yml files hold the contracts.
    """
    return "\n".join([_HEAD, *_asked(), *(part for table in _tables(dbt_project) for part in _told(table))])


def _tables(dbt_project: Path) -> Iterator[Table]:
    shared = dict(_BLOCK.findall((dbt_project / "models" / "columns.md").read_text(encoding="utf-8")))
    for path in sorted((dbt_project / "models" / "marts").rglob("*.yml")):
        for model in read_yaml(path.read_text(encoding="utf-8")).get("models", []):
            columns = tuple(_column(stated, shared) for stated in model["columns"])
            yield Table(model["name"], _line(model["description"]), columns)
    yield from (ABOUT, GATE_RESULTS)


def _column(stated: dict[str, Any], shared: dict[str, str]) -> Column:
    meaning = _SHARED.sub(lambda named: shared[named[1]], stated["description"])
    return Column(stated["name"], stated["data_type"].upper(), _line(meaning))


def _asked() -> Iterator[str]:
    yield "## Questions\n"
    yield "Views, macros and tables, made of those below: `from current_week`, `from skill_trend('pytorch', 'US')`.\n"
    yield "| name | kind | what it answers |\n|---|---|---|"
    for question in questions():
        yield f"| `{question.name}` | {question.kind} | {_cell(question.comment)} |"
    yield ""


def _told(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.comment}\n"
    yield "| column | type | meaning |\n|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {_cell(column.kind)} | {_cell(column.comment)} |"
    yield ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(data_dictionary(Settings().dbt_project), encoding="utf-8")
