"""Tells people what failed: through Airflow's notifiers, to the connections that ``JOBMARKET_ALERTS`` names.

A connection of type ``smtp`` (its extra holds ``from_email`` and ``to``), ``slackwebhook`` or ``apprise``. Told are a
task without tries left (a closed gate, a warehouse that stays locked), a report that is late, and a week whose coverage
broke. The same thing is told once a day, whoever tries again.
"""

from __future__ import annotations

import html
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobmarket.alerts import Told

log = logging.getLogger("jobmarket.alerts")

# Where there is no page of it that a browser opens: the path in the checkout.
RUNBOOK = "docs/runbook.md"
# Gaps that one message names; the task's log has all.
_MOST_GAPS = 5


def runbook(section: str) -> str:
    """Where to read what to do, for somebody who has the message alone: ``JOBMARKET_RUNBOOK_URL`` says."""
    from jobmarket.settings import AlertSettings

    return f"{AlertSettings().runbook_url or RUNBOOK}#{section}"


def tell_failure(context: Any) -> None:
    """Say in the task's log, and to everybody who asked for it, what failed, for which moment, and where to read on."""
    task = context["task_instance"]
    reason = str(context.get("exception") or "no reason given")
    subject, moment = f"{task.dag_id}.{task.task_id}", context.get("logical_date") or context["dag_run"].run_id
    line = f"{subject} failed for {moment}: {reason}. What to do: {runbook(task.dag_id)}"
    log.error(line)
    _tell_of_run(subject, "failed", reason, line, context)


def tell_run(context: Any) -> None:
    """Say that a run failed of which no task could say so: a worker that is killed in its last try says nothing."""
    dag_id = context["dag"].dag_id
    # A run that is cleared starts again: what was told of its first try is of no use to the second.
    began = getattr(context.get("dag_run"), "start_date", None)
    if _told().was_told_of_run(dag_id, context["run_id"], began or datetime.now(UTC) - timedelta(days=1)):
        return
    reason = f"a task ended without a word ({context.get('reason')}): its worker was killed, or never began"
    line = f"{dag_id} failed, run {context['run_id']}: {reason}. What to do: {runbook(dag_id)}"
    log.error(line)
    tell(f"{dag_id}.run", "failed", reason, line, context)


def tell_late(context: Any) -> None:
    """Say that a week's report is late: its publication did not arrive in time."""
    task, moment = context["task_instance"], context["dag_run"].run_after
    reason = f"the week before {moment:%Y-%m-%d} is not published: a crawl, a load or a gate has not got through"
    line = f"The report is late: {reason} ({context.get('exception')}). What to do: {runbook(task.dag_id)}"
    log.error(line)
    _tell_of_run(f"{task.dag_id}.{task.task_id}", "is late", reason, line, context)


def _tell_of_run(subject: str, what: str, reason: str, line: str, context: Any) -> None:
    """Tell why a run fails; then the run itself needs not say so."""
    if tell(subject, what, reason, line, context):
        _told().note_run(context["task_instance"].dag_id, context["dag_run"].run_id, datetime.now(UTC))


def tell_breaks(breaks: list[str], context: Any) -> None:
    """Say which boards' coverage broke in the last week that was published: its figures are marked as such."""
    subject = f"{context['task_instance'].dag_id}.coverage_break"
    for each in breaks:
        line = f"Coverage broke: {each}. What to do: {runbook('coverage-break')}"
        log.warning(line)
        tell(subject, "was found", each, line, context)


def tell_gaps(gaps: list[str], context: Any) -> None:
    """Say which runs are landed and cannot be loaded: the task succeeds, and the market is published without them."""
    if not gaps:
        return
    task = context["task_instance"]
    named = [*gaps[:_MOST_GAPS], *([f"and {len(gaps) - _MOST_GAPS} more"] if len(gaps) > _MOST_GAPS else [])]
    line = f"Landed and not loaded: {'; '.join(named)}. What to do: {runbook(task.dag_id)}"
    log.error(line)
    tell(f"{task.dag_id}.gaps", "were found", "; ".join(gaps), line, context)


def tell(subject: str, what: str, reason: str, line: str, context: Any) -> bool:
    """Send a line to every connection that asked for alerts, if it is news. One that fails does not stop the others.

    It counts as told once a connection took it: while none does, the next failure tries them all again.

    Returns:
        Whether somebody knows it, from now or from within a day.
    """
    from jobmarket.settings import AlertSettings

    connections, told, now = AlertSettings().alert_connections, _told(), datetime.now(UTC)
    if not connections or not told.is_news(subject, reason, now):
        return bool(connections)
    for connection_id in connections:
        try:
            notifier(connection_id, f"jobmarket: {subject} {what}", line)(context)
        except Exception:
            # The alert is about a failure already; what went wrong with telling it stands beside it in the log.
            log.exception("the connection %s could not be told", connection_id)
        else:
            told.note(subject, reason, now)
    return not told.is_news(subject, reason, now)


def forget(context: Any) -> None:
    """After a success, the next failure of the task is news."""
    task = context["task_instance"]
    _told().works_again(f"{task.dag_id}.{task.task_id}")


def forget_run(context: Any) -> None:
    """After a run that succeeded, the next one that fails without a word is news."""
    _told().works_again(f"{context['dag'].dag_id}.run")


def _told() -> Told:
    from jobmarket.alerts import Told
    from jobmarket.settings import AlertSettings, Home

    return Told(Home(AlertSettings().home))


def notifier(connection_id: str, title: str, line: str) -> Any:
    """Airflow's notifier for a connection, by its type.

    Raises:
        ValueError: for a type that none of them serves.
    """
    from airflow.sdk import Connection

    # The notifiers read their texts as templates, and a reason may hold words of a board's answer.
    line = re.sub(r"\{(?=[{%#])", "{ ", line)
    connection = Connection.get(connection_id)
    match connection.conn_type:
        case "smtp":
            from airflow.providers.smtp.notifications.smtp import SmtpNotifier

            to = connection.extra_dejson["to"]
            return SmtpNotifier(to=to, subject=title, html_content=html.escape(line), smtp_conn_id=connection_id)
        case "slackwebhook":
            from airflow.providers.slack.notifications.slack_webhook import SlackWebhookNotifier

            return SlackWebhookNotifier(slack_webhook_conn_id=connection_id, text=line)
        case "apprise":
            return lambda context: _through_apprise(connection, title, line)
    raise ValueError(f"connection {connection_id} is of type {connection.conn_type}: use smtp, slackwebhook or apprise")


def _through_apprise(connection: Any, title: str, line: str) -> None:
    """What AppriseNotifier does, without its silence: Apprise says with its answer alone that a service took nothing.

    Raises:
        ConnectionError: if a service of the connection did not take the line.
    """
    import apprise
    from airflow.providers.apprise.hooks.apprise import AppriseHook

    services = apprise.Apprise()
    AppriseHook().set_config_from_conn(connection, services)
    if not services.notify(body=line, title=title):
        raise ConnectionError(f"a service of the Apprise connection {connection.conn_id} did not take it")
