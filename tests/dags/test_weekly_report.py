"""The report is mailed by whichever run finds it written and not sent."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from airflow.sdk import TriggerRule


@pytest.fixture
def weekly_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "dags"))
    for name in ("alerts", "wiring", "weekly_report"):
        sys.modules.pop(name, None)
    import weekly_report

    return weekly_report


def test_a_week_that_has_its_report_skips_the_report_alone(weekly_report: ModuleType) -> None:
    tasks = weekly_report.weekly_report().task_dict
    check, send = tasks["week_without_report"], tasks["send"]
    assert check.ignore_downstream_trigger_rules is False, "else `send` is skipped with `report`"
    assert check.downstream_task_ids == {"report"}
    assert send.upstream_task_ids == {"report"}
    assert send.trigger_rule == TriggerRule.NONE_FAILED, "runs after a skipped report, not after a failed one"


def test_what_is_sent_is_the_report_that_was_written(
    weekly_report: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = object()
    asked: list[object] = []
    monkeypatch.setattr("jobmarket.report.written_order", lambda home: wanted)
    monkeypatch.setattr(weekly_report, "run_stage", lambda stage, as_of, **more: asked.extend([stage, as_of, more]))
    weekly_report.weekly_report().task_dict["send"].python_callable()
    assert asked == ["send", None, {"order": wanted}]
