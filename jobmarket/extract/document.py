"""Read a posting's text once: plain text, sections, language.

The time is linear in the length of any input.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from jobmarket.extract.anchors import spots_of
from jobmarket.extract.language import detect_language
from jobmarket.extract.line import Line, lines_of
from jobmarket.extract.line_reading import read_lines
from jobmarket.extract.line_words import speaks_of_the_role, telling
from jobmarket.extract.markup import PageLine, clean, lines_of_pages


class Section(NamedTuple):
    """A run of text under one heading, ``text[start:end]``, with the level of the skills named there.

    ``kind`` is responsibilities, requirements, preferred, benefits, about, pay, stack or other; ``level`` is required,
    preferred, mentioned or context. A sentence that says "… is a plus" forms its own section.
    """

    kind: str
    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A posting as the fact modules read it.

    ``text`` is the plain text after the title, one paragraph or list item per line: entities and wrong encodings
    repaired, Unicode NFC, no zero-width characters. ``sections`` cover it completely, in order. ``language`` is an
    ISO 639-1 code. ``lines`` are the lines of ``text``, ``starts`` their offsets in it.
    """

    title: str
    location: str | None
    text: str
    sections: tuple[Section, ...]
    language: str
    lines: Sequence[Line] = field(default=(), repr=False, compare=False)
    starts: Sequence[int] = field(default=(), repr=False, compare=False)
    _spots: Mapping[str, Sequence[tuple[int, Line]]] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.lines:
            object.__setattr__(self, "lines", lines_of(self.text.split("\n")))
        if not self.starts:
            starts = accumulate([len(line.text) + 1 for line in self.lines[:-1]], initial=0)
            object.__setattr__(self, "starts", list(starts))

    @property
    def spots(self) -> Mapping[str, Sequence[tuple[int, Line]]]:
        """The lines that contain trigger words, by group, each with its offset; see :func:`spots_of`."""
        if self._spots is None:
            read_lines(self.lines)
            object.__setattr__(self, "_spots", spots_of(self.lines, self.starts))
        return self._spots or {}

    def section_at(self, place: int) -> Section | None:
        """Return the section that contains the character at ``place``; None if there is none."""
        at = bisect_right(self.sections, place, key=_end)
        return self.sections[at] if at < len(self.sections) and place >= self.sections[at].start else None


_end = attrgetter("end")


_LEVEL_OF_KIND = {
    "responsibilities": "mentioned",
    "requirements": "required",
    "preferred": "preferred",
    "benefits": "context",
    "about": "context",
    "pay": "context",
    "stack": "mentioned",
    "other": "mentioned",
}

# An unknown heading after one of these is a subheading: "Hands-on delivery", "Essential".
_WORK = frozenset(("responsibilities", "requirements", "stack"))


def _sections(page: list[PageLine], starts: Sequence[int]) -> tuple[Section, ...]:
    """Return the sections of the lines joined by line feeds; ``starts`` are their offsets."""
    ends: list[tuple[str, int]] = []  # kind and end of each run of text
    kind = "other"
    kind_rank = 9
    is_opening = True
    is_part = False  # whether "other" belongs to the work
    run = ""  # kind of the current run; a line's end belongs to it
    can_tell = telling(kind)
    for (line, named, rank), position in zip(page, starts, strict=True):
        if named is None and run == kind and not (line.cues & can_tell or is_part or is_opening):
            continue  # the common case: same kind as the line before
        line_kind = kind
        if named is not None:
            if named == "pay" and rank == 4:
                line_kind = "pay"  # "Salary: …" says nothing about the lines after it
            elif named:
                line_kind = kind = named
                kind_rank = rank
            elif rank <= kind_rank and rank < 3:
                is_part = kind in _WORK or (kind == "other" and is_part)
                line_kind = kind = "other"
                kind_rank = rank
            can_tell = telling(kind)
        parts = line.parts(line_kind)
        if is_opening:
            is_opening = kind == "other" and parts[0][0] == "other" and not speaks_of_the_role(line.text)
            if is_opening:
                parts = (("about", len(line.text)),)
        elif is_part and kind == "other" and named is None:
            parts = tuple([("responsibilities" if each == "other" else each, end) for each, end in parts])
        start = position
        for part_kind, part_end in parts:
            if part_kind != run:
                if run:
                    ends.append((run, start))
                run = part_kind
            start = position + part_end
    end = starts[-1] + len(page[-1][0].text) if page else 0
    if run:
        ends.append((run, end))
    if is_opening and ends:
        # A text that never addresses the work is all about it.
        ends = [("other", end)]
    sections: list[Section] = []
    start = 0
    for kind, end in ends:
        sections.append(Section(kind, _LEVEL_OF_KIND[kind], start, end))
        start = end
    return tuple(sections)


def read_documents(postings: Iterable[tuple[str, str | None, str | None, str | None]]) -> list[Document]:
    """Read postings together, a few hundred at a time, so that shared lines are read once.

    Args:
        postings: For each posting the title as published, the board's location field, and the description as HTML and
            as plain text. Entities and wrong encodings are repaired in title and location too. HTML is preferred to
            plain text.

    Returns:
        One document per posting. An empty description gives an empty text and no sections.
    """
    given = list(postings)
    if not given:
        return []
    titles, locations, htmls, texts = zip(*given, strict=True)
    pages = lines_of_pages(htmls, texts)
    read_lines([line for page in pages for line, _, _ in page])
    return [_document(*each) for each in zip(titles, locations, pages, strict=True)]


def _document(title: str, location: str | None, page: list[PageLine]) -> Document:
    lines = [line for line, _, _ in page]
    texts = [line.text for line in lines]
    plain = "\n".join(texts)
    starts = list(accumulate([len(text) + 1 for text in texts[:-1]], initial=0)) if texts else []
    return Document(
        title=" ".join(clean(unescape(title)).split()),
        location=" ".join(clean(unescape(location)).split()) if location else None,
        text=plain,
        sections=_sections(page, starts),
        language=detect_language(plain),
        lines=lines,
        starts=starts,
    )


def read_document(title: str, location: str | None, html: str | None = None, text: str | None = None) -> Document:
    """Read one posting; see :func:`read_documents`."""
    return read_documents([(title, location, html, text)])[0]
