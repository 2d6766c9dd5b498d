"""Skills in a document: one multi-pattern pass over the folded lines, then the rules for ambiguous wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from jobmarket.extract.ambiguity import Anchors, Context, Found, Hit, counts, needs_corroboration
from jobmarket.extract.document import Document, Section
from jobmarket.extract.emerging import TermFinder
from jobmarket.extract.employer import is_employer
from jobmarket.extract.facts import SkillMention
from jobmarket.extract.folding import OTHER_LETTER, fold, fold_lines
from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.taxonomy import Taxonomy

# Categories that no company sells.
_NOBODYS = frozenset(("method", "practice", "language", "protocol", "standard", "certification", "hardware"))
_LEGAL_FORMS = frozenset(
    ("inc", "inc.", "ltd", "llc", "gmbh", "ag", "se", "sa", "sas", "bv", "ab", "oy", "plc", "corp", "co", "limited")
)
_SITES = (".io", ".ai", ".com", ".dev")
_FIELDS = frozenset(("method", "practice"))
_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "context": 0}

# "github.com" is an address, not a skill; "SQL.Experience" only lacks a blank.
_DOMAIN = re.compile(r"\.(?:com|org|io|ai|net|dev|co|app|so|run|xyz|eu|de|fr|ch|uk)\b")
_BREAK = re.compile(r"[/,;:|()]")
_DOT = ord(".")
_BLANK = ord(" ")
# Behind a match, what makes it a part of a longer word, in Latin-1.
_LETTERS = frozenset(code for code in range(256) if chr(code).isalnum())
_GOES_ON = _LETTERS | {ord(sign) for sign in "+#&@"}
_PLUS = ord("+")
_LONGEST_BULLET = 3


class _LineSkills(NamedTuple):
    """What a line says of skills by itself.

    ``found`` are the skills it names, in order. ``open`` are words that stand for one only if more is known of the
    posting; then ``context`` is what is around them.
    """

    found: list[Found]
    open: list[Hit]
    context: Context | None


_NOTHING = _LineSkills([], [], None)


class _Best:
    """The strongest mention of a skill so far."""

    __slots__ = ("found", "level", "line", "start", "strength")

    def __init__(self, strength: int, level: str, line: str, found: Found, start: int | None) -> None:
        self.strength = strength
        self.level = level
        self.line = line
        self.found = found
        self.start = start

    def mention(self) -> SkillMention:
        alias, start, end = self.found
        skill = alias.skill
        span = (None, None) if self.start is None else (self.start, self.start + end - start)
        return SkillMention(skill.name, self.line[start:end], skill.category, self.level, *span)


class SkillMatcher:
    """Finds the skills of one taxonomy. Built once, used for many documents; of them it remembers single lines."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        # What this taxonomy does not have is found by the side.
        self.unknown = TermFinder(taxonomy.patterns)
        self._patterns = list(taxonomy.patterns.values())
        # A leading blank makes every match begin at a word's start, so none can swallow the start of another.
        patterns = [fold_lines([pattern])[:-1] for pattern in taxonomy.patterns]
        self._find = BytesAhoCorasick(
            patterns,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.DFA,
        ).find_matches_as_indexes
        # Plain wordings (one alias, any case, no rule) are most of all hits and need no further look.
        self._plain = [
            a[0] if len(a) == 1 and a[0].case == "any" and a[0].rule is None else None for a in self._patterns
        ]
        self._is_word = [" " not in pattern for pattern in taxonomy.patterns]
        self._free = [tuple(alias for alias in a if not needs_corroboration(alias)) for a in self._patterns]
        self._needs = [any(needs_corroboration(alias) for alias in a) for a in self._patterns]
        self._asks_posting = [any(alias.rule and alias.rule.needs_posting for alias in a) for a in self._patterns]
        # One word can not hold a sign that ends a phrase; a wording may have one of its own ("CI/CD").
        self._may_break = [
            " " in pattern and not any(_BREAK.search(alias.wording) for alias in aliases)
            for pattern, aliases in taxonomy.patterns.items()
        ]
        self._has_other_letters = [OTHER_LETTER in pattern for pattern in patterns]
        self._owners = {
            skill_id: [(name, fold(name).strip()) for name in (skill.name, skill.owner) if name]
            for skill_id, skill in taxonomy.skills.items()
            if skill.category not in _NOBODYS
        }
        self._number = {pattern: number for number, pattern in enumerate(patterns)}
        self._memory = LineMemory(self._read)

    def learn(self, documents: Iterable[Document]) -> None:
        """Read the lines of some documents together, so that asking for their mentions is cheap."""
        self._memory.learn([line for document in documents for line in (document.title, *document.lines)])

    def mentions(self, document: Document, company: str | None = None) -> tuple[SkillMention, ...]:
        """Each skill once, in the order of first mention, at the strongest level it is named at.

        Args:
            document: The posting as read.
            company: The employer's name: its own products are no skills.
        """
        best: dict[str, _Best] = {}
        title, lines = document.title, document.lines
        for _, named in _settled(self._memory.of([title])):
            for found in named:
                in_title = _Best(_STRENGTH["mentioned"], "mentioned", title, found, None)
                best.setdefault(found.alias.skill.skill_id, in_title)
        told = self._memory.of(lines)
        sections = document.sections or (Section("other", "mentioned", 0, len(document.text)),)
        at = 0
        place = 0  # the line whose beginning is known
        position = 0
        for number, named in _settled(told):
            line = lines[number]
            position += sum(map(len, lines[place:number])) + number - place
            place = number
            for found in named:
                alias, start, end = found
                skill = alias.skill
                in_field = skill.category in _FIELDS
                if in_field and _is_label(line, found):
                    continue
                while sections[at].end <= position + start and at < len(sections) - 1:
                    at += 1
                level = sections[at].level
                # A method named alone, outside any list and under no heading that concerns the job, tells what the
                # company does.
                if in_field and sections[at].kind == "other" and len(named) == 1:
                    level = "context"
                strength = _STRENGTH[level]
                held = best.get(skill.skill_id)
                # A mention in the text is preferred to an equal one in the title: it has a span to go back to.
                if held is None or strength > held.strength or (strength == held.strength and held.start is None):
                    best[skill.skill_id] = _Best(strength, level, line, found, position + start)
        if not best:
            return ()
        employer = fold(company).strip() if company else None
        return tuple(
            held.mention() for skill_id, held in best.items() if not self._is_own(skill_id, employer, document)
        )

    def _is_own(self, skill_id: str, employer: str | None, document: Document) -> bool:
        """Whether the skill is the employer's own product."""
        owners = self._owners.get(skill_id, ())
        if employer is not None:
            return any(employer.startswith(folded) and _is_name_of(folded, employer) for _, folded in owners)
        return any(is_employer(name, document.text) for name, _ in owners)

    def _read(self, lines: list[str]) -> list[_LineSkills]:
        """What each of some lines says of skills by itself, found in one pass over all of them."""
        folded = fold_lines(lines)
        read = [_NOTHING] * len(lines)
        number, line_start, next_start = 0, 0, len(lines[0]) + 2
        matches: list[tuple[int, int, int]] = []
        for match in self._find(folded):
            pattern, start, end = match
            if folded[end] in _LETTERS and self._is_word[pattern]:
                continue  # "c" of "cloud", as most matches are
            if start >= next_start:
                if matches:
                    read[number] = self._line(lines[number], line_start, matches, folded)
                    matches = []
                while start >= next_start:
                    number += 1
                    line_start, next_start = next_start, next_start + len(lines[number]) + 2
            matches.append(match)
        if matches:
            read[number] = self._line(lines[number], line_start, matches, folded)
        return read

    def _stands(self, match: tuple[int, int, int], line: str, line_start: int, folded: bytes) -> bool:
        """Whether a match ends where a word ends, is one phrase, no address, and of the letters of the wording."""
        pattern, start, end = match
        following = folded[end]
        # "React+TS" are two skills, "C++" is one
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
        """Yield what stands inside a match that does not: "Airflow/Dagster" begins like "Airflow DAGs"."""
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

    def _line(self, line: str, line_start: int, matches: list[tuple[int, int, int]], folded: bytes) -> _LineSkills:
        """The skills of a line, of the matches in it."""
        found: list[Found] = []
        doubtful: list[tuple[int, Hit]] = []
        for match in matches:
            stands = self._stands(match, line, line_start, folded)
            for pattern, start, end in (match,) if stands else self._shorter(match, line, line_start, folded):
                alias = self._plain[pattern]
                # Found with the blank before the line, the match begins with its own: start is the word's own place.
                if alias is not None:
                    found.append(Found(alias, start - line_start, end - 1 - line_start))
                else:
                    doubtful.append((pattern, Hit(self._patterns[pattern], start - line_start, end - 1 - line_start)))
        if not doubtful:
            return _LineSkills(found, [], None) if found else _NOTHING
        context = Context(line, folded[line_start : line_start + len(line) + 1].decode("latin-1") + " ")
        left: list[Hit] = []
        asks_posting = False
        for pattern, hit in doubtful:
            for alias in self._free[pattern]:
                if counts(alias, hit, context, None):
                    found.append(Found(alias, hit.start, hit.end))
                    break
            else:
                if self._needs[pattern]:
                    left.append(hit)
                    asks_posting = asks_posting or self._asks_posting[pattern]
        found.sort(key=_start)
        if left:
            left = _corroborate(found, left, context, {one.alias.skill.skill_id for one in found})
        if left and asks_posting:
            return _LineSkills(found, left, context)
        return _LineSkills(found, [], None) if found else _NOTHING


