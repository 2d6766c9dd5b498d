"""Find the skills in a document: one multi-pattern pass over folded lines, then the rules for ambiguous wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from jobmarket.extract.ambiguity import (
    Anchors,
    Context,
    Found,
    Hit,
    is_allowed,
    is_corroborated,
    is_spelled,
    needs_corroboration,
    needs_skill_in_line,
)
from jobmarket.extract.document import Document, Section
from jobmarket.extract.emerging import TermFinder
from jobmarket.extract.facts import SkillMention
from jobmarket.extract.folding import OTHER_LETTER, fold, fold_word, together
from jobmarket.extract.line import Line, lines_of
from jobmarket.extract.own_products import OwnProducts
from jobmarket.extract.taxonomy import Taxonomy

_FIELDS = frozenset(("method", "practice"))
_ASKED = frozenset(("required", "preferred"))
_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "context": 0}

# "github.com" is an address rather than a skill; "SQL.Experience" only lacks a blank.
_DOMAIN = re.compile(r"\.(?:com|org|io|ai|net|dev|co|app|so|run|xyz|eu|de|fr|ch|uk)\b")
_BREAK = re.compile(r"[/,;:|()]")
_DOT = ord(".")
_BLANK = ord(" ")
# Latin-1 characters that continue a word after a match.
_LETTERS = frozenset(code for code in range(256) if chr(code).isalnum())
_GOES_ON = _LETTERS | {ord(sign) for sign in "+#&@"}
_PLUS = ord("+")
_LONGEST_BULLET = 3
# How duties start, under any heading.
_DUTY = re.compile(
    r"\W*(?:build|design|develop|creat|implement|establish|evaluat|contribut|coordinat|identify|document|support|improv"
    r"|maintain|driv|own|lead|manag|conduct|perform|analy[sz]|writ|use|integrat|optimi[sz]|automat|defin|ensur|research"
    r"|experiment|deploy|monitor|test|train|translat|pioneer|oversee)(?:e|es|s|ing)?\b",
    re.IGNORECASE,
)


class LineSkills(NamedTuple):
    """The skills that one taxonomy's matcher finds in a line by itself.

    ``found`` are the skills that count, in order. ``open`` are words that count only depending on the rest of the
    posting; ``context`` is then the text around them. ``may_list`` is False if fewer than two words match any spelling,
    so that the line cannot be a list of skills.
    """

    matcher: SkillMatcher
    may_list: bool
    found: list[Found]
    open: list[Hit]
    context: Context | None


class _Best(NamedTuple):
    """The strongest mention of a skill so far; ``start`` is None in a title."""

    strength: int
    level: str
    line: str
    found: Found
    start: int | None


class SkillMatcher:
    """Finds the skills of one taxonomy. Built once for many documents; it remembers single lines of them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        # Collects candidate terms that this taxonomy lacks.
        self.unknown = TermFinder(taxonomy.patterns)
        self._patterns = list(taxonomy.patterns.values())
        # With a leading blank every match starts at a word's start, so no match can hide the start of another.
        patterns = [fold_word(pattern) for pattern in taxonomy.patterns]
        self._find = BytesAhoCorasick(
            patterns,
            matchkind=MatchKind.LeftmostLongest,
            # For so many patterns its tables fit the processor's cache better than a DFA's.
            implementation=Implementation.ContiguousNFA,
        ).find_matches_as_indexes
        # Plain wordings (one alias, any case, no rule) are most of the hits and need no further check.
        self._plain = [
            a[0] if len(a) == 1 and a[0].case == "any" and a[0].rule is None else None for a in self._patterns
        ]
        self._words = [pattern.count(" ") + 1 for pattern in taxonomy.patterns]
        self._is_word = [" " not in pattern for pattern in taxonomy.patterns]
        self._asks_posting = [any(alias.rule and alias.rule.needs_posting for alias in a) for a in self._patterns]
        # A single word cannot contain a sign that ends a phrase; a wording may contain one itself ("CI/CD").
        self._may_break = [
            " " in pattern and not any(_BREAK.search(alias.wording) for alias in aliases)
            for pattern, aliases in taxonomy.patterns.items()
        ]
        self._has_other_letters = [OTHER_LETTER in pattern for pattern in patterns]
        # Plain wordings that count wherever a blank follows.
        self._simple = [
            None if breaks or other else alias
            for alias, breaks, other in zip(self._plain, self._may_break, self._has_other_letters, strict=True)
        ]
        # Wordings that count only beside a skill on their own line.
        self._needs_found = [all(map(needs_skill_in_line, aliases)) for aliases in self._patterns]
        self._own = OwnProducts(taxonomy)
        self._number = {pattern: number for number, pattern in enumerate(patterns)}
        self._nothing = LineSkills(self, may_list=False, found=[], open=[], context=None)
        self._no_skill = self._nothing._replace(may_list=True)

    def learn(self, documents: Sequence[Document]) -> None:
        """Read the lines of several documents together, which makes later calls of :meth:`mentions` cheap."""
        self._learn(chain.from_iterable([document.lines for document in documents]))
        self._learn(lines_of([document.title for document in documents]))

    def _learn(self, lines: Iterable[Line]) -> None:
        unread = [line for line in dict.fromkeys(lines) if line.skills is None or line.skills.matcher is not self]
        if unread:
            for line, skills in zip(unread, self._read([line.text for line in unread]), strict=True):
                line.skills = skills

    def mentions(self, document: Document, company: str | None = None) -> tuple[SkillMention, ...]:
        """Return each skill once, at the strongest level at which it is named, in order of first mention.

        Args:
            document: The posting as read.
            company: The employer's name; its own products are not skills.
        """
        (title,) = lines_of([document.title])
        self._learn([title, *document.lines])
        best: dict[str, _Best] = {}
        for _, _, named in self._settled([(0, title)]):
            for found in named:
                if found.alias.rule is not None and found.alias.rule.only_asked:
                    continue
                in_title = _Best(_STRENGTH["mentioned"], "mentioned", title.text, found, None)
                best.setdefault(found.alias.skill.skill_id, in_title)
        sections = document.sections or (Section("other", "mentioned", 0, len(document.text)),)
        at = 0
        for position, line, named in self._settled(zip(document.starts, document.lines, strict=True)):
            for found in named:
                alias, start, _ = found
                skill = alias.skill
                in_field = skill.category in _FIELDS
                if in_field and _is_label(line, found):
                    continue
                while sections[at].end <= position + start and at < len(sections) - 1:
                    at += 1
                level = sections[at].level
                # A method named alone, outside lists, duties and headings about the job, describes the company.
                if in_field and sections[at].kind == "other" and len(named) == 1 and not _DUTY.match(line):
                    level = "context"
                if level not in _ASKED and alias.rule is not None and alias.rule.only_asked:
                    level = "context"
                strength = _STRENGTH[level]
                held = best.get(skill.skill_id)
                # At equal strength a mention in the text replaces one in the title, because it has a span.
                if held is None or strength > held.strength or (strength == held.strength and held.start is None):
                    best[skill.skill_id] = _Best(strength, level, line, found, position + start)
        if not best:
            return ()
        own = self._own.of_company(company) if company else self._own.told(best, document.text)
        return tuple([_mention(held) for skill_id, held in best.items() if skill_id not in own])

    def _settled(self, lines: Iterable[tuple[int, Line]]) -> list[tuple[int, str, list[Found]]]:
        """Return the lines that name skills, with their offsets and skills, judged with the whole text in view."""
        told = [
            (position, line.text, skills)
            for position, line in lines
            if (skills := line.skills) is not None and (skills.found or skills.open)
        ]
        if not any(skills.open for _, _, skills in told):
            return [(position, line, skills.found) for position, line, skills in told]
        skill_ids = {found.alias.skill.skill_id for _, _, skills in told for found in skills.found}
        named: list[tuple[int, str, list[Found]]] = []
        for position, line, (_, _, found, left, context) in told:
            if context is not None:
                found = list(found)  # noqa: PLW2901 - what is remembered of the line stays as it is
                _corroborate(found, left, context, skill_ids)
            if found:
                named.append((position, line, found))
        return named

    def _read(self, lines: list[str]) -> list[LineSkills]:
        """Return the skills of each line by itself, found in one pass over all lines."""
        texts = together(tuple(lines))
        folded = texts.folded
        # A line starts with the blank before it, as the spellings do.
        starts = iter([start - 1 for start in texts.starts[1:]])
        read = [self._nothing] * len(lines)
        is_word = self._is_word
        number, line_start, next_start = 0, 0, next(starts, len(folded))
        matches: list[tuple[int, int, int]] = []
        # Most matches are parts of words, such as "c" in "cloud".
        for match in [one for one in self._find(folded) if folded[one[2]] not in _LETTERS or not is_word[one[0]]]:
            start = match[1]
            if start >= next_start:
                if matches:
                    read[number] = self._line(lines[number], line_start, matches, folded)
                    matches = []
                while start >= next_start:
                    number += 1
                    line_start, next_start = next_start, next(starts, len(folded))
            matches.append(match)
        if matches:
            read[number] = self._line(lines[number], line_start, matches, folded)
        return read

    def _stands(self, match: tuple[int, int, int], line: str, line_start: int, folded: bytes) -> bool:
        """Return whether a match ends at a word end, is one phrase, not an address, and has the wording's letters."""
        pattern, start, end = match
        following = folded[end]
        # "React+TS" is two skills, "C++" is one.
        if following in _GOES_ON and not (following == _PLUS and chr(folded[end + 1]).isalpha()):
            return False
        start, end = start - line_start, end - 1 - line_start
        if following == _DOT and _DOMAIN.match(line, end):
            return False
        if self._may_break[pattern] and _BREAK.search(line, start, end) is not None:
            return False
        return not self._has_other_letters[pattern] or any(
            fold(alias.wording).strip() == fold(line[start:end]) for alias in self._patterns[pattern]
        )

    def _shorter(
        self, match: tuple[int, int, int], line: str, line_start: int, folded: bytes
    ) -> Iterator[tuple[int, int, int]]:
        """Yield shorter matches inside one that does not stand: "Airflow/Dagster" starts like "Airflow DAGs"."""
        _, start, end = match
        line_end = line_start + len(line) + 1
        end = folded.find(b" ", end, line_end)
        end = line_end if end < 0 else end
        blanks = [start, *(place for place in range(start + 1, end) if folded[place] == _BLANK), end]
        first = 0
        while first < len(blanks) - 1:
            for last in range(len(blanks) - 1, first, -1):
                pattern = self._number.get(folded[blanks[first] : blanks[last]], -1)
                shorter = (pattern, blanks[first], blanks[last])
                if pattern >= 0 and self._stands(shorter, line, line_start, folded):
                    yield shorter
                    first = last
                    break
            else:
                first += 1

    def _line(self, line: str, line_start: int, matches: list[tuple[int, int, int]], folded: bytes) -> LineSkills:
        """Return the skills of a line from the matches in it."""
        may_list = len(matches) > 1 or self._words[matches[0][0]] > 1
        empty = self._no_skill if may_list else self._nothing
        found: list[Found] = []
        doubtful: list[tuple[int, Hit]] = []
        asks_posting = False
        for match in matches:
            if folded[match[2]] == _BLANK and (alias := self._simple[match[0]]) is not None:
                found.append(Found(alias, match[1] - line_start, match[2] - 1 - line_start))  # the common case
                continue
            stands = self._stands(match, line, line_start, folded)
            for pattern, start, end in (match,) if stands else self._shorter(match, line, line_start, folded):
                # The match starts with the blank before it; from here on, positions are those in the line.
                start, end = start - line_start, end - 1 - line_start  # noqa: PLW2901 - from here on, of the line
                plain = self._plain[pattern]
                if plain is not None:
                    found.append(Found(plain, start, end))
                    continue
                surface = line[start:end]
                aliases = [alias for alias in self._patterns[pattern] if is_spelled(alias, surface)]
                if aliases:
                    doubtful.append((pattern, Hit(aliases, start, end)))
                else:
                    asks_posting = asks_posting or self._asks_posting[pattern]
        if not doubtful:
            return LineSkills(self, may_list, found, [], None) if found else empty
        if not found and all(self._needs_found[pattern] for pattern, _ in doubtful):
            return empty
        context = Context(line, folded[line_start : line_start + len(line) + 1].decode("latin-1") + " ")
        left: list[Hit] = []
        for pattern, hit in doubtful:
            allowed = [alias for alias in hit.aliases if is_allowed(alias, hit, context)]
            free = next((alias for alias in allowed if not needs_corroboration(alias)), None)
            if free is not None:
                found.append(Found(free, hit.start, hit.end))
                continue
            asks_posting = asks_posting or self._asks_posting[pattern]
            if allowed:
                left.append(Hit(allowed, hit.start, hit.end))
        found.sort(key=_start)
        if left:
            left = _corroborate(found, left, context, {one.alias.skill.skill_id for one in found})
        if left and asks_posting:
            return LineSkills(self, may_list, found, left, context)
        return LineSkills(self, may_list, found, [], None) if found else empty


