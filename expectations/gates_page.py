"""Generate ``docs/gates.md`` from the suites: ``python -m expectations.gates_page``."""

from __future__ import annotations

from pathlib import Path

from expectations.suite import Batch, Check, Gate, TableSuite

PAGE = Path(__file__).resolve().parents[1] / "docs" / "gates.md"

_INTRODUCTION = """\
# The gates

The pipeline has two gates. Gate **raw** checks runs that were loaded and have not passed it yet. Gate **marts** checks
what is about to be published. Each check below is a Great Expectations expectation (`expectations/suites/`, one file
per table) with one of two severities:

- **critical** closes the gate: no later stage runs, and the published database stays as it is.
- **warning** lets the batch pass and goes into the report.

Conditions that follow from logic (keys of marts, relationships, weeks that begin on Monday) are tested by dbt instead.
This page is generated from the suites: run `python -m expectations.gates_page` after a change.

## When a gate is closed

1. Read the message: it names the table, the column, the number of failing rows and where they are from.
2. Open `data_docs/index.html` in the home folder. It shows bounds, counts, a sample of the failing values and what to
   do. It opens from disk and loads nothing from elsewhere. All results, including older ones, are in
   `ops.gate_results` (every check of every batch) and `ops.gates` (one row per batch, with the message).
3. Do what the check's row below says. Data is never repaired in place: the landing stays as it is.
4. For gate raw: withdraw a run that cannot be repaired. `jobmarket load --withdraw RUN_ID --reason …` removes it from
   raw and keeps its landing; it counts as a gap in coverage. Then run the gate again (`jobmarket gate raw`). Runs that
   have not passed are still pending and are checked again, together with newer ones.
5. For gate marts: fix the model or the extraction, build, and run the gate again (`jobmarket gate marts`).

Only data that passed both gates is published. Publication refuses

- marts that were rebuilt after gate marts, in whole or in part (the gate stores a fingerprint of what it checked,
  `ops.gates.marts_checksum`), and
- marts while a run up to their as_of has neither passed gate raw nor been withdrawn.

Both gate marts and publication refuse marts of another moment than that of the last build (`ops.builds`), marts of
a build that failed or was interrupted, and marts built before a run was withdrawn.

If a bound no longer fits the market, change it in the suite, with a new reason and the current month. Do not work
around it.

### A table that cannot be read

<a id="a-table-that-cannot-be-read"></a>
If a table or a column that a suite uses is missing, the gate is closed, because what was not checked does not pass.
Build the marts first (`jobmarket build`), or adapt the suite to the table.
"""

_GATES: tuple[tuple[Gate, str], ...] = (
    ("raw", "Gate raw: what arrives"),
    ("marts", "Gate marts: what leaves"),
)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _row(suite: TableSuite, batch: Batch, one: Check) -> str:
    columns = ", ".join(f"`{column}`" for column in one.columns) or "the table"
    check = f'<a id="{suite.anchor(one.key)}"></a>`{one.key}`: {one.sentence(batch.unit)}'
    bound = f"{columns}: `{_cell(one.bound)}`"
    return f"| {one.severity} | {_cell(check)} | {bound} | {_cell(one.reason)} | {_cell(one.remedy)} |"


def page(suites: tuple[TableSuite, ...]) -> str:
    """Return the page in Markdown."""
    parts = [_INTRODUCTION]
    for gate, title in _GATES:
        parts.append(f"## {title}\n")
        for suite in suites:
            if suite.gate != gate:
                continue
            rows = [_row(suite, batch, one) for batch, one in suite]
            head = [
                f"### `{suite.table}`\n",
                "| severity | check | bound | reason | when it fails |",
                "|---|---|---|---|---|",
            ]
            parts.append("\n".join([*head, *rows]) + "\n")
    return "\n".join(parts)


def write() -> None:
    """Write the page to docs/gates.md."""
    from expectations.suites import SUITES

    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(SUITES), encoding="utf-8")


if __name__ == "__main__":
    write()
