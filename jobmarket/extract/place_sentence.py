"""Find the phrases of a posting that say where the job is, if it has no location field or header.

Examples: "Based in Lyon", "we are hiring two engineers in our Lyon office", "Lyon-based engineers", "- Data Engineer
(Lyon)". The words cut out here are read as a field by :mod:`jobmarket.extract.location`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobmarket.extract.place_field import read_items

_BASED_IN = (
    "based in ",
    "located in ",
    "hiring in ",
    "onsite in ",
    "ONSITE in ",
    "HYBRID in ",
    "on-site in ",
    "in-person in ",
    "in person in ",
    "office in ",
    "hybrid in ",
    "positions are in ",
    "roles are in ",
    "role is in ",
    "position is in ",
)
# Characters: how much of a text is searched, and the longest phrase that names places.
_SENTENCES_LIMIT = 20_000
_LIST_LIMIT = 6_000
_PHRASE = 60
# "We're hiring two engineers to work with us in our Lyon office."
_HIRING = re.compile(r"\b[Hh]iring\b(?P<what>[^.!?\n]{1,160})")
_IN = re.compile(r"\b[Ii]n (?=(?:our |the )?[A-Z])")
# "Lyon-based engineers", "our AI team is hybrid (Lyon based)"; not "a Lyon-based company", whose teams may be anywhere
_BASED = re.compile(
    r"(?P<place>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})[- ]based"
    r"(?=\)|,? (?:[\w-]+ ){0,3}(?i:engineer|developer|candidate|applicant|scientist|designer)s?\b)"
)
_OF_TRADE = re.compile(
    r"\b(?:engineers?|engineering|developers?|scientists?|researchers?|analysts?|designers?|managers?|marketing|"
    r"recruiters?|interns?|swe|sre|hiring)\b",
    re.IGNORECASE,
)
# Characters. A longer line is a sentence.
_ROLE_LINE = 160
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")


def phrases(text: str) -> Iterator[str]:
    """Yield the words after phrases that say where the job is, the most reliable first; they may name no place."""
    for phrase in _BASED_IN:
        at = text.find(phrase, 0, _SENTENCES_LIMIT)
        if at >= 0:
            yield _cut(text, at + len(phrase))
    for sentence in _HIRING.finditer(text, 0, _SENTENCES_LIMIT):
        for found in _IN.finditer(text, sentence.start("what"), sentence.end("what")):
            phrase = _cut(text, found.end())
            if _begins_with_place(phrase):
                yield phrase
    for based in _BASED.finditer(text, 0, _SENTENCES_LIMIT):
        yield based["place"]


def listed(text: str) -> list[str]:
    """Return the places in brackets on lines that name a role: "Senior iOS Engineer (Berkeley or Irvine)"."""
    return [
        bracketed
        for line in text[:_LIST_LIMIT].split("\n")
        if len(line) <= _ROLE_LINE and "(" in line and _OF_TRADE.search(line)
        for bracketed in IN_BRACKETS.findall(line)
        if all(item.is_remote or item.place is not None for item in read_items(bracketed))
    ]


def _cut(text: str, start: int) -> str:
    return text[start : start + _PHRASE].split("\n")[0].split(". ")[0]


def _begins_with_place(phrase: str) -> bool:
    first = next(iter(read_items(phrase)), None)
    return first is not None and first.place is not None and not first.is_weak
