"""The page ``docs/gates.md``, made of the suites: ``python -m expectations.gates_page`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from expectations.suite import Batch, Check, Gate, TableSuite

PAGE = Path(__file__).resolve().parents[1] / "docs" / "gates.md"

_INTRODUCTION = """\
# The gates

Two gates stand in the pipeline. Gate **raw** judges the runs that were loaded and have not passed it yet; gate
**marts** judges what is about to be published. Each check below is a Great Expectations expectation
(`expectations/suites/`, one file a table) with one of two severities:

- **critical** closes the gate: nothing after it runs, what analysts read stays as it is.
- **warning** lets the batch pass and goes into the report.

What must hold by logic (keys of marts, relationships, a Monday for a week) is tested by dbt, not here. This page is
made of the suites: `python -m expectations.gates_page` writes it anew after a change.

## When a gate is closed

1. Read the one line: it names the table, the column, how many rows and where they are from.
2. Open `data_docs/index.html` in the home folder: bounds, counts and a sample of the failing values, and what to do.
   It opens from disk and loads nothing from elsewhere. All results, also older ones, are in `ops.gate_results`
   (every check of every batch) and `ops.gates` (one row a batch, with the line).
3. Do what the check's row below says. Data is never repaired in place: the landing stays as it is.
4. For gate raw: a run that cannot be mended is withdrawn (`jobmarket load --withdraw RUN_ID --reason …` takes it out of
   raw and keeps its landing; it counts as a gap in coverage). Then run the gate again (`jobmarket gate raw`): the runs
   that did not pass are still pending and are judged again, together with those that came since.
5. For gate marts: mend the model or the extraction, build, and run the gate again (`jobmarket gate marts`).

Publication takes only what the gates let through: marts that were built again after gate marts, in whole or in part,
are refused (the gate keeps a fingerprint of what it judged, `ops.gates.marts_checksum`), and so are marts while a run
up to their moment has neither passed gate raw nor been withdrawn. Neither gate marts nor publication takes marts for
another moment than the last build stood for (`ops.builds`), or marts of a build that failed or was cut off.

A bound that no longer fits the market is changed in the suite, with a new reason and its month; nobody works around it.

### A table that cannot be read

<a id="a-table-that-cannot-be-read"></a>
If a table or a column that a suite looks at is missing, the gate is closed: what nobody looked at does not pass. Build
the marts first (`jobmarket build`), or bring the suite in line with the table.
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
    """The page's text, Markdown."""
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
    """Write the page."""
    from expectations.suites import SUITES

    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(SUITES), encoding="utf-8")


if __name__ == "__main__":
    write()
