"""Sends alerts through Airflow's notifiers, to the connections that ``JOBMARKET_ALERTS`` names.

A connection is of type ``smtp`` (with ``from_email`` and ``to`` in its extra), ``slackwebhook`` or ``apprise``. Alerts
report a task without retries left (a closed gate, a warehouse that stays locked), landed runs that could not be loaded,
a late report, and coverage breaks. The same failure is reported once a day.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from jobmarket.schedule.notifiers import notifier

if TYPE_CHECKING:
    from jobmarket.schedule.reported_failures import ReportedFailures

log = logging.getLogger("jobmarket.alerts")

# Path in the checkout, used if JOBMARKET_RUNBOOK_URL is not set.
RUNBOOK = "docs/runbook.md"
# Gaps that one message names. The task's log has all of them.
_MOST_GAPS = 5


def runbook(section: str) -> str:
    """Return the address of a section of the runbook, from ``JOBMARKET_RUNBOOK_URL``."""
    from jobmarket.settings import AlertSettings

    return f"{AlertSettings().runbook_url or RUNBOOK}#{section}"


def report_failure(context: Any) -> None:
    """Report a failed task in its log and as an alert: what failed, for which moment, and where to read what to do."""
    task = context["task_instance"]
    reason = str(context.get("exception") or "no reason given")
    subject, moment = _subject(task), context.get("logical_date") or context["dag_run"].run_id
    line = f"{subject} failed for {moment}: {reason}. What to do: {runbook(task.dag_id)}"
    log.error(line)
    _report_for_run(subject, "failed", reason, line, context)


def report_run(context: Any) -> None:
    """Report a failed run if none of its tasks did: a worker killed in its last try cannot report anything.

    If one did, and nobody accepted its alert, that alert is sent again.
    """
    dag_id = context["dag"].dag_id
    # A cleared run starts again, so reports of its earlier attempt do not count.
    began = getattr(context.get("dag_run"), "start_date", None)
    if report := _reported().of_run(dag_id, context["run_id"], began or datetime.now(UTC) - timedelta(days=1)):
        send(*report, context)
        return
    reason = f"a task ended without reporting why ({context.get('reason')}): its worker was killed or never started"
    line = f"{dag_id} failed, run {context['run_id']}: {reason}. What to do: {runbook(dag_id)}"
    log.error(line)
    send(f"{dag_id}.run", "failed", reason, line, context)


def report_late(context: Any) -> None:
    """Report that a week's report is late because the week was not published in time."""
    task, moment = context["task_instance"], context["dag_run"].run_after
    reason = f"the week before {moment:%Y-%m-%d} is not published: its crawl, load or gate has not succeeded"
    line = f"The report is late: {reason} ({context.get('exception')}). What to do: {runbook(task.dag_id)}"
    log.error(line)
    _report_for_run(_subject(task), "is late", reason, line, context)


def _report_for_run(subject: str, what: str, reason: str, line: str, context: Any) -> None:
    """Record why a run failed, so that the run itself has nothing to add, and send it."""
    from jobmarket.schedule.reported_failures import Report

    report = Report(subject, what, reason, line)
    _reported().note_run(context["task_instance"].dag_id, context["dag_run"].run_id, report, datetime.now(UTC))
    send(*report, context)


def report_breaks(breaks: list[str], context: Any) -> None:
    """Report the boards with a coverage break in the last finished week. Its published figures are marked.

    Without a break, earlier reports are cleared, so that the next break is news.
    """
    subject = f"{context['task_instance'].dag_id}.coverage_break"
    if not breaks:
        _reported().works_again(subject)
    for each in breaks:
        line = f"Coverage broke: {each}. What to do: {runbook('coverage-break')}"
        log.warning(line)
        send(subject, "was found", each, line, context)


def report_gaps(gaps: list[str], context: Any) -> None:
    """Report landed runs that cannot be loaded. The task succeeds, and the market is published without them.

    Without a gap, earlier reports are cleared, so that the next gap is news.
    """
    task = context["task_instance"]
    subject = f"{task.dag_id}.gaps"
    if not gaps:
        _reported().works_again(subject)
        return
    named = [*gaps[:_MOST_GAPS], *([f"and {len(gaps) - _MOST_GAPS} more"] if len(gaps) > _MOST_GAPS else [])]
    line = f"Landed and not loaded: {'; '.join(named)}. What to do: {runbook(task.dag_id)}"
    log.error(line)
    send(subject, "were found", "; ".join(gaps), line, context)


def send(subject: str, what: str, reason: str, line: str, context: Any) -> None:
    """Send a line to every alert connection, if it is news. A connection that fails does not stop the others.

    The line counts as sent once a connection accepted it. Until then, the next failure tries all connections again.
    """
    from jobmarket.settings import AlertSettings

    connections, reported, now = AlertSettings().alert_connections, _reported(), datetime.now(UTC)
    if not connections or not reported.is_news(subject, reason, now):
        return
    for connection_id in connections:
        try:
            notifier(connection_id, f"jobmarket: {subject} {what}", line)(context)
        except Exception:
            # The failure itself is already in the log. This adds why the alert was not sent.
            log.exception("the alert was not sent to the connection %s", connection_id)
        else:
            reported.note(subject, reason, now)


def forget(context: Any) -> None:
    """Clear the reported failures of a task after a success, so that its next failure is news."""
    _reported().works_again(_subject(context["task_instance"]))


def forget_run(context: Any) -> None:
    """Clear the reported failures of a DAG's runs after a success, so that the next one is news."""
    _reported().works_again(f"{context['dag'].dag_id}.run")


def _subject(task: Any) -> str:
    """Return the name of a task, with the number of a mapped one: one board's success says nothing about another's."""
    index = getattr(task, "map_index", -1)
    return f"{task.dag_id}.{task.task_id}" + (f"[{index}]" if index >= 0 else "")


def _reported() -> ReportedFailures:
    from jobmarket.schedule.reported_failures import ReportedFailures
    from jobmarket.settings import AlertSettings, Home

    return ReportedFailures(Home(AlertSettings().home))
