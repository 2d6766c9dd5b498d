"""The skills taxonomy: what may be found, how it is written, and when a word that means several things counts.

Everything is data (three dbt seeds), nothing is code: a skill, an alias or a rule is one row.

``skills.csv``
    ``skill_id, name, category, owner``. ``owner`` is the company whose product it is: in that company's own postings
    the product is no skill.
``skill_aliases.csv``
    ``skill_id, alias, language, case, rule``. ``case`` is ``any``, ``exact`` (letter by letter as in the row) or
    ``capital`` (first letter upper case). A name is an alias of itself, in any case and without a rule, unless a row
    spelled the same, letter by letter or in any case, says more about it.
``skill_rules.csv``
    ``rule, condition, value``. All ``not_*`` conditions of a rule must hold and, if it has ``needs_*`` conditions, at
    least one of them:

    =====================  =========================================================================================
    ``words``              no condition: a list of words that other rows name as ``@rule``
    ``not_before``         none of these words (joined by ``|``) follows; ``x*`` is any word that begins with x; a
                           phrase of several words is one, too
    ``not_after``          none of these words precedes
    ``not_degree_field``   it does not name the subject of a degree
    ``only_asked``         it counts only where something is required or preferred: said of duties, it tells of the
                           employer as often as of the skill
    ``needs_before``       one of these words follows
    ``needs_after``        one of these words precedes
    ``needs_list``         it stands in an enumeration beside another skill (of these categories, or ``any``)
    ``needs_line``         another skill (of these categories, or ``any``) stands on the same line
    ``needs_posting``      one of these skill ids is found elsewhere in the posting
    =====================  =========================================================================================

Spelling variants are made here, not typed: hyphen, space and joined slash are one thing (see :func:`fold`),
and the English plural of the last word is an alias by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from jobmarket.csv_file import read_rows
from jobmarket.extract.folding import fold

SKILLS_SEED = "skills.csv"
ALIASES_SEED = "skill_aliases.csv"
RULES_SEED = "skill_rules.csv"

_CASES = ("any", "exact", "capital")
_CONDITIONS = (
    "words",
    "not_before",
    "not_after",
    "not_degree_field",
    "only_asked",
    "needs_before",
    "needs_after",
    "needs_list",
    "needs_line",
    "needs_posting",
)


@dataclass(frozen=True, slots=True)
class Skill:
    """A canonical skill."""

    skill_id: str
    name: str
    category: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words, some given by their beginnings, and of phrases, ready to be found after and before a place."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @classmethod
    def parse(cls, value: str) -> Words:
        """Read ``a|b|c*|d e``."""
        words = [word.strip().lower() for word in value.split("|") if word.strip()]
        single = [word for word in words if " " not in word]
        phrases = [" ".join(fold(word).split()) for word in words if " " in word]
        return cls(
            frozenset(word for word in single if not word.endswith("*")),
            tuple(word[:-1] for word in single if word.endswith("*")),
            tuple(f"{phrase} " for phrase in phrases),
            tuple(f" {phrase}" for phrase in phrases),
        )

    def __contains__(self, word: str) -> bool:
        return word in self.whole or (bool(self.beginnings) and word.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class Rule:
    """When an ambiguous wording counts. See the module's table. ``has_needs``: something must corroborate it."""

    name: str
    not_before: Words | None = None
    not_after: Words | None = None
    not_degree_field: bool = False
    only_asked: bool = False
    needs_before: Words | None = None
    needs_after: Words | None = None
    needs_list: frozenset[str] | None = None
    needs_line: frozenset[str] | None = None
    needs_posting: frozenset[str] | None = None

    has_needs: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """One wording of a skill."""

    skill: Skill
    wording: str
    language: str
    case: str
    rule: Rule | None


class TaxonomyError(ValueError):
    """A seed row contradicts another or is not readable: says the file, the row and what to do."""


Rows = Iterable[Mapping[str, object]]


