"""Generate the data dictionary: every published table, view, macro and column, from where it is defined.

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
from jobmarket.publishing.variables import stated_variables
from jobmarket.settings import Settings
from jobmarket.yaml_file import read_yaml

_HEAD = """\
# Data dictionary

Tables, views and macros of the published database, with all columns. This page is generated from the models' contracts;
the same descriptions are comments in the file (`duckdb_tables()`, `duckdb_columns()`), so that every tool shows them.

Times are UTC, weeks begin on Monday, shares lie between 0 and 1, countries are ISO 3166-1 alpha-2, currencies ISO 4217.
Names state the unit: `salary_min_usd_annual` is in US dollars per year, at the exchange rate of the day the posting was
published. An expression such as `n_with / n_postings` is the definition of the column.

Terms used throughout ([methods](methods.md) has the exact definitions):

- **Opening**: one job, however many boards show it or however often it was reposted. One of its postings, the
  **canonical posting**, represents it.
- **Content**: what a posting says between two edits, numbered by `version_no`. A week counts the content last seen by
  its end.
- **Flow**: openings newly advertised in a week. **Stock**: openings open at some time in it.
- **Market**: the role families of machine-learning engineers together, `all` in `role_family`.
- **Cell**: a combination of week, measure, role family and country, in some tables also of level, workplace or region.
- **Board system**: the software or site that postings are published with, such as Greenhouse. A **source** is one
  account on it: an employer's board, or a feed of many employers.
- **Employer**: a `company_key`. Columns named `n_companies…` count employers, except in tables about crawls, where a
  **company** is a source.
- **Qualifying crawl**: a crawl complete enough to count as coverage and to close postings.
- **Coverage**: the part of the expected companies that had a qualifying crawl, in most tables weighted by their
  postings.
- **Known**: the stock of a source is known in a week if a crawl qualified in it or in the two weeks before; its flow,
  if crawls qualified before the week began and after it was over.
- **Floor**: {postings} postings of {companies} employers, none with more than {company_share:.0%} of them. Below it,
  estimates are withheld (`suppressed`). `about` has these numbers.
- **Matched**: without the effect of adding or losing sources, because only employers known in both weeks are compared.
- **Clustered by employer**: the interval takes into account that postings of one employer resemble each other.
- **Window**: the last 26 weeks (13 for skill pairs) up to the last final week, in tables without a row per week.
- **Vintage**: one publication of the database, as of a moment.
"""

# dbt's doc blocks: descriptions that several tables share.
_BLOCK = re.compile(r"{% docs (\w+) %}(.*?){% enddocs %}", re.DOTALL)
_SHARED = re.compile(r"{{ doc\('(\w+)'\) }}")


def data_dictionary(dbt_project: Path) -> str:
    """Return the page in Markdown.

    Args:
        dbt_project: The dbt project, whose marts' yml files hold the contracts.
    """
    floors = stated_variables(dbt_project)
    head = _HEAD.format(
        postings=floors["min_postings"],
        companies=floors["min_companies"],
        company_share=float(floors["max_company_share"]),
    )
    return "\n".join([head, *_questions(), *(part for table in _tables(dbt_project) for part in _section(table))])


def _tables(dbt_project: Path) -> Iterator[Table]:
    yield from contracts(dbt_project)
    yield from (ABOUT, GATE_RESULTS)


def contracts(dbt_project: Path) -> Iterator[Table]:
    """Yield each mart with the columns of its contract, by name."""
    shared = dict(_BLOCK.findall((dbt_project / "models" / "columns.md").read_text(encoding="utf-8")))
    for path in sorted((dbt_project / "models" / "marts").rglob("*.yml")):
        for model in read_yaml(path.read_text(encoding="utf-8")).get("models", []):
            columns = tuple(_column(stated, shared) for stated in model["columns"])
            yield Table(model["name"], _line(model["description"]), columns)


def _column(stated: dict[str, Any], shared: dict[str, str]) -> Column:
    meaning = _SHARED.sub(lambda named: shared[named[1]], stated["description"])
    return Column(stated["name"], stated["data_type"].upper(), _line(meaning))


def _questions() -> Iterator[str]:
    yield "## Questions\n"
    yield (
        "Views, macros and tables that are based on the tables below. Query them like tables: `from current_week`, "
        "`from skill_trend('pytorch', 'US')`.\n"
    )
    yield "| name | kind | what it answers |\n|---|---|---|"
    for question in questions():
        yield f"| `{question.name}` | {question.kind} | {_cell(question.comment)} |"
    yield ""


def _section(table: Table) -> Iterator[str]:
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
