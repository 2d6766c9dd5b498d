"""Employer names: a common key for "Acme, Inc." and "ACME", and whether two names may mean one employer."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from cleanco import basename

_WORD = re.compile(r"[^\W_]+")
# "Bevel (bevel.health)", "Acme (YC W21)": brackets explain a name and are not part of it.
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
# Generic words, which two employers often share.
_COMMON = frozenset(
    ("ai", "analytics", "and", "bank", "business", "capital", "care", "city", "cloud", "co", "company", "consulting")
    + ("corporation", "data", "de", "der", "digital", "energy", "engineering", "enterprise", "finance", "financial")
    + ("first", "for", "general", "global", "group", "health", "healthcare", "holding", "holdings", "inc")
    + ("international", "lab", "labs", "life", "limited", "ltd", "machine", "management", "media", "medical")
    + ("national", "network", "networks", "new", "of", "online", "partners", "personal", "pharma", "power", "research")
    + ("robotics", "science", "sciences", "security", "services", "smart", "software", "solution", "solutions", "state")
    + (
        "states",
        "studio",
        "studios",
        "system",
        "systems",
        "tech",
        "technologies",
        "technology",
        "the",
        "united",
        "university",
    )
    + ("us", "usa", "world")
)
# Legal forms that cleanco leaves, and the rest of "GmbH & Co." after it has removed its part.
_MORE_FORMS = frozenset(("and", "co", "kgaa", "pbc", "se", "slu", "ug"))
_SMALL = frozenset(("and", "of", "the"))
# Placeholders for a name in English, French and German, as keys.
_NOBODY = frozenset(
    ("anonymous", "confidential", "none", "notavailable", "notdisclosed", "notspecified", "notstated", "private")
    + ("aistealth", "stealth", "stealthai", "stealthmode", "stealthmodeai")
    + ("tba", "tbd", "undisclosed", "unknown", "unnamed", "unspecified")
    + ("client", "ourclient", "notreclient", "employer", "employeur")
    + ("arbeitgeber", "kunde", "unserkunde", "unternehmen")
    + ("anonyme", "confidentiel", "confidentielle", "noncommunique", "noncommuniquee", "nondivulgue", "nondivulguee")
    + ("nonprecise", "nonprecisee", "nonspecifie", "nonspecifiee")
    + ("anonym", "keineangabe", "nichtangegeben", "nichtgenannt", "ungenannt", "unbekannt", "vertraulich")
)
# "N/A", "n. c.", "k. A."; two letters without punctuation may be a name.
_NOT_STATED = re.compile(r"\W*(?:n[/.] ?[ac]|k[/.] ?a)\W*", re.IGNORECASE)
# Words for any business next to a placeholder: "Confidential Company", "Confidential AI startup", "Entreprise
# confidentielle". "AI" on its own is no such word: Private AI is an employer.
_ANY_BUSINESS = re.compile(
    r"^(?:ai)?(?:client|companyname|company|employer|entreprise|societe|employeur|unternehmen|firma|arbeitgeber|kunde)"
    r"|(?:ai)?(?:client|companyname|company|employer|startup|organi[sz]ation|societe|entreprise|unternehmen|firma)$"
)
_SHORTEST_JOINED = 4
# "heidihealth.com.au", the address that some employers' accounts are named after.
_DOMAIN = re.compile(r"(?<=\w{3})\.[a-z]{2,6}(?:\.[a-z]{2})?$", re.IGNORECASE)


class Similarity(IntEnum):
    """How certain it is that two names mean one employer."""

    OTHER = 0
    UNKNOWN = 1
    ALIKE = 2
    SAME = 3


@lru_cache(maxsize=65_536)
def employer_key(name: str) -> str:
    """Return a name without case, accents, punctuation and legal form: ``Acme, Inc.`` and ``ACME`` give ``acme``.

    All other words are kept, so that employers do not collide in a generic word. A name that consists only of a legal
    form or of punctuation stays as it is.
    """
    return "".join(name_words(name)) or "".join(_WORD.findall(_plain(name))) or _plain(name).strip()


@lru_cache(maxsize=65_536)
def names_nobody(name: str) -> bool:
    """Whether a name is a placeholder: "Confidential", "Stealth startup", "Our client", "N/A", or only punctuation.

    Two employers with the same placeholder are not therefore the same.
    """
    rest = employer_key(name)
    if _NOT_STATED.fullmatch(name) or not any(map(str.isalnum, rest)):
        return True
    while rest not in _NOBODY:
        shorter = _ANY_BUSINESS.sub("", rest, count=1)
        if shorter in ("", rest):
            return False
        rest = shorter
    return True


def similarity(name: str | None, other: str | None) -> Similarity:
    """Compare two employer names.

    ``ALIKE`` means that one name adds words ("Ema", "Ema Unlimited"), is spaced differently, is an address or a slug
    ("sagelabs.ai", "sage-labs-inc"), or consists of the other's initials. That is enough where the postings agree in
    everything else, but never by itself.
    """
    if not name or not other or names_nobody(name) or names_nobody(other):
        return Similarity.UNKNOWN
    first, second = employer_key(name), employer_key(other)
    if first == second:
        return Similarity.SAME
    words, others = _words_of_account(name), _words_of_account(other)
    if _begins(words, others) or _begins(others, words) or _abbreviates(words, others) or _abbreviates(others, words):
        return Similarity.ALIKE
    return Similarity.OTHER


@lru_cache(maxsize=65_536)
def shown_name(name: str) -> str:
    """Return a name as a text may write it: without brackets, legal form and the end of an address."""
    return _DOMAIN.sub("", basename(_BRACKETS.sub("", name)).strip()) or name


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form and a leading article."""
    bare = _plain(basename(_BRACKETS.sub("", name))).replace("&", " and ")
    words = _WORD.findall(bare.replace("'", "").replace("’", ""))
    while len(words) > 1 and words[-1] in _MORE_FORMS:
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _words_of_account(name: str) -> tuple[str, ...]:
    """Return the words of a name that may be an address or a slug."""
    name = name.strip()
    return name_words(name if " " in name else _DOMAIN.sub("", name).replace("-", " "))


def _begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the names are equal when joined, share a first word that is not generic, or one continues the other."""
    if not short or not long:
        return False
    joined, joined_long = "".join(short), "".join(long)
    if len(joined) >= _SHORTEST_JOINED and joined_long == joined and joined not in _COMMON:
        return True
    if len(short) >= 2 and long[: len(short)] == short and not _COMMON.issuperset(short):
        return True
    return short[0] == long[0] and short[0] not in _COMMON and len(short[0]) >= 2


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether ``short`` is one word: the initials of ``long``, with or without its small words."""
    if len(short) != 1 or len(long) < 3:
        return False
    names = [word for word in long if word not in _SMALL]
    return short[0] in {"".join(word[0] for word in words) for words in (long, names)}
