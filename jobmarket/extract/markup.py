"""Turn HTML or plain text into lines of text, each with the heading that it is or begins with.

The time is linear in the length of any input: every pattern here consumes at least one character per step and never
retries a stretch of text. A page is cut into stretches at the ends of its paragraphs, and readings of stretches are
cached, because an employer's postings share many of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from jobmarket.extract.headings import HEADING_WORDS, heading_kind
from jobmarket.extract.line import Line
from jobmarket.extract.line_memory import LineMemory

# Characters without text. The marks below come from this range, once the input is free of them.
_INVISIBLE_CLASS = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff"
_NOT_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{_INVISIBLE_CLASS}]")
_BOLD, _PLAIN, _ITEM, _HEADING, _STRETCH = "\x01", "\x02", "\x03", "\x04", "\x05"
# Blanks other than the plain one, tab and U+00A0; and everything else to remove once the marks are in place.
_BLANKS = "\x85\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[\x00\x06-\x08\x0b\x0c\x0e-\x1f\x7f{_INVISIBLE_CLASS}{_BLANKS}]")
_SEVERAL_BLANKS = re.compile("  +")
_BOLD_MARKS = re.compile("([\x01\x02])")
_NO_WORDS = " :\u00a0"

_TAG = re.compile(r"(<(?:/?[a-zA-Z]|[!?])[^<>\x05]*+>)")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_UNREAD = re.compile(r"<!--|<(script|style|noscript|template|svg|head)\b", re.IGNORECASE)
# A quick first test: it starts with a plain character and needs no case folding, and most pages match nothing.
_MAY_BE_UNREAD = re.compile(r"<(?=[!sSnNtThH])(?:!--|[sS](?:[cCvV]|[tT][yY])|[nN][oO][sS]|[tT][eE][mM]|[hH][eE][aA])")
_BREAKING = frozenset(
    ("p", "div", "br", "ul", "ol", "dl", "dt", "dd", "tr", "table", "section", "article", "header", "footer", "main")
    + ("aside", "blockquote", "pre", "hr", "figure", "form", "tbody", "thead", "details", "summary")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRONG = frozenset(("b", "strong", "u"))
_CELLS = frozenset(("td", "th"))

_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|div|br|ul|li|strong|h[1-6]|span)\b", re.IGNORECASE)
_BULLET = re.compile(r"[-–—*•·●○▪■◦‣⁃➢➤►▸✓✔✅☑»>]+\s+|[•·●○▪■◦‣⁃➢➤►▸✓✔✅☑]|\d{1,2}[.)]\s+|o\s+(?=[A-Z])")
_PARAGRAPH_END = "</p>"
_NEW_ITEM = re.compile(r"\n[ \t]*(?=[-–—*•·●○▪■◦‣⁃➢➤►▸✓✔]|\d{1,2}[.)] )")
# UTF-8 misread as Windows-1252: a lead byte and its continuation bytes, each as one character.
_MISREAD = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{1,3}"
)


def _mark_of(tag: str) -> str:
    """Return the replacement for a tag in the marked text: a line break, a mark, or nothing."""
    named = _TAG_NAME.match(tag)
    if named is None:
        return ""
    name = named[1].lower()
    closing = tag.startswith("</")
    if name in _STRONG:
        return _PLAIN if closing else _BOLD
    if name == "li":
        return "\n" if closing else "\n" + _ITEM
    if name in _BREAKING:
        return "\n"
    if name in _HEADINGS:
        return "\n" if closing else "\n" + _HEADING
    return " " if name in _CELLS else ""


def _without_unread(html: str) -> str:
    """Remove comments and elements whose content is not text of the posting."""
    if not (_MAY_BE_UNREAD.search(html) and _UNREAD.search(html)):
        return html
    lowered = html.lower() if html.isascii() else "".join(c.lower() if c < "\x80" else c for c in html)
    kept: list[str] = []
    position = 0
    while opening := _UNREAD.search(html, position):
        kept.append(html[position : opening.start()])
        ending = "-->" if opening[1] is None else f"</{opening[1].lower()}"
        position = lowered.find(ending, opening.end())
        if position >= 0 and opening[1] is not None:
            ending, position = ">", lowered.find(">", position)
        if position < 0:
            return "".join(kept)
        position += len(ending)
    kept.append(html[position:])
    return "".join(kept)


def _repair(misread: re.Match[str]) -> str:
    for charset in ("cp1252", "latin-1"):
        try:
            return misread[0].encode(charset).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return misread[0]


def _repaired(text: str) -> str:
    r"""Repair UTF-8 that was misread as Windows-1252 or Latin-1: "weâ€™re", "weâ\x80\x99re".

    A non-breaking hyphen becomes a plain one.
    """
    text = text.replace("\u2011", "-")
    if "â" in text or "Ã" in text or "Â" in text or "ð\x9f" in text:
        return _MISREAD.sub(_repair, text)
    return text


def clean(text: str) -> str:
    """Repair wrong encodings, remove characters without a glyph and compose (NFC). Line breaks stay."""
    if text.isascii():
        return _NOT_TEXT.sub("", text) if not text.isprintable() else text
    text = _NOT_TEXT.sub("", _repaired(text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _stretches(html: str) -> list[str]:
    """Cut HTML into stretches at the ends of its paragraphs, without the elements that are not read."""
    if "<" not in html and _ESCAPED_TAG.search(html):
        html = unescape(html)
    if _BOLD in html or _PLAIN in html or _ITEM in html or _HEADING in html or _STRETCH in html:
        html = _NOT_TEXT.sub("", html)
    html = _without_unread(html)
    if "\r" in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in html and ("<p" in html or "<br" in html or "<li" in html or "<div" in html):
        # Line feeds mean nothing in HTML, but boards that store plain text in it write lists as "\n- item".
        html = _NEW_ITEM.sub("<br>", html).replace("\n", " ")
    return html.split(_PARAGRAPH_END)


def _plain_blanks(marked: str) -> str:
    """Replace all blanks by plain ones and remove characters without text; runs of blanks stay."""
    return _ODD.sub(_blank_or_nothing, marked).replace("\t", " ").replace("\u00a0", " ")


def _blank_or_nothing(found: re.Match[str]) -> str:
    return " " if found[0] >= "\x85" and found[0].isspace() and found[0] not in "\u2028\u2029" else ""


class _Marks(dict[str, str]):
    """The mark of each tag, cached up to a limit: links and other tags with attributes are too varied."""

    def __missing__(self, tag: str) -> str:
        mark = _mark_of(tag)
        if len(self) < 4096:
            self[tag] = mark
        return mark


_MARK_OF = _Marks()


def _without_tags(html: str) -> str:
    """Replace each tag by its mark."""
    if "<" not in html:
        return html
    pieces = _TAG.split(html)  # text, tag, text, …
    pieces[1::2] = map(_MARK_OF.__getitem__, pieces[1::2])
    return "".join(pieces)


# A line without its bullet; the kind of section it heads (empty if its words are unknown, None if it is not a heading);
# and the rank of the heading: 1 heading element, 2 bold line, 3 plain line, 4 start of the line, 9 none. A plain tuple,
# because pages have thousands of them.
PageLine = tuple[Line, str | None, int]
# The lines of a stretch, and whether a bold run and a list item are still open at its end.
_Read = tuple[list[PageLine], bool, bool]


def _read(marked: str) -> _Read:
    """Return the lines of a stretch with marks for its tags and no blanks but plain ones."""
    if "  " in marked:
        marked = _SEVERAL_BLANKS.sub(" ", marked)
    text = marked.strip()
    is_item = text[:1] == _ITEM
    if is_item:
        text = text[1:].lstrip()
    if not text.isprintable():  # marks
        return _read_closely(marked)
    # The common case: one paragraph or list item without bold words.
    if not text:
        return [], False, is_item
    line = _unmarked_line(text)
    return [line] if line else [], False, False


def _unmarked_line(text: str) -> PageLine | None:
    """Return a line that no tag makes a heading; None if it is only a bullet."""
    bullet = _BULLET.match(text) if text[0] == "o" or not text[0].isalpha() else None
    if bullet:
        text = text[bullet.end() :]
        if not text:
            return None
    if len(text) > _MAX_HEADING and (bullet or ":" not in text[:45]):
        return Line(text), None, 9  # the common case: too long for a heading, and without a label
    return _headed(text, 9, 0, is_bullet=bool(bullet))


def _read_closely(marked: str) -> _Read:
    """Return the lines of a stretch with several lines, headings or bold words; see :func:`_read`."""
    lines: list[PageLine] = []
    bold = False
    item_opened = False  # <li><p>…: the item's mark is on the line before its text
    for raw in marked.split("\n"):
        if not raw:
            continue
        is_item, is_heading = item_opened, False
        if _ITEM in raw:
            is_item, raw = True, raw.replace(_ITEM, "")
        if _HEADING in raw:
            is_heading, raw = True, raw.replace(_HEADING, "")
        bold_start = 0
        if _BOLD in raw or _PLAIN in raw:
            text, bold_start, bold = _bold_start(raw, bold)
        else:
            text = raw.strip()
            if bold:
                bold_start = len(text)
        if not text:
            item_opened = is_item
            continue
        item_opened = False
        rank = 1 if is_heading else 2 if bold_start == len(text) and not is_item else 9
        if rank == 9 and not bold_start:
            line = _unmarked_line(text)
            lines += [line] if line else []
            continue
        bullet = _BULLET.match(text) if rank == 9 and (text[0] == "o" or not text[0].isalpha()) else None
        if bullet:
            text = text[bullet.end() :]
            bold_start = max(0, bold_start - bullet.end())
            if not text:
                continue
        lines.append(_headed(text, rank, bold_start if bold_start < len(text) else 0, is_bullet=bool(bullet)))
    return lines, bold, item_opened


def _bold_start(raw: str, bold: bool) -> tuple[str, int, bool]:
    """Return a line without its bold marks, the length of its bold start, and whether bold continues after it."""
    text = raw.replace(_BOLD, "").replace(_PLAIN, "").strip()
    if "  " in text:
        text = _SEVERAL_BLANKS.sub(" ", text)
    if raw[0] == _BOLD and raw.count(_BOLD) == raw.count(_PLAIN) == 1:
        inside, _, rest = raw[1:].partition(_PLAIN)  # the usual shape of a line with a bold start
        return text, len(" ".join((inside if rest.strip(_NO_WORDS) else inside + rest).split())), False
    goes_on = raw.rfind(_BOLD) > raw.rfind(_PLAIN)
    if not bold and raw[0] != _BOLD and _BOLD_MARKS.split(raw, 1)[0].strip(_NO_WORDS):
        return text, 0, goes_on  # the usual case: bold words inside the line
    start: list[str] = []
    for part in _BOLD_MARKS.split(raw):
        if part == _BOLD:
            bold = True
        elif part == _PLAIN:
            bold = False
        elif part and (bold or not part.strip(_NO_WORDS)):
            start.append(part)
        elif part.strip():
            break
    return text, len(" ".join("".join(start).split())), goes_on


_MAX_HEADING = 90


def _headed(text: str, rank: int, bold_prefix: int, *, is_bullet: bool) -> PageLine:
    """Decide whether a line is a heading or begins with one."""
    length = len(text)
    if rank < 9:
        if length <= _MAX_HEADING:
            return _heading(text, rank)
        bold_prefix = 0
    if length <= _MAX_HEADING:
        if text[-1] == "-" and text.endswith("---"):
            return _heading(text, 3)
        if not is_bullet and (text[-1] == ":" or (length > 5 and text.isupper())):
            return _heading(text, 3)
    if 0 < bold_prefix <= _MAX_HEADING and (kind := heading_kind(text[:bold_prefix])) is not None:
        return Line(text), kind, 4
    if is_bullet:
        return Line(text), None, 9
    if length <= 60 and text[-1] not in ".,;!" and HEADING_WORDS.match(text) is not None:
        return _heading(text, 3)
    colon = text.find(":", 0, 45)
    if colon > 0 and text.count(" ", 0, colon) <= 4 and "(" not in text[:colon]:
        kind = heading_kind(text[:colon])
        if kind is not None:
            return Line(text), kind, 4
    return Line(text), None, 9


def _heading(text: str, rank: int) -> PageLine:
    return Line(text), heading_kind(text) or "", rank


def _clean_marked(marked: str) -> str:
    """Clean text that contains marks; see :func:`clean`."""
    if marked.isascii():
        return marked
    marked = _repaired(marked)
    return marked if unicodedata.is_normalized("NFC", marked) else unicodedata.normalize("NFC", marked)


def _read_stretches(stretches: list[str]) -> list[_Read]:
    marked = _without_tags(f"\n{_STRETCH}".join(stretches))
    # No reference can stand for a mark, because unescape drops control characters.
    marked = _clean_marked(unescape(marked) if "&" in marked else marked)
    return [_read(stretch) for stretch in _plain_blanks(marked).split(_STRETCH)]


def _read_plain(lines: list[str]) -> list[_Read]:
    marked = _clean_marked(f"\n{_STRETCH}".join(lines))
    return [_read(line) for line in _plain_blanks(marked).split(_STRETCH)]


_OF_STRETCH = LineMemory(_read_stretches)
_OF_PLAIN_LINE = LineMemory(_read_plain)


def lines_of_pages(pages: Iterable[str | None], plain_texts: Iterable[str | None]) -> list[list[PageLine]]:
    """Return the lines of each posting: of its HTML if there is any, else of its plain text.

    Unknown stretches of all postings are read together.
    """
    cut = [
        (_OF_STRETCH, _stretches(html)) if html else (_OF_PLAIN_LINE, _plain_lines(text or ""))
        for html, text in zip(pages, plain_texts, strict=True)
    ]
    read = {
        memory: iter(memory.of([stretch for own, stretches in cut if own is memory for stretch in stretches]))
        for memory in (_OF_STRETCH, _OF_PLAIN_LINE)
    }
    return [_joined(memory, stretches, read[memory]) for memory, stretches in cut]


def _plain_lines(text: str) -> list[str]:
    return _NOT_TEXT.sub("", text).replace("\r", "\n").split("\n")


def _joined(memory: LineMemory[_Read], stretches: list[str], read: Iterator[_Read]) -> list[PageLine]:
    lines: list[PageLine] = []
    opened = ""  # tags left open by an earlier stretch
    for stretch, (found, bold, item) in zip(stretches, read, strict=False):
        if opened:
            ((found, bold, item),) = memory.of([opened + stretch])  # noqa: PLW2901 - read anew
        lines += found
        opened = ("<b>" if bold else "") + ("<li>" if item else "") if bold or item else ""
    return lines
