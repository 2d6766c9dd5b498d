"""Find the skills of a posting, each at the strongest level at which the posting names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from jobmarket.extract.ambiguity import Found, is_alone
from jobmarket.extract.document import Document
from jobmarket.extract.emerging import TermFinder
from jobmarket.extract.facts import SkillMention
from jobmarket.extract.line import Line, lines_of
from jobmarket.extract.line_words import addresses_candidates
from jobmarket.extract.own_products import OwnProducts, is_in_name
from jobmarket.extract.sections import Section
from jobmarket.extract.skill_lines import SkillReader, corroborate
from jobmarket.extract.taxonomy import FIELDS_OF_WORK, Taxonomy

_ASKED = frozenset(("required", "preferred"))
_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "context": 0}
# Sections on the work itself, where a label names no demand of its own.
_WORK = frozenset(("responsibilities", "stack"))
_LONGEST_BULLET = 3
# Categories that give a trade of data and AI its name, and how such a practice begins: "ML Platform Engineer". Other
# practices count: who seeks a "Backend Engineer" asks for it.
_TRADES = frozenset(("method", "model"))
_AI_PRACTICE = re.compile(r"(?:ml|ai|llm|gen ?ai|machine learning|large language model)", re.IGNORECASE)
# Characters of an item of a list of work: "Telemetry over unreliable networks".
_LONGEST_ITEM = 80
# The end of a duty's label; French has a blank before the colon.
_COLON = re.compile(r"\)?\s?:")
_WORD = re.compile(r"\w")
# How duties start, under any heading.
_DUTY = re.compile(
    r"\W*(?:build|design|develop|creat|implement|establish|evaluat|contribut|coordinat|identify|document|support|improv"
    r"|maintain|driv|own|lead|manag|conduct|perform|analy[sz]|writ|use|integrat|optimi[sz]|automat|defin|ensur|research"
    r"|experiment|deploy|monitor|test|train|translat|pioneer|oversee)(?:e|es|s|ing)?\b"
    r"|\W*(?:die )?(?:weiter)?(?:analyse|aufbau|ausbau|auswertung|automatisierung|beratung|betreuung|betrieb|design"
    r"|durchführung|einführung|einsatz|entwicklung|entwurf|erarbeitung|erstellung|gestaltung|implementierung|konzeption"
    r"|mitarbeit|mitwirkung|modellierung|optimierung|planung|unterstützung|umsetzung|verantwortung|wartung)\b",
    re.IGNORECASE,
)

# What follows a field that is the trade of a title: "LLM Engineer", "ML Platform Engineer", "NLP Research Scientist"
_TRADE_AFTER = re.compile(
    r"[- /](?:(?:platform|systems?|software|research|infrastructure|operations|applications?|solutions?|product|data"
    r"|applied|integration|&|and)[- ]){0,2}(?:engineer|ingenieur|entwickler|forscher|spezialist|berater|architekt"
    r"|scientist|researcher|developer|analyst|architect|intern\b|manager|lead\b|specialist|consultant|director|head\b"
    r"|expert)",
    re.IGNORECASE,
)
# Where a line starts in the text, the line, and the skills that it names.
_Named: TypeAlias = tuple[int, str, list[Found]]


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
        # Finds candidate terms that this taxonomy lacks.
        self.unknown = TermFinder(taxonomy.patterns)
        self._reader = SkillReader(taxonomy, self.unknown)
        self._own = OwnProducts(taxonomy)

    def learn(self, documents: Sequence[Document]) -> None:
        """Read the lines of several documents together, which makes later calls of :meth:`mentions` cheap."""
        self._reader.read(chain.from_iterable([document.lines for document in documents]))
        self._reader.read(lines_of([document.title for document in documents]))

    def mentions(self, document: Document, company: str | None = None) -> tuple[SkillMention, ...]:
        """Return each skill once, at the strongest level at which it is named, in order of first mention.

        Args:
            document: The posting as read.
            company: The employer's name; neither its words nor its own products are skills.
        """
        (title,) = lines_of([document.title])
        self._reader.read([title, *document.lines])
        best = _of_title(title, company)
        sections = document.sections or (Section("other", "mentioned", 0, len(document.text)),)
        at = 0
        for position, line, named in _settled(zip(document.starts, document.lines, strict=True), company):
            for found in named:
                skill = found.alias.skill
                start = position + found.start
                while sections[at].end <= start and at < len(sections) - 1:
                    at += 1
                level = _level(sections[at], line, found, is_alone=len(named) == 1)
                strength = _STRENGTH[level]
                held = best.get(skill.skill_id)
                # At equal strength a mention in the text replaces one in the title, because it has a span.
                if held is None or strength > held.strength or (strength == held.strength and held.start is None):
                    best[skill.skill_id] = _Best(strength, level, line, found, start)
        if not best:
            return ()
        own = self._own.of_company(company) if company else self._own.in_text(best, document.text)
        return tuple([_mention(held) for skill_id, held in best.items() if skill_id not in own])


def _of_title(title: Line, company: str | None) -> dict[str, _Best]:
    best: dict[str, _Best] = {}
    for _, _, named in _settled([(0, title)], company):
        for found in named:
            is_asked = found.alias.rule is None or not found.alias.rule.only_asked
            if is_asked and not _is_trade(title.text, found):
                in_title = _Best(_STRENGTH["mentioned"], "mentioned", title.text, found, None)
                best.setdefault(found.alias.skill.skill_id, in_title)
    return best


def _is_trade(title: str, found: Found) -> bool:
    """Return whether a wording of data and AI is the trade itself, as in all titles of that trade, and no demand."""
    is_field = found.alias.skill.category in _TRADES or _AI_PRACTICE.match(title, found.start) is not None
    return is_field and _TRADE_AFTER.match(title, found.end) is not None


def _level(section: Section, line: str, found: Found, *, is_alone: bool) -> str:
    """Return the level of a skill in a section; ``is_alone`` if it is the only one on its line."""
    skill, rule = found.alias.skill, found.alias.rule
    level = section.level
    # A method named alone, outside lists, duties and headings about the job, describes the company.
    if is_alone and section.kind == "other" and skill.category in FIELDS_OF_WORK and not _is_of_the_work(line, found):
        level = "context"
    if level in _ASKED:
        return level
    if rule is not None and rule.only_asked and section.kind != "roles":
        return "context"
    is_label = section.kind in _WORK and skill.category in FIELDS_OF_WORK and _heads_duty(line, found)
    return "context" if is_label else level


def _heads_duty(line: str, found: Found) -> bool:
    """Return whether a wording is all that stands before a duty's colon: "Observability: set up Grafana"."""
    return (
        found.start <= _LONGEST_BULLET
        and _COLON.match(line, found.end) is not None
        and not _WORD.search(line, 0, found.start)
    )


