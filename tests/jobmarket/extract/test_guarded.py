"""A guard saves work and never changes the result."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jobmarket.extract
from jobmarket.extract.guarded import FirstGuarded, Guarded, needed_words

PATTERN = r"\b(?:fully |100% )?remote\b|on-?site (?:role|work)|(?:in|from) the office|vor ort|\bw(?:ork|rite) home+\b"
WORDS = ("remote", "fully ", "on-site role", "onsite work", "in the office", "vor ort", "work home", "office", " ", "x")


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
def test_a_guarded_pattern_finds_what_the_pattern_finds(text: str) -> None:
    plain, guarded = re.search(PATTERN, text), Guarded(PATTERN).search(text)
    assert (plain and plain.span()) == (guarded and guarded.span())
    assert [found.span() for found in re.finditer(PATTERN, text)] == [
        found.span() for found in Guarded(PATTERN).finditer(text)
    ]
    assert Guarded(PATTERN).sub("-", text) == re.sub(PATTERN, "-", text)


@pytest.mark.parametrize("pattern", [r"\d+ years|\w", r"a?b*", r"(?:x|)y"])
def test_a_pattern_without_needed_words_is_always_tried(pattern: str) -> None:
    for text in ("5 years", "xy", "y", "", "bbb"):
        plain, guarded = re.search(pattern, text), Guarded(pattern).search(text)
        assert (plain and plain.span()) == (guarded and guarded.span())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bremote (?:work|role)s?\b", {"remote "}),
        (r"on-?site|(?:in|from) the office", {"site", " the office"}),
        (r"(?:very )?ab(?=cdef)[g-i]+jk*", {"ab"}),
        (r"x{2}yy\.com|\(?zz", {"yy.com", "zz"}),
        (r"(?<!no )degree(?P<s>s)?", {"degree"}),
        (r"remote|\d+", None),
        (r"(?:remote)?", None),
        (r"(?:remote){0,2}", None),
    ],
)
def test_needed_words_are_those_without_which_a_pattern_cannot_match(pattern: str, words: set[str] | None) -> None:
    assert needed_words(pattern) == words


def test_an_unsupported_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="inline flags and conditions"):
        Guarded(r"(?i)remote")


def _guarded_in(value: object) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Yield each guarded pattern among a module's constants, with a check whether the guard lets its match through."""
    if isinstance(value, Guarded):
        yield value.pattern.pattern, lambda text: value.search(text) is not None
    elif isinstance(value, FirstGuarded):
        for name, pattern in value.patterns:
            yield pattern.pattern, partial(_matches, value, name)
    elif isinstance(value, tuple):
        for one in value:
            yield from _guarded_in(one)


def _matches(patterns: FirstGuarded, name: str, text: str) -> bool:
    return name in patterns.matching(text)


GUARDED = {
    pattern: finds
    for module in pkgutil.iter_modules(jobmarket.extract.__path__)
    for value in vars(importlib.import_module(f"jobmarket.extract.{module.name}")).values()
    for pattern, finds in _guarded_in(value)
}


def test_the_guards_of_all_modules_are_found() -> None:
    assert len(GUARDED) > 40


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(GUARDED)).flatmap(lambda pattern: st.tuples(st.just(pattern), st.from_regex(pattern))))
def test_no_guard_of_any_module_hides_a_match(made: tuple[str, str]) -> None:
    pattern, text = made
    assert re.search(pattern, text) is not None
    assert GUARDED[pattern](text)


def test_of_several_matching_patterns_the_first_in_order_wins() -> None:
    several = FirstGuarded((("one", r"remote work"), ("two", r"\d+|x"), ("three", r"work")))
    assert several.first("work 1") == "two"
    assert list(several.matching("remote work")) == ["one", "three"]
    assert several.first("") is None
