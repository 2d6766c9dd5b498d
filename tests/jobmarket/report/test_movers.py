"""Skills that rose or fell: those flagged over thirteen weeks come first, in the headline and in its figure."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from jobmarket.report.headline import headline
from jobmarket.report.language import speaking
from jobmarket.report.queries import Published, read
from jobmarket.report.sections.movement import movement_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed, last_week

# Value, its bounds as one of the flagged (its own are 0), and whether it is flagged.
Change = tuple[float, float, float, bool]
OVER_13 = {"rag": (0.078, 0.037, 0.119, True), "triton_inference_server": (-0.03, -0.04, -0.021, True),
           "python": (0.02, -0.01, 0.05, False)}  # fmt: skip
OVER_4 = {"rag": (0.04, 0.01, 0.07, True), "llms": (0.06, 0.02, 0.1, True)}


Changed = Callable[[dict[str, Change], dict[str, Change]], Published]


@pytest.fixture
def moved(sample: Home, tmp_path: Path) -> Iterator[Changed]:
    """A week in which skills have these changes over thirteen and four weeks; no other change is flagged."""
    file = Path(shutil.copy(sample.published / "jobmarket.duckdb", tmp_path))
    with duckdb.connect(str(file)) as connection:

        def change(over_13: dict[str, Change], over_4: dict[str, Change]) -> Published:
            for weeks, q_value, changes in ((13, 0.0172, over_13), (4, 0.0004, over_4)):
                for skill, (value, low, high, flag) in {"%": (0.001, -0.01, 0.012, False), **changes}.items():
                    connection.execute(
                        f"""update rpt_skill_demand_weekly set change_{weeks}w = ?, change_{weeks}w_low = 0,
                        change_{weeks}w_high = 0, change_{weeks}w_selected_low = ?, change_{weeks}w_selected_high = ?,
                        is_significant_{weeks}w = ?, change_{weeks}w_q_value = {q_value}
                        where week_start = '{LAST_WEEK}' and skill_id like ?""",
                        [value, low, high, flag, skill],
                    )
            return read(last_week(connection))

        yield change


def test_the_headline_is_about_thirteen_weeks_where_any_skill_is_flagged_over_them(moved: Changed) -> None:
    assert headline(moved(OVER_13, OVER_4))[2] == (
        "Over 13 weeks, among employers observed in both weeks, demand rose for RAG (+7.8 points, +3.7 to +11.9) "
        "and fell for Triton Inference Server (−3.0 points, −4.0 to −2.1)."
    )
    assert headline(moved({}, OVER_4))[2] == (
        "Over 4 weeks, among employers observed in both weeks, demand rose for LLMs (+6.0 points, +2.0 to +10.0) "
        "and RAG (+4.0 points, +1.0 to +7.0)."
    )


def test_if_nothing_moved_headline_and_figure_have_the_same_sentence(moved: Changed) -> None:
    expected = "Over 13 or 4 weeks, no skill’s share changed significantly; 20 were compared."
    published = moved({}, {})
    figure = movement_section(published).figures[0]
    assert headline(published)[2] == figure.absence == expected
    compared = published.source.connection.execute(figure.query).fetchall()
    assert len({skill_id for skill_id, *_ in compared}) == 20


def test_the_number_of_further_movers_is_stated(moved: Changed) -> None:
    ids = ("python", "pytorch", "llms", "aws", "sql")
    rising = {skill: (0.05 - 0.001 * place, 0.01, 0.09, True) for place, skill in enumerate(ids)}
    assert headline(moved(rising, {}))[2].endswith(
        "demand rose for Python (+5.0 points, +1.0 to +9.0), PyTorch (+4.9 points, +1.0 to +9.0), "
        "LLMs (+4.8 points, +1.0 to +9.0) and 2 others."
    )


def test_what_moved_is_drawn_with_its_interval_and_week_by_week(moved: Changed) -> None:
    figure, course, _ = movement_section(moved(OVER_13, OVER_4)).figures
    assert figure.table is not None
    assert [[cell.text for cell in row[:6]] for row in figure.table.rows] == [
        ["RAG", "13", "+7.8", "+3.7 to +11.9", "0.017", "rising"],
        ["Triton Inference Server", "13", "−3.0", "−4.0 to −2.1", "0.017", "falling"],
        ["LLMs", "4", "+6.0", "+2.0 to +10.0", "<\u00a00.001", "rising"],
        ["RAG", "4", "+4.0", "+1.0 to +7.0", "<\u00a00.001", "rising"],
    ]
    assert figure.wide is not None
    for label in ("RAG, over 13 weeks: +7.8 points", "RAG, over 4 weeks: +4.0 points", "LLMs, over 4 weeks: +6.0"):
        assert label in figure.wide.svg
    assert "Python" not in figure.wide.svg, "its interval holds zero"
    assert "not shown" not in figure.wide.svg, "what is flagged over four weeks alone has a mark"
    assert [meaning for _, meaning in figure.legend] == ["over 13 weeks, with interval", "over 4 weeks"]
    assert "the week of 18 May 2026 (13 weeks; 20 skills compared) and since the week of 20 July 2026" in figure.note
    assert [field.title for field in figure.table.fields][3] == "Interval", "wider than one of 95%"
    assert "Of the skills flagged over one period, at most one in twenty is" in figure.note
    assert "changes of shares are wider than 95% intervals" in figure.note
    assert "of those of one country and period, at most one in twenty" in figure.note
    # the least demanded of all skills has its line, before the most demanded ones
    assert [drawing.label for drawing in course.multiples][:4] == ["RAG", "Triton Inference Server", "LLMs", "Python"]
    assert len(course.multiples) == 8


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "En 13 semaines, chez les employeurs observés au début et à la fin, la demande "
               "a augmenté pour RAG (+7,8 points, +3,7 à +11,9) et baissé pour Triton Inference Server"),
        ("de", "In 13 Wochen ist bei Arbeitgebern"),
    ],
)  # fmt: skip
def test_the_other_languages_state_thirteen_weeks_too(moved: Changed, language: str, expected: str) -> None:
    with speaking(language):
        assert expected in headline(moved(OVER_13, OVER_4))[2]


@pytest.mark.parametrize(
    ("change", "is_complete", "expected"),
    [
        (
            "share = null, change_4w = null, change_13w = null", False,
            "The week is not over, so it cannot be said whether demand for any skill changed over 13 or 4 weeks.",
        ),
        (
            "share = null, change_4w = null, change_13w = null", True,
            "The week’s sample is too small to say whether demand for any skill changed over 13 or 4 weeks.",
        ),
        (
            "change_4w = null, change_13w = null", True,
            "No earlier week can be compared, so it cannot be said whether demand for any skill changed over 13 or 4 "
            "weeks.",
        ),
    ],
    ids=["not over", "too small", "nothing to compare with"],
)  # fmt: skip
def test_one_reason_is_given_where_nothing_is_compared(
    sample: Home, tmp_path: Path, change: str, is_complete: bool, expected: str
) -> None:
    statement = (f"update rpt_skill_demand_weekly set {change}", None)
    with changed(sample, tmp_path, statement, is_complete=is_complete) as published:
        assert headline(published)[2] == movement_section(published).figures[0].absence == expected
