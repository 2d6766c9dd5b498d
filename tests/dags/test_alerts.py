"""Alerts go to the configured connections once a day, and never contain anything that a template would run."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.handlers import Message
from airflow.sdk.exceptions import AirflowFailException

from jobmarket.schedule import alerts as schedule_alerts
from jobmarket.schedule import tasks
from jobmarket.schedule.reported_failures import ReportedFailures
from jobmarket.settings import Home
from tests.loopback import free_port, mail_server

NOW = datetime(2026, 8, 24, 6, tzinfo=UTC)


def is_reported(reported: ReportedFailures, subject: str, reason: str, now: datetime = NOW) -> bool:
    """Return whether the failure was news, and record that it was reported."""
    if not reported.is_news(subject, reason, now):
        return False
    reported.note(subject, reason, now)
    return True


def test_the_same_failure_is_reported_once_a_day(tmp_path: Path) -> None:
    reported = ReportedFailures(Home(tmp_path))
    assert is_reported(reported, "load_postings.load", "locked by another process (PID 17)")
    later = NOW + timedelta(hours=5)
    assert not is_reported(reported, "load_postings.load", "locked by another process (PID 4711)", later)
    assert is_reported(reported, "load_postings.load", "disk full", later)
    assert is_reported(reported, "build_marts.build", "disk full", later)
    next_day = NOW + timedelta(hours=23)  # a daily run may fail a little earlier than the day before
    assert is_reported(reported, "load_postings.load", "locked by another process (PID 1)", next_day)


@pytest.mark.parametrize(
    ("first", "same", "another"),
    [
        ("403 on 12 companies", "403 on 900 companies", "503 on 900 companies"),
        ("lever: failed, 503: down, 3 times", "lever: failed, 503: down, 2 times", "lever: failed, 429: down, 3 times"),
        ("robots.txt is not available (500)", "robots.txt is not available (500)", "robots.txt is not available (502)"),
        ("locked (PID 17), 4 of 9 runs", "locked (PID 503), 500 of 600 runs", "disk full, 4 of 9 runs"),
    ],
)
def test_another_http_status_is_another_failure(tmp_path: Path, first: str, same: str, another: str) -> None:
    reported = ReportedFailures(Home(tmp_path))
    assert is_reported(reported, "collect_postings.crawl", first)
    assert not is_reported(reported, "collect_postings.crawl", same)
    assert is_reported(reported, "collect_postings.crawl", another)


def test_after_a_success_a_failure_is_news_again(tmp_path: Path) -> None:
    reported = ReportedFailures(Home(tmp_path))
    assert is_reported(reported, "load_postings.load", "disk full")
    assert is_reported(reported, "load_postings.gate", "closed")
    reported.works_again("load_postings.load")
    assert reported.is_news("load_postings.load", "disk full", NOW)
    assert not reported.is_news("load_postings.gate", "closed", NOW)


class Inbox(Message):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler = Inbox()
    with mail_server(handler) as controller:
        yield handler, controller.port


@pytest.fixture
def alerts() -> Any:
    return schedule_alerts


def test_a_failure_reaches_a_mailbox_once_and_runs_nothing(
    alerts: Any, inbox: tuple[Inbox, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, port = inbox
    mail = {
        "conn_type": "smtp", "host": "127.0.0.1", "port": port,
        "extra": {
            "disable_ssl": True, "disable_tls": True, "from_email": "market@example.org", "to": "desk@example.org",
        },
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_DESK", json.dumps(mail))
    monkeypatch.setenv("JOBMARKET_ALERTS", "nobody, desk")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    context = {
        "task_instance": SimpleNamespace(dag_id="load_postings", task_id="gate"),
        "dag_run": SimpleNamespace(run_id="scheduled__2026-08-24"),
        "logical_date": None,
        "exception": RuntimeError("Gate raw closed: title '{{ 6 * 7 }}' <b>bold</b>"),
    }
    for _ in range(2):
        alerts.report_failure(context)

    (message,) = handler.mails
    assert (message["From"], message["To"]) == ("market@example.org", "desk@example.org")
    assert message["Subject"] == "jobmarket: load_postings.gate failed"
    (body,) = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    assert "6 * 7" in body
    assert "&lt;b&gt;" in body
    assert "docs/runbook.md#load_postings" in body


def test_the_success_of_one_board_does_not_clear_the_failure_of_another(
    alerts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_ALERTS", "desk")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    titles: list[str] = []
    monkeypatch.setattr(alerts, "notifier", lambda _, title, __: lambda _: titles.append(title))

    def of(board: int) -> dict[str, Any]:
        return {
            "task_instance": SimpleNamespace(dag_id="collect_postings", task_id="crawl", map_index=board),
            "dag_run": SimpleNamespace(run_id="scheduled__2026-08-24"),
            "exception": RuntimeError("the registry is empty"),
        }

    for _ in range(2):
        alerts.report_failure(of(3))
        alerts.forget(of(4))
    assert titles == ["jobmarket: collect_postings.crawl[3] failed"]


def test_an_alert_that_no_connection_accepted_is_tried_again(
    alerts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_ALERTS", "desk, pager")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    tried: list[str] = []
    refusing = {"desk", "pager"}

    def notifier(connection_id: str, title: str, line: str) -> Any:
        def notify(context: Any) -> None:
            tried.append(connection_id)
            if connection_id in refusing:
                raise ConnectionRefusedError(f"{connection_id} refuses messages")

        return notify

    monkeypatch.setattr(alerts, "notifier", notifier)
    for _ in range(2):
        alerts.send("load_postings.load", "failed", "disk full", "a line", None)
    assert tried == ["desk", "pager"] * 2, "no connection accepted it, so it is still news"
    refusing.remove("desk")
    for _ in range(2):
        alerts.send("load_postings.load", "failed", "disk full", "a line", None)
    assert tried == ["desk", "pager"] * 3, "one connection accepted it: not sent again within a day"


@pytest.fixture
def sent(alerts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return title and line of each message to the only alert connection."""
    monkeypatch.setenv("JOBMARKET_ALERTS", "desk")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    lines: list[tuple[str, str]] = []
    monkeypatch.setattr(
        alerts, "notifier", lambda connection_id, title, line: lambda context: lines.append((title, line))
    )
    return lines


