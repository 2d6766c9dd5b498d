"""Stage publish: turns marts that passed their gate into the new published vintage, or changes nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from jobmarket.builds import require_build
from jobmarket.counted import counted
from jobmarket.published_figures import figures_folder, write_figures
from jobmarket.publishing import gates, history, provenance, vintages
from jobmarket.publishing.database import verify_database, write_database
from jobmarket.publishing.manifest import is_whole, write_manifest
from jobmarket.publishing.source import (
    Table,
    checked_checksum,
    exact_checksums,
    fingerprint,
    marts,
    published_checksums,
)
from jobmarket.publishing.withdrawing import withdrawal_of
from jobmarket.publishing.withdrawn_runs import forget_undone, forget_withdrawn_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Progress, Silence, StageError, StageResult, without_zone
from jobmarket.warehouse import connect


def publish(home: Home, settings: Settings, as_of: datetime, progress: Progress | None = None) -> StageResult:
    """Publish the marts of the warehouse. Publishing the same content again changes nothing.

    A vintage of an earlier moment than the current one is stored beside it, so that a publication never takes readers
    back. To go back, point ``current`` at a kept vintage (docs/runbook.md, publish_market).

    Args:
        home: The installation's folders.
        settings: Memory, threads, and the number of vintages to keep.
        as_of: The moment of the marts, UTC.
        progress: Updated after each table.

    Returns:
        A result whose counts have ``tables``, ``rows``, ``changed`` (0 or 1), ``removed`` and ``vintage_id``.

    Raises:
        GateClosedError: If gate marts is closed for these marts.
        StageError: If marts, their check or their comments are missing, the marts are not those that were checked or
            stand for another moment, a run has not passed gate raw, a column is private, another process is publishing,
            or the disk is full. The published database is unchanged then.
    """
    moment = without_zone(as_of)
    try:
        # The lock covers the recording of figures: a withdrawal before it would leave the figures of a removed vintage.
        with vintages.only_publisher(home.published) as folder:
            return _publish(folder, home, settings, moment, progress or Silence())
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise PermanentError(
            f"Not published: the marts were built by another version ({str(error).splitlines()[0]}). "
            "Run `jobmarket build` and `jobmarket gate marts` first. The published database is unchanged."
        ) from error
    except (OSError, duckdb.Error) as error:
        problem = str(error)
        if isinstance(error, OSError) and error.filename:
            problem = f"{error.strerror}: {error.filename}"
        raise StageError(f"Not published: {problem}. The published database is unchanged.") from error


def _publish(folder: Path, home: Home, settings: Settings, as_of: datetime, progress: Progress) -> StageResult:
    with connect(home, settings, read_only=True) as warehouse:
        gated = gates.require_open_gate(warehouse, as_of)
        require_build(warehouse, as_of, "Not published")
        gates.require_gated_runs(warehouse, as_of)
        tables = marts(warehouse)
        checksums = published_checksums(warehouse, tables)
        gates.require_gated_content(gated, checked_checksum(warehouse, tables, checksums))
        vintage = folder / _vintage_id(as_of, tables, checksums)
        if withdrawal := withdrawal_of(vintage, checksums):
            raise PermanentError(
                f"Not published: these marts are the data of vintage {withdrawal.stem}, which was withdrawn. Correct "
                f"the cause, then build, check and publish again. If the withdrawal was a mistake, delete {withdrawal}."
            )
        whole = is_whole(vintage)
        current = vintages.current_vintage(home.published)
        beside = current is not None and vintages.moment_of(current) > vintages.moment_of(vintage)
        changed = not whole or (current != vintage and not beside)
        if not whole:
            facts = provenance.about(warehouse, settings, vintage.name, as_of)
            _build(warehouse, vintage, tables, checksums, facts, as_of, progress)
        forget_withdrawn_runs(vintage)  # the marts, built since, have the same content without them
        forget_undone(home.published, warehouse)
        figures = history.read_figures(warehouse, vintage.name)
        vintages.fix_links(home.published)
        if changed and not beside:
            vintages.make_current(home.published, vintage)
        pruned = _prune(home, settings)
        # recorded before: only files that were lost are written
        notes = () if figures else _write_figures(warehouse, home)
    if figures:
        notes = _keep_figures(home, settings, vintage.name, figures)
    rows = sum(int(value.split("-")[0]) for value in checksums.values())
    outcome = f"{counted(len(tables), 'table')}, {counted(rows, 'row')}" if changed else "unchanged"
    if beside and current is not None:
        outcome += f", beside the current {current.name}, which is of a later moment"
    return StageResult(
        "publish",
        f"{vintage.name}: {outcome}",
        details=(*(f"removed old vintage {name}" for name in pruned.removed), *pruned.left, *notes),
        counts={
            "tables": len(tables),
            "rows": rows,
            "changed": int(changed),
            "removed": len(pruned.removed),
            "vintage_id": vintage.name,
        },
    )


def _prune(home: Home, settings: Settings) -> vintages.Pruned:
    """Remove old vintages. A failure does not undo the publication."""
    try:
        return vintages.prune(home.published, settings.vintages_kept, vintages.reported(home.published, home.reports))
    except OSError as error:
        return vintages.Pruned(left=(f"old vintages not removed: {error}",))


def _keep_figures(home: Home, settings: Settings, vintage_id: str, figures: history.Figures) -> tuple[str, ...]:
    """Record what was published. If another process has locked the warehouse, the publication still stands."""
    try:
        with connect(home, settings) as warehouse:
            now = without_zone(datetime.now(UTC))
            history.keep_figures(warehouse, figures, vintage_id, now, settings.vintages_kept)
            return _write_figures(warehouse, home)
    except (StageError, duckdb.Error) as error:
        return (f"figures not recorded for rpt_vintages ({error}); run `jobmarket publish` again to record them",)


def _write_figures(warehouse: duckdb.DuckDBPyConnection, home: Home) -> tuple[str, ...]:
    """Write the files of recorded figures that are missing. A failure does not undo the publication."""
    try:
        write_figures(warehouse, home)
    except (OSError, duckdb.Error) as error:
        return (f"figures not written to {figures_folder(home)} ({error}); the next publication writes them",)
    return ()


def _vintage_id(as_of: datetime, tables: list[Table], checksums: dict[str, str]) -> str:
    """``<as_of>-<8 hex of the content>``, for example ``20260820T000000Z-1f0c93ab``."""
    content = f"{provenance.SCHEMA_VERSION}\n{fingerprint(tables, checksums)}"
    return f"{as_of:%Y%m%dT%H%M%SZ}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _build(
    warehouse: duckdb.DuckDBPyConnection,
    vintage: Path,
    tables: list[Table],
    checksums: dict[str, str],
    facts: dict[str, str],
    as_of: datetime,
    progress: Progress,
) -> None:
    """Create the vintage's folder completely, or not at all."""
    with vintages.building(vintage.parent, vintage.name) as folder:
        write_database(warehouse, folder, tables, facts, as_of, progress)
        rows = verify_database(warehouse, folder, tables, exact_checksums(warehouse, tables, checksums))
        write_manifest(folder, tables, facts, checksums, rows, provenance.runs(warehouse, as_of))
        vintages.move_in(folder, vintage)
