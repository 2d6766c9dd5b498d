"""Write the report of each week, once the week is over and published.

## What it does
Runs after every publication, and writes the report of the last week that is over if it has none yet. On Mondays at
06:00 UTC it runs as well, published or not, and waits for the week: a chain that stands still is noticed.

## What a failure means
`week_is_published`: twelve hours after the week's end its crawl, its load or a gate has not got through: the report
is late. `report`: the database is published, the report is missing. `send`: it is written and was not mailed; without
`JOBMARKET_MAIL_TO` there is nobody to mail it to, which is no failure.

## What to do
Late: look at `collect_postings`, `load_postings`, `build_marts` and `publish_market`, in this order; the publication
that follows writes the report by itself. Missing: clear `report`; it is made from the published file alone. Not
mailed: see the settings that the message names and clear `send`, or leave it to the next run. No week is sent twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, TriggerRule, dag, get_current_context, task
from wiring import DEFAULTS, PUBLISHED, TAGS, run_stage

_PATIENCE = timedelta(hours=12)


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 6 * * MON", timezone="UTC"), assets=[PUBLISHED]),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=TAGS,
    doc_md=__doc__,
)
def weekly_report() -> None:
    """Wait for the week, then its report, if it has none."""

    @task.sensor(mode="reschedule", poke_interval=timedelta(minutes=1), timeout=_PATIENCE.total_seconds())
    def week_is_published() -> bool:
        """The week before this Monday; after a publication, and for boards of another time, whichever is there."""
        from jobmarket.report import is_published
        from jobmarket.settings import Home, Settings

        context, settings = get_current_context(), Settings()
        is_due = settings.boards == "live" and not context["triggering_asset_events"]
        day = context["dag_run"].run_after.date() - timedelta(weeks=1) if is_due else None
        return is_published(Home(settings.home), day)

    # Only `report` is skipped by it: a report written before, and not mailed yet, is still to be sent.
    @task.short_circuit(ignore_downstream_trigger_rules=False)
    def week_without_report() -> bool:
        from jobmarket.report import has_report
        from jobmarket.settings import Home, Settings

        return not has_report(Home(Settings().home))

    @task
    def report() -> dict[str, object]:
        return run_stage("report", None)

    @task(trigger_rule=TriggerRule.NONE_FAILED)
    def send() -> dict[str, object]:
        from jobmarket.report import written_order
        from jobmarket.settings import Home, Settings

        return run_stage("send", None, order=written_order(Home(Settings().home)))

    week_is_published() >> week_without_report() >> report() >> send()


weekly_report()
