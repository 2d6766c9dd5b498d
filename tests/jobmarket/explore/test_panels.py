"""The sentences of the page's panels."""

import pandas as pd
import pytest

from jobmarket.explore.panels import _extreme


@pytest.mark.parametrize(
    ("premiums", "sentence"),
    [
        ([], ""),
        ([("Terraform", 0.1), ("R", -0.09)], " The highest: Terraform, +10.0%."),
        ([("Evals", -0.04), ("R", -0.09)], " The lowest: R, −9.0%."),
    ],
)
def test_a_negative_premium_is_not_called_the_highest(premiums: list[tuple[str, float]], sentence: str) -> None:
    assert _extreme(pd.DataFrame(premiums, columns=["skill_name", "premium"])) == sentence
