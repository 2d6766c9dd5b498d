"""Where in a text a word stands, found cheaply: a plain search for the word, then a pattern on its sentence only.

A pattern with many alternatives over a whole posting costs more than all the rest of the reading together.
Looking for two or three plain words first keeps a posting without them free of charge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from jobmarket.extract.document import Document
from jobmarket.extract.folding import lower

# The words that turn a requirement into a wish, in English, French and German.
SOFT = re.compile(
    r"\bpreferred\b|\bnice[- ]to[- ]ha\w+|\b(?:a|an|is|big|huge|strong|definite|added|considered) plus\b(?! \d)|"
    r"\bplus[.)]?$|\bbonus\b|"
    r"\bideal(?:ly)?\b|\bpreferabl\w+|\bnot (?:strictly )?(?:required|necessary|mandatory|needed)|\badvantage\w*\b|"
    r"\bvon vorteil|\bun plus\b|\bsouhaité\w*|\bwünschenswert|\bidealerweise|\bdesirable|\ban asset\b|\bdesired\b|"
    r"\bhelpful\b|\bidéalement"
)
# The first 60,000 characters of a text count: no posting is longer, and a dump of a site is no posting.
_LONGEST = 60_000

Answer = TypeVar("Answer")


def answers(
    document: Document, group: str, ask: Callable[[str], Answer | None], reach: int = 160
) -> Iterator[tuple[int, Answer]]:
    """Yield what is answered of the sentences around the words of a group of :mod:`jobmarket.extract.anchors`.

    Each answer that is not null comes with its sentence's place in the text. A sentence is lower-cased; none goes
    farther than ``reach`` characters to either side of the word, or over a line's end. A module asks one question of
    a group, and its answer depends on the sentence alone: lines remember it.
    """
    for line_start, line in document.spots.get(group, ()):
        if line_start > _LONGEST:
            return
        for start, answer in line.answers(group, reach, ask):
            yield line_start + start, answer


def sentences(document: Document, group: str, reach: int = 160) -> Iterator[tuple[int, str]]:
    """Yield the sentences themselves, as :func:`answers` would ask of them."""
    return answers(document, group, _itself, reach)


def _itself(sentence: str) -> str:
    return sentence


def topics(document: Document, group: str) -> int:
    """Return how many different words of a group a text holds."""
    return len({word for _, line in document.spots.get(group, ()) for _, word in (line.spots or {})[group]})


def mentions(document: Document, group: str) -> int:
    """Return how often a text holds words of a group."""
    return sum(len((line.spots or {})[group]) for _, line in document.spots.get(group, ()))


def standing(document: Document, place: int) -> str | None:
    """Return how binding the text at ``place`` is: ``required``, ``mentioned``, ``preferred``, ``context`` or null.

    Lines that count as preferred only because each of them says "ideally" or "a plus" somewhere get null: which
    part the word softens is for the reader of the sentence to judge.
    """
    section = document.section_at(place)
    if section is None:
        return None
    if section.kind in {"about", "benefits"}:
        return "context"
    if section.kind == "preferred":
        lines = document.text[section.start : section.end].strip().lower().split("\n")
        if all(SOFT.search(line) for line in lines[:12]) and not (len(lines) > 1 and len(lines[0]) < 40):
            return None
    return section.level


def in_benefits(document: Document, place: int) -> bool:
    """Say whether the text at ``place`` stands under a heading of benefits."""
    section = document.section_at(place)
    return section is not None and section.kind == "benefits"


def opening(document: Document, length: int) -> str:
    """The first characters of the text, lower-cased."""
    return lower(document.text[:length])
