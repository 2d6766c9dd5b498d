"""Write the report of each week, once the week is over and published.

## What it does
Runs after every publication and writes the report of the last finished week in the published vintage, if that week has
none yet. It also runs on Mondays at 06:00 UTC and waits for the week to be published, so that a stopped chain is
noticed.

## What a failure means
`week_is_published`: twelve hours later, the week's crawl, load or gate has not succeeded, and the report is late.
`report`: the database is published, but the report is missing. `send`: the report is written but was not mailed.
Without `JOBMARKET_MAIL_TO` there is no recipient, which is not a failure.

## What to do
Late: check the DAGs before this one, in their order; the next publication writes the report. Missing: clear `report`.
Not mailed: check the settings that the message names, and clear `send`. No week is sent twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, TriggerRule, dag, task
from wiring import EVERY_DAG, PUBLISHED

from jobmarket.schedule import reports
from jobmarket.schedule.alerts import report_late
from jobmarket.schedule.moments import due_day, handed_on

_PATIENCE = timedelta(hours=12).total_seconds()


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 6 * * MON", timezone="UTC"), assets=[PUBLISHED]),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    doc_md=__doc__,
    **EVERY_DAG,
)
def weekly_report() -> None:
    """Wait for the week, then write and send its report if it has none."""

    @task.sensor(mode="reschedule", poke_interval=60.0, timeout=_PATIENCE, on_failure_callback=report_late)
    def week_is_published() -> bool:
        """Wait for the week before this Monday. After a publication, or without live boards, any week will do."""
        return reports.week_is_published(due_day())

    @task
    def missing() -> list[dict[str, str | None]]:
        return reports.missing_reports(handed_on(PUBLISHED), due_day())

    @task(max_active_tis_per_dagrun=1)  # they write into one archive
    def report(wanted: dict[str, str]) -> dict[str, object]:
        return reports.write_report(wanted)

    # Also runs when no report was missing: an earlier one may not have been mailed yet.
    @task(trigger_rule=TriggerRule.NONE_FAILED)
    def send() -> dict[str, object]:
        return reports.send_report()

    wanted = missing()
    week_is_published() >> wanted
    report.expand(wanted=wanted) >> send()


weekly_report()