def _start(found: Found) -> int:
    return found.start


def _corroborate(found: list[Found], left: list[Hit], context: Context, skill_ids: set[str]) -> list[Hit]:
    """Add to the skills of a line the ambiguous ones that they, or the posting's, corroborate; returns the others."""
    # Twice, because an enumeration may begin with several ambiguous words before the first certain one.
    for _ in range(2):
        anchors = Anchors(list(found), set(skill_ids))
        still: list[Hit] = []
        for hit in left:
            for alias in hit.aliases:
                if needs_corroboration(alias) and counts(alias, hit, context, anchors):
                    found.append(Found(alias, hit.start, hit.end))
                    skill_ids.add(alias.skill.skill_id)
                    break
            else:
                still.append(hit)
        if len(still) == len(left):
            break
        left = still
        found.sort(key=_start)
    return left


def _settled(told: list[_LineSkills]) -> list[tuple[int, list[Found]]]:
    """The lines of a text that name skills, by number, each with them, once the whole text is known."""
    if not any(line.open for line in told):
        return [(number, line.found) for number, line in enumerate(told) if line.found]
    skill_ids = {found.alias.skill.skill_id for line in told for found in line.found}
    named: dict[int, list[Found]] = {}
    for number, (found, left, context) in enumerate(told):
        if context is not None:
            found = list(found)  # noqa: PLW2901 - what is remembered of the line stays as it is
            _corroborate(found, left, context, skill_ids)
        if found:
            named[number] = found
    return list(named.items())


def _is_name_of(name: str, employer: str) -> bool:
    """Whether an employer's name, folded, is ``name``, with or without its legal form or its site's end."""
    return (
        employer == name
        or employer.startswith(tuple(name + end for end in _SITES))
        or (employer.startswith(name + " ") and set(employer[len(name) :].split()) <= _LEGAL_FORMS)
    )


def _is_label(line: str, found: Found) -> bool:
    """Whether the wording only heads a list of what is asked: "Databases: Postgres, Redis"."""
    if line[found.end : found.end + 1] != ":" or found.start > _LONGEST_BULLET:
        return False
    return not any(character.isalnum() for character in line[: found.start])
