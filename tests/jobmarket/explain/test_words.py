"""Each fact of a posting is quoted where it is said."""

from typing import Any

import pytest

from jobmarket.explain.words import quotes_of
from jobmarket.extract.document import read_document

CONTENT = {
    "board": "ashby",
    "title": "Senior Machine Learning Engineer",
    "location_text": "Remote - Germany",
    "workplace_text": None,
    "is_remote": None,
    "employment_type_text": "FullTime",
    "is_for_client": None,
}
TEXT = (
    "We make software for hospitals.\nYou have 5+ years of experience with Python. A PhD in physics is required.\n"
    "We cannot sponsor visas. This role is with one of our clients."
)
FACTS = {
    "role_family": "ml_engineer",
    "seniority": "senior",
    "years_min": 5,
    "degree_min": "phd",
    "workplace": "remote",
    "remote_scope": ["DE"],
    "employment_type": "full_time",
    "languages_asked": [],
    "visa_sponsorship": "refused",
    "company_employees": None,
    "is_for_client": True,
}


def quotes(**changes: Any) -> dict[str, list[str]]:
    content = CONTENT | changes
    text = read_document(content["title"], content["location_text"], None, TEXT).text
    return quotes_of(FACTS | {"sector": "healthcare"}, content, text)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("role_family", ["Senior Machine Learning Engineer"]),
        ("seniority", ["Senior Machine Learning Engineer"]),
        ("years_min", ["You have 5+ years of experience with Python."]),
        ("degree_min", ["A PhD in physics is required."]),
        ("workplace", ["Remote - Germany"]),
        ("remote_scope", ["Remote - Germany"]),
        ("employment_type", ["employment_type_text: FullTime"]),
        ("visa_sponsorship", ["We cannot sponsor visas."]),
        ("is_for_client", ["This role is with one of our clients."]),
    ],
)
def test_a_fact_is_quoted_where_it_is_said(fact: str, said: list[str]) -> None:
    assert quotes()[fact] == said


def test_a_fact_that_no_sentence_says_by_itself_has_no_quote_and_one_not_stated_is_left_out() -> None:
    assert quotes()["sector"] == []
    assert not {"languages_asked", "company_employees"} & set(quotes())


def test_a_posting_that_is_for_nobody_else_is_not_quoted() -> None:
    assert quotes_of({"is_for_client": False}, CONTENT, "We build.") == {}


def test_a_field_that_says_something_else_is_not_quoted() -> None:
    assert quotes(workplace_text="Hybrid")["workplace"] == ["Remote - Germany"]


def test_the_flag_of_remote_work_is_quoted_where_the_words_are_silent() -> None:
    assert quotes(is_remote=True)["workplace"] == ["Remote - Germany"]
    assert quotes(is_remote=True, location_text="Germany")["workplace"] == ["is_remote: True"]
    assert quotes(workplace_text="Remote")["workplace"] == ["workplace_text: Remote", "Remote - Germany"]


def test_the_flag_of_a_job_at_a_client_is_quoted_before_the_words() -> None:
    said = ["is_for_client: True", "This role is with one of our clients."]
    assert quotes(is_for_client=True)["is_for_client"] == said
    assert quotes(is_for_client=False)["is_for_client"] == said[1:]


def test_two_quotes_at_most() -> None:
    repeated = "\n".join(f"You have 5+ years of experience with {skill}." for skill in ("Python", "SQL", "Go"))
    assert len(quotes_of({"years_min": 5}, CONTENT, repeated)["years_min"]) == 2
