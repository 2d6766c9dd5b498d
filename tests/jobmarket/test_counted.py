"""Nouns agree with their numbers."""

import pytest

from jobmarket.counted import counted


@pytest.mark.parametrize(
    ("n", "words", "text"),
    [
        (0, ("posting",), "0 postings"),
        (1, ("posting",), "1 posting"),
        (2310, ("posting",), "2,310 postings"),
        (1, ("company", "companies"), "1 company"),
        (2, ("company", "companies"), "2 companies"),
    ],
)
def test_a_noun_agrees_with_its_number(n: int, words: tuple[str, ...], text: str) -> None:
    assert counted(n, *words) == text
