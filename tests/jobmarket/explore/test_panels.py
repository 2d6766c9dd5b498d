"""The sentences of the page's panels."""

import pandas as pd
import pytest

from jobmarket.explore.panels import _extreme, _five_largest


@pytest.mark.parametrize(
    ("premiums", "sentence"),
    [
        ([], ""),
        ([("Terraform", 0.1), ("R", -0.09)], " The highest: Terraform, +10.0% (+9.0% to +11.0%)."),
        ([("Evals", -0.04), ("R", -0.09)], " The lowest: R, −9.0% (−10.0% to −8.0%)."),
    ],
)
def test_a_negative_premium_is_not_called_the_highest(premiums: list[tuple[str, float]], sentence: str) -> None:
    frame = pd.DataFrame(premiums, columns=["skill_name", "premium"])
    frame = frame.assign(premium_selected_low=frame["premium"] - 0.01, premium_selected_high=frame["premium"] + 0.01)
    assert _extreme(frame) == sentence


def test_the_interval_of_the_highest_premium_allows_for_its_flag() -> None:
    frame = pd.DataFrame([("Terraform", 0.1, 0.09, 0.11, 0.06, 0.14)], columns=[
        "skill_name", "premium", "premium_low", "premium_high", "premium_selected_low", "premium_selected_high",
    ])  # fmt: skip
    assert _extreme(frame).endswith("+10.0% (+6.0% to +14.0%).")


def test_the_share_of_the_five_largest_is_the_published_one() -> None:
    columns = ["n_companies", "n_open", "n_postings", "top_5_share"]
    frame = pd.DataFrame([(1234, 30, 100, 0.45), (1234, 20, 100, 0.45)], columns=columns)
    assert _five_largest(frame) == (
        "1,234 employers have openings. The five largest have 45.0% of them. Agencies, if any, are counted, but are "
        "not among the five."
    )
    assert _five_largest(frame.assign(top_5_share=None)) == _five_largest(frame[:0]) == ""
