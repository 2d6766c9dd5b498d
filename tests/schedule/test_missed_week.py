"""A week that was missed and is made up for has the report that it would have had."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobmarket.publishing.vintages import kept_vintages
from jobmarket.report import Order, make_report, missing_report
from jobmarket.settings import Home
from tests.schedule.conftest import Scheduled, reports

MISSED, NEXT = "2026-03-16T06:00:00Z", "2026-03-23T06:00:00Z"
STAGES = ("load", "gate-raw", "build", "gate-marts", "publish")
# One board system of the sample world: the whole of it takes minutes.
ONE_BOARD = {"ONE_STAGE_CHOICES": json.dumps({"board_names": ["ashby"]})}


def reported(scheduled: Scheduled) -> Home:
    """Load and publish as of the week in question, and write the report that the publication calls for."""
    for stage in STAGES:
        result = scheduled.done(stage, MISSED)
    order = missing_report(scheduled.home, result["counts"]["vintage_id"])
    assert isinstance(order, Order)
    make_report(scheduled.home, order=order)
    assert missing_report(scheduled.home, order.vintage) is None, "cleared once more, the run has nothing to do"
    return scheduled.home


@pytest.mark.thorough
@pytest.mark.timeout(1800)
def test_a_missed_week_that_is_made_up_for_has_the_report_it_would_have_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_GIT_SHA", "0")
    undisturbed = Scheduled(Home(tmp_path / "undisturbed"), "sample", ONE_BOARD)
    made_up_for = Scheduled(Home(tmp_path / "made_up_for"), "sample", ONE_BOARD)
    undisturbed.done("crawl", MISSED)
    # Nothing else ran in the week: when it is made up for, the crawl of the week after has landed as well.
    made_up_for.done("crawl", NEXT)
    expected, found = (reported(scheduled) for scheduled in (undisturbed, made_up_for))
    assert [vintage.name for vintage in kept_vintages(found.published)] == [
        vintage.name for vintage in kept_vintages(expected.published)
    ], "the same marts, to the byte"
    assert {name.split("/")[0] for name in reports(expected) if "/" in name} == {"2026-W11"}
    assert reports(found) == reports(expected)
