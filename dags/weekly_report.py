"""Write the report of each week, once the week is over and published.

## What it does
Runs after every publication, and writes, from the vintage that was published, the report of the last week that is over
in it, if that week has none yet. On Mondays at 06:00 UTC it runs as well, published or not, and waits for the week: a
chain that stands still is noticed.

## What a failure means
`week_is_published`: twelve hours after the week's end its crawl, its load or a gate has not got through: the report
is late. `report`: the database is published, the report is missing. `send`: it is written and was not mailed; without
`JOBMARKET_MAIL_TO` there is nobody to mail it to, which is no failure.

## What to do
Late: look at the DAGs before this one, in their order; the publication that follows writes the report by itself.
Missing: clear `report`. Not mailed: see the settings that the message names and clear `send`. No week is sent twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, TriggerRule, dag, task
from alerts import tell_late
from wiring import EVERY_DAG, PUBLISHED, due_day, handed_on, home, run_stage

_PATIENCE = timedelta(hours=12).total_seconds()


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 6 * * MON", timezone="UTC"), assets=[PUBLISHED]),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def weekly_report() -> None:
    """Wait for the week, then its report, if it has none."""

    @task.sensor(mode="reschedule", poke_interval=60.0, timeout=_PATIENCE, on_failure_callback=tell_late)
    def week_is_published() -> bool:
        """The week before this Monday; after a publication, and for boards of another time, whichever is there."""
        from jobmarket.report import is_published

        return is_published(home(), due_day())

    @task
    def missing() -> list[dict[str, str | None]]:
        """Week and vintage of each report that this run is for and nobody has written yet."""
        from jobmarket.report import missing_report

        vintages = list(dict.fromkeys(told["vintage"] for told in handed_on(PUBLISHED))) or [None]
        orders = [missing_report(home(), vintage, due_day()) for vintage in vintages]
        first = {str(order.week): order.vintage for order in reversed(orders) if order}  # a week in two vintages
        return [{"week": week, "vintage": first[week]} for week in sorted(first)]

    @task(max_active_tis_per_dagrun=1)  # they write into one archive
    def report(wanted: dict[str, str]) -> dict[str, object]:
        from jobmarket.report import Order

        order = Order(week=date.fromisoformat(wanted["week"]), vintage=wanted["vintage"])
        return run_stage("report", None, order=order)

    # Runs too when no report was missing: one that was written before may not have been mailed yet.
    @task(trigger_rule=TriggerRule.NONE_FAILED)
    def send() -> dict[str, object]:
        from jobmarket.report import written_order

        return run_stage("send", None, order=written_order(home()))

    wanted = missing()
    week_is_published() >> wanted
    report.expand(wanted=wanted) >> send()


weekly_report()
