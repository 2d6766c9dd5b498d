from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jobmarket.extract import sector, specialisation
from jobmarket.extract.document import read_document
from jobmarket.extract.facts import ROLE_FAMILIES, SkillMention
from jobmarket.extract.marks import Marks, packaged_marks

SEEDS = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds"

KINDS = frozenset(("word",))


def skill(name: str, level: str = "required") -> SkillMention:
    return SkillMention(name, name, "method", level, 0, 1)


def test_every_skill_that_marks_a_specialisation_is_in_the_taxonomy() -> None:
    with (SEEDS / "skills.csv").open(encoding="utf-8") as file:
        names = {row["name"].lower() for row in csv.DictReader(file)}
    marks = packaged_marks(specialisation.SEED, "specialisation", frozenset(("title", "skill")))
    assert set(marks.of_kind["skill"]) - names == set()


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ({"mark": "smell", "weight": "1", "sector": "fintech", "value": "bank"}, "smell"),
        ({"mark": "word", "weight": "9", "sector": "fintech", "value": "bank"}, "weight 1, 2 or 3"),
        ({"mark": "word", "weight": "1", "sector": "", "value": "bank"}, "sector and value must not be empty"),
        ({"mark": "word", "weight": "1", "sector": "fintech", "value": ""}, "sector and value must not be empty"),
    ],
)
def test_the_error_names_the_line_of_a_faulty_row(row: dict[str, str], missing: str) -> None:
    with pytest.raises(ValueError, match="line 2: ") as refused:
        Marks([row], "sector", KINDS)
    assert missing in str(refused.value)


@pytest.mark.parametrize(
    ("title", "skills", "expected"),
    [
        ("Computer Vision Engineer", [], ("computer_vision",)),
        ("NLP Engineer", [], ("nlp_llm",)),
        ("ML Engineer, Recommendations", [], ("recommendation_search",)),
        ("Machine Learning Engineer", [skill("RAG"), skill("LangChain"), skill("Embeddings")], ("nlp_llm",)),
        ("Machine Learning Engineer", [skill("Python"), skill("SQL")], ()),
    ],
)
def test_specialisations(title: str, skills: list[SkillMention], expected: tuple[str, ...]) -> None:
    assert specialisation.specialisations(title, "ml_engineer", skills) == expected


def test_boilerplate_and_other_occupations_give_no_specialisation() -> None:
    context = [skill(name, "context") for name in ("RAG", "LLMs", "LangChain")]
    assert specialisation.specialisations("Machine Learning Engineer", "ml_engineer", context) == ()
    assert specialisation.specialisations("Recruiter, Computer Vision", "other", []) == ()
    assert "other" in ROLE_FAMILIES


@pytest.mark.parametrize(
    ("text", "company", "expected"),
    [
        ("Acme is a fintech that builds payments for banks.", None, "fintech"),
        ("We build software for hospitals: patients and clinicians love it.", None, "healthcare"),
        ("We build things for people.", None, "unspecified"),
        ("Our clients are banks, hospitals and insurers.", None, "unspecified"),
        ("AI from vehicles to servers, for automotive, life sciences, and financial services.", None, "unspecified"),
        ("Industrial AI that speeds up logistics and manufacturing.", None, "unspecified"),
        ("We make vehicles. Automotive payments, for car makers and dealerships.", None, "mobility_automotive"),
        ("", None, "unspecified"),
    ],
)
def test_sector(text: str, company: str | None, expected: str) -> None:
    assert sector.sector(read_document("ML Engineer", None, None, text), company) == expected


def test_the_sectors_of_some_employers_are_known_by_name() -> None:
    assert sector.sector(read_document("ML Engineer", None, None, "We build."), "Google") == "big_tech"
