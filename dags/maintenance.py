"""Keep the installation small, every Sunday.

## What it does
Moves old runs of the landing to the archive, if `JOBMARKET_LANDING_ARCHIVE` is set, leaving a link for every reader;
rewrites the warehouse if a quarter of it is free space; removes old vintages; deletes records older than 90 days from
Airflow's database (`airflow db clean`), and log files of the same age, Airflow's and the home's. Nothing is removed
that the raw tables or a report of the last eight weeks need.

## What a failure means
The disk is full, the archive is not there, or another process has locked the warehouse. Nothing was changed.

## What to do
Read the message, fix the cause and clear the task. A task does nothing when there is nothing to do. `metadata` is
skipped without the Airflow connection `airflow_metadata`, which holds the database's address: `make env` writes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, task
from wiring import EVERY_DAG, WRITER_POOL

from jobmarket.schedule.cleaning import clean_logs, clean_metadata
from jobmarket.schedule.moments import interval_end, interval_end_text
from jobmarket.schedule.tasks import run_stage

_KEPT = timedelta(days=90)


@dag(
    schedule="0 12 * * SUN",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def maintenance() -> None:
    """Five independent tasks."""

    @task(pool=WRITER_POOL)
    def landing() -> dict[str, object]:
        return run_stage("archive-landing", interval_end_text())

    @task(pool=WRITER_POOL)
    def warehouse() -> dict[str, object]:
        return run_stage("compact-warehouse", interval_end_text())

    @task(pool=WRITER_POOL)
    def vintages() -> dict[str, object]:
        return run_stage("prune-vintages", interval_end_text())

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


maintenance()
