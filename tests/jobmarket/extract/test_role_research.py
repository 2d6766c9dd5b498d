"""Titles of research are the same in all sciences: title or text must show that it is research in machine learning."""

from __future__ import annotations

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.role import role_family

LABORATORY = (
    "You run qPCR, keep the colony of mouse models and cut tissue for the microscope. You report to the head of the "
    "laboratory, align sequences and publish what you find.\n"
)
LEARNING = "You train neural networks in PyTorch for tide tables, and publish at ICML.\n"


@pytest.mark.parametrize(
    "title",
    [
        "Research Associate",
        "Postdoctoral Associate, Division of Cardiology",
        "Postdoc",
        "Research Fellow",
        "Quantum Researcher",
        "Research Scientist",
        "Wissenschaftliche Mitarbeiterin (m/w/d)",
        "Brinemoor Institute | Research Fellow | Oslo | Full-time",
    ],
)
@pytest.mark.parametrize("times", [1, 12])
def test_a_researcher_is_one_of_machine_learning_only_if_the_text_says_so(title: str, times: int) -> None:
    assert role_family(read_document(title, None, text=LABORATORY * times)) == "other"
    assert role_family(read_document(title, None, text=LABORATORY * times + LEARNING)) == "ml_researcher"


def test_one_word_of_the_employer_in_a_long_text_is_no_research_in_machine_learning() -> None:
    text = LABORATORY * 12 + "We plan our days with AI.\n"
    assert role_family(read_document("Research Associate", None, text=text)) == "other"


@pytest.mark.parametrize("title", ["Research Associate, Deep Learning", "Postdoc in Computer Vision", "AI Researcher"])
def test_a_title_that_names_machine_learning_needs_no_text(title: str) -> None:
    assert role_family(read_document(title, None, text=LABORATORY * 12)) == "ml_researcher"


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Research Associate", "other"),
        ("Postdoctoral Fellow", "other"),
        ("Quantum Researcher", "other"),
        ("Research Scientist", "ml_researcher"),
        ("Research Engineer", "ml_researcher"),
    ],
)
def test_without_a_text_the_more_usual_science_of_the_title_decides(title: str, family: str) -> None:
    assert role_family(read_document(title, None, text="")) == family


def test_machine_and_deep_learning_is_machine_learning() -> None:
    text = LABORATORY * 6 + "Our fields are machine (and deep) learning, natural language processing and compilers.\n"
    assert role_family(read_document("Research Scientist", None, text=text)) == "ml_researcher"


def test_a_title_that_names_its_subject_is_not_told_by_one_word_of_a_short_text() -> None:
    text = "We study tides with machine learning.\n"
    assert role_family(read_document("Postdoc", None, text=text)) == "ml_researcher"
    assert role_family(read_document("Postdoc position in the dynamics of glaciers", None, text=text)) == "other"
    assert role_family(read_document("Postdoc in machine learning", None, text=text)) == "ml_researcher"
