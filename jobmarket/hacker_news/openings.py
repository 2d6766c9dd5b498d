"""Patterns for comments whose header is not a line with bars: labels, sentences and prose."""

from __future__ import annotations

import re

from jobmarket.hacker_news.segments import ROLE

LABEL = re.compile(
    r"^\W*(?P<label>company|employer|organi[sz]ation|roles?|positions?|title|job title|job|locations?|where|remote|"
    r"salary|compensation|pay|type|employment|employment type|work type|contract)\s*[:：]\s*(?P<value>.+)$",
    re.IGNORECASE,
)
COMPANY_LABELS = ("company", "employer", "organization", "organisation")

IS_HIRING = re.compile(
    r"^(?P<company>[^.!?|]{2,60}?)\s+(?:is|are|’s|'s)?\s*(?:now |currently |actively )?"
    r"(?:hiring|looking for|seeking|recruiting)\b(?:\s+for)?:?\s*(?:an?\s+)?(?P<rest>.*)$",
    re.IGNORECASE,
)
ROLE_AT = re.compile(
    r"^(?:(?:hey|hi|hello)[^.!]*[.!]\s*)?(?:(?:we|i)(?:['’](?:re|m)| are| am)\s*)?(?:(?:hiring|"
    r"looking) (?:for )?)?(?:an? )?"
    r"(?P<role>[^.!?|@]{4,80}?)\s+(?:@|at)\s+(?P<company>[A-Z][\w.&’' -]{1,40}?)\s*(?P<rest>[(\[].*|[.,;!]|$)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:At\s+)?(?P<company>[A-Z][\w.&’'-]*(?: [A-Z0-9][\w.&’'-]*){0,4})\s*(?:[(\[][^()\[\]]*[)\]]\s*)?"
    r"(?:$|[-–—:]\s|,\s|(?:is|are|builds?|makes?|helps?|has|provides?)\s|we\b)"
)
_NO_NAME = re.compile(
    r"^(?:at|we|we['’]re|our|i|i['’]m|hi|hey|hello|by|in|for|from|the|this|it|who|what|wow|do|how|why|is|are|if|"
    r"many|here|"
    r"back|location|remote|looking|seeking|ask|all|roles?|also|any|there|you|your|my|just|so|yes|no|thanks|good)\b",
    re.IGNORECASE,
)
NEVER_A_NAME = re.compile(
    r"(?:we (?:are|at|have|build|need|want)|we['’]re|i['’]m)\b.* |(?:we|we['’]re|wow|who|hi|hey|remote|"
    r"hiring)\W*$|.*\bopportunit",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:hiring|recruiting|looking for|seeking|searching for|need|apply|applications?|openings?|open roles?|"
    r"positions?|"
    r"careers?|join (?:us|our|the)|jobs?@|resume|cv)\b",
    re.IGNORECASE,
)
_NO_OFFER = re.compile(
    r"\W*(?:seeking (?:work|remote|freelance|\w+ opportunit)|i(?:['’]m| am) (?:an?|looking for|"
    r"seeking)\b(?! co-?founder)|"
    r"i applied|i(?:['’]ve| have) (?:applied|been))",
    re.IGNORECASE,
)
_WILLING = re.compile(r"\W*willing to relocate\s*:", re.IGNORECASE)
SHORTEST_OFFER = 140


def seeks_work(lines: list[str]) -> bool:
    """Whether the comment is by somebody who seeks a job rather than offers one."""
    return bool(_NO_OFFER.match(lines[0]) or any(map(_WILLING.match, lines)))


def offers_work(text: str) -> bool:
    """Whether prose without a header offers work: it is long enough, names a job and mentions hiring."""
    return bool(len(text) >= SHORTEST_OFFER and _OFFER.search(text) and ROLE.search(text))


def name_at_start(line: str) -> str | None:
    """Return the name that opens a sentence: "Acme (acme.com) is a …", "At Acme, we …"."""
    opening = _OPENING.match(line)
    return opening["company"] if opening and not is_no_name(opening["company"]) else None


def is_no_name(words: str) -> bool:
    """Whether the words begin like a sentence rather than a name."""
    return bool(_NO_NAME.match(words))
