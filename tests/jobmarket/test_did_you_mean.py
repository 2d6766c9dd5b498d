from __future__ import annotations

import pytest

from jobmarket.did_you_mean import did_you_mean

NAMES = ["lever", "ml_engineer", "US"]


@pytest.mark.parametrize(
    ("given", "question"),
    [
        ("levr", " Did you mean 'lever'?"),
        ("LEVER", " Did you mean 'lever'?"),
        ("mlengineer", " Did you mean 'ml_engineer'?"),
        ("us", " Did you mean 'US'?"),
        ("monster", ""),
    ],
)
def test_the_nearest_name_is_suggested_in_any_case(given: str, question: str) -> None:
    assert did_you_mean(given, NAMES) == question
