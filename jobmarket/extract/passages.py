"""Where in a text a word stands, found cheaply: a plain search for the word, then a pattern on its sentence only.

A pattern with many alternatives over a whole posting costs more than all the rest of the reading together.
Looking for two or three plain words first keeps a posting without them free of charge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobmarket.extract.document import Document

# The words that turn a requirement into a wish, in English, French and German.
SOFT = re.compile(
    r"\bpreferred\b|\bnice[- ]to[- ]ha\w+|\b(?:a|an|is|big|huge|strong|definite|added|considered) plus\b(?! \d)|\bplus[.)]?$|\bbonus\b|"
    r"\bideal(?:ly)?\b|\bpreferabl\w+|\bnot (?:strictly )?(?:required|necessary|mandatory|needed)|\badvantage\w*\b|"
    r"\bvon vorteil|\bun plus\b|\bsouhaité\w*|\bwünschenswert|\bidealerweise|\bdesirable|\ban asset\b|\bdesired\b|\bhelpful\b|\bidéalement"
)
_BREAKS = (". ", "! ", "? ", "; ", " • ")


def around(text: str, words: tuple[str, ...], reach: int = 160) -> Iterator[tuple[int, int]]:
    """Yield the sentence (start, end) around each place where one of ``words`` stands, in order, once each.

    A sentence ends at a line end, at a full stop or after ``reach`` characters, whichever comes first; so the
    work stays linear in the text however long its lines are.

    Args:
        text: the text, in the case that ``words`` are given in.
        words: plain strings to look for.
        reach: how far a sentence may go to either side of the word, in characters.
    """
    spots: list[int] = []
    for word in words:
        spot = text.find(word)
        while spot >= 0:
            spots.append(spot)
            spot = text.find(word, spot + len(word))
    spots.sort()
    last_end = -1
    for spot in spots:
        if spot < last_end:
            continue
        start = max(text.rfind("\n", max(0, spot - reach), spot) + 1, spot - reach, 0)
        end = text.find("\n", spot, spot + reach)
        if end < 0:
            end = min(len(text), spot + reach)
        for mark in _BREAKS:
            stop = text.rfind(mark, start, spot)
            if stop >= 0:
                start = stop + len(mark)
            stop = text.find(mark, spot, end)
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


def lower(text: str, limit: int) -> str:
    """Lower-case the first ``limit`` characters without moving any: positions stay those of ``text``."""
    head = text[:limit]
    lowered = head.lower()
    if len(lowered) == len(head):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in head)
