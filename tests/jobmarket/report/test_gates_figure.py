"""What checks of the data saw, in the report's language; the names of checks stay what they are called."""

import pytest

from expectations.suites import SUITES
from jobmarket.report.language import speaking
from jobmarket.report.sections.gates import UNITS, observed


def test_the_report_knows_what_every_check_counts() -> None:
    assert {batch.unit for suite in SUITES for batch in suite.batches} == set(UNITS)


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
