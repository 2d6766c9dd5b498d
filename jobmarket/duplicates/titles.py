"""Normalise titles (spelling, places, gender markers, numbers) and compare what is left.

A level, team, language or stack in only one of two titles makes them two jobs, however similar the texts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from jobmarket.duplicates.employers import employer_key, name_words
from jobmarket.duplicates.gender import without_gender
from jobmarket.extract.facts import Location
from jobmarket.extract.folding import fold
from jobmarket.extract.location import read_field, title_pieces
from jobmarket.extract.place_field import read_items

LEVELS = frozenset(
    ("intern", "internship", "trainee", "apprentice", "student", "undergrad", "undergraduate", "graduate", "grad")
    + ("phd", "junior", "associate", "assistant", "entry", "mid", "senior", "lead", "leader", "staff", "principal")
    + ("distinguished", "fellow", "head", "chief", "director", "vp", "president", "manager", "executive", "expert")
    + ("avp", "svp", "evp")
    + ("i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5", "l3", "l4", "l5", "l6", "ic3", "ic4", "ic5")
    + ("werkstudent", "praktikant", "praktikum", "stage", "stagiaire", "alternance", "teamlead", "leiter", "leiterin")
)
# Fields and languages that tell one job of an employer from another, even if the employer is named after one.
_TRADES = frozenset(
    ("ai", "analytics", "cloud", "data", "genai", "machine", "learning", "ml", "platform", "research", "robotics")
    + ("science", "security", "software", "vision", "c", "c#", "c++", "go", "java", "javascript", "julia", "kotlin")
    + ("php", "python", "r", "ruby", "rust", "scala", "sql", "swift", "typescript")
)
_SPELT_ALIKE = {
    **dict.fromkeys(("sr", "snr", "sénior"), "senior"),
    **dict.fromkeys(("jr", "jnr"), "junior"),
    **dict.fromkeys(("engineering", "eng", "engr", "ingenieur", "ingenieurin"), "engineer"),
    **dict.fromkeys(("dev", "developper", "entwickler", "entwicklerin"), "developer"),
    **dict.fromkeys(("mgr", "managers"), "manager"),
    **dict.fromkeys(("swe",), "software engineer"),
    **dict.fromkeys(("mle",), "ml engineer"),
    **dict.fromkeys(("internship", "interns"), "intern"),
    **dict.fromkeys(("golang",), "go"),
    **dict.fromkeys(("js",), "javascript"),
    **{"ii": "2", "iii": "3", "iv": "4"},
    **dict.fromkeys(("analysis", "analytical"), "analytics"),
}
# Word pairs that are often written as one word, or as initials.
_TOGETHER = {
    ("machine", "learning"): "ml",
    ("artificial", "intelligence"): "ai",
    ("full", "stack"): "fullstack",
    ("front", "end"): "frontend",
    ("back", "end"): "backend",
    ("generative", "ai"): "genai",
    ("gen", "ai"): "genai",
    ("site", "reliability"): "sre",
    ("mid", "level"): "mid",
    ("computer", "vision"): "cv",
    ("dev", "ops"): "devops",
    ("ml", "ops"): "mlops",
    ("e", "commerce"): "ecommerce",
    ("r", "d"): "rnd",
    ("research", "development"): "rnd",
    ("vice", "president"): "vp",
    ("assistant", "vp"): "avp",
    ("senior", "vp"): "svp",
    ("executive", "vp"): "evp",
    ("business", "intelligence"): "bi",
    ("quality", "assurance"): "qa",
    ("user", "experience"): "ux",
    ("user", "interface"): "ui",
    ("human", "resources"): "hr",
    ("natural", "language"): "nl",
    ("nl", "processing"): "nlp",
}
_NOISE = frozenset(
    ("a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with", "our", "you", "your", "us")
    + ("und", "oder", "für", "im", "in", "bei", "mit", "der", "die", "das", "et", "ou", "de", "du", "des", "la", "le")
    + ("les", "en", "och", "till", "för", "i", "y", "remote", "hybrid", "onsite", "site", "office", "wfh", "based")
    + ("job", "jobs", "position", "positions", "role", "roles", "opening", "opportunity", "hiring", "needed", "wanted")
    + ("required", "urgent", "immediate", "multiple", "several", "various", "full", "time", "fulltime", "permanent")
    + ("new", "all", "genders", "gn", "mfd", "unspecified")
)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LINK = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"\.net\b|[^\W_]+(?:[+#]+)?")
# "#18-7481", "R-10482", "GEC11901": four or more digits that are not a year.
_NUMBER = re.compile(r"#?\b(?!20[123]\d\b)(?:[a-z]{1,4}[-_ ]?)?(?=(?:[-_.]?\d){4})\d[-_.\d]*\b|#\s?\d+", re.IGNORECASE)
# The level "I" ends a part of a title; elsewhere the letter is a word in Swedish or Spanish.
_LEVEL_ONE = re.compile(r"(?<=\w )I(?=\s*(?:$|[^\w\s]))")
# "(Remote)", "- On-site"; remote sensing is a field of work.
_WORKPLACE = re.compile(
    r"\b(?:(?P<remote>remote|wfh|work from home|home ?office)|(?P<hybrid>hybrid)|"
    r"(?P<onsite>on-?\s?site|in[- ]office))\b(?! sensing)"
)
# A one-letter difference between words of at least this length is a typo.
_SLIP_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Title:
    """A normalised title: its words, the places it names, and requisition numbers.

    ``order`` are all words as they follow each other, also those that say nothing about the role; ``workplaces`` are
    those of ``remote hybrid onsite`` that the title states.
    """

    words: frozenset[str]
    places: tuple[Location, ...]
    numbers: frozenset[str]
    order: tuple[str, ...] = ()
    workplaces: frozenset[str] = frozenset()


def read_title(
    title: str, places: tuple[Location, ...] = (), company: str | None = None, areas: Iterable[str] = ()
) -> Title:
    """Normalise one title.

    Args:
        title: As published.
        places: The posting's places, whose names are removed from the title.
        company: The employer's name, which is also removed, and so are its single words but levels and trades.
        areas: Areas larger than a country that the posting's location field names, whose names are also removed.
    """
    text = _LEVEL_ONE.sub("1", _LINK.sub(" ", without_gender(title)))
    text, named = _without_places(text)
    numbers = frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))
    raw = _without_name(_WORD.findall(fold(_NUMBER.sub(" ", text))), name_words(company or ""))
    names = {word for place in places for word in _WORD.findall(fold(f"{place.city or ''} {place.country or ''}"))}
    names.update(map(str.lower, areas))
    own = words_of_employer(company)
    words = _joined(raw)
    kept = frozenset(_singular(word) for word in words if word not in _NOISE and word not in names and word not in own)
    return Title(kept or frozenset(words), named, numbers, tuple(map(_singular, words)), _workplaces(title))


@lru_cache(maxsize=65_536)
def words_of_employer(company: str | None) -> frozenset[str]:
    """Return the words that mean the employer, not the role, in a title; levels and trades may mean both."""
    return frozenset({*_WORD.findall(fold(company)), employer_key(company)} - LEVELS - _TRADES if company else ())


def spelt_one_way(words: Iterable[str]) -> tuple[str, ...]:
    """Normalise the words of any text like those of titles: ``full stack`` and ``full-stack`` give ``fullstack``."""
    return tuple(map(_singular, _joined(words)))


def phrases(order: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the words that follow each other, except those that say nothing about a role."""
    return frozenset(pair for pair in pairwise(order) if _NOISE.isdisjoint(pair))


