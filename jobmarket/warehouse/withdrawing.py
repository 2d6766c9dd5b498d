"""A run that is wrong for good is taken out of the warehouse; the landing keeps it, marked."""

from __future__ import annotations

from datetime import datetime

from jobmarket.landing import Withdrawal, write_withdrawal
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult
from jobmarket.warehouse.connection import connect, must_exist
from jobmarket.warehouse.inserting import note_withdrawal
from jobmarket.warehouse.loading import all_sealed
from jobmarket.warehouse.qualifying import judge_without, qualify

_NEAR = """
select run_id from (select distinct run_id from raw.crawl_runs)
order by jaro_winkler_similarity(run_id, ?) desc, run_id desc limit 3
"""


def withdraw(home: Home, settings: Settings, run_id: str, reason: str, now: datetime) -> StageResult:
    """Take a run out of the warehouse for good. The way out when gate 1 closes on it.

    The landing keeps the run and is told, so that a warehouse made anew leaves it out too. Versions that the run
    landed stay, because another run may have sighted them; a version that nobody sighted reaches no mart.

    Raises:
        StageError: if there is no warehouse, it does not hold the run, or the landing does not: nothing is withdrawn
            then, because the next warehouse would hold it again.
    """
    withdrawal = Withdrawal(reason=reason, withdrawn_at=now)
    must_exist(home)
    with connect(home, settings) as connection:
        if not connection.execute("select 1 from raw.crawl_runs where run_id = ?", [run_id]).fetchone():
            near = ", ".join(name for (name,) in connection.execute(_NEAR, [run_id]).fetchall()) or "none at all"
            raise StageError(f"No run {run_id} in {home.warehouse}. Near it: {near}.")
        folders = [folder for folder in all_sealed(home) if folder.name == f"run={run_id}"]
        if not folders:
            raise StageError(
                f"Nothing is withdrawn: run {run_id} is not in {home.landing}, where it is to be marked for every "
                "warehouse made anew. Put the landing in place (a disk, a folder that was moved) and withdraw it again."
            )
        for folder in folders:
            write_withdrawal(folder, withdrawal)
        connection.execute("begin")
        judge_without(connection, run_id)
        for table in ("sightings", "crawl_runs", "rejected_postings"):
            connection.execute(f"delete from raw.{table} where run_id = ?", [run_id])
        note_withdrawal(connection, run_id, withdrawal)
        qualify(connection)
        connection.execute("commit")
    return StageResult("load", f"run {run_id} withdrawn: {reason}")
