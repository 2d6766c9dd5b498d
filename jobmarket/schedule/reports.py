"""The tasks of the weekly report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from jobmarket.schedule.tasks import failing_at_once, home, run_stage


@failing_at_once()
def week_is_published(day: date | None) -> bool:
    """Return whether the week of a day was over when the market was published; without a day, any week will do."""
    from jobmarket.report import is_published

    return is_published(home(), day)


@failing_at_once()
def missing_reports(publications: Sequence[dict[str, Any]], day: date | None) -> list[dict[str, str | None]]:
    """Return the week and vintage of each report that is not written yet.

    Args:
        publications: What the publications that started the run handed on. Without any, and for an event made by hand
            that names no vintage, the current one counts.
        day: A day of the week to report; by default the last week.
    """
    from jobmarket.report import missing_report

    vintages = list(dict.fromkeys(extra.get("vintage") for extra in publications)) or [None]
    specs = [missing_report(home(), vintage, day) for vintage in vintages]
    first = {str(spec.week): spec.vintage for spec in reversed(specs) if spec}  # a week may be in two vintages
    return [{"week": week, "vintage": first[week]} for week in sorted(first)]


def write_report(wanted: dict[str, str]) -> dict[str, Any]:
    """Write the report of a week from a vintage."""
    from jobmarket.report import ReportSpec

    spec = ReportSpec(week=date.fromisoformat(wanted["week"]), vintage=wanted["vintage"])
    return run_stage("report", None, report=spec)


@failing_at_once()
def send_report() -> dict[str, Any]:
    """Mail the last written report, if it was not mailed yet."""
    from jobmarket.report import written_report

    return run_stage("send", None, report=written_report(home()))
