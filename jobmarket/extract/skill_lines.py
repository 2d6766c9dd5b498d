"""Find the skills that lines name by themselves: one multi-pattern pass over them, then the ambiguous wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from jobmarket.extract.ambiguity import (
    Anchors,
    Context,
    Found,
    Hit,
    is_allowed,
    is_alone,
    is_corroborated,
    is_spelled,
    needs_corroboration,
    needs_skill_in_line,
)
from jobmarket.extract.emerging import TermFinder
from jobmarket.extract.folding import OTHER_LETTER, fold, fold_word, together
from jobmarket.extract.line import Line
from jobmarket.extract.taxonomy import Alias, Taxonomy

# "github.com" is an address rather than a skill; "SQL.Experience" only lacks a blank.
_DOMAIN = re.compile(r"\.(?:com|org|io|ai|net|dev|co|app|so|run|xyz|eu|de|fr|ch|uk)\b")
_BREAK = re.compile(r"[/,;:|()]")
_DOT = ord(".")
_BLANK = ord(" ")
# Latin-1 characters that continue a word after a match.
_LETTERS = frozenset(code for code in range(256) if chr(code).isalnum())
_GOES_ON = _LETTERS | {ord(sign) for sign in "+#&@"}
_PLUS = ord("+")

# Number of a spelling, and where it begins and ends in the folded text.
_Match: TypeAlias = tuple[int, int, int]


class LineSkills(NamedTuple):
    """The skills that a reader finds in a line by itself.

    ``found`` are the skills that count, in order. ``open`` are words that count only depending on the rest of the
    posting; ``context`` is then the text around them. ``may_list`` is False if fewer than two words match any spelling,
    so that the line cannot be a list of skills.
    """

    reader: SkillReader
    may_list: bool
    found: list[Found]
    open: list[Hit]
    context: Context | None


class _Spelling(NamedTuple):
    """A folded spelling of the taxonomy.

    Attributes:
        aliases: What it may stand for.
        plain: Its only alias, if that counts in any case and without a rule.
        has_case: Whether an alias requires a letter case.
        n_words: How many words it has.
        may_break: Whether a match may contain a sign that ends a phrase, which none of the wordings does.
        has_other_letters: Whether it has letters outside Latin-1, which the folded text does not distinguish.
        needs_posting: Whether it may count because of a skill elsewhere in the posting.
        needs_alone: Whether it may do so on a line of its own.
        needs_skill: Whether it counts only beside a skill on its own line.
    """

    aliases: tuple[Alias, ...]
    plain: Alias | None
    has_case: bool
    n_words: int
    may_break: bool
    has_other_letters: bool
    needs_posting: bool
    needs_alone: bool
    needs_skill: bool

    @classmethod
    def of(cls, pattern: str, folded: bytes, aliases: tuple[Alias, ...]) -> _Spelling:
        """Describe a spelling; ``folded`` are the bytes that are looked for."""
        first = aliases[0]
        return cls(
            aliases,
            plain=first if len(aliases) == 1 and first.case == "any" and first.rule is None else None,
            has_case=any(alias.case != "any" for alias in aliases),
            n_words=pattern.count(" ") + 1,
            may_break=" " in pattern and not any(_BREAK.search(alias.wording) for alias in aliases),
            has_other_letters=OTHER_LETTER in folded,
            needs_posting=any(alias.rule and alias.rule.needs_posting for alias in aliases),
            needs_alone=any(alias.rule and alias.rule.needs_alone for alias in aliases),
            needs_skill=all(map(needs_skill_in_line, aliases)),
        )

    def spelled(self, surface: str) -> Sequence[Alias]:
        """Return the aliases that ``surface`` may stand for in its letter case."""
        return [alias for alias in self.aliases if is_spelled(alias, surface)]


class SkillReader:
    """Reads the skills of lines with one taxonomy. ``unknown`` finds terms that the taxonomy lacks."""

    def __init__(self, taxonomy: Taxonomy, unknown: TermFinder) -> None:
        self.unknown = unknown
        # With a leading blank every match starts at a word's start, so no match can hide the start of another.
        patterns = [fold_word(pattern) for pattern in taxonomy.patterns]
        self._number = {pattern: number for number, pattern in enumerate(patterns)}
        self._find = BytesAhoCorasick(
            patterns,
            matchkind=MatchKind.LeftmostLongest,
            # For so many patterns its tables fit the processor's cache better than a DFA's.
            implementation=Implementation.ContiguousNFA,
        ).find_matches_as_indexes
        self._spellings = [
            _Spelling.of(pattern, folded, aliases)
            for folded, (pattern, aliases) in zip(patterns, taxonomy.patterns.items(), strict=True)
        ]
        # Looked up for most matches: whether it is a single word, whether it stands before any blank, and if it then
        # counts in any case, its alias.
        self._is_word = [spelling.n_words == 1 for spelling in self._spellings]
        self._is_simple = [not spelling.may_break and not spelling.has_other_letters for spelling in self._spellings]
        self._simple = [
            spelling.plain if is_simple else None
            for spelling, is_simple in zip(self._spellings, self._is_simple, strict=True)
        ]
        self._nothing = LineSkills(self, may_list=False, found=[], open=[], context=None)
        self._no_skill = self._nothing._replace(may_list=True)

    def read(self, lines: Iterable[Line]) -> None:
        """Read the lines that this reader has not read yet, in one pass over all of them."""
        unread = list(dict.fromkeys([line for line in lines if line.skills is None or line.skills.reader is not self]))
        if unread:
            for line, skills in zip(unread, self._read([line.text for line in unread]), strict=True):
                line.skills = skills

    def _read(self, lines: list[str]) -> list[LineSkills]:
        """Return the skills of each line."""
        texts = together(tuple(lines))
        folded = texts.folded
        # A line starts with the blank before it, as the spellings do.
        starts = iter([start - 1 for start in texts.starts[1:]])
        read = [self._nothing] * len(lines)
        is_word = self._is_word
        number, line_start, next_start = 0, 0, next(starts, len(folded))
        matches: list[_Match] = []
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

    def _stands(self, match: _Match, line: str, line_start: int, folded: bytes) -> bool:
        """Return whether a match ends at a word end, is one phrase, not an address, and has the wording's letters."""
        pattern, start, end = match
        following = folded[end]
        # "React+TS" is two skills, "C++" is one.
        if following in _GOES_ON and not (following == _PLUS and chr(folded[end + 1]).isalpha()):
            return False
        start, end = start - line_start, end - 1 - line_start
        if following == _DOT and _DOMAIN.match(line, end):
            return False
        spelling = self._spellings[pattern]
        if spelling.may_break and _BREAK.search(line, start, end) is not None:
            return False
        return not spelling.has_other_letters or any(
            fold(alias.wording).strip() == fold(line[start:end]) for alias in spelling.aliases
        )

    def _shorter(self, match: _Match, line: str, line_start: int, folded: bytes) -> Iterator[_Match]:
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

    def _line(self, line: str, line_start: int, matches: list[_Match], folded: bytes) -> LineSkills:
        """Return the skills of a line from the matches in it."""
        may_list = len(matches) > 1 or self._spellings[matches[0][0]].n_words > 1
        empty = self._no_skill if may_list else self._nothing
        found: list[Found] = []
        doubtful: list[tuple[_Spelling, Hit]] = []
        needs_posting = False
        for match in matches:
            is_before_blank = folded[match[2]] == _BLANK
            if is_before_blank and (alias := self._simple[match[0]]) is not None:
                found.append(Found(alias, match[1] - line_start, match[2] - 1 - line_start))  # the common case
                continue
            stands = (is_before_blank and self._is_simple[match[0]]) or self._stands(match, line, line_start, folded)
            for number, start, end in (match,) if stands else self._shorter(match, line, line_start, folded):
                # The match starts with the blank before it; from here on, positions are those in the line.
                start, end = start - line_start, end - 1 - line_start  # from here on, of the line
                spelling = self._spellings[number]
                if spelling.plain is not None:
                    found.append(Found(spelling.plain, start, end))
                    continue
                aliases = spelling.spelled(line[start:end]) if spelling.has_case else spelling.aliases
                if aliases:
                    doubtful.append((spelling, Hit(aliases, start, end)))
                else:
                    needs_posting = needs_posting or spelling.needs_posting
        if not doubtful:
            return LineSkills(self, may_list, found, [], None) if found else empty
        if not found and all(spelling.needs_skill for spelling, _ in doubtful):
            return empty
        context = Context(line, folded[line_start : line_start + len(line) + 1].decode("latin-1") + " ")
        left: list[Hit] = []
        for spelling, hit in doubtful:
            allowed = [alias for alias in hit.aliases if is_allowed(alias, hit, context)]
            free = next((alias for alias in allowed if not needs_corroboration(alias)), None)
            if free is not None:
                found.append(Found(free, hit.start, hit.end))
                continue
            needs_posting = needs_posting or spelling.needs_posting or (spelling.needs_alone and is_alone(hit, line))
            if allowed:
                left.append(Hit(allowed, hit.start, hit.end))
        found.sort(key=_start)
        if left:
            left = corroborate(found, left, context, {one.alias.skill.skill_id for one in found})
        if left and needs_posting:
            return LineSkills(self, may_list, found, left, context)
        return LineSkills(self, may_list, found, [], None) if found else empty


def _start(found: Found) -> int:
    return found.start


def corroborate(found: list[Found], left: list[Hit], context: Context, skill_ids: set[str]) -> list[Hit]:
    """Add the ambiguous hits that the line's or the posting's skills corroborate to ``found``; return the others."""
    # In rounds, because each word of a list may need the one beside it ("C, Rust, Go"); few, to bound the cost.
    for _ in range(4):
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
