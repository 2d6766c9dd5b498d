"""A week that was missed and is run later gets the report that it would have had in time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobmarket.publishing.vintages import kept_vintages
from jobmarket.report import ReportSpec, make_report, missing_report
from jobmarket.settings import Home
from tests.schedule.conftest import Scheduled, reports

MISSED, NEXT = "2026-03-16T06:00:00Z", "2026-03-23T06:00:00Z"
STAGES = ("load", "gate-raw", "build", "gate-marts", "publish")
# One board system of the sample world, because all of them take minutes.
ONE_BOARD = {"ONE_STAGE_CHOICES": json.dumps({"board_names": ["ashby"]})}


def reported(scheduled: Scheduled) -> Home:
    """Load and publish as of the missed week, and write the report that this vintage lacks."""
    for stage in STAGES:
        result = scheduled.done(stage, MISSED)
    spec = missing_report(scheduled.home, result["counts"]["vintage_id"])
    assert isinstance(spec, ReportSpec)
    make_report(scheduled.home, spec=spec)
    assert missing_report(scheduled.home, spec.vintage) is None, "a second run of the report has nothing to do"
    return scheduled.home


@pytest.mark.thorough
@pytest.mark.timeout(1800)
def test_a_missed_week_that_is_run_later_has_the_same_vintage_and_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_GIT_SHA", "0")
    undisturbed = Scheduled(Home(tmp_path / "undisturbed"), "sample", ONE_BOARD)
    run_later = Scheduled(Home(tmp_path / "run_later"), "sample", ONE_BOARD)
    undisturbed.done("crawl", MISSED)
    # Only the crawl ran in the missed week. By the time of the other stages, the next week's crawl has landed as well.
    run_later.done("crawl", NEXT)
    expected, actual = (reported(scheduled) for scheduled in (undisturbed, run_later))
    assert [vintage.name for vintage in kept_vintages(actual.published)] == [
        vintage.name for vintage in kept_vintages(expected.published)
    ], "the marts must be identical"
    assert {name.split("/")[0] for name in reports(expected) if "/" in name} == {"2026-W11"}
    assert reports(actual) == reports(expected)
