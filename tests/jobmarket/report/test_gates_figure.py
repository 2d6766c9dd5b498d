"""What checks of the data saw, in the report's language; the names of checks stay what they are called."""

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


@pytest.mark.parametrize(("without", "told"), [("", 4), ("not success", 3)], ids=["one is not met", "all are met"])
def test_the_query_counts_the_checks_that_the_sentence_tells(
    later: Home, tmp_path: Path, without: str, told: int
) -> None:
    changes = [(f"delete from gate_results where {without}", None)] if without else []
    with changed(later, tmp_path, *changes) as published:
        figure = gates_figure(published)
        first, *others = duckdb.extract_statements(figure.query)
        counts = published.source.connection.execute(first.query).fetchall()
    assert len(others) == (figure.table is not None)
    assert sum(n_checks for _, _, n_checks in counts) == told
    said = figure.note or figure.absence or ""
    assert all(f"{n_passed} of {n_checks} checks" in said for _, n_passed, n_checks in counts)


@pytest.mark.parametrize(
    ("told", "language", "said"),
    [
        ("23 of 4,933 company crawls", "en", "23 of 4,933 company crawls"),
        ("23 of 4,933 company crawls", "de", "Abrufe von Arbeitgebern: 23 von 4.933"),
        ("23 of 4,933 company crawls", "fr", "Collectes d’employeurs : 23 sur 4 933"),
        ("0 rows", "de", "Zeilen: 0"),
        ("could not be checked: KeyError('x')", "de", "konnte nicht geprüft werden"),
        ("3 of 1400 after the crawl", "de", "3 of 1400 after the crawl"),
    ],
)
def test_what_a_check_saw_is_said_in_the_language(told: str, language: str, said: str) -> None:
    with speaking(language):
        assert (observed(told) or "").replace("\u202f", " ").replace("\xa0", " ") == said
