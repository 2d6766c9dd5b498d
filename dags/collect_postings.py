"""Collect the postings of every board, once a day.

## What it does
One task a board system (greenhouse, lever, ashby …) crawls its companies into the landing. The moment of a
crawl is the end of the run's data interval; what is landed for that moment already is not fetched again. Live
boards show the present: within six hours of the moment, or not at all.

## What a failure means
A board system could not be crawled at all, seven times in three hours. The others went on; the gap is in
`raw.crawl_runs` and shows as missing coverage, never as a fall in demand. One of which more than a tenth of the
companies failed for a reason that may pass is tried three times; the gap that is left then fails nothing.

## What to do
Read the task's log; `jobmarket status` names the reason by board. Clearing the task, like a retry, asks again for the
companies that failed for a passing reason (5xx, 429, no answer), within six hours of the moment.
A run that begins more than six hours late (the machine was off) crawls the present. A day that was missed stays a gap;
trigger the DAG by hand to crawl the present.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException
from wiring import CRAWL_POOL, EVERY_DAG, LANDED, hand_on, home, interval_end, run_stage, settings

# If more than such a part of a system's companies failed in passing, so many tries end as failed ones, minutes apart,
# before the gap is handed on.
_MANY = 0.1
_TRIES_FOR_MANY = 2


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
        """The end of the data interval. The sample world ends with its last week; recordings have their own moment.

        Live boards show the present alone: a run that is made up for hours later stands for now.
        """
        from jobmarket.stages import as_of_text, find
        from scrapers.moments import LIVE_WITHIN

        boards, end = settings().boards, interval_end()
        own: datetime = find("default_as_of")(boards, home=home())
        if boards == "live":
            moment = own if own - end > LIVE_WITHIN else end
        else:
            moment = min(end, own) if boards == "sample" else own
        return as_of_text(moment)

    @task
    def board_systems() -> list[str]:
        from jobmarket.stages import find

        return sorted(find("board_systems")(settings().boards))

    # As long as live boards may stand for the moment (scrapers.moments.LIVE_WITHIN, which a parse need not import): a
    # system with one pace for many large employers takes hours. Its tries are spread over three: a network that is
    # down for an hour costs no day.
    @task(pool=CRAWL_POOL, execution_timeout=timedelta(hours=6), retries=6)
    def crawl(board: str, as_of: str) -> dict[str, object]:
        # A retry and a clear are further tries: what is landed stays, what failed for a passing reason is asked again.
        tried = get_current_context()["task_instance"].try_number
        result = run_stage("crawl", as_of, board_names=(board,), retry_transient=tried > 1)
        counts = result["counts"]
        # What the sample world plans never passes.
        asks_again = tried <= _TRIES_FOR_MANY and settings().boards != "sample"
        if asks_again and counts.get("may_pass", 0) > _MANY * counts["companies"]:
            raise AirflowException(
                f"{counts['may_pass']} of {counts['companies']} companies failed for a reason that may pass: they are "
                "asked again by the next try, what is landed stays"
            )
        return result

    # A board that fails does not hold up the others; if all fail, there is nothing to load. The moment is read
    # inside: as an argument it would make a successful upstream task of its own.
    @task(outlets=[LANDED], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> None:
        hand_on(LANDED, get_current_context()["task_instance"].xcom_pull(task_ids="moment"))

    crawl.partial(as_of=moment()).expand(board=board_systems()) >> landed()


collect_postings()
