"""Results of the data checks in the report's language; names of checks are not translated."""

from pathlib import Path

import duckdb
import pytest

from expectations.suites import SUITES
from jobmarket.report.language import speaking
from jobmarket.report.sections.gates import UNITS, gates_figure, observed
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import changed


def test_the_report_knows_what_every_check_counts() -> None:
    assert {batch.unit for suite in SUITES for batch in suite.batches} == set(UNITS)


@pytest.mark.parametrize(("without", "result"), [("", 4), ("not success", 3)], ids=["one is not met", "all are met"])
def test_the_query_gives_the_counts_of_the_sentence(later: Home, tmp_path: Path, without: str, result: int) -> None:
    changes = [(f"delete from gate_results where {without}", None)] if without else []
    with changed(later, tmp_path, *changes) as published:
        figure = gates_figure(published)
        first, *others = duckdb.extract_statements(figure.query)
        counts = published.source.connection.execute(first.query).fetchall()
    assert len(others) == (figure.table is not None)
    assert sum(n_checks for _, _, n_checks in counts) == result
    expected = figure.note or figure.absence or ""
    assert all(f"{n_passed} of {n_checks} checks" in expected for _, n_passed, n_checks in counts)


@pytest.mark.parametrize(
    ("result", "language", "expected"),
    [
        ("23 of 4,933 company crawls", "en", "23 of 4,933 company crawls"),
        ("23 of 4,933 company crawls", "de", "Abrufe von Arbeitgebern: 23 von 4.933"),
        ("23 of 4,933 company crawls", "fr", "Collectes d’employeurs : 23 sur 4 933"),
        ("0 rows", "de", "Zeilen: 0"),
        ("could not be checked: KeyError('x')", "de", "konnte nicht geprüft werden"),
        ("3 of 1400 after the crawl", "de", "3 of 1400 after the crawl"),
    ],
)
def test_the_result_of_a_check_is_translated(result: str, language: str, expected: str) -> None:
    with speaking(language):
        assert (observed(result) or "").replace("\u202f", " ").replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("raw.posting_versions", "Postings as received (posting versions)"),
        ("marts.fct_posting_skills", "Postings and their content (posting skills)"),
        ("marts.rpt_skill_demand_weekly", "Figures by week and half year (skill demand weekly)"),
        ("marts", "Other data"),
        ("raw.exchange_rates", "Other data (exchange rates)"),
    ],
)
def test_a_failed_check_is_listed_with_its_table(later: Home, tmp_path: Path, table: str, shown: str) -> None:
    with changed(later, tmp_path, ("update gate_results set table_name = ?", [table])) as published:
        figure = gates_figure(published)
    assert figure.table is not None
    assert figure.table.rows[0][0].text == shown