class Taxonomy:
    """The taxonomy as the matcher needs it: every spelling once, with the aliases that it may stand for.

    Attributes:
        skills: Skills by id.
        patterns: Folded spelling to the aliases written that way, the most specific case rule first.
        version: Hash of all rows, 12 hexadecimal digits: another row, another version.
    """

    def __init__(self, skills: Rows, aliases: Rows, rules: Rows) -> None:
        skill_rows, alias_rows, rule_rows = _texts(skills), _texts(aliases), _texts(rules)
        self.version = _version(skill_rows, alias_rows, rule_rows)
        self.rules = _rules(rule_rows)
        self.skills: dict[str, Skill] = {}
        self.patterns: dict[str, tuple[Alias, ...]] = {}
        for row in skill_rows:
            skill = Skill(row["skill_id"], row["name"], row["category"], row.get("owner") or None)
            if not (skill.skill_id and skill.name and skill.category):
                raise TaxonomyError(f"{SKILLS_SEED}: {row} lacks an id, a name or a category")
            if skill.skill_id in self.skills:
                raise TaxonomyError(f"{SKILLS_SEED}: skill_id {skill.skill_id!r} stands twice; keep one row")
            self.skills[skill.skill_id] = skill
        spelled: dict[str, list[Alias]] = {}
        for row in alias_rows:
            known = self.skills.get(row["skill_id"])
            if known is None:
                raise TaxonomyError(f"{ALIASES_SEED}: {row} names a skill_id that {SKILLS_SEED} does not have")
            case = row.get("case") or "any"
            if case not in _CASES:
                raise TaxonomyError(f"{ALIASES_SEED}: {row}: case is one of {', '.join(_CASES)}")
            alias = Alias(known, row["alias"], row.get("language") or "any", case, self._rule(row))
            self._add(spelled, alias)
        for skill in self.skills.values():
            if not any(_says_more(alias, skill) for alias in spelled.get(fold(skill.name).strip(), ())):
                self._add(spelled, Alias(skill, skill.name, "any", "any", None))
        for pattern in list(spelled):
            plural = _plural(pattern)
            if plural is not None and plural not in spelled:
                spelled[plural] = [
                    Alias(alias.skill, _in_plural(alias.wording, plural), alias.language, alias.case, alias.rule)
                    for alias in spelled[pattern]
                ]
        order = {"exact": 0, "capital": 1, "any": 2}
        self.patterns = {
            pattern: tuple(sorted(found, key=lambda alias: order[alias.case])) for pattern, found in spelled.items()
        }

    @classmethod
    def from_seeds(cls, folder: Path) -> Taxonomy:
        """Read the three seeds from a folder. Raises ``FileNotFoundError``, ``CsvError`` or :class:`TaxonomyError`."""
        files = (folder / name for name in (SKILLS_SEED, ALIASES_SEED, RULES_SEED))
        return cls(*([row for _, row in read_rows(file)] for file in files))

    @classmethod
    def from_tables(cls, skills: pa.Table | Rows, aliases: pa.Table | Rows, rules: pa.Table | Rows) -> Taxonomy:
        """Take the seeds as Arrow tables or rows, as a dbt Python model gets them."""
        return cls(*(t.to_pylist() if isinstance(t, pa.Table) else t for t in (skills, aliases, rules)))

    def _rule(self, row: Mapping[str, str]) -> Rule | None:
        name = row.get("rule")
        if not name:
            return None
        if name not in self.rules:
            raise TaxonomyError(
                f"{ALIASES_SEED}: {dict(row)} names the rule {name!r}, which {RULES_SEED} does not have"
            )
        return self.rules[name]

    @staticmethod
    def _add(spelled: dict[str, list[Alias]], alias: Alias) -> None:
        pattern = fold(alias.wording).strip()
        if not pattern:
            raise TaxonomyError(f"{ALIASES_SEED}: empty alias of {alias.skill.skill_id!r}")
        held = spelled.setdefault(pattern, [])
        for other in held:
            if other.skill is not alias.skill and other.case == alias.case == "any" and other.rule is alias.rule:
                raise TaxonomyError(
                    f"{ALIASES_SEED}: {alias.wording!r} stands for {other.skill.skill_id!r} and "
                    f"{alias.skill.skill_id!r}; keep one, or tell them apart by case or rule"
                )
        held.append(alias)


def _says_more(alias: Alias, skill: Skill) -> bool:
    """Whether a row settles how a skill's own name counts: "DBT" in capitals alone says nothing of "dbt"."""
    return alias.skill is skill and (alias.case != "exact" or alias.wording == skill.name)


def _texts(rows: Rows) -> list[dict[str, str]]:
    return [{key: "" if value is None else str(value).strip() for key, value in row.items()} for row in rows]


def _version(*tables: list[dict[str, str]]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for rows in tables:
        for row in sorted("\x1f".join(f"{k}={v}" for k, v in sorted(row.items())) for row in rows):
            digest.update(row.encode() + b"\n")
        digest.update(b"\x1d")
    return digest.hexdigest()


def _rules(rows: list[dict[str, str]]) -> dict[str, Rule]:
    conditions: dict[str, dict[str, str]] = {}
    for row in rows:
        name, condition, value = row["rule"], row["condition"], row.get("value", "")
        if condition not in _CONDITIONS:
            raise TaxonomyError(f"{RULES_SEED}: {row}: condition is one of {', '.join(_CONDITIONS)}")
        held = conditions.setdefault(name, {})
        held[condition] = f"{held[condition]}|{value}" if condition in held else value
    lists = {name: held.pop("words") for name, held in conditions.items() if "words" in held}
    made: dict[str, Rule] = {}
    for name, held in conditions.items():
        if not held:
            continue
        words = {
            key: Words.parse(_with_lists(held[key], lists, name)) if key in held else None
            for key in ("not_before", "not_after", "needs_before", "needs_after")
        }
        sets = {
            key: frozenset(v.strip() for v in held[key].split("|") if v.strip()) if key in held else None
            for key in ("needs_list", "needs_line", "needs_posting")
        }
        has_needs = any(key.startswith("needs_") for key in held)
        made[name] = Rule(
            name,
            not_degree_field="not_degree_field" in held,
            only_asked="only_asked" in held,
            has_needs=has_needs,
            **words,  # type: ignore[arg-type]
            **sets,  # type: ignore[arg-type]
        )
    return made


def _with_lists(value: str, lists: Mapping[str, str], rule: str) -> str:
    """The words of a condition, those of the lists that it names among them."""
    parts = value.split("|")
    unknown = [part for part in parts if part.startswith("@") and part[1:] not in lists]
    if unknown:
        raise TaxonomyError(f"{RULES_SEED}: {rule!r} names the list {unknown[0]!r}; add its row of words")
    return "|".join(lists[part[1:]] if part.startswith("@") else part for part in parts)


def _plural(pattern: str) -> str | None:
    last = pattern.rsplit(" ", 1)[-1]
    if len(last) < 2 or not last.isalpha() or last.endswith("s"):
        return None
    if last.endswith("y") and len(last) > 3 and last[-2] not in "aeiou":
        return pattern[:-1] + "ies"
    return pattern + ("es" if last.endswith(("ch", "sh", "x")) else "s")


def _in_plural(wording: str, plural: str) -> str:
    """The plural in the letters of ``wording``: ``LLM`` and ``llms`` make ``LLMs``."""
    kept = len(wording) - 1 if plural.endswith("ies") else len(wording)
    return wording[:kept] + plural[kept:]
