"""Withdraws a run from the warehouse for good. The landing keeps it, marked as withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import duckdb

from jobmarket.duckdb_file import transaction
from jobmarket.landing import Withdrawal, write_withdrawal
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult, WrongUsageError
from jobmarket.warehouse.connection import connect, must_exist
from jobmarket.warehouse.inserting import note_withdrawal
from jobmarket.warehouse.loading import all_sealed
from jobmarket.warehouse.qualifying import judge_without, qualify

_NEAR = """
select run_id from (select distinct run_id from raw.crawl_runs)
order by jaro_winkler_similarity(run_id, ?) desc, run_id desc limit 3
"""
_WITHDRAWN = "select withdrawn_at, reason from ops.withdrawn_runs where run_id = ? order by withdrawn_at limit 1"
_NEXT = (
    "The marts and the published database may still contain it: run `jobmarket gate raw`, `build`, `gate marts` "
    "and `publish`."
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

    The landing keeps the run and marks it, so that a rebuilt warehouse leaves it out too. Versions that the run landed
    stay, because another run may have sighted them. A version that no run sighted reaches no mart. Withdrawing a run
    again changes nothing.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        run_id: The run to withdraw.
        reason: Why, in words.
        now: The time of the withdrawal, UTC.
        first: Is called once the run can be withdrawn, before it is, so that a run that is withdrawn has passed it.

    Raises:
        StageError: If there is no warehouse, or the run is missing from it or from the landing. Nothing is withdrawn
            then, because a rebuilt warehouse would contain the run again.
    """
    withdrawal = Withdrawal(reason=reason, withdrawn_at=now)
    must_exist(home)
    with connect(home, settings) as connection:
        if not connection.execute("select 1 from raw.crawl_runs where run_id = ?", [run_id]).fetchone():
            if already := connection.execute(_WITHDRAWN, [run_id]).fetchone():
                since = f"{already[0]:%Y-%m-%dT%H:%M:%SZ} ({already[1]})"
                return StageResult("load", f"run {run_id} is already withdrawn, since {since}")
            near = ", ".join(name for (name,) in connection.execute(_NEAR, [run_id]).fetchall()) or "none"
            raise WrongUsageError(f"No run {run_id} in {home.warehouse}. Similar names: {near}.")
        folders = [folder for folder in all_sealed(home) if folder.name == f"run={run_id}"]
        if not folders:
            raise StageError(
                f"Not withdrawn: run {run_id} is not in {home.landing}, so it cannot be marked there, and a rebuilt "
                "warehouse would contain it again. Restore the landing (a disk, a moved folder), then withdraw the run."
            )
        if first is not None:
            first(connection)
        for folder in folders:
            write_withdrawal(folder, withdrawal)
        with transaction(connection):
            judge_without(connection, run_id)
            for table in ("sightings", "crawl_runs", "rejected_postings"):
                connection.execute(f"delete from raw.{table} where run_id = ?", [run_id])
            note_withdrawal(connection, run_id, withdrawal)
            qualify(connection)
    return StageResult("load", f"run {run_id} withdrawn: {reason}", details=(_NEXT,))
