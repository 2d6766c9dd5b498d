"""The moments that a run stands for: from its asset events, its logical date or its data interval."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, get_current_context

from jobmarket.schedule.tasks import failing_at_once, home, settings

log = logging.getLogger("jobmarket.schedule")


def handed_on(asset: Asset) -> list[dict[str, Any]]:
    """Return the extras of the asset events that started the run, earliest moment first, without those of no moment."""
    events = get_current_context()["triggering_asset_events"].get(asset) or []
    return sorted((event.extra for event in events if event.extra.get("as_of")), key=lambda extra: str(extra["as_of"]))


def limit_of(asset: Asset) -> str | None:
    """Return the moment up to which the run considers crawls: from its asset events, or its logical date.

    None means no limit, as for history, which has no moment.
    """
    from jobmarket.stages import as_of_text

    if handed := handed_on(asset):
        return str(handed[-1]["as_of"])
    logical_date = get_current_context().get("logical_date")
    return as_of_text(logical_date) if logical_date else None


@failing_at_once()
def moment_of(asset: Asset) -> str:
    """Return the moment of the run: that of the newest loaded crawl, up to the run's limit.

    Airflow passes all events that arrive during a run to the next one. All moments but the newest are passed over, and
    the log lists them (docs/runbook.md, weekly_report, says how to catch up).
    """
    from jobmarket.stages import as_of_text
    from jobmarket.warehouse import newest_crawl

    if passed_over := [str(extra["as_of"]) for extra in handed_on(asset)[:-1]]:
        log.warning("passed over, as a newer moment came with them: %s", ", ".join(passed_over))
    limit = limit_of(asset)
    until = datetime.fromisoformat(limit) if limit else None
    return as_of_text(newest_crawl(home(), settings(), until))


def interval_end() -> datetime:
    """Return the end of the run's data interval; for a manual run without one, the time it was triggered for."""
    context = get_current_context()
    end: datetime = context.get("data_interval_end") or context["dag_run"].run_after
    return end


def interval_end_text() -> str:
    """Return the same as stages take it."""
    from jobmarket.stages import as_of_text

    return as_of_text(interval_end())


def due_day() -> date | None:
    """Return a day in the week that a Monday's run is for; None after a publication, or without live boards."""
    context = get_current_context()
    is_due = settings().boards == "live" and not context["triggering_asset_events"]
    return context["dag_run"].run_after.date() - timedelta(weeks=1) if is_due else None


def hand_on(asset: Asset, as_of: str | None, **more: Any) -> None:
    """Pass the moment of an asset on to the DAGs that wait for it."""
    get_current_context()["outlet_events"][asset].extra = {"as_of": as_of, **more}