def context_of(dag: str, task: str, exception: Exception | None = None) -> dict[str, Any]:
    run = SimpleNamespace(run_id="asset_triggered__2026-08-24", run_after=NOW)
    instance = SimpleNamespace(dag_id=dag, task_id=task)
    return {"task_instance": instance, "dag_run": run, "logical_date": None, "exception": exception}


def test_a_closed_gate_is_reported_with_its_line(alerts: Any, sent: list[tuple[str, str]]) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    alerts.report_failure(
        context_of("build_marts", "gate", AirflowFailException("Gate marts closed: a share above one"))
    )
    ((title, line),) = sent
    assert title == "jobmarket: build_marts.gate failed"
    assert "Gate marts closed: a share above one" in line
    assert line.endswith("docs/runbook.md#build_marts")


def test_a_run_whose_task_ended_without_a_report_is_reported(alerts: Any, sent: list[tuple[str, str]]) -> None:
    context = {"dag": SimpleNamespace(dag_id="build_marts"), "run_id": "asset_triggered__1", "reason": "task_failure"}
    for _ in range(2):
        alerts.report_run(context)
    ((title, line),) = sent
    assert title == "jobmarket: build_marts.run failed"
    assert line.startswith("build_marts failed, run asset_triggered__1: a task ended without reporting why")
    # The task already reported why it failed, so its run reports nothing.
    alerts.report_failure(context_of("load_postings", "load", OSError("disk full")))
    same_run = {"dag": SimpleNamespace(dag_id="load_postings"), "run_id": "asset_triggered__2026-08-24"}
    alerts.report_run(context | same_run)
    assert [title for title, _ in sent[1:]] == ["jobmarket: load_postings.load failed"]
    # The run is cleared and starts again, and this time its worker is killed.
    again = SimpleNamespace(start_date=datetime.now(UTC) + timedelta(seconds=1))
    alerts.report_run(context | same_run | {"dag_run": again})
    assert [title for title, _ in sent[2:]] == ["jobmarket: load_postings.run failed"]


def fails_in_a_run(alerts: Any, exception: Exception) -> None:
    """Report a task's failure, then that of its run, as Airflow does."""
    failed = context_of("load_postings", "load", exception)
    alerts.report_failure(failed)
    alerts.report_run({
        "dag": SimpleNamespace(dag_id="load_postings"), "run_id": failed["dag_run"].run_id, "reason": "task_failure",
    })  # fmt: skip


