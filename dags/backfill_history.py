"""Land a board's past, month by month, when somebody asks for it.

## What it does
Asks the archive of a board system (`hn`: Hacker News's monthly threads, `jobtech`: the Swedish register of ads) for
each month from `since` until before `until`, one after the other, and lands it as history beside the crawls; then load,
gate, build and publication follow as after a crawl. A month that is landed is not asked again.

## What a failure means
If `months` failed, what was asked for cannot be: its log says why (a day that is still to come, a source without an
archive), and nothing was asked. Else a month could not be asked; the others are landed, and what is landed is loaded.
History is no coverage: no weekly
figure changes by it.

## What to do
Read the task's log; clear the month. To ask for more, trigger the DAG again: months that are there cost nothing.
"""

from __future__ import annotations

from airflow.sdk import Param, TriggerRule, dag, get_current_context, task
from history import history_months, land_history
from wiring import CRAWL_POOL, EVERY_DAG, LANDED, hand_on


@dag(
    schedule=None,
    doc_md=__doc__,
    params={
        "source": Param("hn", enum=["hn", "jobtech"], description="Board system whose archive is asked"),
        "since": Param("2018-01-01", type="string", format="date", description="First day of the past"),
        "until": Param(
            None, type=["null", "string"], format="date", description="The day after its last; null: the run's"
        ),
    },
    **EVERY_DAG,
)
def backfill_history() -> None:
    """One mapped task a month."""

    @task
    def months() -> list[list[str]]:
        """First and last moment of each month that the archive tells of."""
        context = get_current_context()
        asked, run = context["params"], context["dag_run"]
        end = str(run.logical_date or run.run_after)
        return history_months(asked["source"], asked["since"], asked["until"] or end, end)

    @task(pool=CRAWL_POOL, max_active_tis_per_dag=1)  # one archive, one question at a time
    def land(month: list[str]) -> dict[str, object]:
        return land_history(get_current_context()["params"]["source"], *month)

    # Of no moment of its own: what follows stands for the newest crawl.
    @task(outlets=[LANDED], trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> None:
        hand_on(LANDED, None)

    land.expand(month=months()) >> landed()


backfill_history()
