"""Withdraws a run from the warehouse for good. The landing keeps it, or its place, marked as withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from jobmarket.duckdb_file import transaction
from jobmarket.landing import RUN_FILE, Withdrawal, place_of, write_withdrawal
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult, WrongUsageError, as_of_text
from jobmarket.warehouse.connection import connect, must_exist
from jobmarket.warehouse.inserting import note_withdrawal
from jobmarket.warehouse.loading import all_sealed
from jobmarket.warehouse.qualifying import judge_without, qualify

_NEAR = """
select run_id from (select distinct run_id from raw.crawl_runs)
order by jaro_winkler_similarity(run_id, ?) desc, run_id desc limit 3
"""
_WITHDRAWN = "select withdrawn_at, reason from ops.withdrawn_runs where run_id = ? order by withdrawn_at limit 1"
_MOVED_AWAY = (
    "Its files are not in the landing, so a rebuilt warehouse lacks the contents that no later crawl lands again: keep "
    "this one, and include it in backups."
)


def withdraw(
    home: Home,
    settings: Settings,
    run_id: str,
    reason: str,
    now: datetime,
    first: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> StageResult:
    """Withdraw a run from the warehouse for good, for example when gate raw closes on it.

    The landing keeps the run and marks it, so that a rebuilt warehouse leaves it out too. If the run's folder was moved
    away, a folder with the mark alone takes its place. Versions that the run landed stay, because another run may have
    sighted them. A version that no run sighted reaches no mart. Withdrawing a run again changes nothing, unless its
    folder was moved away since.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        run_id: The run to withdraw.
        reason: Why, in words.
        now: The time of the withdrawal, UTC.
        first: Is called once the run can be withdrawn, before it is, so that a run that is withdrawn has passed it.

    Raises:
        StageError: If there is no warehouse, the run is missing from it, or it cannot be marked in the landing. Nothing
            is withdrawn then, because a rebuilt warehouse would contain the run again.
    """
    withdrawal = Withdrawal(reason=reason, withdrawn_at=now)
    must_exist(home)
    with connect(home, settings) as connection:
        if not connection.execute("select 1 from raw.crawl_runs where run_id = ?", [run_id]).fetchone():
            if already := connection.execute(_WITHDRAWN, [run_id]).fetchone():
                earlier = Withdrawal(reason=already[1], withdrawn_at=already[0].replace(tzinfo=UTC))
                return _withdrawn_already(home, run_id, earlier)
            near = ", ".join(name for (name,) in connection.execute(_NEAR, [run_id]).fetchall()) or "none"
            raise WrongUsageError(f"No run {run_id} in {home.warehouse}. Similar names: {near}.")
        folders = _sealed(home, run_id)
        place = None if folders else _empty_place(home, run_id)
        if first is not None:
            first(connection)
        for folder in folders:
            write_withdrawal(folder, withdrawal)
        if place:
            _mark_place(place, withdrawal)
        with transaction(connection):
            judge_without(connection, run_id)
            for table in ("sightings", "crawl_runs", "rejected_postings"):
                connection.execute(f"delete from raw.{table} where run_id = ?", [run_id])
            note_withdrawal(connection, run_id, withdrawal)
            qualify(connection)
    return StageResult("load", f"run {run_id} withdrawn: {reason}", details=(_MOVED_AWAY,) if place else ())


def _withdrawn_already(home: Home, run_id: str, withdrawal: Withdrawal) -> StageResult:
    """Say since when a run is withdrawn. If its folder was moved away since, mark its place."""
    since = f"run {run_id} is already withdrawn, since {as_of_text(withdrawal.withdrawn_at)} ({withdrawal.reason})"
    if place_of(home, Path(f"run={run_id}")).is_dir():
        return StageResult("load", since)
    _mark_place(_empty_place(home, run_id), withdrawal)
    return StageResult("load", since, details=(_MOVED_AWAY,))


def _sealed(home: Home, run_id: str) -> list[Path]:
    return [folder for folder in all_sealed(home) if folder.name == f"run={run_id}"]


def _empty_place(home: Home, run_id: str) -> Path:
    """Return the place in the landing of a run that is not there any more.

    Raises:
        StageError: If something is left of it, or the landing does not have the run's board: its disk may be missing.
    """
    place = place_of(home, Path(f"run={run_id}"))
    if place.is_symlink() or (place.is_dir() and any(place.iterdir())):
        raise StageError(
            f"Not withdrawn: {place / RUN_FILE} is missing. Restore it, or move the run's folder away, then withdraw "
            "the run."
        )
    if not place.parents[1].is_dir():
        raise StageError(
            f"Not withdrawn: {place.parents[1]} is missing, so run {run_id} cannot be marked there, and a rebuilt "
            "warehouse would contain it again. Restore the landing (a disk, a moved folder), then withdraw the run."
        )
    return place


def _mark_place(place: Path, withdrawal: Withdrawal) -> None:
    place.mkdir(parents=True, exist_ok=True)
    write_withdrawal(place, withdrawal)
