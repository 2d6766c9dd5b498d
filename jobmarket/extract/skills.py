"""Skills in a document: one multi-pattern pass over the folded text, then the rules for ambiguous wordings."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from jobmarket.extract.document import Document
from jobmarket.extract.employer import is_employer
from jobmarket.extract.facts import SkillMention
from jobmarket.extract.folding import fold
from jobmarket.extract.taxonomy import Alias, Rule, Taxonomy

# Categories that no company sells.
_NOBODYS = frozenset(("method", "practice", "language", "protocol", "standard", "certification", "hardware"))
_FIELDS = frozenset(("method", "practice"))
_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "context": 0}

# What may stand between two members of an enumeration.
_JOINT = re.compile(r"[\s,/|;&()+•·]*(?:(?:and/or|and|or|und|oder|et|ou|y|e\.g\.|like|such as|including|incl\.)[\s,(]*)?")
_MAX_JOINT = 14

_DEGREE = re.compile(
    r"\b(?:b\.?sc?\.?|m\.?sc?\.?|ph\.?\s?d\.?)(?![a-z])|\b(?:degrees?|bachelor'?s?|master'?s?|phds|bs/ms|doctorate|undergraduate|graduate studies|diploma|diplom|studium|abschluss"
    r"|studiengang|licence|diplôme|doctorat|bac ?\+ ?\d|école|university|coursework|majoring|major|studies)\b"
)
_DEGREE_ENDS = re.compile(r"[.;:]\s|\b(?:with|experience|years?|plus|erfahrung|expérience|skills|knowledge|proficien\w+)\b")

# "github.com" is an address, not a skill; "SQL.Experience" only lacks a blank.
_DOMAIN = re.compile(r"\.(?:com|org|io|ai|net|dev|co|app|so|run|xyz|eu|de|fr|ch|uk)\b")
_BREAK = re.compile(r"[\n/,;:|()]")


@dataclass(slots=True)
class _Hit:
    aliases: tuple[Alias, ...]
    start: int
    end: int
    in_title: bool


class SkillMatcher:
    """Finds the skills of one taxonomy. Built once, used for many documents; keeps nothing of them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._skills = taxonomy.skills
        self._patterns = list(taxonomy.patterns.values())
        # A leading blank makes every match begin at a word's start, so none can swallow the start of another.
        self._automaton = AhoCorasick(
            [" " + pattern for pattern in taxonomy.patterns],
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )
        # Plain wordings (one alias, any case, no rule) are most of all hits and need no further look.
        self._is_plain = [len(a) == 1 and a[0].case == "any" and a[0].rule is None for a in self._patterns]
        self._has_sign = [any(_BREAK.search(alias.wording) for alias in a) for a in self._patterns]

    def mentions(self, document: Document, company: str | None = None) -> tuple[SkillMention, ...]:
        """Each skill once, in the order of its shown mention, at the strongest level it is named at.

        Args:
            document: The posting as read.
            company: The employer's name: its own products are no skills.
        """
        text = document.text
        accepted = self._accepted(document.title, in_title=True) + self._accepted(text, in_title=False)
        employer = fold(company).strip() if company else None
        best: dict[str, tuple[int, SkillMention]] = {}
        sections = document.sections
        at = 0
        for alias, hit in accepted:
            skill = alias.skill
            if not hit.in_title and skill.category in _FIELDS and _is_label(text, hit):
                continue
            if hit.in_title:
                level, surface = "mentioned", document.title[hit.start : hit.end]
            else:
                while at < len(sections) - 1 and sections[at].end <= hit.start:
                    at += 1
                level, surface = sections[at].level if sections else "mentioned", text[hit.start : hit.end]
            strength = _STRENGTH[level]
            held = best.get(skill.skill_id)
            # A mention in the text is preferred to an equal one in the title: it has a span to go back to.
            if held is None or strength > held[0] or (strength == held[0] and held[1].span_start is None):
                span = (None, None) if hit.in_title else (hit.start, hit.end)
                best[skill.skill_id] = (strength, SkillMention(skill.name, surface, skill.category, level, *span))
        return tuple(
            mention for skill_id, (_, mention) in best.items() if not self._is_own(skill_id, mention, employer, document)
        )

    def _is_own(self, skill_id: str, mention: SkillMention, employer: str | None, document: Document) -> bool:
        """Whether the skill is the employer's own product."""
        if mention.category in _NOBODYS:
            return False
        owners = [name for name in (mention.name, self._skills[skill_id].owner) if name]
        if employer is not None:
            return any(fold(name).strip() == employer for name in owners)
        return any(is_employer(name, document.text) for name in owners)

    def _is_broken(self, number: int, surface: str) -> bool:
        """Whether a sign that ends a phrase stands inside the match: "data/analysis" is not "data analysis"."""
        if _BREAK.search(surface) is None:
            return False
        return "\n" in surface or not self._has_sign[number]

    def _accepted(self, text: str, *, in_title: bool) -> list[tuple[Alias, _Hit]]:
        """The hits that count, in the order of the text, each with the one alias it stands for."""
        folded = " " + fold(text).replace("\n", " ") + " "
        certain: list[tuple[Alias, _Hit]] = []
        doubtful: list[_Hit] = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded):
            following = folded[end]
            # Found in the padded text, the match begins with its blank: start is already the word's own place.
            if following != " " and (following.isalnum() or following in "+#&@"):
                continue
            end -= 1
            if self._is_broken(number, text[start:end]) or (following == "." and _DOMAIN.match(text, end)):
                continue
            hit = _Hit(self._patterns[number], start, end, in_title)
            if self._is_plain[number]:
                certain.append((hit.aliases[0], hit))
            else:
                doubtful.append(hit)
        if not doubtful:
            return certain
        context = _Context(text, folded)
        left: list[_Hit] = []
        for hit in doubtful:
            alias = next((a for a in hit.aliases if not _needs(a) and self._counts(a, hit, context, None)), None)
            if alias is not None:
                certain.append((alias, hit))
            else:
                left.append(hit)
        certain.sort(key=lambda pair: pair[1].start)
        # Twice, because an enumeration may begin with several ambiguous words before the first certain one.
        for _ in range(2):
            anchors = _Anchors(certain)
            still: list[_Hit] = []
            for hit in left:
                alias = next((a for a in hit.aliases if _needs(a) and self._counts(a, hit, context, anchors)), None)
                if alias is not None:
                    certain.append((alias, hit))
                else:
                    still.append(hit)
            if len(still) == len(left):
                break
            left = still
            certain.sort(key=lambda pair: pair[1].start)
        return certain

    def _counts(self, alias: Alias, hit: _Hit, context: _Context, anchors: _Anchors | None) -> bool:
        surface = context.text[hit.start : hit.end]
        if alias.case == "exact" and surface != alias.wording:
            return False
        if alias.case == "capital" and not surface[0].isupper():
            return False
        rule = alias.rule
        if rule is None:
            return True
        if rule.not_before is not None and context.word_after(hit.end) in rule.not_before:
            return False
        if rule.not_after is not None and context.word_before(hit.start) in rule.not_after:
            return False
        if rule.not_degree_field and context.is_degree_field(hit.start):
            return False
        return anchors is None or _corroborated(rule, hit, context, anchors)


