"""The skills taxonomy: the skills, their spellings, and the rules for wordings with several meanings.

Everything is data in three dbt seeds. A skill, an alias or a rule is one row; no code changes.

``skills.csv``
    ``skill_id, name, category, owner``. ``owner`` is the company that makes the product; in that company's own postings
    the product is not a skill.
``skill_aliases.csv``
    ``skill_id, alias, language, case, rule``. ``language`` is ``fr`` or ``de`` for a spelling of that language, else
    ``any``: it only decides that the spelling has no English plural, and texts of every language may use it. ``case``
    is ``any``, ``exact`` (letter by letter as in the row) or ``capital`` (first letter in upper case). A skill's name
    is an alias in any case and without a rule, unless a row with the same spelling says otherwise.
``skill_rules.csv``
    ``rule, condition, value``. All ``not_*`` conditions of a rule must hold. If it has ``needs_*`` conditions, at least
    one of them must hold too. Words are separated by ``|``; ``x*`` is any word that starts with x; a phrase of several
    words is allowed.

    =====================  =========================================================================================
    ``words``              not a condition: a list of words that other rows reference as ``@rule``
    ``skills``             not a condition: a list of skill ids that ``needs_posting`` rows reference as ``@rule``
    ``not_before``         none of these words follows
    ``not_after``          none of these words precedes
    ``not_degree_field``   it is not the subject of a degree
    ``not_currency``       no amount of money is beside it
    ``only_asked``         it counts only where something is required or preferred, because in duties it describes
                           the employer as often as a skill
    ``needs_before``       one of these words follows
    ``needs_after``        one of these words precedes
    ``needs_list``         another skill of these categories (or ``any``) is next to it in a list
    ``needs_line``         another skill of these categories (or ``any``) is on the same line
    ``needs_posting``      one of these skill ids is found elsewhere in the posting
    ``needs_alone``        it is a line of its own, as an item of a list, and the posting names another skill,
                           perhaps in the same way
    =====================  =========================================================================================

    Most wordings take one of the shared rules, whose names say what they ask for:

    - ``only_asked``, for a method or task: its only condition is the one of that name.
    - ``listed``, ``listed_or_asked``, ``listed_with_technology`` and so on, for a word that is often no skill: it
      counts in a list of skills, of these kinds, or after words such as "experience with". ``proper_name`` is for
      products named like a thing or a person, and counts beside other technology too.
    - ``near_cloud``, ``listed_or_near_ml`` and so on: a skill of that kind on the line is enough.
    - ``in_finance``, ``in_hardware`` and so on, for an abbreviation or a product known in one trade: the posting names
      a skill of that trade.
    - ``field`` and its kin, for a field of work that is also a team or a job: "Data Science", but no "Data Science
      team".

Spelling variants need no rows: hyphen, blank and slash are equivalent (see :func:`fold`), and the English plural of the
last word is added as an alias, except of products' names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from jobmarket.csv_file import read_rows
from jobmarket.extract.folding import fold

SKILLS_SEED = "skills.csv"
ALIASES_SEED = "skill_aliases.csv"
RULES_SEED = "skill_rules.csv"

# The most specific first.
_CASES = ("exact", "capital", "any")
_CONDITIONS = (
    "words",
    "skills",
    "not_before",
    "not_after",
    "not_degree_field",
    "not_currency",
    "only_asked",
    "needs_before",
    "needs_after",
    "needs_list",
    "needs_line",
    "needs_posting",
    "needs_alone",
)

# Categories of fields of work, which have no proper name: common words, in each language its own.
FIELDS_OF_WORK = frozenset(("method", "practice"))

# Categories of proper names. They have no plural: "market tailwinds" are not Tailwind CSS.
_NAMES = frozenset(
    (
        "certification",
        "cloud_platform",
        "cloud_service",
        "database",
        "framework",
        "language",
        "library",
        "operating_system",
        "orchestration",
        "tool",
    )
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
    """A set of words, prefixes and phrases, prepared for matching after and before a position."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @classmethod
    def parse(cls, value: str) -> Words:
        """Parse ``a|b|c*|d e``."""
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
    """When an ambiguous wording counts; see the module's table. ``has_needs``: it must be corroborated."""

    name: str
    not_before: Words | None = None
    not_after: Words | None = None
    not_degree_field: bool = False
    not_currency: bool = False
    only_asked: bool = False
    needs_before: Words | None = None
    needs_after: Words | None = None
    needs_list: frozenset[str] | None = None
    needs_line: frozenset[str] | None = None
    needs_posting: frozenset[str] | None = None
    needs_alone: bool = False
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
    """A seed row is unreadable or contradicts another; the message names the file and row, and says what to do."""


