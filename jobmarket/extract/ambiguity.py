"""Decide when an ambiguous wording counts as a skill, by checking the taxonomy's rules against the text around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from typing import NamedTuple

from jobmarket.extract.guarded import Guarded
from jobmarket.extract.taxonomy import Alias, Rule, Words

# Context farther from a hit is ignored, which keeps the work linear in texts without line breaks.
_REACH = 600

_LETTER = re.compile(r"[^\W_]")
_REMARK = re.compile(r" \([^()]{1,40}\)")
# What may stand between two members of a list.
_JOINT = re.compile(
    r"(?: (?:required|preferred)(?=[,;]))?"
    r"[\s,/|;&()+•·]*(?:(?:and/or|and|or|und ?/ ?oder|und|oder|sowie|bzw\.|z\. ?b\.|wie|et|ou|y"
    r"|e\.g\.|like|such as|including|incl\.|inkl\.)[\s,(]*)?"
)
_MAX_JOINT = 14

_DEGREE = Guarded(
    r"\b(?:b\.?sc?\.?|m\.?sc?\.?|ph\.?\s?d\.?)(?![a-z])|\b(?:degrees?|bachelor'?s?|master'?s?|phds"
    r"|bs/ms|doctorate|undergraduate|graduate studies|diploma|\w*diplom|\w*studium|\w*abschluss"
    r"|studiengang|promotion (?:in|im|auf dem gebiet)|promoviert\w*|doktor\w*"
    r"|licence|diplôme|doctorat|docteure?|thèse|mastère"
    r"|bac ?\+ ?\d|écoles?|universit(?:y|é|és|aires?)|coursework|majoring|major|studies|diplômée?s?"
    r"|formation (?:supérieure|universitaire|scientifique|initiale|technique|(?:d['’])?ingénieur|en|de type))\b"
)
_DEGREE_ENDS = re.compile(
    r"[.;:]\s|\b(?:with|experience|years?|plus|\w*erfahrung(?:en)?|\w*kenntnisse\w*|expériences?|connaissances?"
    r"|compétences?|ma[iî]tris\w+|orientation|vous|skills|knowledge|proficien\w+)\b"
)
# An amount of money beside the code of its currency: "CAD 120,000", "120k CAD", "CAD $30". No version: "PHP 8.2".
_SUM = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+\b|(?!(?:19|20)\d\d\b)\d{4,}|\d+(?:[.,]\d+)?\s?[kK]\b"
_SUM_BEFORE = re.compile(rf"(?:[$€£]\s?\d[\d.,]*|(?<![\d.,])(?:{_SUM})(?:[.,]\d\d)?)\s?[(/]?\s?$")
_SUM_AFTER = re.compile(rf"\)?:?\s?(?:[$€£]|{_SUM})")
_LONGEST_SUM = 20


class Hit(NamedTuple):
    """A span of a line that matches a spelling of the taxonomy, with the aliases it may stand for."""

    aliases: Sequence[Alias]
    start: int
    end: int


class Found(NamedTuple):
    """A span of a line that names a skill."""

    alias: Alias
    start: int
    end: int


class Anchors:
    """Skills that already count: those on the line, in order, and the ids of those in the posting.

    They can corroborate the ambiguous words of the line.
    """

    def __init__(self, certain: list[Found], skill_ids: Set[str]) -> None:
        self._certain = certain
        self._starts = [found.start for found in certain]
        self.skill_ids = skill_ids

    def beside(self, hit: Hit) -> list[Found]:
        """Return the nearest anchors before and after a hit."""
        at = bisect_left(self._starts, hit.start)
        return self._certain[max(0, at - 1) : at + 1]

    def within(self, start: int, end: int) -> list[Found]:
        """Return the anchors that begin between ``start`` and ``end``."""
        return self._certain[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class Context:
    """The words around the hits of a line."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self._folded = folded  # padded with one blank at each end

    def word_after(self, end: int) -> str:
        """Return the folded word directly after ``end``; empty if more than one blank comes between."""
        # "R&D" and "C-level" count as one word here: the sign is part of what follows.
        rest = self._folded[end + 1 : end + 40].split(None, 1)
        return rest[0] if rest and self._folded[end + 1 : end + 3].strip() else ""

    def word_before(self, start: int) -> str:
        """Return the folded word directly before ``start``, even across a colon; empty if anything else intervenes."""
        before = self._folded[max(0, start - 40) : start + 1].rsplit(None, 1)
        is_near = self._folded[max(0, start - 1) : start + 1].strip() or self.text[max(0, start - 2) : start] == ": "
        return before[-1] if before and is_near else ""

    def is_followed(self, end: int, words: Words) -> bool:
        """Return whether one of the words or phrases comes directly after ``end``."""
        if self.word_after(end) in words:
            return True
        if not words.opening:
            return False
        after = " ".join(self._folded[end + 1 : end + 60].split()) + " "
        return after.startswith(words.opening)

    def is_preceded(self, start: int, words: Words) -> bool:
        """Return whether one of the words or phrases comes directly before ``start``."""
        if self.word_before(start) in words:
            return True
        if not words.closing:
            return False
        before = " " + " ".join(self._folded[max(start - 60, 0) + 1 : start + 1].split())
        return before.endswith(words.closing)

    def around(self, position: int) -> tuple[int, int]:
        """Return the span searched around ``position``: ``_REACH`` characters on either side, within the line."""
        return max(0, position - _REACH), min(len(self.text), position + _REACH)

    def is_beside_sum(self, hit: Hit) -> bool:
        """Return whether an amount of money stands directly before or after a hit."""
        before = self.text[max(0, hit.start - _LONGEST_SUM) : hit.start]
        return _SUM_AFTER.match(self.text, hit.end) is not None or _SUM_BEFORE.search(before) is not None

    def is_degree_field(self, position: int) -> bool:
        """Return whether the words before ``position`` name a degree, so that its subject follows."""
        start = max(0, position - 160)
        before = self.text[start:position].lower().replace("’", "'")
        last = None
        for last in _DEGREE.finditer(before):  # noqa: B007 - only the last one is wanted
            pass
        return last is not None and not _DEGREE_ENDS.search(before, last.end())


