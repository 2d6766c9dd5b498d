"""Patterns with many alternatives that are seldom found, asked for only where one of their own words stands.

Python tries every alternative at every character; an automaton finds all their words in one pass, some twenty times
as fast. Which words a pattern can not match without is read off the pattern itself, so that nothing can be missed.
"""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
# Shorter words stand everywhere: a guard of them would only cost.
_SHORTEST = 2


class Guarded:
    """A compiled pattern whose ``search`` first looks for the words that any match must hold."""

    def __init__(self, pattern: str) -> None:
        self._search = re.compile(pattern).search
        words = _needed(_parser.parse(pattern))
        self._find_words = (
            AhoCorasick(sorted(words), store_patterns=False, implementation=Implementation.DFA).find_matches_as_indexes
            if words
            else None
        )

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        if self._find_words is not None and not self._find_words(text):
            return None
        return self._search(text)


def _needed(tree: Any) -> frozenset[str] | None:
    """Words of which every match of a parsed pattern holds at least one; null when there is no such set.

    Of several such sets the one whose shortest word is the longest: it stands in the fewest texts.
    """
    sets: list[frozenset[str]] = []
    literal = ""
    for operation, argument in [*tree, (None, None)]:
        if operation is _constants.LITERAL:
            literal += chr(argument)
            continue
        if len(literal) >= _SHORTEST:
            sets.append(frozenset((literal,)))
        literal = ""
        inner = _needed_inside(operation, argument)
        if inner is not None:
            sets.append(inner)
    return max(sets, key=lambda words: min(map(len, words)), default=None)


def _needed_inside(operation: object, argument: Any) -> frozenset[str] | None:
    if operation is _constants.SUBPATTERN:
        return _needed(argument[-1])
    if operation is _constants.ATOMIC_GROUP:
        return _needed(argument)
    if operation in _REPEATS and argument[0] > 0:
        return _needed(argument[2])
    if operation is _constants.BRANCH:
        branches = [_needed(branch) for branch in argument[1]]
        return frozenset().union(*branches) if all(branches) else None  # type: ignore[arg-type]
    return None