Rows = Iterable[Mapping[str, object]]


class Taxonomy:
    """The taxonomy in the matcher's form: every spelling once, with the aliases it may stand for.

    Attributes:
        skills: Skills by id.
        patterns: The aliases of each folded spelling, the most specific case rule first.
        version: Hash of all rows, 12 hexadecimal digits; any changed row changes it.
    """

    def __init__(self, skills: Rows, aliases: Rows, rules: Rows) -> None:
        skill_rows, alias_rows, rule_rows = _texts(skills), _texts(aliases), _texts(rules)
        self.version = _version(skill_rows, alias_rows, rule_rows)
        self.rules = _rules(rule_rows)
        self.skills = _skills(skill_rows)
        spelled: dict[str, list[Alias]] = {}
        for row in alias_rows:
            _add(spelled, self._alias(row))
        for skill in self.skills.values():
            if not any(_says_more(alias, skill) for alias in spelled.get(fold(skill.name).strip(), ())):
                _add(spelled, Alias(skill, skill.name, "any", "any", None))
        _add_plurals(spelled)
        # The order of the rows decides nothing, as it does not change the version either.
        self.patterns = {
            pattern: tuple(sorted(found, key=lambda alias: (_CASES.index(alias.case), alias.skill.skill_id)))
            for pattern, found in spelled.items()
        }

    @classmethod
    def from_seeds(cls, folder: Path) -> Taxonomy:
        """Read the three seeds from a folder; raise ``FileNotFoundError``, ``CsvError`` or :class:`TaxonomyError`."""
        files = (folder / name for name in (SKILLS_SEED, ALIASES_SEED, RULES_SEED))
        return cls(*([row for _, row in read_rows(file)] for file in files))

    @classmethod
    def from_tables(cls, skills: pa.Table | Rows, aliases: pa.Table | Rows, rules: pa.Table | Rows) -> Taxonomy:
        """Take the seeds as Arrow tables or rows, the form in which a dbt Python model receives them."""
        return cls(*(t.to_pylist() if isinstance(t, pa.Table) else t for t in (skills, aliases, rules)))

    def _alias(self, row: Mapping[str, str]) -> Alias:
        skill = self.skills.get(row["skill_id"])
        if skill is None:
            raise TaxonomyError(f"{ALIASES_SEED}: {row} uses a skill_id that is not in {SKILLS_SEED}; add it there")
        case = row.get("case") or "any"
        if case not in _CASES:
            raise TaxonomyError(f"{ALIASES_SEED}: {row}: case must be one of {', '.join(_CASES)}")
        name = row.get("rule")
        if name and name not in self.rules:
            raise TaxonomyError(f"{ALIASES_SEED}: {row} uses the rule {name!r}, which is not in {RULES_SEED}; add it")
        return Alias(skill, row["alias"], row.get("language") or "any", case, self.rules[name] if name else None)


def _skills(rows: list[dict[str, str]]) -> dict[str, Skill]:
    skills: dict[str, Skill] = {}
    for row in rows:
        skill = Skill(row["skill_id"], row["name"], row["category"], row.get("owner") or None)
        if not (skill.skill_id and skill.name and skill.category):
            raise TaxonomyError(f"{SKILLS_SEED}: {row} lacks an id, a name or a category")
        if skill.skill_id in skills:
            raise TaxonomyError(f"{SKILLS_SEED}: skill_id {skill.skill_id!r} appears twice; keep one row")
        skills[skill.skill_id] = skill
    return skills


