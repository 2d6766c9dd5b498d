"""Publish the marts, and write the weekly report when a week has become complete.

## What it does
Publishes a new vintage of the database and swaps it in at once; readers that are open keep theirs. The first
publication after a week's end writes that week's report; later ones in the same week leave it alone.

## What a failure means
`publish`: the disk is full or a mart lacks a comment; the last vintage stays. `report`: the database is
published, the report is missing.

## What to do
Free the disk, clear the task: publishing the same marts twice gives the same vintage.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from wiring import BUILT, DEFAULTS, PUBLISHED, TAGS, WRITER_POOL, hand_on, moment_of, run_stage


@dag(schedule=[BUILT], max_active_runs=1, default_args=DEFAULTS, tags=TAGS, doc_md=__doc__)
def publish_market() -> None:
    """Publish, then the report of a week that has no report yet."""

    @task(pool=WRITER_POOL, outlets=[PUBLISHED])
    def publish() -> dict[str, object]:
        as_of = moment_of(BUILT)
        result = run_stage("publish", as_of)
        hand_on(PUBLISHED, as_of)
        return result

    @task.short_circuit
    def week_without_report() -> bool:
        from jobmarket.report import has_report
        from jobmarket.settings import Home, Settings

        return not has_report(Home(Settings().home))

    @task
    def report() -> dict[str, object]:
        return run_stage("report", None)

    publish() >> week_without_report() >> report()


publish_market()
