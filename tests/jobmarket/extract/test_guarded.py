"""A guard spares work and changes no answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.guarded import Guarded

PATTERN = r"\b(?:fully |100% )?remote\b|on-?site (?:role|work)|(?:in|from) the office|vor ort|\bw(?:ork|rite) home+\b"
WORDS = ("remote", "fully ", "on-site role", "onsite work", "in the office", "vor ort", "work home", "office", " ", "x")


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
def test_a_guarded_pattern_finds_what_the_pattern_finds(text: str) -> None:
    plain, guarded = re.search(PATTERN, text), Guarded(PATTERN).search(text)
    assert (plain and plain.span()) == (guarded and guarded.span())


@pytest.mark.parametrize("pattern", [r"\d+ years|\w", r"a?b*", r"(?:x|)y"])
def test_a_pattern_without_words_of_its_own_is_simply_asked(pattern: str) -> None:
    for text in ("5 years", "xy", "y", "", "bbb"):
        plain, guarded = re.search(pattern, text), Guarded(pattern).search(text)
        assert (plain and plain.span()) == (guarded and guarded.span())
