"""What changed significantly in each country: only what is flagged or whose interval excludes 0, or one sentence."""

from pathlib import Path

from jobmarket.report.figures import Figure
from jobmarket.report.queries import Published
from jobmarket.report.sections.since import since_section
from jobmarket.report.tables import Table
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed

_OF_SKILLS = "update rpt_skill_demand_weekly set"
_OF_PAY = "update rpt_salary_trend_weekly set"
NOTHING = (
    f"{_OF_SKILLS} is_significant_4w = false, is_significant_13w = false",
    f"{_OF_PAY} controlled_change_13w_low = -0.1, controlled_change_13w_high = 0.1",
)


def figure_of(published: Published) -> Figure:
    (figure,) = [figure for figure in since_section(published).figures if figure.key == "since-countries"]
    return figure


def texts(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text for cell in row] for row in table.rows]


def test_if_nothing_changed_one_sentence_says_so(sample: Home, tmp_path: Path) -> None:
    with changed(sample, tmp_path, *((statement, None) for statement in NOTHING)) as published:
        figure = figure_of(published)
    assert figure.table is None
    assert figure.absence is not None
    assert figure.absence.startswith("No share, pay or number of openings changed significantly (")
    assert "All countries" in figure.absence
    assert "United States" in figure.absence


def test_a_flagged_share_and_a_change_of_pay_have_interval_sample_and_coverage(sample: Home, tmp_path: Path) -> None:
    statements = (
        *NOTHING,
        f"{_OF_SKILLS} change_4w = 0.05, change_4w_low = 0.03, change_4w_high = 0.07, is_significant_4w = true, "
        "change_4w_selected_low = 0.02, change_4w_selected_high = 0.08 "
        f"where skill_id = 'python' and country = 'US' and week_start = date '{LAST_WEEK}'",
        f"{_OF_PAY} controlled_change_13w = -0.03, controlled_change_13w_low = -0.05, "
        "controlled_change_13w_high = -0.01 where country = 'US' and seniority = 'all'",
    )
    with changed(sample, tmp_path, *((statement, None) for statement in statements)) as published:
        figure = figure_of(published)
    pay, share = texts(figure.table)
    assert pay[:5] == ["United States", "Pay for similar jobs", "−3.0%", "−5.0% to −1.0%", "13"]
    assert share[:6] == ["United States", "Python", "+5.0 points", "+2.0 to +8.0", "4", "not significant"]
    assert all(row[6] != "–" and row[7].endswith("%") for row in (pay, share)), "sample and coverage"
    assert "No significant change: All countries" in figure.note
    assert "Of the skills flagged in a country over one period, at most one in twenty" in figure.note
    assert "changes of shares are wider than 95% intervals" in figure.note
    assert figure.table is not None
    assert figure.numbers is not None
    assert figure.table.fields[3].title == "Interval", "wider than one of 95% for the share"
    assert [field.title for field in figure.numbers.fields][3:6] == ["Interval", "Change", "95% interval"]
    first, second = texts(figure.numbers)
    assert first[2:6] == ["–", "–", "−3.0%", "−5.0% to −1.0%"]
    assert second[2:6] == ["+5.0", "+2.0 to +8.0", "–", "–"]


def test_of_pay_alone_nothing_is_said_about_shares(sample: Home, tmp_path: Path) -> None:
    change = (
        f"{_OF_PAY} controlled_change_13w = -0.03, controlled_change_13w_low = -0.05, "
        "controlled_change_13w_high = -0.01 where country = 'US' and seniority = 'all'"
    )
    statements = (*NOTHING, change)
    with changed(sample, tmp_path, *((statement, None) for statement in statements)) as published:
        figure = figure_of(published)
    assert [row[1] for row in texts(figure.table)] == ["Pay for similar jobs"]
    assert "wider" not in figure.note
    assert figure.table is not None
    assert figure.table.fields[3].title == "95% interval"


def test_recordings_of_single_days_have_no_changes(recorded: Home, tmp_path: Path) -> None:
    with changed(recorded, tmp_path) as published:
        assert figure_of(published).absence == "There is no earlier week to compare with."


def test_a_share_that_was_not_compared_in_the_week_before_says_nothing_about_it(sample: Home, tmp_path: Path) -> None:
    one = "skill_id = 'python' and country = 'US'"
    statements = (
        *NOTHING,
        f"{_OF_SKILLS} change_4w = null, is_significant_4w = null where {one}",
        f"{_OF_SKILLS} change_4w = 0.05, change_4w_low = 0.02, change_4w_high = 0.08, is_significant_4w = true "
        f"where {one} and week_start = date '{LAST_WEEK}'",
    )
    with changed(sample, tmp_path, *((statement, None) for statement in statements)) as published:
        (share,) = texts(figure_of(published).table)
    assert share[:6] == ["United States", "Python", "+5.0 points", "+2.0 to +8.0", "4", "–"]
