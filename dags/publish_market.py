"""Publish the marts.

## What it does
Publishes a new vintage of the database and swaps it in atomically; open readers keep theirs. A vintage of an earlier
moment (a run that was cleared or caught up on) goes beside the current one. Then `coverage` sends an alert for each
board with a coverage break in the last finished week.

## What a failure means
The disk is full or a mart lacks a comment; the last vintage stays. A skipped publication is no failure: the marts were
built again for a later moment before it began, and that moment's publication follows.

## What to do
Free disk space and clear the task. Publishing the same marts twice gives the same vintage.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from wiring import BUILT, EVERY_DAG, PUBLISHED, WRITER_POOL

from jobmarket.schedule.coverage import check_coverage
from jobmarket.schedule.moments import hand_on, moment_of
from jobmarket.schedule.tasks import run_stage


@dag(
    schedule=[BUILT],
    doc_md=__doc__,
    **EVERY_DAG,
)
def publish_market() -> None:
    """Publish, then check the coverage of the published week."""

    @task(pool=WRITER_POOL, outlets=[PUBLISHED])
    def publish() -> str:
        as_of = moment_of(BUILT)
        vintage = run_stage("publish", as_of)["counts"]["vintage_id"]
        hand_on(PUBLISHED, as_of, vintage=vintage)
        return str(vintage)

    @task
    def coverage(vintage: str) -> list[str]:
        return check_coverage(vintage)

    coverage(publish())


publish_market()
