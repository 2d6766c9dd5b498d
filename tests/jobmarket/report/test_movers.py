"""Which skills are told to have moved: what is flagged over thirteen weeks first, in the headline and in its figure."""

import dataclasses
from collections.abc import Iterator

import pytest

from jobmarket.publishing import open_published
from jobmarket.report.headline import headline
from jobmarket.report.language import speaking
from jobmarket.report.queries import Published, Scope, Source, read, read_about
from jobmarket.report.sections.movement import movement_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK

OVER_13 = {"rag": (0.078, 0.037, 0.119, True), "triton_inference_server": (-0.03, -0.04, -0.021, True),
           "python": (0.02, -0.01, 0.05, False)}  # fmt: skip
OVER_4 = {"rag": (0.04, 0.01, 0.07, True), "llms": (0.06, 0.02, 0.1, True)}


@pytest.fixture
def still(sample: Home) -> Iterator[Published]:
    """A week whose skills were compared over thirteen and over four weeks, and none was flagged."""
    with open_published(sample) as connection:
        yield read(Source(connection, read_about(connection), LAST_WEEK, is_complete=True, scope=Scope()))


def moved(
    still: Published,
    over_13: dict[str, tuple[float, float, float, bool]],
    over_4: dict[str, tuple[float, float, float, bool]],
) -> Published:
    """The same week with these changes: value, low, high, whether it is flagged."""
    rows = []
    for row in still.skills:
        value, low, high, flag = over_13.get(row.skill_id, (0.001, -0.01, 0.012, False))
        value_4, low_4, high_4, flag_4 = over_4.get(row.skill_id, (0.001, -0.01, 0.012, False))
        rows.append(
            dataclasses.replace(
                row, change_13w=value, change_13w_low=low, change_13w_high=high, change_13w_q_value=0.0172,
                is_significant_13w=flag, change_4w=value_4, change_4w_low=low_4, change_4w_high=high_4,
                change_4w_q_value=0.0004, is_significant_4w=flag_4,
            )
        )  # fmt: skip
    return dataclasses.replace(still, skills=rows)


def test_the_headline_is_about_thirteen_weeks_where_any_skill_is_flagged_over_them(still: Published) -> None:
    assert headline(moved(still, OVER_13, OVER_4))[2] == (
        "Over 13 weeks, among employers whose boards both weeks know, demand rose for RAG (+7.8 points, +3.7 to +11.9) "
        "and fell for Triton Inference Server (−3.0 points, −4.0 to −2.1)."
    )
    assert headline(moved(still, {}, OVER_4))[2] == (
        "Over 4 weeks, among employers whose boards both weeks know, demand rose for LLMs (+6.0 points, +2.0 to +10.0) "
        "and RAG (+4.0 points, +1.0 to +7.0)."
    )


def test_where_nothing_moved_headline_and_figure_say_it_alike(still: Published) -> None:
    said = "Over 13 or 4 weeks no skill’s share changed significantly; 20 were compared."
    published = moved(still, {}, {})
    assert headline(published)[2] == movement_section(published).figures[0].absence == said


def test_how_many_more_moved_is_told(still: Published) -> None:
    ids = ("python", "pytorch", "llms", "aws", "sql")
    rising = {skill: (0.05 - 0.001 * place, 0.01, 0.09, True) for place, skill in enumerate(ids)}
    assert headline(moved(still, rising, {}))[2].endswith(
        "demand rose for Python (+5.0 points, +1.0 to +9.0), PyTorch (+4.9 points, +1.0 to +9.0), "
        "LLMs (+4.8 points, +1.0 to +9.0) and 2 others."
    )


def test_what_moved_is_drawn_with_its_interval_and_week_by_week(still: Published) -> None:
    figure, course, _ = movement_section(moved(still, OVER_13, OVER_4)).figures
    assert figure.table is not None
    assert [[cell.text for cell in row[:6]] for row in figure.table.rows] == [
        ["RAG", "13", "+7.8", "+3.7 to +11.9", "0.017", "rising"],
        ["Triton Inference Server", "13", "−3.0", "−4.0 to −2.1", "0.017", "falling"],
        ["LLMs", "4", "+6.0", "+2.0 to +10.0", "<\u00a00.001", "rising"],
        ["RAG", "4", "+4.0", "+1.0 to +7.0", "<\u00a00.001", "rising"],
    ]
    assert figure.wide is not None
    for told in ("RAG, over 13 weeks: +7.8 points", "RAG, over 4 weeks: +4.0 points", "LLMs, over 4 weeks: +6.0"):
        assert told in figure.wide.svg
    assert "Python" not in figure.wide.svg, "its interval holds zero"
    assert "not shown" not in figure.wide.svg, "what is flagged over four weeks alone has a mark"
    assert [meaning for _, meaning in figure.legend] == ["over 13 weeks, with 95% interval", "over 4 weeks"]
    assert "the week of 18 May 2026 (13 weeks; 20 skills compared) and since the week of 20 July 2026" in figure.note
    # the least demanded of all skills has its line, before the most demanded ones
    assert [drawing.label for drawing in course.multiples][:4] == ["RAG", "Triton Inference Server", "LLMs", "Python"]
    assert len(course.multiples) == 8


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "En 13 semaines, parmi les employeurs dont les sites sont connus aux deux semaines, la demande "
               "a augmenté pour RAG (+7,8 points, +3,7 à +11,9) et baissé pour Triton Inference Server"),
        ("de", "In 13 Wochen stieg unter Arbeitgebern"),
    ],
)  # fmt: skip
def test_the_other_languages_tell_thirteen_weeks_too(still: Published, language: str, said: str) -> None:
    with speaking(language):
        assert said in headline(moved(still, OVER_13, OVER_4))[2]
