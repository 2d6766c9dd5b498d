"""Read the lines of pages, each with the heading that it is or begins with.

Readings of stretches are cached, because an employer's postings share many of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jobmarket.extract.headings import (
    FRENCH_HEADING,
    FRENCH_OPENING,
    GERMAN_HEADING,
    GERMAN_OPENING,
    HEADING_WORDS,
    LABEL_OF_EMPLOYER,
    WHOLE_SENTENCE,
    heading_kind,
)
from jobmarket.extract.line import Line
from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.markup import (
    BOLD,
    HEADING,
    ITEM,
    PLAIN,
    marked_plain_lines,
    marked_stretches,
    plain_lines,
    stretches_of,
)

_SEVERAL_BLANKS = re.compile("  +")
_BOLD_MARKS = re.compile("([\x01\x02])")
_NO_WORDS = " :\u00a0"
_BULLET = re.compile(r"[-–—*•·●○▪■◦‣⁃➢➤►▸✓✔✅☑»>]+\s+|[•·●○▪■◦‣⁃➢➤►▸✓✔✅☑]|\d{1,2}[.)]\s+|o\s+(?=[A-Z])")
# Characters of the longest heading, of one without typographic signs, and of a label before a colon; and the blanks in
# such a label.
_MAX_HEADING = 90
_MAX_PLAIN_HEADING = 60
_MAX_LABEL = 45
_MAX_LABEL_BLANKS = 4
# "Essential Qualifications", "Your Impact", but not items of a list: "Proficiency in SQL", "Linguistics Experience"
_IN_TITLE_CASE = re.compile(
    r"(?!Advanced|Competitive|Deep|Excellent|Experience|Expertise|Fluen|Generous|Good|Great|Knowledge|Optional|Paid|"
    r"Proficien|Proven|Share|Solid|Strong)"
    r"[A-Z][\w'’]*(?: (?:[A-Z][\w'’]*|&|/|a|an|and|at|de|des|for|in|is|of|on|or|our|the|this|to|we|with|you|your))*"
    r" (?!Experience|Plus|Challenges?$)[A-Z][\w'’]*\??"
)
# Whole lines that are headings if their words are known
_HEADS_IF_KNOWN = (_IN_TITLE_CASE, GERMAN_OPENING, FRENCH_HEADING, FRENCH_OPENING)
# How a sentence goes on, or an item of a list without bullets starts.
_NO_HEADING_OF_LIST = re.compile(
    r"[a-zà-ÿ(]|(?:Ability|Background|Deep|Experience|Expertise|Familiar|Fluen|Proficien|Solid|Strong(?! candidates)|"
    r"Understanding)|"
    r"Knowledge (?:of|in)\b"
)
# Ranks of headings: a heading element, a bold line, a plain line, the start of a line; or none. Then, a line that would
# be a heading before a list, and an item of one.
HEADING_ELEMENT, BOLD_LINE, PLAIN_LINE, LINE_START, NO_HEADING = 1, 2, 3, 4, 9
_HEADING_OF_LIST, _LIST_ITEM = 10, 11
# A line without its bullet; the kind of section it heads (empty if its words are unknown, None if it is not a heading);
# and the rank of the heading. A plain tuple, because pages have thousands of them.
PageLine = tuple[Line, str | None, int]
# The lines of a stretch, and whether a bold run and a list item are still open at its end.
_Read = tuple[list[PageLine], bool, bool]


def _read(marked: str) -> _Read:
    """Return the lines of a stretch with marks for its tags and no blanks but plain ones."""
    if "  " in marked:
        marked = _SEVERAL_BLANKS.sub(" ", marked)
    text = marked.strip()
    is_item = text[:1] == ITEM
    if is_item:
        text = text[1:].lstrip()
    if not text.isprintable():  # marks
        return _read_closely(marked)
    # The common case: one paragraph or list item without bold words.
    if not text:
        return [], False, is_item
    line = _unmarked_line(text, is_item=is_item)
    return [line] if line else [], False, False


def _unmarked_line(text: str, *, is_item: bool) -> PageLine | None:
    """Return a line that no tag makes a heading; None if it is only a bullet."""
    bullet = _BULLET.match(text) if text[0] == "o" or not text[0].isalpha() else None
    if bullet:
        text = text[bullet.end() :]
        if not text:
            return None
    if len(text) > _MAX_HEADING and (bullet or ":" not in text[:_MAX_LABEL]):
        # The common case: too long for a heading, and without a label.
        return Line(text), None, _LIST_ITEM if bullet or is_item else NO_HEADING
    # "2. Ce que vous ferez": numbers stand before headings too.
    is_heading = bullet and bullet[0][0].isdigit() and len(text) <= _MAX_PLAIN_HEADING and _is_plain_heading(text)
    return _headed(text, NO_HEADING, 0, is_item=is_item, is_bullet=bool(bullet) and not is_heading)


def _read_closely(marked: str) -> _Read:
    """Return the lines of a stretch with several lines, headings or bold words; see :func:`_read`."""
    lines: list[PageLine] = []
    bold = False
    item_opened = False  # <li><p>…: the item's mark is on the line before its text
    for raw in marked.split("\n"):
        if not raw:
            continue
        is_item, is_heading = item_opened, False
        if ITEM in raw:
            is_item, raw = True, raw.replace(ITEM, "")
        if HEADING in raw:
            is_heading, raw = True, raw.replace(HEADING, "")
        bold_start = 0
        if BOLD in raw or PLAIN in raw:
            text, bold_start, bold = _bold_start(raw, bold)
        else:
            text = raw.strip()
            if bold:
                bold_start = len(text)
        if not text:
            item_opened = is_item
            continue
        item_opened = False
        is_bold = bold_start == len(text) and not is_item
        rank = HEADING_ELEMENT if is_heading else BOLD_LINE if is_bold else NO_HEADING
        if rank == NO_HEADING and not bold_start:
            line = _unmarked_line(text, is_item=is_item)
            lines += [line] if line else []
            continue
        bullet = _BULLET.match(text) if rank == NO_HEADING and (text[0] == "o" or not text[0].isalpha()) else None
        if bullet:
            text = text[bullet.end() :]
            bold_start = max(0, bold_start - bullet.end())
            if not text:
                continue
        bold_start = bold_start if bold_start < len(text) else 0
        lines.append(_headed(text, rank, bold_start, is_item=is_item, is_bullet=bool(bullet)))
    return lines, bold, item_opened


def _bold_start(raw: str, bold: bool) -> tuple[str, int, bool]:
    """Return a line without its bold marks, the length of its bold start, and whether bold continues after it."""
    text = raw.replace(BOLD, "").replace(PLAIN, "").strip()
    if "  " in text:
        text = _SEVERAL_BLANKS.sub(" ", text)
    if raw[0] == BOLD and raw.count(BOLD) == raw.count(PLAIN) == 1:
        inside, _, rest = raw[1:].partition(PLAIN)  # the usual shape of a line with a bold start
        return text, len(" ".join((inside if rest.strip(_NO_WORDS) else inside + rest).split())), False
    goes_on = raw.rfind(BOLD) > raw.rfind(PLAIN)
    if not bold and raw[0] != BOLD and _BOLD_MARKS.split(raw, 1)[0].strip(_NO_WORDS):
        return text, 0, goes_on  # the usual case: bold words inside the line
    start: list[str] = []
    for part in _BOLD_MARKS.split(raw):
        if part == BOLD:
            bold = True
        elif part == PLAIN:
            bold = False
        elif part and (bold or not part.strip(_NO_WORDS)):
            start.append(part)
        elif part.strip():
            break
    return text, len(" ".join("".join(start).split())), goes_on


def _headed(text: str, rank: int, bold_prefix: int, *, is_item: bool, is_bullet: bool) -> PageLine:
    """Decide whether a line is a heading or begins with one.

    An element ``is_item`` of an HTML list may be one, an item with a bullet of its own only by a bold start.
    """
    length = len(text)
    if rank < NO_HEADING:
        if length <= _MAX_HEADING:
            return _heading(text, rank)
        bold_prefix = 0
    if length <= _MAX_HEADING:
        if text[-1] == "-" and text.endswith("---"):
            return _heading(text, PLAIN_LINE)
        if not is_bullet and (text[-1] == ":" or (length > 5 and text.isupper())):
            return _heading(text, PLAIN_LINE)
    if 0 < bold_prefix <= _MAX_HEADING and (kind := heading_kind(text[:bold_prefix])) is not None:
        return Line(text), kind, LINE_START
    if is_bullet:
        return Line(text), None, _LIST_ITEM
    if length <= _MAX_PLAIN_HEADING and _is_plain_heading(text):
        return _heading(text, PLAIN_LINE)
    colon = text.find(":", 0, _MAX_LABEL)
    if colon > 0 and text.count(" ", 0, colon) <= _MAX_LABEL_BLANKS and "(" not in text[:colon]:
        kind = heading_kind(text[:colon])
        if kind is not None and not LABEL_OF_EMPLOYER.fullmatch(text[:colon]):
            return Line(text), kind, LINE_START
    if is_item:
        return Line(text), None, _LIST_ITEM
    may_head = length <= _MAX_HEADING and text[-1] not in ".,;!" and _NO_HEADING_OF_LIST.match(text) is None
    return Line(text), None, _HEADING_OF_LIST if may_head else NO_HEADING


def _is_plain_heading(text: str) -> bool:
    """Return whether a short line without typographic signs is a heading by its words."""
    if text[-1] in ".,;!":
        return WHOLE_SENTENCE.fullmatch(text) is not None
    if HEADING_WORDS.match(text) is not None or GERMAN_HEADING.fullmatch(text) is not None:
        return True
    if not any(pattern.fullmatch(text) for pattern in _HEADS_IF_KNOWN):
        return False
    return bool(heading_kind(text))


def _heading(text: str, rank: int) -> PageLine:
    return Line(text), heading_kind(text) or "", rank


_OF_STRETCH = LineMemory(lambda stretches: map(_read, marked_stretches(stretches)))
_OF_PLAIN_LINE = LineMemory(lambda lines: map(_read, marked_plain_lines(lines)))


def lines_of_pages(pages: Iterable[str | None], plain_texts: Iterable[str | None]) -> list[list[PageLine]]:
    """Return the lines of each posting: of its HTML if there is any, else of its plain text.

    Unknown stretches of all postings are read together.
    """
    cut = [
        (_OF_STRETCH, stretches_of(html)) if html else (_OF_PLAIN_LINE, plain_lines(text or ""))
        for html, text in zip(pages, plain_texts, strict=True)
    ]
    read = {
        memory: iter(memory.of([stretch for own, stretches in cut if own is memory for stretch in stretches]))
        for memory in (_OF_STRETCH, _OF_PLAIN_LINE)
    }
    return [_joined(memory, stretches, read[memory]) for memory, stretches in cut]


def _joined(memory: LineMemory[_Read], stretches: list[str], read: Iterator[_Read]) -> list[PageLine]:
    lines: list[PageLine] = []
    opened = ""  # tags left open by an earlier stretch
    for stretch, (found, bold, item) in zip(stretches, read, strict=False):
        if opened:
            ((found, bold, item),) = memory.of([opened + stretch])  # read anew
        lines += found
        opened = ("<b>" if bold else "") + ("<li>" if item else "") if bold or item else ""
    broken: list[int] = []
    for number, ((line, _, rank), (following, _, next_rank)) in enumerate(pairwise(lines)):
        if rank == _HEADING_OF_LIST and next_rank == _LIST_ITEM and (kind := heading_kind(line.text)):
            lines[number] = line, kind, PLAIN_LINE
        if following.text[0] == "%" and line.text[-1].isdigit():
            broken.append(number)
    for number in reversed(broken):  # "Arbeitsmodell: 60", "% Remote"
        (line, kind, rank), (following, _, _) = lines[number : number + 2]
        lines[number : number + 2] = [(Line(f"{line.text} {following.text}"), kind, rank)]
    return lines