def test_without_connections_a_reported_failure_is_logged_once_with_its_reason(
    alerts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("JOBMARKET_ALERTS", raising=False)
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    fails_in_a_run(alerts, OSError("disk full"))
    (logged,) = [record.getMessage() for record in caplog.records if record.name == "jobmarket.alerts"]
    assert "load_postings.load failed for asset_triggered__2026-08-24: disk full." in logged


def test_a_run_sends_the_reason_that_its_task_could_not_send(
    alerts: Any, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        """A mail server that is down for the first message only."""

        tries = 0

        def __call__(self, *message: str) -> Any:
            def notify(context: Any) -> None:
                self.tries += 1
                if self.tries == 1:
                    raise ConnectionRefusedError("no mail server")
                sent.append((message[1], message[2]))

            return notify

    monkeypatch.setattr(alerts, "notifier", Down())
    fails_in_a_run(alerts, OSError("disk full"))
    ((title, line),) = sent
    assert title == "jobmarket: load_postings.load failed"
    assert "disk full" in line


def test_a_failure_is_sent_although_it_cannot_be_recorded(
    alerts: Any, sent: list[tuple[str, str]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "alerts").write_text("in the way of the folder, as a full disk is")
    alerts.report_failure(context_of("load_postings", "load", OSError("disk full")))
    assert [title for title, _ in sent] == ["jobmarket: load_postings.load failed"]
    assert "it may be reported twice" in caplog.text


def test_reports_of_coverage_or_of_another_run_do_not_silence_a_run(alerts: Any, sent: list[tuple[str, str]]) -> None:
    context = {
        "dag": SimpleNamespace(dag_id="publish_market"),
        "run_id": "asset_triggered__1",
        "reason": "task_failure",
    }
    alerts.report_breaks(["all, week of 2026-08-17: 3 of 60 employers"], context_of("publish_market", "coverage"))
    alerts.report_failure(
        context_of("publish_market", "publish", OSError("disk full"))
    )  # of asset_triggered__2026-08-24
    assert len(sent) == 2
    alerts.report_run(context)
    assert [title for title, _ in sent[2:]] == ["jobmarket: publish_market.run failed"]
    alerts.report_run(context | {"run_id": "asset_triggered__2"})
    assert len(sent) == 3, "the same failure on the same day"
    alerts.forget_run(context)
    alerts.report_run(context | {"run_id": "asset_triggered__3"})
    assert [title for title, _ in sent[3:]] == ["jobmarket: publish_market.run failed"], "one succeeded in between"


def test_a_repeated_failure_that_its_task_did_not_report_is_not_reported_by_its_run(
    alerts: Any, sent: list[tuple[str, str]]
) -> None:
    for run_id in ("asset_triggered__1", "asset_triggered__2"):
        failed = context_of("load_postings", "load", OSError("disk full"))
        failed["dag_run"].run_id = run_id
        alerts.report_failure(failed)
        alerts.report_run({"dag": SimpleNamespace(dag_id="load_postings"), "run_id": run_id, "reason": "task_failure"})
    assert [title for title, _ in sent] == ["jobmarket: load_postings.load failed"]


def test_a_late_report_is_reported_as_late(alerts: Any, sent: list[tuple[str, str]]) -> None:
    context = context_of("weekly_report", "week_is_published", TimeoutError("Sensor has timed out"))
    alerts.report_late(context)
    alerts.report_late(context)
    ((title, line),) = sent
    assert title == "jobmarket: weekly_report.week_is_published is late"
    assert line.startswith("The report is late: the week before 2026-08-24 is not published")


def test_each_coverage_break_is_reported_once(alerts: Any, sent: list[tuple[str, str]]) -> None:
    context = context_of("publish_market", "coverage")
    lines = [f"{board}, week of 2026-08-17: 3 of 60 expected employers observed" for board in ("all", "lever")]
    for _ in range(2):
        alerts.report_breaks(lines, context)
        alerts.forget(context)  # the reporting task succeeds
    assert [title for title, _ in sent] == ["jobmarket: publish_market.coverage_break was found"] * 2
    assert [line.split(",")[0] for _, line in sent] == ["Coverage broke: all", "Coverage broke: lever"]
    alerts.report_breaks([], context)
    alerts.report_breaks(lines[:1], context)
    assert len(sent) == 3, "the coverage was whole in between, so the same break is news"


def test_runs_that_could_not_be_loaded_are_reported_although_the_task_succeeds(
    dag_module: Any, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_postings = dag_module("load_postings")
    gaps = [f"run={number}/sightings.jsonl.gz differs from the checksum" for number in range(7)]
    monkeypatch.setattr(load_postings, "run_stage", lambda stage, as_of: {"gaps": gaps})
    monkeypatch.setattr(load_postings, "limit_of", lambda asset: None)
    monkeypatch.setattr(load_postings, "get_current_context", lambda: context_of("load_postings", "load"))
    load = load_postings.load_postings().task_dict["load"].python_callable
    for _ in range(2):
        assert load() == {"gaps": gaps}
    ((title, line),) = sent
    assert title == "jobmarket: load_postings.gaps were found"
    assert line.startswith("Landed and not loaded: run=0/sightings.jsonl.gz differs from the checksum; run=1/")
    assert "run=5/" not in line
    assert "and 2 more" in line
    several, gaps[:] = [*gaps], []
    load()
    assert len(sent) == 1
    gaps[:] = several
    load()
    assert len(sent) == 2, "it was complete in between, so the same gap is news"


def test_an_invalid_setting_which_fails_every_stage_is_reported(
    alerts: Any, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_VINTAGES_KEPT", "5")
    with pytest.raises(AirflowFailException, match="JOBMARKET_VINTAGES_KEPT is '5'") as failed:
        tasks.run_stage("load", None)
    alerts.report_failure(context_of("load_postings", "load", failed.value))
    ((title, line),) = sent
    assert title == "jobmarket: load_postings.load failed"
    assert "JOBMARKET_VINTAGES_KEPT is '5'" in line


def test_an_alert_links_to_the_configured_runbook(
    alerts: Any, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_RUNBOOK_URL", "https://market.example.org/docs/runbook/")
    alerts.report_failure(context_of("load_postings", "load", OSError("disk full")))
    alerts.report_breaks(["all, week of 2026-08-17: 3 of 60 employers"], context_of("publish_market", "coverage"))
    links = [line.rpartition("What to do: ")[2] for _, line in sent]
    assert links == [f"https://market.example.org/docs/runbook/#{name}" for name in ("load_postings", "coverage-break")]


def test_an_alert_that_apprise_could_not_deliver_stays_news(
    alerts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pager = {"conn_type": "apprise", "extra": {"config": {"path": f"json://127.0.0.1:{free_port()}"}}}
    monkeypatch.setenv("AIRFLOW_CONN_PAGER", json.dumps(pager))
    monkeypatch.setenv("JOBMARKET_ALERTS", "pager")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    for _ in range(2):
        alerts.report_failure(context_of("load_postings", "load", OSError("disk full")))
    assert caplog.text.count("a service of the Apprise connection pager did not accept the message") == 2, "still news"
    assert ReportedFailures(Home(tmp_path)).is_news("load_postings.load", "disk full", NOW)


@pytest.fixture
def webhook() -> Iterator[tuple[list[tuple[str, dict[str, Any]]], int]]:
    """Run a service on loopback that accepts JSON, and yield the received paths and bodies and its port."""
    got: list[tuple[str, dict[str, Any]]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *words: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield got, server.server_port
        server.shutdown()


@pytest.mark.parametrize("kind", ["apprise", "slackwebhook"])
def test_an_alert_that_a_service_accepted_is_sent_once(
    alerts: Any, webhook: tuple[list[Any], int], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got, port = webhook
    services = {
        "apprise": {"extra": {"config": {"path": f"json://127.0.0.1:{port}"}}},
        "slackwebhook": {"host": f"http://127.0.0.1:{port}/services", "password": "T00/B00/x"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_PAGER", json.dumps({"conn_type": kind, **services[kind]}))
    monkeypatch.setenv("JOBMARKET_ALERTS", "pager")
    monkeypatch.setenv("JOBMARKET_HOME", str(tmp_path))
    for _ in range(2):
        alerts.report_failure(context_of("load_postings", "load", OSError("disk full {{ 6 * 7 }} <!channel> R&D")))
    ((path, message),) = got
    if kind == "apprise":
        assert message["title"] == "jobmarket: load_postings.load failed"
    else:
        assert path == "/services/T00/B00/x"
    line = message["message" if kind == "apprise" else "text"]
    assert "6 * 7" in line
    expected = "<!channel> R&D" if kind == "apprise" else "&lt;!channel&gt; R&amp;D"
    assert expected in line, "Slack would mention everybody"
    assert line.endswith("docs/runbook.md#load_postings")