def needs_corroboration(alias: Alias) -> bool:
    """Return whether a wording counts only with supporting evidence."""
    return alias.rule is not None and alias.rule.has_needs


def needs_skill_in_line(alias: Alias) -> bool:
    """Return whether a wording counts only beside a skill on the same line, with no other way to be corroborated."""
    rule = alias.rule
    return (
        rule is not None
        and rule.has_needs
        and rule.needs_before is None
        and rule.needs_after is None
        and rule.needs_posting is None
        and not rule.needs_alone
    )


def is_corroborated(rule: Rule | None, hit: Hit, context: Context, anchors: Anchors) -> bool:
    """Return whether the evidence that a rule needs is present. ``anchors`` are the skills that already count."""
    if rule is None:
        return True
    if rule.needs_before is not None and context.is_followed(hit.end, rule.needs_before):
        return True
    if rule.needs_after is not None and context.is_preceded(hit.start, rule.needs_after):
        return True
    if rule.needs_posting is not None and not rule.needs_posting.isdisjoint(anchors.skill_ids):
        return True
    if rule.needs_alone and anchors.skill_ids and is_alone(hit, context.text):
        return True
    if rule.needs_list is not None and any(
        _fits(other.alias, rule.needs_list) and _is_joined(context.text, hit, other) for other in anchors.beside(hit)
    ):
        return True
    if rule.needs_line is not None:
        start, end = context.around(hit.start)
        return any(_fits(other.alias, rule.needs_line) for other in anchors.within(start, end))
    return False


def is_alone(hit: Hit, line: str) -> bool:
    """Return whether a hit has its line to itself, apart from a remark in brackets: "Rust (2+ years)"."""
    # Found without copying the line: a list has thousands of hits.
    before = _LETTER.search(line, max(0, hit.start - _REACH), hit.start)
    remark = _REMARK.match(line, hit.end)
    end = remark.end() if remark else hit.end
    return before is None and _LETTER.search(line, end, end + _REACH) is None


def _is_joined(text: str, hit: Hit, other: Found) -> bool:
    """Return whether only list punctuation or conjunctions separate two hits."""
    start, end = (other.end, hit.start) if other.start < hit.start else (hit.end, other.start)
    if end - start > _MAX_JOINT:
        return False
    return _JOINT.fullmatch(text, start, end) is not None


def _fits(alias: Alias, categories: frozenset[str]) -> bool:
    return "any" in categories or alias.skill.category in categories


def is_spelled(alias: Alias, surface: str) -> bool:
    """Return whether a wording is written in the letter case that the alias requires."""
    if alias.case == "any":
        return True
    return surface == alias.wording if alias.case == "exact" else surface[0].isupper()


def is_allowed(alias: Alias, hit: Hit, context: Context) -> bool:
    """Return whether nothing around a hit rules out ``alias``."""
    rule = alias.rule
    if rule is None:
        return True
    if rule.not_before is not None and context.is_followed(hit.end, rule.not_before):
        return False
    if rule.not_after is not None and context.is_preceded(hit.start, rule.not_after):
        return False
    if rule.not_currency and context.is_beside_sum(hit):
        return False
    return not (rule.not_degree_field and context.is_degree_field(hit.start))
