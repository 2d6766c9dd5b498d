"""Sections about tables that not every vintage has: left out without them, and showing what they publish with them."""

from pathlib import Path

import pytest

from jobmarket.publishing import publish
from jobmarket.report import Order
from jobmarket.report.content import Report
from jobmarket.report.language import LOCALES, speaking
from jobmarket.report.renderings import FORMATS, render
from jobmarket.report.stage import composed
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect
from tests.jobmarket.publishing.synthetic_marts import AS_OF, LAST_WEEK, build_marts, describe, pass_gates
from tests.jobmarket.report.conftest import composed_report

# e0: DuckDB reads a number with a point alone as a decimal.
_CELL = f"date '{LAST_WEEK}' as week_start, 'stock' as measure, 'all' as role_family, 'all' as country"
_SHARES = (
    "200 as n_with, 1000 as n_postings, 90 as n_companies, 0.2e0 as share, 0.17e0 as share_low, 0.23e0 as share_high, "
    "0.01e0 as change_13w, -0.02e0 as change_13w_low, 0.04e0 as change_13w_high, 'final' as status, "
    "null::varchar as floor_reason"
)
TABLES = {
    "rpt_workplace_weekly": f"select {_CELL}, unnest(['remote', 'hybrid']) as workplace, {_SHARES}",
    "rpt_degree_and_experience": f"select {_CELL}, unnest(['degree:phd', 'experience:senior']) as requirement, "
    + _SHARES,
    "rpt_pay_transparency_weekly": f"select {_CELL}, unnest(['any', 'range']) as pay_statement, {_SHARES}",
    "rpt_role_demand_weekly": (
        f"select date '{LAST_WEEK}' - to_days(7 * n::int) as week_start, 'stock' as measure, 'all' as role_family, "
        "'all' as country, 1000 as n_postings, 90 as n_companies, 101.0e0 as demand_index, "
        "100.0e0 + n as matched_index, "
        "98.0e0 + n as matched_index_low, 102.0e0 + n as matched_index_high, 0.012e0 as change_4w, "
        "-0.01e0 as change_4w_low, "
        "0.03e0 as change_4w_high, 'final' as status from range(3) as weeks(n)"
    ),
}
KEYS = {"volume", "conditions"}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(Path(tmp_path_factory.mktemp("later")))
    build_marts(home, weeks=6, postings=400)
    with connect(home, Settings(_env_file=None)) as warehouse:
        for name, query in TABLES.items():
            warehouse.execute(f"create table marts.{name} as {query}")
        describe(warehouse)
        pass_gates(warehouse)
    publish(home, Settings(_env_file=None), AS_OF)
    return home


@pytest.fixture(scope="module")
def report(later: Home) -> Report:
    return composed(later, None, Order())


def test_without_its_table_a_section_is_left_out(sample: Home, report: Report) -> None:
    assert {section.key for section in report.sections} >= KEYS
    assert not KEYS & {section.key for section in composed_report(sample.root).sections}


def cells(report: Report, key: str) -> list[list[str]]:
    (figure,) = [figure for figure in report.figures if figure.key == key]
    assert figure.table is not None
    return [[cell.text for cell in row] for row in figure.table.rows]


def test_what_is_published_is_shown(report: Report) -> None:
    assert cells(report, "conditions-workplace")[0] == [
        "Hybrid", "20.0%", "17.0–23.0%", "200", "1,000", "90", "+1.0", "−2.0 to +4.0", "final",
    ]  # fmt: skip
    assert [row[0] for row in cells(report, "conditions-degree")] == ["Doctorate"]
    assert [row[0] for row in cells(report, "conditions-experience")] == ["Senior"]
    assert cells(report, "volume-trend")[-1][3:7] == ["101.00", "100.00", "+1.2%", "−1.0% to +3.0%"]


def test_every_format_and_language_sets_them(later: Home, report: Report) -> None:
    for form in FORMATS:
        assert render(report, form, "report")
    for language in LOCALES:
        with speaking(language):
            assert {section.key for section in composed(later, None, Order()).sections} >= KEYS
