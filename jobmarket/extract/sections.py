"""Divide a posting's lines into sections by its headings and by what the lines say by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jobmarket.extract.line_words import overriding_cues, speaks_of_the_role
from jobmarket.extract.page_lines import LINE_START, NO_HEADING, PLAIN_LINE, PageLine


class Section(NamedTuple):
    """A run of text under one heading, ``text[start:end]``, with the level of the skills named there.

    ``kind`` is responsibilities, requirements, preferred, benefits, about, pay, stack, roles (a list of open ones, or
    the rest of a line that asks for something) or other; ``level`` is required, preferred, mentioned or context. A
    sentence that says "… is a plus" forms its own section.
    """

    kind: str
    level: str
    start: int
    end: int


_LEVEL_OF_KIND = {
    "responsibilities": "mentioned",
    "requirements": "required",
    "preferred": "preferred",
    "benefits": "context",
    "about": "context",
    "pay": "context",
    "stack": "mentioned",
    "roles": "mentioned",
    "other": "mentioned",
}
# Kinds of sections about the employer and its offer, not about the work.
CONTEXT = frozenset(kind for kind, level in _LEVEL_OF_KIND.items() if level == "context")

# An unknown heading after one of these is a subheading: "Hands-on delivery", "Essential".
_WORK = frozenset(("responsibilities", "requirements", "stack", "roles"))

_ASKING = frozenset(("requirements", "preferred"))


class _Heading:
    """The heading that governs the current line: its kind and rank, and whether "other" belongs to the work."""

    def __init__(self) -> None:
        self.kind = "other"
        self.rank = NO_HEADING
        self.is_part = False

    def follow(self, named: str, rank: int) -> str:
        """Move on to a heading, ``named`` empty if its words are unknown; return the kind of its own line."""
        if rank == LINE_START and named != "roles":
            return named  # "About us: …", "Salary: …" say nothing about the lines after them
        if named:
            self.kind, self.rank = named, rank
        elif rank <= self.rank and rank < PLAIN_LINE:
            self.is_part = self.kind in _WORK or (self.kind == "other" and self.is_part)
            self.kind, self.rank = "other", rank
        return self.kind


def sections_of(page: Sequence[PageLine], starts: Sequence[int]) -> tuple[Section, ...]:
    """Return the sections of the lines joined by line feeds; ``starts`` are their offsets."""
    sections: list[Section] = []
    start = 0
    for kind, end in _runs(page, starts):
        sections.append(Section(kind, _LEVEL_OF_KIND[kind], start, end))
        start = end
    return tuple(sections)


def _runs(page: Sequence[PageLine], starts: Sequence[int]) -> list[tuple[str, int]]:
    """Return the kind and end of each run of text of one kind; a line's end belongs to the run before it."""
    ends: list[tuple[str, int]] = []
    heading = _Heading()
    kind = heading.kind
    overriding = overriding_cues(kind)
    is_opening = True  # no line has been about the work yet
    run = ""  # kind of the current run
    for (line, named, rank), position in zip(page, starts, strict=True):
        if named is None and run == kind and not (line.cues & overriding or is_opening or heading.is_part):
            continue  # the common case: same kind as the line before
        line_kind = kind
        if named is not None:
            line_kind = heading.follow(named, rank)
            kind = heading.kind
            overriding = overriding_cues(kind)
        parts = line.parts(line_kind)
        if is_opening:
            is_opening = (
                kind == "other"
                and parts[0][0] == "other"
                and _ASKING.isdisjoint([part for part, _ in parts])
                and not speaks_of_the_role(line.text)
            )
            if is_opening:
                parts = (("about", len(line.text)),)
        elif heading.is_part and kind == "other" and named is None:
            parts = tuple([("responsibilities" if each == "other" else each, end) for each, end in parts])
        start = position
        for part_kind, part_end in parts:
            if part_kind != run:
                if run:
                    ends.append((run, start))
                run = part_kind
            start = position + part_end
    if not run:
        return []
    end = starts[-1] + len(page[-1][0].text)
    # A text that never addresses the work is all about it.
    return [("other", end)] if is_opening else [*ends, (run, end)]
