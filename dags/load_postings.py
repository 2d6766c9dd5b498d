"""Load the landing into the warehouse, and check what arrived.

## What it does
Loads every run that the warehouse does not contain yet, then checks the batch with gate raw (Great Expectations). Runs
whenever a crawl has landed.

## What a failure means
`load`: the warehouse is locked by another process, or there is not enough memory or disk. A damaged landed file does
not fail the task: its run is left out and reported as an alert. `gate`: what arrived must not reach the marts; the
log's line says what and where. Nothing was published, and the last vintage stays.

## What to do
docs/gates.md explains each check. If a run is wrong for good, withdraw it with
`jobmarket load --withdraw RUN_ID --reason …`, then clear the task.
"""

from __future__ import annotations

from airflow.sdk import dag, get_current_context, task
from wiring import EVERY_DAG, LANDED, LOADED, WRITER_POOL

from jobmarket.schedule.alerts import report_gaps
from jobmarket.schedule.moments import hand_on, limit_of, moment_of
from jobmarket.schedule.tasks import run_stage


@dag(
    schedule=[LANDED],
    doc_md=__doc__,
    **EVERY_DAG,
)
def load_postings() -> None:
    """Load, then gate raw."""

    @task(pool=WRITER_POOL)
    def load() -> dict[str, object]:
        result = run_stage("load", limit_of(LANDED))
        report_gaps(result["gaps"], get_current_context())
        return result

    @task(pool=WRITER_POOL, outlets=[LOADED])
    def gate() -> dict[str, object]:
        as_of = moment_of(LANDED)
        result = run_stage("gate-raw", as_of)
        hand_on(LOADED, as_of)
        return result

    load() >> gate()


load_postings()