def abbreviates(word: str, title: Title) -> bool:
    """Whether a word of a title is the initials of three or more others: "Business Development Manager (BDM)"."""
    return len(word) > 2 and word in "".join(other[0] for other in title.order if other != word)


def differences(first: Title, second: Title) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only the first, and only the second, title has; typos count as equal."""
    only_first, only_second = first.words - second.words, second.words - first.words
    for word in sorted(only_first):
        twin = next((other for other in sorted(only_second) if _a_slip_apart(word, other)), None)
        if twin is not None:
            only_first, only_second = only_first - {word}, only_second - {twin}
    return only_first, only_second


def _workplaces(title: str) -> frozenset[str]:
    return frozenset(match.lastgroup for match in _WORKPLACE.finditer(title.lower()) if match.lastgroup)


def _a_slip_apart(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SLIP_LENGTH or word[0] != other[0] or word[-1] != other[-1]:
        return False
    return OSA.distance(word, other, score_cutoff=1) <= 1


@lru_cache(maxsize=16_384)
def _without_places(title: str) -> tuple[str, tuple[Location, ...]]:
    """Return the title without brackets and trailing parts that name only places, and those places."""
    named: list[Location] = []

    def keep(match: re.Match[str]) -> str:
        places = _only_places(match[1])
        named.extend(places)
        return " " if places else match[0]

    title = _BRACKETED.sub(keep, title)
    for piece in title_pieces(title):
        if places := _only_places(piece):
            named.extend(places)
            title = title.replace(piece, " ")
    return title, tuple(dict.fromkeys(named))


def _only_places(piece: str) -> list[Location]:
    items = read_items(piece)
    if not any(item.place for item in items) or not all(item.place or item.is_remote for item in items):
        return []
    return read_field(piece, header=True)


def _without_name(words: list[str], name: tuple[str, ...]) -> list[str]:
    """Return words without a name of several, wherever they follow each other; "Data Platform" names no employer."""
    if len(name) < 2 or _TRADES.union(LEVELS).issuperset(name):
        return words
    return f" {' '.join(words)} ".replace(f" {' '.join(name)} ", " ").split()


def _joined(words: Iterable[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        word = _SPELT_ALIKE.get(word, word)
        if word == "and":  # "Research and Development" is "R&D", whose sign is no word
            continue
        while joined and (pair := _TOGETHER.get((joined[-1], word))):
            joined.pop()
            word = pair
        joined.extend(word.split())
    return joined


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ops")) else word
