"""A series that is younger than a window: the report says how many weeks it has, wherever it names the window."""

from pathlib import Path

import pytest

from jobmarket.report.sections.claims import claims_section
from jobmarket.report.sections.grid import grid_section
from jobmarket.report.sections.premiums import premiums_section
from jobmarket.report.sections.window import so_far
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import changed

_WINDOWS = """create or replace table dim_windows as
    select unnest(['pay', 'pairs']) as window_name, date '2026-02-23' as window_start, {n} as n_weeks,
        {full} as is_full"""


@pytest.mark.parametrize(
    ("n", "full", "sentence"),
    [
        (22, "false", "The series began in the week of 23 February 2026: the period covers only 22 weeks so far."),
        (1, "false", "The series began in the week of 23 February 2026: the period covers only 1 week so far."),
        (26, "true", ""),
    ],
)
def test_a_window_that_is_not_full_says_so(later: Home, tmp_path: Path, n: int, full: str, sentence: str) -> None:
    with changed(later, tmp_path, (_WINDOWS.format(n=n, full=full), None)) as published:
        assert [so_far(published, name) for name in ("pay", "pairs")] == [sentence, sentence]
        shown = [
            *grid_section(published).sentences,
            *premiums_section(published).sentences,
            *(figure.note or "" for figure in claims_section(published).figures),
        ]
    assert sum("The series began" in text for text in shown) == (3 if sentence else 0)