def _start(found: Found) -> int:
    return found.start


def _corroborate(found: list[Found], left: list[Hit], context: Context, skill_ids: set[str]) -> list[Hit]:
    """Add the ambiguous hits that the line's or the posting's skills corroborate to ``found``; return the others."""
    # Two rounds, because a list may start with several ambiguous words before the first certain one.
    for _ in range(2):
        anchors = Anchors(found, skill_ids)
        settled: list[Found] = []
        still: list[Hit] = []
        for hit in left:
            for alias in hit.aliases:
                if is_corroborated(alias.rule, hit, context, anchors):
                    settled.append(Found(alias, hit.start, hit.end))
                    break
            else:
                still.append(hit)
        if not settled:
            break
        found += settled
        found.sort(key=_start)
        skill_ids.update([one.alias.skill.skill_id for one in settled])
        left = still
        if not left:
            break
    return left


def _mention(best: _Best) -> SkillMention:
    _, level, line, (alias, start, end), place = best
    if line[end : end + 1] == ")" and "(" in line[start:end]:
        end += 1  # "Large Language Models (LLMs)": patterns contain no signs
    stop = None if place is None else place + end - start
    return SkillMention(alias.skill.name, line[start:end], alias.skill.category, level, place, stop)


def _is_label(line: str, found: Found) -> bool:
    """Return whether the wording only heads a list of requirements: "Databases: Postgres, Redis"."""
    if line[found.end : found.end + 1] != ":" or found.start > _LONGEST_BULLET:
        return False
    return not any(character.isalnum() for character in line[: found.start])
