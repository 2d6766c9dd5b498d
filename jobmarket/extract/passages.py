"""Where in a text a word stands, found cheaply: a plain search for the word, then a pattern on its sentence only.

A pattern with many alternatives over a whole posting costs more than all the rest of the reading together.
Looking for two or three plain words first keeps a posting without them free of charge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobmarket.extract.anchors import lower
from jobmarket.extract.document import Document

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
# How many sentences a fact module remembers its reading of: an employer's postings share half of their lines.
REMEMBERED = 16_384


def sentences(document: Document, group: str, reach: int = 160) -> Iterator[tuple[int, str]]:
    """Yield the sentences around the words of a group of :mod:`jobmarket.extract.anchors`, once each.

    Each is lower-cased and comes with its place in the text. None goes farther than ``reach`` characters to either
    side of the word, or over a line's end.
    """
    for line_start, words in document.spots.get(group, ()):
        if line_start > _LONGEST:
            return
        for start, sentence in words.sentences(group, reach):
            yield line_start + start, sentence


def topics(document: Document, group: str) -> int:
    """Return how many different words of a group a text holds."""
    return len({word for _, words in document.spots.get(group, ()) for _, word in (words.spots or {})[group]})


def standing(document: Document, place: int) -> str | None:
    """Return how binding the text at ``place`` is: ``required``, ``mentioned``, ``preferred``, ``context`` or null.

    Lines that count as preferred only because each of them says "ideally" or "a plus" somewhere get null: which
    part the word softens is for the reader of the sentence to judge.
    """
    for section in document.sections:
        if section.start <= place < section.end:
            if section.kind in {"about", "benefits"}:
                return "context"
            if section.kind == "preferred":
                lines = document.text[section.start : section.end].strip().lower().split("\n")
                if all(SOFT.search(line) for line in lines[:12]) and not (len(lines) > 1 and len(lines[0]) < 40):
                    return None
            return section.level
    return None


def in_benefits(document: Document, place: int) -> bool:
    """Say whether the text at ``place`` stands under a heading of benefits."""
    return any(section.kind == "benefits" and section.start <= place < section.end for section in document.sections)


def opening(document: Document, length: int) -> str:
    """The first characters of the text, lower-cased."""
    return lower(document.text[:length])
