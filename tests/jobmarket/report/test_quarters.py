"""Which change in time to close the report states as a sentence."""

from pathlib import Path

import pytest

from jobmarket.report.sections.quarters import quarters_figure
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import changed

# A quarter of each from 2025 on, of which the newest is not over.
QUARTERS = """
    create or replace table rpt_time_to_close_quarterly as
    select * replace (
        quarter::date as quarter_start, quarter < '2026-07-01' as is_over,
        0.2e0 as pace_change_quarter, 0.1e0 as pace_change_quarter_low, 0.4e0 as pace_change_quarter_high,
        0.3e0 as pace_change_year, 0.2e0 as pace_change_year_low, 0.5e0 as pace_change_year_high
    )
    from (from rpt_time_to_close_quarterly limit 1)
    cross join range(timestamp '2025-01-01', timestamp '2026-07-02', interval 3 month) as quarters(quarter)
"""
YEAR = (
    "In the quarter beginning 1 {month} 2026, the pace of closing changed by +30.0% (+20.0% to +50.0%) from a year "
    "earlier."
)
PROVISIONAL = YEAR.format(month="April") + " This is provisional."
QUARTER = (
    "In the quarter beginning 1 April 2026, the pace of closing changed by +20.0% (+10.0% to +40.0%) from the previous "
    "quarter."
)

NOT_SINCE_A_YEAR = (
    "In the quarter beginning 1 April 2026, the pace of closing did not change significantly from a year earlier "
    "(+30.0%, −10.0% to +50.0%)."
)
NOT_SINCE_A_QUARTER = (
    "In the quarter beginning 1 April 2026, the pace of closing did not change significantly from the previous quarter "
    "(+20.0%, −10.0% to +40.0%)."
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("status = status", YEAR.format(month="April")),
        ("status = 'coverage_break' where quarter_start = '2025-04-01'", QUARTER),
        ("status = 'coverage_break' where quarter_start < '2026-04-01'", ""),
        ("status = 'coverage_break' where quarter_start = '2026-04-01'", YEAR.format(month="January")),
        ("status = 'provisional' where quarter_start = '2026-04-01'", PROVISIONAL),
        ("status = 'provisional' where quarter_start = '2025-04-01'", PROVISIONAL),
        ("status = 'provisional' where quarter_start = '2026-01-01'", YEAR.format(month="April")),
        ("pace_change_year = null", QUARTER),
        ("pace_change_year_low = -0.1", NOT_SINCE_A_YEAR),
        ("pace_change_year = null, pace_change_quarter_low = -0.1", NOT_SINCE_A_QUARTER),
        ("pace_change_year = null, pace_change_quarter = null", ""),
        ("is_over = false", ""),
    ],
)
def test_the_sentence_states_the_newest_covered_quarter_that_is_over(
    later: Home, tmp_path: Path, change: str, expected: str
) -> None:
    statements = QUARTERS, f"update rpt_time_to_close_quarterly set {change}"
    with changed(later, tmp_path, *((statement, []) for statement in statements)) as published:
        note = quarters_figure(published).note
    sentence, how, _ = note.partition("Each quarter counts")
    assert (sentence.strip(), how) == (expected, "Each quarter counts")


def test_without_such_a_quarter_the_reason_is_stated(later: Home, tmp_path: Path) -> None:
    with changed(later, tmp_path, ("delete from rpt_time_to_close_quarterly", [])) as published:
        assert (
            quarters_figure(published).absence
            == "No posting was followed in a quarter with at least one complete week."
        )
