"""Publish the marts.

## What it does
Publishes a new vintage of the database and swaps it in at once; readers that are open keep theirs. A vintage of an
earlier moment (a run that was cleared or made up for) goes beside the current one. Then `coverage` tells whoever asked
for alerts which boards' coverage broke in the last week that was over.

## What a failure means
The disk is full or a mart lacks a comment; the last vintage stays.

## What to do
Free the disk, clear the task: publishing the same marts twice gives the same vintage.
"""

from __future__ import annotations

from airflow.sdk import dag, get_current_context, task
from alerts import tell_breaks
from wiring import BUILT, EVERY_DAG, PUBLISHED, WRITER_POOL, hand_on, home, moment_of, run_stage


@dag(
    schedule=[BUILT],
    doc_md=__doc__,
    **EVERY_DAG,
)
def publish_market() -> None:
    """Publish, then look at the coverage of what was published."""

    @task(pool=WRITER_POOL, outlets=[PUBLISHED])
    def publish() -> str:
        as_of = moment_of(BUILT)
        vintage = run_stage("publish", as_of)["counts"]["vintage_id"]
        hand_on(PUBLISHED, as_of, vintage=vintage)
        return str(vintage)

    # What is published is marked by itself; this is for whoever can mend the crawl before the next week.
    @task
    def coverage(vintage: str) -> list[str]:
        from jobmarket.publishing.breaks import coverage_breaks

        breaks = coverage_breaks(home(), vintage)
        tell_breaks(breaks, get_current_context())
        return breaks

    coverage(publish())


publish_market()
