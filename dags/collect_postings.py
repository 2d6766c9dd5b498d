"""Collect the postings of every board, once a day.

## What it does
One task per board system (greenhouse, lever, ashby …) crawls its companies into the landing. The moment of a crawl is
the end of the run's data interval. What is landed for that moment is not fetched again. Live boards show only the
present, so they must be crawled within six hours of the moment.

## What a failure means
A board system could not be crawled at all: seven times in two and a half hours, or once if no retry could help (a
setting, the registry). The others went on. The gap is in `raw.crawl_runs` and shows as missing coverage, never as a
fall in demand. If more than a tenth of a system's requested companies failed for a temporary reason, the task is tried
again until three tries have landed something; a gap that remains then does not fail it.

## What to do
Read the task's log; `jobmarket status` shows the main reason by board. Clearing the task within six hours of the moment
requests only the companies that failed for a temporary reason (5xx, 429, no answer), as a retry does.
A run that begins more than three hours late (the machine was off) crawls the present. A missed day stays a gap; trigger
the DAG by hand to crawl the present.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import TriggerRule, dag, get_current_context, task
from wiring import CRAWL_POOL, EVERY_DAG, LANDED

from jobmarket.schedule.crawls import board_systems, crawl_moment, crawl_system
from jobmarket.schedule.moments import hand_on, interval_end


@dag(
    schedule="0 4 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def collect_postings() -> None:
    """One mapped task per board system."""

    @task
    def moment() -> str:
        return crawl_moment(interval_end())

    # The time-out is how long live boards may stand for the moment (jobmarket.origin.LIVE_WITHIN, not imported here to
    # keep parsing fast): a slow system with many large employers takes hours. The retries wait for two hours in all, at
    # most two and a half: a network failure of an hour does not cost a day, and the last retry of a run that begins
    # three hours late (crawl_moment) may still stand for its moment.
    @task(
        pool=CRAWL_POOL,
        execution_timeout=timedelta(hours=6),
        retries=6,
        max_retry_delay=timedelta(minutes=30),
    )
    def crawl(board: str, as_of: str) -> dict[str, object]:
        task_instance = get_current_context()["task_instance"]
        return crawl_system(board, as_of, task_instance.try_number, task_instance.max_tries)

    # A board that fails does not block the others; if all fail, there is nothing to load. The moment is read inside the
    # task: as an argument, its task would count as a successful upstream.
    @task(outlets=[LANDED], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> None:
        hand_on(LANDED, get_current_context()["task_instance"].xcom_pull(task_ids="moment"))

    crawl.partial(as_of=moment()).expand(board=task(board_systems)()) >> landed()


collect_postings()
