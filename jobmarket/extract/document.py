"""A posting's text, read once: plain text, its sections, its language.

Linear in the length of the input, whatever the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from jobmarket.extract.anchors import LineWords, learn_words, spots_of, words_of
from jobmarket.extract.headings import heading_kind
from jobmarket.extract.language import detect_language
from jobmarket.extract.line_words import speaks_of_the_role
from jobmarket.extract.markup import Line, clean, lines_of_pages


@dataclass(frozen=True, slots=True)
class Section:
    """A run of text under one heading: ``text[start:end]``, with the level that a skill named there gets.

    ``kind`` is responsibilities, requirements, preferred, benefits, about, pay, stack or other; ``level`` is
    required, preferred, mentioned or context. A sentence that says of itself "… is a plus" is a section of its own.
    """

    kind: str
    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A posting as the extractors read it.

    ``text`` is the plain text after the title: one paragraph or list item a line, entities and wrong
    encodings repaired, Unicode NFC, no zero-width characters. ``sections`` cover it from start to end, in
    order. ``language`` is an ISO 639-1 code. ``lines`` are the lines of ``text``; ``spots`` are those lines that hold
    words of the fact modules, by group, with where each begins.
    """

    title: str
    location: str | None
    text: str
    sections: tuple[Section, ...]
    language: str
    lines: tuple[str, ...] = field(default=(), repr=False, compare=False)
    spots: Mapping[str, Sequence[tuple[int, LineWords]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.lines:
            object.__setattr__(self, "lines", tuple(self.text.split("\n")))
        object.__setattr__(self, "spots", spots_of(words_of(self.lines)))


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


def _sections(lines: list[Line], words: list[LineWords]) -> tuple[Section, ...]:
    """Sections of the text that the lines make when joined by a line feed."""
    ends: list[tuple[str, int]] = []  # kind and end of each run of text
    kind = "other"
    kind_rank = 9
    position = 0
    is_opening = True
    run = ""  # the kind of the run that goes on; each line's end belongs to it
    for (text, heading, rank), told in zip(lines, words, strict=True):
        line_kind = kind
        if heading is not None:
            named = heading_kind(heading)
            if named == "pay" and rank == 4:
                line_kind = "pay"  # "Salary: …" says nothing of the lines after it
            elif named is not None:
                line_kind = kind = named
                kind_rank = rank
            elif rank <= kind_rank and rank < 3:
                line_kind = kind = "other"
                kind_rank = rank
        parts = told.parts(line_kind)
        if is_opening:
            is_opening = kind == "other" and parts[0][0] == "other" and not speaks_of_the_role(text)
            if is_opening:
                parts = (("about", len(text)),)
        if len(parts) > 1 or parts[0][0] != run:
            start = position
            for part_kind, part_end in parts:
                if part_kind != run:
                    if run:
                        ends.append((run, start))
                    run = part_kind
                start = position + part_end
        position += len(text) + 1
    position -= 1
    if run:
        ends.append((run, position))
    if is_opening and ends:
        # A text that never speaks of the work otherwise is all about it.
        ends = [("other", position)]
    starts = [0, *(end for _, end in ends)]
    return tuple(
        Section(kind, _LEVEL_OF_KIND[kind], start, end) for start, (kind, end) in zip(starts, ends, strict=False)
    )


def read_documents(postings: Iterable[tuple[str, str | None, str | None, str | None]]) -> list[Document]:
    """Read some postings, some hundred at a time: what their lines share is read once.

    Args:
        postings: Of each the title as published, the board's location field, the description as HTML and as plain
            text. Entities and wrong encodings are repaired in title and location too; of the two descriptions HTML is
            preferred.

    Returns:
        A document for each. An empty description gives an empty text and no sections.
    """
    titles, locations, htmls, texts = zip(*postings, strict=True)
    pages = lines_of_pages(htmls, texts)
    learn_words([line.text for lines in pages for line in lines])
    return [_document(*each) for each in zip(titles, locations, pages, strict=True)]


def _document(title: str, location: str | None, lines: list[Line]) -> Document:
    texts = [line.text for line in lines]
    words = words_of(texts)
    plain = "\n".join(texts)
    return Document(
        title=" ".join(clean(unescape(title)).split()),
        location=" ".join(clean(unescape(location)).split()) if location else None,
        text=plain,
        sections=_sections(lines, words),
        language=detect_language(plain),
        lines=tuple(texts),
    )


def read_document(title: str, location: str | None, html: str | None = None, text: str | None = None) -> Document:
    """As :func:`read_documents`, for one posting."""
    return read_documents([(title, location, html, text)])[0]
