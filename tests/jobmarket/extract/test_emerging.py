from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.document import read_document
from jobmarket.extract.emerging import TermFinder, rejected_terms
from jobmarket.extract.taxonomy import Taxonomy

KNOWN = ("python", "redis", "kafka", "machine learning", "machine", "learning")


def terms(text: str, company: str | None = None, rejected: tuple[str, ...] = ("finance",)) -> tuple[str, ...]:
    document = read_document("Engineer", None, f"<h3>Requirements</h3><p>{text}</p>", None)
    return TermFinder(KNOWN, rejected).terms(document, company)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python, Redis, Valkey and Kafka", ("Valkey",)),
        ("Experience with Python, Kafka, vLLM or Styled Components.", ("vLLM", "Styled Components")),
        ("Databases (Redis, Valkey), Kafka", ("Valkey",)),
        ("Tools: Python, Redis, .NET, Kafka", (".NET",)),
        # One neighbour does not make a list, and the first word of a sentence is not a candidate.
        ("Python, Valkey, Finance", ()),
        ("Build with Python, Redis, Kafka", ()),
        ("Stack: Python, Redis, Kafka", ()),
        # Places, employers, jobs, reviewed terms, and phrases of known words are not candidates.
        ("Python, Redis, Berlin, UK, Kafka", ()),
        ("Python, Redis, Acme, Kafka", ()),
        ("Python, Redis, Data Engineers, Kafka", ()),
        ("Python, Redis, Finance, Kafka", ()),
        ("Python, Redis, Machine Learning, Kafka", ()),
        # Lines about degrees list fields of study; contact data is never a candidate.
        ("Degree in Python, Redis, Sociology", ()),
        ("Python, Redis, Kafka, Contact: Jane Doe, jane@acme.example", ()),
        ("Python, Redis, Kafka, Tel+49301234567", ()),
        ("", ()),
    ],
)
def test_candidates_are_listed_beside_skills(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text, "Acme") == expected


def test_a_known_skill_or_rejected_term_is_no_longer_a_candidate(root: Path) -> None:
    known = Taxonomy.from_seeds(root / "dbt_project" / "seeds").patterns
    document = read_document("Engineer", None, "<h3>Stack</h3><p>Python, Redis, Kafka, Qwertyx, Finance</p>", None)
    assert TermFinder(known).terms(document) == ("Qwertyx",)
    assert TermFinder([*known, "qwertyx"]).terms(document) == ()
    assert TermFinder(known, [*rejected_terms(), "qwertyx"]).terms(document) == ()


def test_no_rejected_term_is_a_skill(root: Path) -> None:
    assert rejected_terms() & set(Taxonomy.from_seeds(root / "dbt_project" / "seeds").patterns) == set()


@given(st.text(max_size=300))
def test_any_text_gives_terms_that_it_contains(text: str) -> None:
    document = read_document("", None, None, text)
    assert all(term in document.text for term in TermFinder(KNOWN, ()).terms(document))
