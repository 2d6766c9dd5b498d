"""Airflow's notifiers, by the type of the connection that an alert goes to."""

from __future__ import annotations

import html
import re
from typing import Any


def notifier(connection_id: str, title: str, line: str) -> Any:
    """Return Airflow's notifier for a connection, by its type.

    Raises:
        ValueError: If the type is not supported.
    """
    from airflow.sdk import Connection

    # The notifiers render their texts as templates, and a reason may quote a board's answer.
    line = re.sub(r"\{(?=[{%#])", "{ ", line)
    connection = Connection.get(connection_id)
    match connection.conn_type:
        case "smtp":
            from airflow.providers.smtp.notifications.smtp import SmtpNotifier

            to = connection.extra_dejson["to"]
            return SmtpNotifier(to=to, subject=title, html_content=html.escape(line), smtp_conn_id=connection_id)
        case "slackwebhook":
            from airflow.providers.slack.notifications.slack_webhook import SlackWebhookNotifier

            # Slack reads <!channel> as a mention and <address|words> as a link, and asks to escape these three letters.
            text = html.escape(line, quote=False)
            return SlackWebhookNotifier(slack_webhook_conn_id=connection_id, text=text)
        case "apprise":
            return lambda context: _through_apprise(connection, title, line)
    raise ValueError(f"connection {connection_id} is of type {connection.conn_type}: use smtp, slackwebhook or apprise")


def _through_apprise(connection: Any, title: str, line: str) -> None:
    """Send a line through Apprise. AppriseNotifier ignores Apprise's return value, which reports failures.

    Raises:
        ConnectionError: If a service of the connection did not accept the line.
    """
    import apprise
    from airflow.providers.apprise.hooks.apprise import AppriseHook

    services = apprise.Apprise()
    AppriseHook().set_config_from_conn(connection, services)
    if not services.notify(body=line, title=title):
        raise ConnectionError(f"a service of the Apprise connection {connection.conn_id} did not accept the message")
