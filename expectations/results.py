"""Results of a gate: one per check, a summary line, and their storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from expectations.records import create_tables
from expectations.suite import Gate, Severity
from jobmarket.duckdb_file import transaction
from jobmarket.stages import without_zone


@dataclass(frozen=True)
class CheckResult:
    """The result of one check.

    Attributes:
        suite: Name of its suite in Great Expectations and Data Docs.
        table_name: ``raw.…`` or ``marts.…``.
        expectation: The check's key, as in ``docs/gates.md``.
        column_name: Columns it checked; None if it is about the table.
        severity: ``critical`` or ``warning``.
        success: Whether it passed.
        observed: The observation, in words.
        unexpected_count: Number of failing rows; None if the check is not about rows.
        unexpected_sample: Some of the failing values. For the warehouse and Data Docs only, never published.
        reason: What must be true, and why and when its bound was chosen.
        finding: Failing rows in words: "3 of 120 versions without a title (runs …)".
        anchor: Its anchor in ``docs/gates.md``.
    """

    suite: str
    table_name: str
    expectation: str
    column_name: str | None
    severity: Severity
    success: bool
    observed: str
    unexpected_count: int | None
    unexpected_sample: str | None
    reason: str
    finding: str
    anchor: str

    @property
    def place(self) -> str:
        """Table and column."""
        return f"{self.table_name}.{self.column_name}" if self.column_name else self.table_name

    @property
    def line(self) -> str:
        """Place and finding in one line."""
        return " ".join(f"{self.place}: {self.finding}".split())


@dataclass(frozen=True)
class GateOutcome:
    """The outcome of checking one batch.

    Attributes:
        gate: raw or marts.
        batch_id: Name of the batch; checking it again replaces the earlier results.
        as_of: The moment it was checked for, UTC.
        checked_at: When the checks ran, UTC.
        results: One per check.
        line: What failed and where.
        run_ids: The runs checked; gate raw only.
        marts_checksum: Fingerprint of the marts checked, which publication compares; gate marts only.
    """

    gate: Gate
    batch_id: str
    as_of: datetime
    checked_at: datetime
    results: Sequence[CheckResult]
    line: str
    run_ids: tuple[str, ...] = ()
    marts_checksum: str | None = None

    @property
    def failed(self) -> list[CheckResult]:
        """Critical checks that failed."""
        return [one for one in self.results if one.severity == "critical" and not one.success]

    @property
    def warnings(self) -> list[CheckResult]:
        """Warnings that failed."""
        return [one for one in self.results if one.severity == "warning" and not one.success]

    @property
    def is_open(self) -> bool:
        """Whether the batch may pass."""
        return not self.failed


def store(connection: duckdb.DuckDBPyConnection, outcome: GateOutcome) -> None:
    """Store the outcome in one transaction, replacing earlier results of the same batch."""
    as_of, checked_at = without_zone(outcome.as_of), without_zone(outcome.checked_at)
    rows: list[dict[str, Any]] = [
        {
            "gate": outcome.gate,
            "batch_id": outcome.batch_id,
            "as_of": as_of,
            "suite": one.suite,
            "table_name": one.table_name,
            "expectation": one.expectation,
            "column_name": one.column_name,
            "severity": one.severity,
            "success": one.success,
            "observed": one.observed,
            "unexpected_count": one.unexpected_count,
            "unexpected_sample": one.unexpected_sample,
            "reason": one.reason,
            "checked_at": checked_at,
        }
        for one in outcome.results
    ]
    create_tables(connection)
    with transaction(connection):
        for table in ("ops.gate_results", "ops.gates"):
            connection.execute(
                f"delete from {table} where gate = ? and batch_id = ?",  # noqa: S608  # names are constants
                [outcome.gate, outcome.batch_id],
            )
        if rows:
            results = pd.DataFrame(rows).astype({"unexpected_count": "Int64"})
            connection.register("results_of_gate", results)
            connection.execute("insert into ops.gate_results by name select * from results_of_gate")
            connection.unregister("results_of_gate")
        connection.execute(
            "insert into ops.gates (gate, batch_id, as_of, outcome, n_checks, n_critical_failed, n_warnings, line, "
            "checked_at, marts_checksum) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                outcome.gate,
                outcome.batch_id,
                as_of,
                "open" if outcome.is_open else "closed",
                len(outcome.results),
                len(outcome.failed),
                len(outcome.warnings),
                outcome.line,
                checked_at,
                outcome.marts_checksum,
            ],
        )
        if outcome.is_open:
            for run_id in outcome.run_ids:
                connection.execute("insert into ops.gated_runs values (?, ?)", [run_id, outcome.batch_id])
