"""Collect the postings of every board, once a day.

## What it does
One task a board system (greenhouse, lever, ashby …) crawls its companies into the landing. The moment of a
crawl is the end of the run's data interval; what is landed for that moment already is not fetched again. Live
boards show the present: within six hours of the moment, or not at all.

## What a failure means
A board system could not be crawled at all, seven times in three hours. The others went on; the gap is in
`raw.crawl_runs` and shows as missing coverage, never as a fall in demand. One of which more than a tenth of the
companies asked failed for a reason that may pass is tried three times; the gap that is left then fails nothing.

## What to do
Read the task's log; `jobmarket status` names the reason by board. Clearing the task, like a retry, asks again for the
companies that failed for a passing reason (5xx, 429, no answer), within six hours of the moment.
A run that begins more than three hours late (the machine was off) crawls the present. A day that was missed stays a
gap; trigger the DAG by hand to crawl the present.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import TriggerRule, dag, get_current_context, task
from crawls import crawl_moment, crawl_system
from wiring import CRAWL_POOL, EVERY_DAG, LANDED, hand_on, interval_end, settings


@dag(
    schedule="0 4 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def collect_postings() -> None:
    """One mapped task a board system."""

    @task
    def moment() -> str:
        return crawl_moment(interval_end())

    @task
    def board_systems() -> list[str]:
        from jobmarket.stages import find

        return sorted(find("board_systems")(settings().boards))

    # As long as live boards may stand for the moment (scrapers.moments.LIVE_WITHIN, which a parse need not import): a
    # system with one pace for many large employers takes hours. Its tries are spread over three: a network that is
    # down for an hour costs no day.
    @task(pool=CRAWL_POOL, execution_timeout=timedelta(hours=6), retries=6)
    def crawl(board: str, as_of: str) -> dict[str, object]:
        return crawl_system(board, as_of, get_current_context()["task_instance"].try_number)

    # A board that fails does not hold up the others; if all fail, there is nothing to load. The moment is read
    # inside: as an argument it would make a successful upstream task of its own.
    @task(outlets=[LANDED], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> None:
        hand_on(LANDED, get_current_context()["task_instance"].xcom_pull(task_ids="moment"))

    crawl.partial(as_of=moment()).expand(board=board_systems()) >> landed()


collect_postings()