def _add(spelled: dict[str, list[Alias]], alias: Alias) -> None:
    """Add an alias under its folded spelling; refuse one that is indistinguishable from another skill's."""
    pattern = fold(alias.wording).strip()
    if not pattern:
        raise TaxonomyError(f"{ALIASES_SEED}: empty alias of {alias.skill.skill_id!r}; remove the row")
    held = spelled.setdefault(pattern, [])
    for other in held:
        if other.skill is not alias.skill and other.case == alias.case == "any" and other.rule is alias.rule:
            raise TaxonomyError(
                f"{ALIASES_SEED}: {alias.wording!r} is an alias of {other.skill.skill_id!r} and of "
                f"{alias.skill.skill_id!r}; keep one, or separate them by case or rule"
            )
    held.append(alias)


def _add_plurals(spelled: dict[str, list[Alias]]) -> None:
    """Add the English plural of each spelling that has one and no row for it."""
    for pattern, aliases in list(spelled.items()):
        plural = _plural(pattern)
        if plural is not None and plural not in spelled:
            several = [
                replace(alias, wording=_in_plural(alias.wording, plural)) for alias in aliases if _has_plural(alias)
            ]
            if several:
                spelled[plural] = several


def _has_plural(alias: Alias) -> bool:
    """Return whether a wording has an English plural: "CRMs" and "SQL servers", but neither "Kafkas" nor "Modells"."""
    if alias.language in ("de", "fr"):
        return False
    return alias.skill.category not in _NAMES or " " in alias.wording or alias.wording.isupper()


def _says_more(alias: Alias, skill: Skill) -> bool:
    """Return whether a row overrides how the skill's own name counts; "DBT" in capitals does not override "dbt"."""
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
            raise TaxonomyError(f"{RULES_SEED}: {row}: condition must be one of {', '.join(_CONDITIONS)}")
        held = conditions.setdefault(name, {})
        held[condition] = f"{held[condition]}|{value}" if condition in held else value
    lists = {name: held.pop(kind) for kind in ("words", "skills") for name, held in conditions.items() if kind in held}
    return {name: _rule(name, held, lists) for name, held in conditions.items() if held}


def _rule(name: str, conditions: Mapping[str, str], lists: Mapping[str, str]) -> Rule:
    def words(condition: str) -> Words | None:
        value = conditions.get(condition)
        return None if value is None else Words.parse(_with_lists(value, lists, name))

    def names(condition: str) -> frozenset[str] | None:
        value = conditions.get(condition)
        if value is None:
            return None
        return frozenset(part.strip() for part in _with_lists(value, lists, name).split("|") if part.strip())

    return Rule(
        name,
        not_before=words("not_before"),
        not_after=words("not_after"),
        not_degree_field="not_degree_field" in conditions,
        not_currency="not_currency" in conditions,
        only_asked="only_asked" in conditions,
        needs_before=words("needs_before"),
        needs_after=words("needs_after"),
        needs_list=names("needs_list"),
        needs_line=names("needs_line"),
        needs_posting=names("needs_posting"),
        needs_alone="needs_alone" in conditions,
        has_needs=any(condition.startswith("needs_") for condition in conditions),
    )


def _with_lists(value: str, lists: Mapping[str, str], rule: str) -> str:
    """Return the words or ids of a condition, with references to lists resolved."""
    parts = value.split("|")
    unknown = [part for part in parts if part.startswith("@") and part[1:] not in lists]
    if unknown:
        raise TaxonomyError(f"{RULES_SEED}: {rule!r} uses the list {unknown[0]!r}, which has no row of its own; add it")
    return "|".join(lists[part[1:]] if part.startswith("@") else part for part in parts)


def _plural(pattern: str) -> str | None:
    last = pattern.rsplit(" ", 1)[-1]
    if len(last) < 2 or not last.isalpha() or last.endswith("s"):
        return None
    if last.endswith("y") and len(last) > 3 and last[-2] not in "aeiou":
        return pattern[:-1] + "ies"
    return pattern + ("es" if last.endswith(("ch", "sh", "x")) else "s")


def _in_plural(wording: str, plural: str) -> str:
    """Return the plural in the letters of ``wording``: ``LLM`` and ``llms`` give ``LLMs``."""
    kept = len(wording) - 1 if plural.endswith("ies") else len(wording)
    return wording[:kept] + plural[kept:]
