"""Every run mails a report that was written but not sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest
from airflow.sdk import TriggerRule

from jobmarket.report import ReportSpec
from jobmarket.schedule import reports


@pytest.fixture
def weekly_report(dag_module: Callable[[str], ModuleType]) -> ModuleType:
    return dag_module("weekly_report")


def test_a_run_without_a_missing_report_sends_an_unsent_one(weekly_report: ModuleType) -> None:
    tasks = weekly_report.weekly_report().task_dict
    assert tasks["report"].upstream_task_ids == {"missing"}
    assert tasks["send"].upstream_task_ids == {"report"}
    assert tasks["send"].trigger_rule == TriggerRule.NONE_FAILED, "runs after a skipped report, not after a failed one"


def test_a_run_writes_the_reports_of_the_publications_that_started_it(
    weekly_report: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    mondays = {"20260810T000000Z-a": date(2026, 8, 3), "20260811T000000Z-b": date(2026, 8, 3), "now": date(2026, 8, 10)}
    written: set[str] = set()

    def missing_report(home: object, vintage: str | None, day: date | None) -> ReportSpec | None:
        assert day is None
        return None if vintage in written else ReportSpec(week=mondays[vintage or "now"], vintage=vintage)

    publications = [{"as_of": vintage[:8], "vintage": vintage} for vintage in mondays if vintage != "now"]
    monkeypatch.setattr("jobmarket.report.missing_report", missing_report)
    monkeypatch.setattr(weekly_report, "due_day", lambda: None)
    monkeypatch.setattr(weekly_report, "handed_on", lambda asset: publications)
    missing = weekly_report.weekly_report().task_dict["missing"].python_callable
    assert missing() == [{"week": "2026-08-03", "vintage": "20260810T000000Z-a"}], "one week, the first vintage"
    written |= set(mondays)
    assert missing() == []
    for by_hand in ([], [{"as_of": "20260817"}]):
        publications[:] = by_hand
        assert missing() == [{"week": "2026-08-10", "vintage": None}], "no vintage is named: the current one"


def test_the_sent_report_is_the_one_that_was_written(
    weekly_report: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = object()
    calls: list[object] = []
    monkeypatch.setattr("jobmarket.report.written_report", lambda home: wanted)
    monkeypatch.setattr(reports, "run_stage", lambda stage, as_of, **more: calls.extend([stage, as_of, more]))
    weekly_report.weekly_report().task_dict["send"].python_callable()
    assert calls == ["send", None, {"report": wanted}]
