"""Reports coverage breaks after a publication."""

from __future__ import annotations

from airflow.sdk import get_current_context

from jobmarket.schedule.alerts import report_breaks
from jobmarket.schedule.tasks import failing_at_once, home


@failing_at_once()
def check_coverage(vintage: str) -> list[str]:
    """Send an alert for each board with a coverage break in the last finished week of a vintage, and return them.

    Published figures are marked anyway. The alert lets somebody fix the crawl before the next week.
    """
    from jobmarket.publishing.breaks import coverage_breaks

    breaks = coverage_breaks(home(), vintage)
    report_breaks(breaks, get_current_context())
    return breaks
