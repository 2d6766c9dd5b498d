"""The gates: gate ``raw`` checks what has arrived, gate ``marts`` what is about to be published.

A gate reads its batches, closes the warehouse, runs the checks, and writes the results to ``ops.gate_results``,
``ops.gates`` and, for runs that passed gate raw, ``ops.gated_runs``. A critical failure closes the gate. Its data stays
as it is and is checked again the next time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from expectations.pending import choose_pending_runs, offer_pending_runs
from expectations.records import create_tables
from jobmarket.builds import require_build
from jobmarket.counted import counted
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, Progress, Silence, StageResult, as_of_text
from jobmarket.warehouse import connect

if TYPE_CHECKING:
    from expectations.batches import ReadBatch
    from expectations.results import GateOutcome
    from expectations.suite import Gate


def _now() -> datetime:
    return datetime.now(UTC)


def run_gate(
    home: Home,
    settings: Settings,
    gate: Gate,
    as_of: datetime,
    progress: Progress | None = None,
    *,
    clock: Callable[[], datetime] = _now,
) -> StageResult:
    """Run the checks of a gate.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        gate: ``raw`` checks the runs up to ``as_of`` that have not passed yet, ``marts`` the marts as built.
        as_of: The moment to check for, UTC. Bounds on dates are relative to it.
        progress: Receives the progress.
        clock: Returns ``checked_at``. Only recorded; no result depends on it.

    Returns:
        The number of checks (``counts``) and the warnings, one per line (``details``).

    Raises:
        GateClosedError: if a critical check failed, after everything is written; its line states what and where.
        StageError: if another process has the warehouse open, or the marts were not built for this moment.
    """
    progress = progress or Silence()
    as_of = as_of.replace(tzinfo=UTC) if as_of.tzinfo is None else as_of.astimezone(UTC)
    stage = f"gate {gate}"
    nothing_new = StageResult(stage, "nothing new to check", counts={"checks": 0, "critical_failed": 0, "warnings": 0})
    if gate == "raw" and not _has_pending_runs(home, settings, as_of):
        return nothing_new
    # pandas and Great Expectations take seconds to import, so they are imported only if there is something to check.
    from expectations.results import store

    taken = _take(home, settings, gate, as_of)
    if taken is None:  # another process has checked the runs meanwhile
        return nothing_new
    outcome = _check(home, taken, gate, as_of, clock, progress)
    with connect(home, settings) as connection:
        store(connection, outcome)
    if not outcome.is_open:
        raise GateClosedError(outcome.line)
    return StageResult(
        stage,
        outcome.line,
        details=tuple(f"warning: {one.line}" for one in outcome.warnings),
        notes=taken.notes,
        counts={
            "checks": len(outcome.results),
            "critical_failed": 0,
            "warnings": len(outcome.warnings),
            "runs": len(taken.run_ids),
        },
    )


@dataclass(frozen=True)
class _Taken:
    """What a gate checks, read from the warehouse at one moment.

    Attributes:
        batches: The batches, with the suites that check them.
        run_ids: The runs that gate ``raw`` checks.
        checksum: Identifies the marts that gate ``marts`` checks, so that a later build is not mistaken for them.
        notes: What could not be read.
    """

    batches: list[ReadBatch]
    run_ids: tuple[str, ...]
    checksum: str | None
    notes: tuple[str, ...]


def _take(home: Home, settings: Settings, gate: Gate, as_of: datetime) -> _Taken | None:
    """Read what a gate checks; None if gate ``raw`` has no runs left to check."""
    from expectations.batches import offer_numbers, offer_published, read_batches, read_published
    from expectations.suites import suites_of
    from jobmarket.publishing.source import marts_checksum

    suites = suites_of(gate)
    run_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    published = None
    if gate == "marts":
        try:
            published = read_published(home.database)
        except duckdb.Error as error:
            notes = (f"The published {home.database} cannot be read for comparison: {' '.join(str(error).split())}",)
    with connect(home, settings) as connection:
        create_tables(connection)
        if gate == "marts":
            require_build(connection, as_of, "Not checked")
            offer_numbers(connection)
        else:
            run_ids = choose_pending_runs(connection, as_of)
            if not run_ids:
                return None
            offer_pending_runs(connection)
        offer_published(connection, published)
        batches = list(read_batches(connection, suites, as_of))
        return _Taken(batches, run_ids, marts_checksum(connection) if gate == "marts" else None, notes)


def _check(
    home: Home, taken: _Taken, gate: Gate, as_of: datetime, clock: Callable[[], datetime], progress: Progress
) -> GateOutcome:
    """Check what was read, and write the pages about it."""
    from expectations.results import GateOutcome
    from expectations.validation import Validator, validate

    batch_id = _batch_id(gate, as_of, taken.run_ids)
    validator = Validator(home.data_docs, home.root / "data_docs_results", batch_id, as_of)

    def announce(table: str, done: int) -> None:
        progress.update(f"gate {gate}", table, done, len(taken.batches))

    results = validate(taken.batches, validator, announce)
    outcome = GateOutcome(gate, batch_id, as_of, clock(), results, "", taken.run_ids, taken.checksum)
    outcome = replace(outcome, line=_line(home, outcome))
    validator.build_docs(outcome)
    return outcome


def _has_pending_runs(home: Home, settings: Settings, as_of: datetime) -> bool:
    with connect(home, settings) as connection:
        create_tables(connection)
        return bool(choose_pending_runs(connection, as_of))


def _batch_id(gate: Gate, as_of: datetime, run_ids: tuple[str, ...]) -> str:
    """Name the batch. The same runs and as_of have the same name, so that a repeated check replaces the first."""
    digest = hashlib.blake2b("\n".join(run_ids).encode(), digest_size=4).hexdigest()
    return f"{gate}-{as_of:%Y%m%dT%H%M%SZ}" + (f"-{digest}" if gate == "raw" else "")


def _line(home: Home, outcome: GateOutcome) -> str:
    """Return the outcome in one line: what failed and where."""
    failed, warnings = outcome.failed, outcome.warnings
    if not failed:
        of_what = (
            counted(len(outcome.run_ids), "run") if outcome.gate == "raw" else f"as of {as_of_text(outcome.as_of)}"
        )
        checks, warned = counted(len(outcome.results), "check"), counted(len(warnings), "warning")
        return f"Gate {outcome.gate} open: {checks} ({of_what}), {warned}"
    more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    return (
        f"Gate {outcome.gate} closed: {failed[0].line}{more}: "
        f"see {home.data_docs / 'index.html'} and docs/gates.md#{failed[0].anchor}"
    )
