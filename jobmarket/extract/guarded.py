"""Speed up patterns with many alternatives that rarely match, by trying only alternatives whose words occur.

Python tries every alternative at every character. An automaton instead finds the words of all alternatives in one
pass, about twenty times as fast, and only the alternatives whose words it finds are tried. The words that an
alternative cannot match without are derived from the pattern itself, so no match can be missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

# Shorter words occur everywhere, so a guard on them would only cost time.
_SHORTEST = 2
# Sets of words whose alternatives are remembered: few occur together.
_REMEMBERED = 1024

# Elements of pattern syntax. Sets, classes, anchors (\w, \b, ^) and lookarounds contribute no words.
_SET = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_GROUP = re.compile(r"\((?:\?(?:(?P<looks><?[=!])|:|>|P<\w+>))?")
_UNREADABLE = re.compile(r"\(\?(?![<:>=!]|P<)")
_REPEAT = re.compile(r"(?:(?P<optional>[*?]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\\[A-Za-z0-9]|[.^$]")


class FirstGuarded:
    """Several named patterns tried in order, after one pass that finds the words of all of them.

    Of each pattern only the alternatives whose words occur in the text are tried.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Raise ``ValueError`` for a pattern with inline flags or conditions: its words cannot be derived."""
        self.patterns = tuple((name, re.compile(pattern)) for name, pattern in patterns)
        self._all = [
            _Alternative(number, re.compile(alternative))
            for number, (_, pattern) in enumerate(self.patterns)
            for alternative in alternatives_of(pattern.pattern)
        ]
        guards = [needed_words(alternative.pattern.pattern) for alternative in self._all]
        words = sorted({word for guard in guards for word in guard or ()})
        always = [number for number, guard in enumerate(guards) if guard is None]
        self._always = [self._all[number] for number in always]
        # For each word, the numbers of the alternatives to try when it occurs.
        self._by_word = [
            [*always, *(number for number, guard in enumerate(guards) if guard and word in guard)] for word in words
        ]
        self._to_try = lru_cache(maxsize=_REMEMBERED)(self._alternatives_with)
        self._find_words = AhoCorasick(
            words, store_patterns=False, implementation=Implementation.DFA
        ).find_matches_as_indexes

    def candidates(self, text: str) -> list[_Alternative]:
        """Return the alternatives that may match in a text, in the order of the patterns and within them."""
        found = self._find_words(text, overlapping=True)
        return self._to_try(frozenset([word for word, _, _ in found])) if found else self._always

    def _alternatives_with(self, words: frozenset[int]) -> list[_Alternative]:
        numbers = set().union(*[self._by_word[word] for word in words])
        return [self._all[number] for number in sorted(numbers)]

    def matching(self, text: str) -> Iterator[str]:
        """Yield the names of the patterns that match somewhere in a text, in order."""
        last = -1
        for number, pattern in self.candidates(text):
            if number != last and pattern.search(text):
                last = number
                yield self.patterns[number][0]

    def first(self, text: str) -> str | None:
        """Return the name of the first pattern that matches somewhere in a text; None if none does."""
        return next(self.matching(text), None)


class Guarded:
    """A compiled pattern that first looks for the words that any match must contain."""

    def __init__(self, pattern: str) -> None:
        """Raise ``ValueError`` as :class:`FirstGuarded` does."""
        self.pattern = re.compile(pattern)
        self._alternatives = FirstGuarded((("", pattern),))

    def search(self, text: str) -> re.Match[str] | None:
        """Search as ``re.Pattern.search`` does: the leftmost match, of the first alternative that matches there."""
        matches = self._matches(text)
        return min(matches, key=re.Match.start) if matches else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what ``re.Pattern.finditer`` does, of a pattern that never matches the empty string."""
        matches = self._matches(text)
        while matches:
            first = min(matches, key=re.Match.start)
            yield first
            # Only alternatives whose match overlaps this one are searched again, which keeps the time linear.
            end = first.end()
            matches = [
                match
                for one in matches
                if (match := one if one.start() >= end else one.re.search(text, end)) is not None
            ]

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace as ``re.Pattern.sub`` does."""
        return self.pattern.sub(replacement, text) if self._alternatives.candidates(text) else text

    def _matches(self, text: str) -> list[re.Match[str]]:
        """Return the first match of each alternative that has one, in the order of the alternatives."""
        candidates = self._alternatives.candidates(text)
        return [match for _, pattern in candidates if (match := pattern.search(text))] if candidates else []


class _Alternative(NamedTuple):
    """One top-level alternative of a pattern, and the pattern's number."""

    number: int
    pattern: re.Pattern[str]


def alternatives_of(pattern: str) -> list[str]:
    """Split a pattern at the bars that are outside any group."""
    alternatives: list[str] = []
    start = 0
    while start <= len(pattern):
        _, end = _of_branch(pattern, start)
        alternatives.append(pattern[start:end])
        start = end + 1
    return alternatives


def needed_words(pattern: str) -> frozenset[str] | None:
    """Return words of which every match of a pattern contains at least one; None if there is no such set."""
    return _of_branches(pattern, 0)[0]


def _of_branches(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """Return the words of the group's content from ``at`` on, and where the group ends."""
    branches: list[frozenset[str] | None] = []
    while True:
        words, at = _of_branch(pattern, at)
        branches.append(words)
        if not pattern.startswith("|", at):
            break
        at += 1
    known = [words for words in branches if words]
    return (frozenset().union(*known) if len(known) == len(branches) else None), at


def _of_branch(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """Return the words and the end of one alternative; see :func:`_of_branches`.

    Of several word sets it returns the one whose shortest word is longest, as that set occurs in the fewest texts.
    """
    sets: list[frozenset[str]] = []
    literal = ""
    while at < len(pattern) and pattern[at] not in "|)":
        words: frozenset[str] | None = None
        character = ""
        if _UNREADABLE.match(pattern, at):
            raise ValueError(f"inline flags and conditions are not supported: {pattern[at : at + 60]}")
        if group := _GROUP.match(pattern, at):
            words, at = _of_branches(pattern, group.end())
            words = None if group["looks"] else words
            at += 1  # the closing bracket
        elif other := _SET.match(pattern, at) or _CLASS.match(pattern, at):
            at = other.end()
        else:
            at += pattern[at] == "\\"
            character = pattern[at]
            at += 1
        repeat = _REPEAT.match(pattern, at)
        at = repeat.end() if repeat else at
        if character and repeat is None:
            literal += character
            continue
        if len(literal) >= _SHORTEST:
            sets.append(frozenset((literal,)))
        literal = ""
        if words and not (repeat and repeat["optional"]):
            sets.append(words)
    if len(literal) >= _SHORTEST:
        sets.append(frozenset((literal,)))
    return max(sets, key=lambda words: min(map(len, words)), default=None), at
