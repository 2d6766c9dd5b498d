from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.company_size import company_employees, company_size
from jobmarket.extract.document import read_document
from jobmarket.extract.facts import COMPANY_SIZES


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("We are a team of 40 people in Berlin.", 40),
        ("We're a 25-person team.", 25),
        ("With over 1,200 employees in 12 countries, we lead the market.", 1200),
        ("Our company has more than 10k employees worldwide.", 10_000),
        ("Wir sind ein Unternehmen mit 350 Mitarbeitenden.", 350),
        ("Nous sommes une équipe de 60 personnes.", 60),
        ("Headcount: ~80", 80),
        ("We were a team of 20 people; today the company has 90 employees.", 90),
        ("We serve companies with 500 employees.", None),
        ("You will lead a team of 8 engineers.", None),
        ("We help 3,000,000 people.", None),
        ("Founded in 2015, we have customers in 40 countries.", None),
        ("", None),
    ],
)
def test_company_employees(text: str, employees: int | None) -> None:
    assert company_employees(read_document("ML Engineer", None, None, text)) == employees


@pytest.mark.parametrize(
    ("employees", "size"),
    [(None, "unspecified"), (2, "micro"), (9, "micro"), (10, "small"), (49, "small"), (50, "medium"), (249, "medium")]
    + [(250, "large"), (4_999, "large"), (5_000, "very_large"), (3_000_000, "very_large")],
)
def test_company_size(employees: int | None, size: str) -> None:
    assert company_size(employees) == size


@given(st.text(max_size=300))
def test_any_text_gives_a_known_size(text: str) -> None:
    assert company_size(company_employees(read_document("", None, None, text))) in COMPANY_SIZES