def _is_of_the_work(line: str, found: Found) -> bool:
    """Return whether a line is a duty or an item of a list, or the sentence offers work."""
    is_item = found.start <= _LONGEST_BULLET and len(line) <= _LONGEST_ITEM and line[-1] not in ".!?"
    return is_item or _DUTY.match(line) is not None or addresses_candidates(line, found.start)


def _settled(lines: Iterable[tuple[int, Line]], company: str | None) -> list[_Named]:
    """Return the lines that name skills outside the employer's name, judged with the whole text in view."""
    named = _corroborated(lines)
    # No skill is shorter than a name of one word and part of it.
    return [_outside_name(one, company) for one in named] if company and " " in company else named


def _outside_name(named: _Named, company: str) -> _Named:
    position, line, found = named
    lowered = company.lower()
    if not any(line[one.start : one.end].lower() in lowered for one in found):
        return named
    return position, line, [one for one in found if not is_in_name(company, line, one.start, one.end)]


def _corroborated(lines: Iterable[tuple[int, Line]]) -> list[_Named]:
    """Return the lines that name skills, with their offsets and skills."""
    readings = [
        (position, line.text, skills)
        for position, line in lines
        if (skills := line.skills) is not None and (skills.found or skills.open)
    ]
    if not any(skills.open for _, _, skills in readings):
        return [(position, line, skills.found) for position, line, skills in readings]
    skill_ids = {found.alias.skill.skill_id for _, _, skills in readings for found in skills.found}
    alone = {
        alias.skill.skill_id
        for _, line, skills in readings
        for hit in skills.open
        if hit.end - hit.start > 1 and is_alone(hit, line)  # "C" may be a letter that numbers items
        for alias in hit.aliases
        if alias.rule is not None and alias.rule.needs_alone
    }
    if len(alone) > 1:
        skill_ids |= alone  # a list of such names alone: "Go", "Rust"
    named: list[_Named] = []
    for position, line, (_, _, found, left, context) in readings:
        if context is not None:
            found = list(found)  # what is remembered of the line stays as it is
            corroborate(found, left, context, skill_ids)
        if found:
            named.append((position, line, found))
    return named


def _mention(best: _Best) -> SkillMention:
    _, level, line, (alias, start, end), place = best
    if line[end : end + 1] == ")" and "(" in line[start:end]:
        end += 1  # "Large Language Models (LLMs)": patterns contain no signs
    stop = None if place is None else place + end - start
    return SkillMention(alias.skill.name, line[start:end], alias.skill.category, level, place, stop)
