"""Land a board's past, month by month, when triggered by hand.

## What it does
Requests each month from `since` until before `until` from the archive of a board system (`hn`: Hacker News's monthly
threads, `jobtech`: the Swedish register of ads), one after the other, and lands it as history beside the crawls. Load,
gate, build and publication then follow as after a crawl. A month that is landed is not requested again.

## What a failure means
If `months` failed, the request is invalid. Its log says why (a day in the future, a source without an archive), and
nothing was requested. Otherwise a month could not be fetched; the others are landed and loaded. History does not count
as coverage, so no weekly figure changes.

## What to do
Read the task's log and clear the month. To get more months, trigger the DAG again: landed months cost nothing.
"""

from __future__ import annotations

from airflow.sdk import Param, TriggerRule, dag, get_current_context, task
from wiring import CRAWL_POOL, EVERY_DAG, LANDED

from jobmarket.schedule.history import history_months, land_history
from jobmarket.schedule.moments import hand_on


@dag(
    schedule=None,
    doc_md=__doc__,
    params={
        "source": Param("hn", enum=["hn", "jobtech"], description="Board system whose archive to read"),
        "since": Param("2018-01-01", type="string", format="date", description="First day to land"),
        "until": Param(
            None, type=["null", "string"], format="date", description="Day after the last; null: the day of the run"
        ),
    },
    **EVERY_DAG,
)
def backfill_history() -> None:
    """One mapped task per month."""

    @task
    def months() -> list[list[str]]:
        """Return the first and last moment of each month that the archive has."""
        context = get_current_context()
        params, run = context["params"], context["dag_run"]
        end = str(run.logical_date or run.run_after)
        return history_months(params["source"], params["since"], params["until"] or end, end)

    @task(pool=CRAWL_POOL, max_active_tis_per_dag=1)  # one request to the archive at a time
    def land(month: list[str]) -> dict[str, object]:
        return land_history(get_current_context()["params"]["source"], *month)

    # History has no moment: the stages that follow stand for the newest crawl.
    @task(outlets=[LANDED], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> None:
        hand_on(LANDED, None)

    land.expand(month=months()) >> landed()


backfill_history()
