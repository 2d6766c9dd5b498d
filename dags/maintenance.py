"""Keep the installation small, every Sunday.

## What it does
Moves old runs of the landing to the archive, if `JOBMARKET_LANDING_ARCHIVE` names one (a link stays, so that every
reader finds them); writes the warehouse anew if a quarter of it is free room; removes vintages beyond those that are
kept; takes records older than 90 days out of Airflow's database (`airflow db clean`), and removes its logs as old.
Nothing goes that raw, or a report of the last eight weeks, needs.

## What a failure means
The disk is full, the archive is not there, or another process holds the warehouse. What is there stays as it was.

## What to do
Read the message, put it right, clear the task. Each task does nothing when there is nothing to do. `metadata` is
skipped where no Airflow connection `airflow_metadata` tells where the database is: `make env` writes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, task
from cleaning import clean_logs, clean_metadata
from wiring import EVERY_DAG, WRITER_POOL, interval_end, run_stage

_KEPT = timedelta(days=90)


@dag(
    schedule="0 12 * * SUN",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def maintenance() -> None:
    """Five tasks that do not need each other."""

    @task(pool=WRITER_POOL)
    def landing() -> dict[str, object]:
        return run_stage("archive-landing", moment())

    @task(pool=WRITER_POOL)
    def warehouse() -> dict[str, object]:
        return run_stage("compact-warehouse", moment())

    @task(pool=WRITER_POOL)
    def vintages() -> dict[str, object]:
        return run_stage("prune-vintages", moment())

    @task
    def metadata() -> None:
        clean_metadata(interval_end() - _KEPT)

    @task
    def logs() -> int:
        return clean_logs(interval_end() - _KEPT)

    landing()
    warehouse()
    vintages()
    metadata()
    logs()


def moment() -> str:
    """The moment that each task's stage stands for."""
    from jobmarket.stages import as_of_text

    return as_of_text(interval_end())


maintenance()
