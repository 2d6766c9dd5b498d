"""The report of a week that is not over gives that as the reason for what it lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.report.queries import Published
from jobmarket.report.sections.demand import week_figure
from jobmarket.report.sections.since import since_section
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import changed

NOT_COMPARED = "The week is not over, so it is not compared with earlier ones yet."
# what a running week lacks: its flow, and changes since earlier weeks
_OF_THE_WEEK = "where week_start = (select max(week_start) from rpt_skill_demand_weekly)"
CHANGES = (
    f"delete from rpt_skill_demand_weekly {_OF_THE_WEEK} and measure = 'flow'",
    f"update rpt_skill_demand_weekly set change_4w = null, change_13w = null {_OF_THE_WEEK}",
    f"update rpt_role_demand_weekly set matched_index = null, change_4w = null, status = 'final' {_OF_THE_WEEK}",
    f"update rpt_salary_trend_weekly set controlled_change_13w = null {_OF_THE_WEEK}",
)


@pytest.fixture(params=[False, True], ids=["running", "over"])
def is_over(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def published(later: Home, tmp_path: Path, is_over: bool) -> Iterator[Published]:
    with changed(later, tmp_path, *((change, None) for change in CHANGES), is_complete=is_over) as week:
        yield week


def test_the_flow_is_missing_because_the_week_is_not_over(published: Published, is_over: bool) -> None:
    note = week_figure(published).note
    assert ("The week is not over, and no posting counts as new yet." in note) == (not is_over)
    assert ("first crawl brings in its backlog" in note) == is_over


def test_nothing_is_compared_because_the_week_is_not_over(published: Published, is_over: bool) -> None:
    figures = {figure.key: figure for figure in since_section(published).figures}
    assert (figures["since-countries"].absence == NOT_COMPARED) == (not is_over)
    table = figures["since-figures"].table
    assert table is not None
    reasons = {row[0].text: row[3].text for row in table.rows}
    few = "Too few employers were observed in both weeks, or changed, to tell."
    assert reasons["Open postings"] == (few if is_over else NOT_COMPARED)
