"""Skills in a document: one multi-pattern pass over the folded text, then the rules for ambiguous wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from jobmarket.extract.ambiguity import Anchors, Context, Hit, counts, needs_corroboration
from jobmarket.extract.document import Document
from jobmarket.extract.employer import is_employer
from jobmarket.extract.facts import SkillMention
from jobmarket.extract.folding import fold
from jobmarket.extract.taxonomy import Alias, Taxonomy

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
_BREAK = re.compile(r"[\n/,;:|()]")


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
        self._number = {pattern: number for number, pattern in enumerate(taxonomy.patterns)}
        # Plain wordings (one alias, any case, no rule) are most of all hits and need no further look.
        self._is_plain = [len(a) == 1 and a[0].case == "any" and a[0].rule is None for a in self._patterns]
        # One word can not hold a sign that ends a phrase; a wording may have one of its own ("CI/CD").
        self._free = [tuple(alias for alias in a if not needs_corroboration(alias)) for a in self._patterns]
        self._may_break = [" " in pattern for pattern in taxonomy.patterns]
        self._has_sign = [any(_BREAK.search(alias.wording) for alias in a) for a in self._patterns]

    def mentions(self, document: Document, company: str | None = None) -> tuple[SkillMention, ...]:
        """Each skill once, in the order of first mention, at the strongest level it is named at.

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
        is_alone = _Loneliness(text, accepted)
        for number, (alias, hit) in enumerate(accepted):
            skill = alias.skill
            if not hit.in_title and skill.category in _FIELDS and _is_label(text, hit):
                continue
            if hit.in_title:
                level, surface = "mentioned", document.title[hit.start : hit.end]
            else:
                while at < len(sections) - 1 and sections[at].end <= hit.start:
                    at += 1
                level, surface = sections[at].level if sections else "mentioned", text[hit.start : hit.end]
                if skill.category in _FIELDS and sections[at].kind == "other" and is_alone(number):
                    level = "context"
            strength = _STRENGTH[level]
            held = best.get(skill.skill_id)
            # A mention in the text is preferred to an equal one in the title: it has a span to go back to.
            if held is None or strength > held[0] or (strength == held[0] and held[1].span_start is None):
                span = (None, None) if hit.in_title else (hit.start, hit.end)
                best[skill.skill_id] = (strength, SkillMention(skill.name, surface, skill.category, level, *span))
        return tuple(
            mention
            for skill_id, (_, mention) in best.items()
            if not self._is_own(skill_id, mention, employer, document)
        )

    def _is_own(self, skill_id: str, mention: SkillMention, employer: str | None, document: Document) -> bool:
        """Whether the skill is the employer's own product."""
        if mention.category in _NOBODYS:
            return False
        owners = [name for name in (mention.name, self._skills[skill_id].owner) if name]
        if employer is not None:
            return any(_is_name_of(fold(name).strip(), employer) for name in owners)
        return any(is_employer(name, document.text) for name in owners)

    def _is_broken(self, number: int, surface: str) -> bool:
        """Whether a sign that ends a phrase stands inside the match: "data/analysis" is not "data analysis"."""
        if _BREAK.search(surface) is None:
            return False
        return "\n" in surface or not self._has_sign[number]

    def _stands(self, number: int, start: int, end: int, text: str, folded: str) -> bool:
        """Whether a match of the padded text ends where a word ends, is one phrase and no address."""
        following = folded[end]
        if following != " ":
            if following.isalnum() or following in "+#&@":
                return False
            if following == "." and _DOMAIN.match(text, end - 1):
                return False
        return not (self._may_break[number] and self._is_broken(number, text[start : end - 1]))

    def _shorter(self, _: int, start: int, end: int, text: str, folded: str) -> Iterator[tuple[int, int, int]]:
        """Yield what stands inside a match that does not: "Airflow/Dagster" begins like "Airflow DAGs"."""
        end = folded.find(" ", end)
        blanks = [start, *(place for place in range(start + 1, end) if folded[place] == " "), end]
        first = 0
        while first < len(blanks) - 1:
            for last in range(len(blanks) - 1, first, -1):
                spot = blanks[first], blanks[last]
                number = self._number.get(folded[spot[0] + 1 : spot[1]])
                if number is not None and self._stands(number, *spot, text, folded):
                    yield (number, *spot)
                    first = last
                    break
            else:
                first += 1

    def _accepted(self, text: str, *, in_title: bool) -> list[tuple[Alias, Hit]]:
        """The hits that count, in the order of the text, each with the one alias it stands for."""
        folded = " " + fold(text).replace("\n", " ") + " "
        certain: list[tuple[Alias, Hit]] = []
        doubtful: list[tuple[tuple[Alias, ...], Hit]] = []  # with the aliases that need no corroboration
        spots: list[tuple[int, int, int]] = []
        for spot in self._automaton.find_matches_as_indexes(folded):
            if self._stands(*spot, text, folded):
                spots.append(spot)
            else:
                spots += self._shorter(*spot, text, folded)
        for number, start, end in spots:
            # Found in the padded text, the match begins with its blank: start is already the word's own place.
            hit = Hit(self._patterns[number], start, end - 1, in_title)
            if self._is_plain[number]:
                certain.append((hit.aliases[0], hit))
            else:
                doubtful.append((self._free[number], hit))
        if not doubtful:
            return certain
        context = Context(text, folded)
        left: list[Hit] = []
        for free, hit in doubtful:
            for alias in free:
                if counts(alias, hit, context, None):
                    certain.append((alias, hit))
                    break
            else:
                left.append(hit)
        certain.sort(key=lambda pair: pair[1].start)
        # Twice, because an enumeration may begin with several ambiguous words before the first certain one.
        for _ in range(2):
            anchors = Anchors(certain)
            still: list[Hit] = []
            for hit in left:
                for alias in hit.aliases:
                    if needs_corroboration(alias) and counts(alias, hit, context, anchors):
                        certain.append((alias, hit))
                        break
                else:
                    still.append(hit)
            if len(still) == len(left):
                break
            left = still
            certain.sort(key=lambda pair: pair[1].start)
        return certain


class _Loneliness:
    """Whether a skill is the only one on its line.

    A method named alone, outside any list and under no heading that concerns the job, tells what the company does.
    """

    def __init__(self, text: str, accepted: list[tuple[Alias, Hit]]) -> None:
        self._text = text
        self._accepted = accepted

    def __call__(self, number: int) -> bool:
        hit = self._accepted[number][1]
        before = self._accepted[number - 1][1] if number else None
        after = self._accepted[number + 1][1] if number + 1 < len(self._accepted) else None
        with_before = before is not None and not before.in_title and self._text.find("\n", before.end, hit.start) < 0
        return not with_before and (after is None or self._text.find("\n", hit.end, after.start) >= 0)


def _is_name_of(name: str, employer: str) -> bool:
    """Whether an employer's name, folded, is ``name``, with or without its legal form or its site's end."""
    return (
        employer == name
        or employer.startswith(tuple(name + end for end in _SITES))
        or (employer.startswith(name + " ") and set(employer[len(name) :].split()) <= _LEGAL_FORMS)
    )


def _is_label(text: str, hit: Hit) -> bool:
    """Whether the wording only heads a list of what is asked: "Databases: Postgres, Redis"."""
    if text[hit.end : hit.end + 1] != ":":
        return False
    before = text[max(0, hit.start - 4) : hit.start]
    if "\n" not in before and hit.start > 4:
        return False
    return not any(character.isalnum() for character in before[before.rfind("\n") + 1 :])
