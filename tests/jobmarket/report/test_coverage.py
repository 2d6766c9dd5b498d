"""The report's coverage: that of its scope (a country, a role), not that of all employers together."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.report import names
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import KeyFigure, key_figures
from jobmarket.report.language import speaking
from jobmarket.report.queries import Published, Scope
from jobmarket.report.sections.coverage import coverage_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed, published_week

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=[Scope(country="FR"), Scope("ml_engineer"), Scope("ml_engineer", "FR")], ids=str)
def part(request: pytest.FixtureRequest, sample: Home) -> Iterator[Published]:
    with published_week(sample, request.param) as week:
        yield week


def coverage_in(
    part: Published, ratio: float | None, status: str, language: str = "en", reason: str | None = None
) -> tuple[str, KeyFigure]:
    """Return the headline's last sentence and the strip's last figure for this coverage of the scope."""
    observed = {"coverage_ratio": ratio, "status": status, "break_reason": reason}
    rows = [dataclasses.replace(row, **observed) for row in part.skills]
    part = dataclasses.replace(part, skills=rows)
    with speaking(language):
        return headline(part)[-1].replace("\u202f", " ").replace("\xa0", " "), key_figures(part)[-1]


def test_the_headline_and_the_strip_state_coverage(part: Published) -> None:
    sentence, figure = coverage_in(part, 0.821, "provisional")
    assert sentence == "The employers observed account for 82.1% of the postings last known in this part of the market."
    assert (figure.label, figure.text, figure.status) == ("Coverage", "82.1%", "provisional")
    assert figure.remark == "of the postings last known in this part of the market"


@pytest.mark.parametrize(
    ("status", "ratio", "reason", "shown"),
    [
        ("coverage_break", 0.95, "sources_added", "coverage_break"),
        ("suppressed", 0.95, "sources_lost", "coverage_break"),
        ("suppressed", 0.8, None, "provisional"),
        ("final", 1.0, None, "final"),
    ],
)
def test_a_coverage_break_is_that_of_the_scope(
    part: Published, status: str, ratio: float, reason: str | None, shown: str
) -> None:
    sentence, figure = coverage_in(part, ratio, status, reason=reason)
    is_broken = "This is a coverage break, so this week’s unadjusted figures are not compared" in sentence
    assert is_broken == (shown == "coverage_break")
    # the ratio itself is shown, whatever is suppressed
    assert figure.status == shown


def test_a_break_has_its_reason(part: Published) -> None:
    sentence, figure = coverage_in(part, 0.95, "suppressed", reason="sources_lost")
    assert sentence.endswith("not compared with others. Reason: employers are no longer observed.")
    assert figure.remark == "of the postings last known in this part of the market; employers are no longer observed"


def test_every_reason_of_a_break_has_words() -> None:
    macro = (ROOT / "dbt_project" / "macros" / "cells.sql").read_text(encoding="utf-8")
    (body,) = re.findall(r"macro break_reason\(.*?endmacro", macro, re.DOTALL)
    codes = set(re.findall(r"(?:then|else) '(\w+)'", body))
    assert len(codes) == 5
    assert not [code for code in codes if names.break_reason(code) == code]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            "représentent 70,0 % des dernières offres connues de cette partie du marché. C’est une rupture de",
        ),
        ("de", "entfallen 70,0 % der zuletzt bekannten Anzeigen dieses Teils des Marktes. Das ist ein Abdeckungsbruch"),
    ],
)
def test_coverage_is_stated_in_the_other_languages(part: Published, language: str, expected: str) -> None:
    assert expected in coverage_in(part, 0.7, "coverage_break", language)[0]


def test_a_vintage_without_coverage_ratios_shows_none(part: Published) -> None:
    sentence, figure = coverage_in(part, None, "final")
    assert "employers observed" not in sentence
    assert figure.label != "Coverage"


@pytest.fixture
def whole(sample: Home) -> Iterator[Published]:
    with published_week(sample) as week:
        yield week


def test_coverage_of_the_whole_market_counts_boards(whole: Published) -> None:
    sentence, figure = coverage_in(whole, 0.9, "provisional")
    assert sentence == "Of 180 expected employer boards, 168 were observed (93.3%)."
    assert (figure.text, figure.remark) == ("93.3%", "168 of 180 employers’ boards")
    assert figure.status == "provisional"


def test_no_posting_is_called_observed_in_a_week_in_which_no_board_was(whole: Published) -> None:
    assert " were observed at " in headline(whole)[0]
    boards = [dataclasses.replace(row, n_companies_qualified=0) for row in whole.boards]
    first = headline(dataclasses.replace(whole, boards=boards))[0]
    assert "no employer’s board was observed completely; by the available crawls, " in first
    assert "count as open, at" in first
    assert " were observed at " not in first


def test_the_whole_market_breaks_with_its_figures_though_no_board_does(whole: Published) -> None:
    assert "final" in {row.status for row in whole.boards if row.week_start == LAST_WEEK and row.board == "all"}
    sentence, figure = coverage_in(whole, 0.95, "coverage_break", reason="sources_added")
    assert sentence.startswith(
        "Of 180 expected employer boards, 168 were observed completely (93.3%). This is a coverage break"
    )
    assert sentence.endswith("Reason: employers were observed for the first time.")
    assert (figure.text, figure.status) == ("93.3%", "coverage_break")
    assert figure.remark == "168 of 180 employers’ boards; employers were observed for the first time"


def test_without_ratios_coverage_of_the_whole_market_still_counts_boards(whole: Published) -> None:
    broken = [dataclasses.replace(row, status="coverage_break") for row in whole.boards]
    sentence, figure = coverage_in(dataclasses.replace(whole, boards=broken), None, "final")
    assert "(93.3%). This is a coverage break, so this" in sentence
    assert figure.status == "coverage_break"


def test_bounds_are_those_of_the_vintage(sample: Home, tmp_path: Path) -> None:
    stated = {"min_coverage_ratio": "0.675", "expected_for_weeks": "17"}
    changes = [(f"update about set value = '{value}' where key = '{key}'", None) for key, value in stated.items()]
    with changed(sample, tmp_path, *changes) as published:
        boards, course, *_ = coverage_section(published).figures
    assert "or in the 17 weeks before" in boards.note
    assert "below 67.5% (dotted line)" in course.note
