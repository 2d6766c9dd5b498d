"""Turn HTML or plain text into stretches of clean text, with a mark in place of each tag that matters.

The time is linear in the length of any input: every pattern here consumes at least one character per step and never
retries a stretch of text. A page is cut into stretches at the ends of its paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Characters without text. The marks below come from this range, once the input is free of them.
_INVISIBLE_CLASS = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff"
_NOT_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{_INVISIBLE_CLASS}]")
BOLD, PLAIN, ITEM, HEADING, _STRETCH = "\x01", "\x02", "\x03", "\x04", "\x05"
# Blanks other than the plain one, tab and U+00A0; and everything else to remove once the marks are in place.
_BLANKS = "\x85\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[\x00\x06-\x08\x0b\x0c\x0e-\x1f\x7f{_INVISIBLE_CLASS}{_BLANKS}]")


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
_PARAGRAPH_END = "</p>"
# Markdown, which some boards send as plain text, in the order it is read: headings, bold words, bold lines, escaped
# signs. Each with the signs without which it cannot occur, and its mark.
_MARKDOWN = (
    ("#", re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE), HEADING),
    ("**", re.compile(r"\*\*\*?(?=[^\s*])([^*\n]{1,300})(?<!\s)\*\*\*?"), f"{BOLD}\\1{PLAIN}"),
    ("__", re.compile(r"^__(?=[^\s_])([^_\n]{1,90})(?<!\s)__$", re.MULTILINE), f"{BOLD}\\1{PLAIN}"),
    ("\\", re.compile(r"\\([-+*_#.()!&~$<>|])"), r"\1"),
)
# The width of a line of text that was broken to a fixed one, if its sentence goes on in the next line: in lower case,
# with a number, an amount or a bracket.
_WRAPPED = re.compile(r"^(.{50,100}[^\s.:;!?])[ \t]*\n[ \t]*(?=[a-zà-ÿ(]|\\?[$€£]?\d)(?!\d{1,2}[.)] |o )", re.MULTILINE)
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
        return PLAIN if closing else BOLD
    if name == "li":
        return "\n" if closing else "\n" + ITEM
    if name in _BREAKING:
        return "\n"
    if name in _HEADINGS:
        return "\n" if closing else "\n" + HEADING
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
    return _composed(_NOT_TEXT.sub("", _repaired(text)))


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def stretches_of(html: str) -> list[str]:
    """Cut HTML into stretches at the ends of its paragraphs, without the elements that are not read."""
    if "<" not in html and _ESCAPED_TAG.search(html):
        html = unescape(html)
    if BOLD in html or PLAIN in html or ITEM in html or HEADING in html or _STRETCH in html:
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


def _clean_marked(marked: str) -> str:
    """Clean text that contains marks; see :func:`clean`."""
    return marked if marked.isascii() else _composed(_repaired(marked))


def marked_stretches(stretches: list[str]) -> list[str]:
    """Return stretches of HTML as clean text with marks for tags, and plain blanks only."""
    marked = _without_tags(f"\n{_STRETCH}".join(stretches))
    # No reference can stand for a mark, because unescape drops control characters.
    marked = _clean_marked(unescape(marked) if "&" in marked else marked)
    return _plain_blanks(marked).split(_STRETCH)


def marked_plain_lines(lines: list[str]) -> list[str]:
    """Return lines of plain text as clean text with plain blanks only, and with marks for Markdown."""
    text = "\n".join(lines)
    for signs, markdown, mark in _MARKDOWN:
        if signs in text:
            text = markdown.sub(mark, text)
    return _plain_blanks(_clean_marked(text)).split("\n")


def plain_lines(text: str) -> list[str]:
    """Split plain text into lines; a sentence that was broken to a fixed width becomes one line again."""
    return _WRAPPED.sub(r"\1 ", _NOT_TEXT.sub("", text).replace("\r", "\n")).split("\n")
