"""The employer's sector, where its posting tells: fintech, healthcare, mobility and others.

The marks are the seed ``sector_words.csv``. A word counts once a posting, twice what it weighs where the company
speaks of itself; the sector whose words weigh most has it, if they
are two at least and lead clearly. Anything else is not said.
"""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from jobmarket.extract.document import Document
from jobmarket.extract.folding import fold
from jobmarket.extract.marks import Mark, Marks, packaged_marks

SEED = "sector_words.csv"
UNSPECIFIED = "unspecified"
# Characters that are read; where a posting opens, the company mostly introduces itself.
_READ, _OPENING = 20_000, 700
_ENOUGH, _WORDS, _LEAD = 6, 2, 1.5


def _marks() -> Marks:
    return packaged_marks(SEED, "sector", frozenset(("word", "company")))


@lru_cache(maxsize=1)
def _words() -> tuple[AhoCorasick, list[list[Mark]]]:
    words = _marks().of_kind["word"]
    automaton = AhoCorasick(
        [f" {fold(word).strip()} " for word in words],
        matchkind=MatchKind.Standard,
        implementation=Implementation.DFA,
        store_patterns=False,
    )
    return automaton, list(words.values())


def sector(document: Document, company: str | None = None) -> str:
    """Return the sector that the posting, or its employer's name, tells; else ``unspecified``.

    Args:
        document: The posting as read.
        company: The employer's name, if known.
    """
    if company:
        named = _marks().of_kind["company"].get(" ".join(fold(company).split()))
        if named:
            return named[0].value
    text = document.text[:_READ]
    folded = " " + fold(text).replace("\n", " ") + " "
    about = [(0, _OPENING)] + [(one.start, one.end) for one in document.sections if one.kind == "about"]
    automaton, marks = _words()
    seen: dict[int, int] = {}
    for number, start, _ in automaton.find_matches_as_indexes(folded, overlapping=True):
        factor = 2 if any(first <= start < last for first, last in about) else 1
        seen[number] = max(factor, seen.get(number, 0))
    score: dict[str, int] = {}
    words: dict[str, int] = {}
    for number, factor in seen.items():
        for mark in marks[number]:
            score[mark.value] = score.get(mark.value, 0) + mark.weight * factor
            words[mark.value] = words.get(mark.value, 0) + 1
    ranked = sorted(score, key=lambda value: -score[value])[:2]
    if not ranked or score[ranked[0]] < _ENOUGH or words[ranked[0]] < _WORDS:
        return UNSPECIFIED
    if len(ranked) > 1 and score[ranked[0]] < _LEAD * score[ranked[1]]:
        return UNSPECIFIED
    return ranked[0]
