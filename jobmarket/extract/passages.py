"""Where in a text a word stands, found cheaply: a plain search for the word, then a pattern on its sentence only.

A pattern with many alternatives over a whole posting costs more than all the rest of the reading together.
Looking for two or three plain words first keeps a posting without them free of charge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jobmarket.extract import anchors
from jobmarket.extract.document import Document

# The words that turn a requirement into a wish, in English, French and German.
SOFT = re.compile(
    r"\bpreferred\b|\bnice[- ]to[- ]ha\w+|\b(?:a|an|is|big|huge|strong|definite|added|considered) plus\b(?! \d)|"
    r"\bplus[.)]?$|\bbonus\b|"
    r"\bideal(?:ly)?\b|\bpreferabl\w+|\bnot (?:strictly )?(?:required|necessary|mandatory|needed)|\badvantage\w*\b|"
    r"\bvon vorteil|\bun plus\b|\bsouhaité\w*|\bwünschenswert|\bidealerweise|\bdesirable|\ban asset\b|\bdesired\b|"
    r"\bhelpful\b|\bidéalement"
)
_LONGEST = 60_000
# How many sentences a fact module remembers its reading of: an employer's postings share half of their lines.
REMEMBERED = 8_192
_BREAKS = (". ", "! ", "? ", "; ", " • ")


def around(lowered: str, group: str, reach: int = 160) -> Iterator[tuple[int, int]]:
    """Yield the sentence (start, end) around each word of a group of :mod:`jobmarket.extract.anchors`, once each.

    A sentence ends at a line end, at a full stop or after ``reach`` characters, whichever comes first; so the
    work stays linear in the text however long its lines are.

    Args:
        lowered: the lower-cased text.
        group: which words to look for.
        reach: how far a sentence may go to either side of the word, in characters.
    """
    last_end = -1
    for spot, _ in anchors.places(lowered).get(group, ()):
        if spot < last_end:
            continue
        start = max(lowered.rfind("\n", max(0, spot - reach), spot) + 1, spot - reach, 0)
        end = lowered.find("\n", spot, spot + reach)
        if end < 0:
            end = min(len(lowered), spot + reach)
        for mark in _BREAKS:
            stop = lowered.rfind(mark, start, spot)
            if stop >= 0:
                start = stop + len(mark)
            stop = lowered.find(mark, spot, end)
            if stop >= 0:
                end = stop
        last_end = end
        yield start, end


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


@lru_cache(maxsize=2)
def lower(text: str) -> str:
    """Lower-case the part of a text that is read, without moving any character: positions stay those of ``text``.

    The first 60,000 characters count: no posting is longer, and a dump of a site is no posting. The last texts
    are remembered, as each fact module asks for the same posting.
    """
    head = text[:_LONGEST]
    lowered = head.lower()
    if len(lowered) == len(head):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in head)
