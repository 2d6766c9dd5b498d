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

from jobmarket.extract.anchors import spots_of
from jobmarket.extract.language import detect_language
from jobmarket.extract.line import Line, lines_of
from jobmarket.extract.line_reading import read_lines
from jobmarket.extract.markup import clean
from jobmarket.extract.page_lines import PageLine, lines_of_pages
from jobmarket.extract.sections import Section, sections_of


@dataclass(frozen=True, slots=True)
class Document:
    """A posting as the fact modules read it.

    ``text`` is the plain text after the title, one paragraph or list item per line: entities and wrong encodings
    repaired, Unicode NFC, no zero-width characters. ``sections`` cover it completely, in order. ``language`` is an
    ISO 639-1 code, None if unknown. ``lines`` are the lines of ``text``, ``starts`` their offsets in it.
    """

    title: str
    location: str | None
    text: str
    sections: tuple[Section, ...]
    language: str | None
    lines: Sequence[Line] = field(default=(), repr=False, compare=False)
    starts: Sequence[int] = field(default=(), repr=False, compare=False)
    _spots: Mapping[str, Sequence[tuple[int, Line]]] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.lines:
            object.__setattr__(self, "lines", lines_of(self.text.split("\n")))
        if not self.starts:
            object.__setattr__(self, "starts", _starts([line.text for line in self.lines]))

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
    starts = _starts(texts)
    return Document(
        title=" ".join(clean(unescape(title)).split()),
        location=" ".join(clean(unescape(location)).split()) if location else None,
        text=plain,
        sections=sections_of(page, starts),
        language=detect_language(plain),
        lines=lines,
        starts=starts,
    )


def _starts(lines: Sequence[str]) -> list[int]:
    """Return the offset of each line in the lines joined by line feeds."""
    return list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0)) if lines else []


def read_document(title: str, location: str | None, html: str | None = None, text: str | None = None) -> Document:
    """Read one posting; see :func:`read_documents`."""
    return read_documents([(title, location, html, text)])[0]