class _Anchors:
    """Hits that count already, in the order of the text: what may corroborate the others."""

    def __init__(self, certain: list[tuple[Alias, _Hit]]) -> None:
        self._certain = tuple(certain)
        self._starts = [hit.start for _, hit in certain]
        self.skill_ids = {alias.skill.skill_id for alias, _ in certain}

    def beside(self, hit: _Hit) -> tuple[tuple[Alias, _Hit], ...]:
        """The anchors next before and next after a hit."""
        at = bisect_left(self._starts, hit.start)
        return self._certain[max(0, at - 1) : at + 1]

    def within(self, start: int, end: int) -> tuple[tuple[Alias, _Hit], ...]:
        """The anchors that begin in ``start`` … ``end``."""
        return self._certain[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class _Context:
    """The words around a hit."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self._folded = folded  # padded by one blank in front

    def word_after(self, end: int) -> str:
        # "R&D" and "C-level" are one word each for this purpose: the sign is part of what follows.
        rest = self._folded[end + 1 : end + 40].split(None, 1)
        return rest[0] if rest and self._folded[end + 1 : end + 3].strip() else ""

    def word_before(self, start: int) -> str:
        before = self._folded[max(0, start - 40) : start + 1].rsplit(None, 1)
        return before[-1] if before and self._folded[max(0, start - 1) : start + 1].strip() else ""

    def line(self, position: int) -> tuple[int, int]:
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        return start, end if end >= 0 else len(self.text)

    def is_degree_field(self, position: int) -> bool:
        start = max(self.line(position)[0], position - 160)
        before = self.text[start:position].lower().replace("’", "'")
        last = None
        for last in _DEGREE.finditer(before):  # noqa: B007 - only the last one is wanted
            pass
        return last is not None and not _DEGREE_ENDS.search(before, last.end())


def _needs(alias: Alias) -> bool:
    return alias.rule is not None and alias.rule.has_needs


def _corroborated(rule: Rule, hit: _Hit, context: _Context, anchors: _Anchors) -> bool:
    if rule.needs_before is not None and context.word_after(hit.end) in rule.needs_before:
        return True
    if rule.needs_after is not None and context.word_before(hit.start) in rule.needs_after:
        return True
    if rule.needs_posting is not None and not rule.needs_posting.isdisjoint(anchors.skill_ids):
        return True
    if rule.needs_list is not None and any(
        _fits(alias, rule.needs_list) and _is_joined(context.text, hit, other) for alias, other in anchors.beside(hit)
    ):
        return True
    if rule.needs_line is not None:
        start, end = context.line(hit.start)
        return any(_fits(alias, rule.needs_line) for alias, _ in anchors.within(start, end))
    return False


def _is_joined(text: str, hit: _Hit, other: _Hit) -> bool:
    """Whether nothing but the joints of an enumeration stands between two hits."""
    between = text[other.end : hit.start] if other.start < hit.start else text[hit.end : other.start]
    return len(between) <= _MAX_JOINT and "\n" not in between and _JOINT.fullmatch(between) is not None


def _fits(alias: Alias, categories: frozenset[str]) -> bool:
    return "any" in categories or alias.skill.category in categories


def _is_label(text: str, hit: _Hit) -> bool:
    """Whether the wording only heads a list of what is asked: "Databases: Postgres, Redis"."""
    if text[hit.end : hit.end + 1] != ":":
        return False
    line_start = text.rfind("\n", 0, hit.start) + 1
    return not any(character.isalnum() for character in text[line_start : hit.start])
