"""Publish the marts.

## What it does
Publishes a new vintage of the database and swaps it in at once; readers that are open keep theirs.

## What a failure means
The disk is full or a mart lacks a comment; the last vintage stays.

## What to do
Free the disk, clear the task: publishing the same marts twice gives the same vintage.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from wiring import BUILT, DEFAULTS, PUBLISHED, TAGS, WRITER_POOL, hand_on, moment_of, run_stage


@dag(schedule=[BUILT], max_active_runs=1, default_args=DEFAULTS, tags=TAGS, doc_md=__doc__)
def publish_market() -> None:
    """One task."""

    @task(pool=WRITER_POOL, outlets=[PUBLISHED])
    def publish() -> dict[str, object]:
        as_of = moment_of(BUILT)
        result = run_stage("publish", as_of)
        hand_on(PUBLISHED, as_of)
        return result

    publish()


publish_market()
