"""Generate ``docs/gates.md`` from the suites: ``python -m expectations.gates_page``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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

A reason begins with the month in which the bound was set.
Conditions that follow from logic (keys of marts, relationships, counts that are part of others, weeks that begin on
Monday) are tested by dbt instead.
This page is generated from the suites: run `python -m expectations.gates_page` after a change.

## When a gate is closed

1. Read the message: it names the table, the column, the number of failing rows and where they are from.
2. Open `data_docs/index.html` in the home folder. It shows bounds, counts, a sample of the failing values and what to
   do. It opens from disk and loads nothing from elsewhere. All results, including older ones, are in
   `ops.gate_results` (every check of every batch) and `ops.gates` (one row per batch, with the message).
3. Do what is said below about the check. Data is never repaired in place: the landing stays as it is.
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
# A check that as many tables share, word for word, is described once.
_SHARED_BY = 3

Row = tuple[str, ...]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _row(batch: Batch, one: Check) -> Row:
    columns = ", ".join(f"`{column}`" for column in one.columns) or "the table"
    bound = f"{columns}: `{_cell(one.bound)}`"
    return one.severity, f"`{one.key}`", _cell(one.sentence(batch.unit)), bound, _cell(one.reason), _cell(one.remedy)


def _table(rows: dict[str, Row]) -> str:
    """Return a table of checks by their anchors, and before it the remedy that several of them have."""
    usual, n_usual = Counter(row[-1] for row in rows.values()).most_common(1)[0]
    lines = [f"Where the last column is empty: {usual[0].lower()}{usual[1:]}", ""] if n_usual > 1 else []
    lines += ["| severity | check | bound | reason | when it fails |", "|---|---|---|---|---|"]
    for anchor, (severity, key, sentence, bound, reason, remedy) in rows.items():
        action = "" if n_usual > 1 and remedy == usual else remedy
        lines.append(f'| {severity} | <a id="{anchor}"></a>{key}: {sentence} | {bound} | {reason} | {action} |')
    return "\n".join(lines) + "\n"


def _gate(title: str, suites: list[TableSuite]) -> Iterator[str]:
    tables = {suite.table: {suite.anchor(one.key): _row(batch, one) for batch, one in suite} for suite in suites}
    used = Counter(row for rows in tables.values() for row in rows.values())
    shared = {row: f"in-several-tables-{n}" for n, row in enumerate(r for r in used if used[r] >= _SHARED_BY)}
    yield f"## {title}\n"
    if shared:
        yield "### Checks of several tables\n"
        yield "The sections of the tables below say which of these checks apply to them.\n"
        yield _table({anchor: row for row, anchor in shared.items()})
    for table, rows in tables.items():
        yield f"### `{table}`\n"
        if also := [f'<a id="{own}"></a>[{row[1]}](#{shared[row]})' for own, row in rows.items() if row in shared]:
            yield f"Checks of several tables: {', '.join(also)}.\n"
        if own_rows := {anchor: row for anchor, row in rows.items() if row not in shared}:
            yield _table(own_rows)


def page(suites: tuple[TableSuite, ...]) -> str:
    """Return the page in Markdown."""
    parts = [_INTRODUCTION]
    for gate, title in _GATES:
        parts += _gate(title, [suite for suite in suites if suite.gate == gate])
    return "\n".join(parts)


def write() -> None:
    """Write the page to docs/gates.md."""
    from expectations.suites import SUITES

    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(SUITES), encoding="utf-8")


if __name__ == "__main__":
    write()
