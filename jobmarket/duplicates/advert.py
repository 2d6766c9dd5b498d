"""A posting prepared for comparison, and how to build one from what a board states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobmarket.duplicates.places import Places, read_places
from jobmarket.duplicates.spans import Span
from jobmarket.duplicates.texts import Text
from jobmarket.duplicates.titles import Title, read_title
from jobmarket.extract.document import read_document
from jobmarket.extract.facts import Location
from jobmarket.extract.location import locations, read_field
from jobmarket.extract.place_field import read_items

# Header line of a forum post: "Acme | Data Engineer | Berlin | Full-time", or separated by dashes.
_BAR = re.compile(r"\|")
_DASH = re.compile(r"\s[-–—]\s|\n")
# "[Acme](https://acme.example)": a Markdown link.
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\s*\([^()]*\)")
_LABEL = re.compile(r"^company(?: name)?:\s*", re.IGNORECASE)
_TERM = re.compile(
    r"https?:|www\.|[$€£]|\bfull[- ]?time\b|\bpart[- ]?time\b|\bcontract\b|\bremote\b|\bon-?site\b|\bhybrid\b|"
    r"\bequity\b|\bvisa\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Advert:
    """A posting prepared for comparison.

    ``is_own_board`` states that the board is the employer's own, where two listings at once usually mean two openings.
    ``is_thread`` states that it is a post in a forum thread, often for several roles.
    """

    board: str
    native_id: str | None
    company: str | None
    title: Title
    places: Places
    text: Text
    span: Span
    is_own_board: bool = False
    is_thread: bool = False


def read_advert(
    *,
    board: str,
    native_id: str | None,
    company: str | None,
    title: str,
    location: str | None,
    html: str | None,
    span: Span,
    is_own_board: bool,
    text: str | None = None,
    places: Sequence[Location] | None = None,
) -> Advert:
    """Build an advert from one posting.

    Args:
        board: The board system that showed it.
        native_id: The board's own id.
        company: The employer as stated. None means a forum post, whose header line names the employer.
        title: As published, or the header line.
        location: The location field.
        html: The text as HTML, or plain.
        span: When it was open.
        is_own_board: Whether the board is the employer's own.
        text: The plain text, if there is no HTML.
        places: The places, if already extracted.
    """
    found = tuple(locations(read_document(title, location, html, text)) if places is None else places)
    is_thread = company is None
    role = title
    if company is None:
        company, role = _read_header(title)
    stated = read_places(location, found)
    return Advert(
        board=board,
        native_id=native_id,
        company=company,
        title=read_title(role, found, company, stated.areas),
        places=stated,
        text=Text(html or text or ""),
        span=span,
        is_own_board=is_own_board,
        is_thread=is_thread,
    )


def _read_header(line: str) -> tuple[str | None, str]:
    """Return the employer, and the header line without places, links and terms."""
    line = _MARKDOWN_LINK.sub(r"\1", line)
    mark = next((mark for mark in (_BAR, _DASH) if mark.search(line)), None)
    if mark is None:
        return None, line
    employer, *parts = (part.strip() for part in mark.split(line))
    return _LABEL.sub("", employer) or None, " ".join(part for part in parts if not _is_term(part))


def _is_term(part: str) -> bool:
    """Whether a part of a header line names places, a link, pay or the kind of contract rather than a role."""
    if _TERM.search(part):
        return True
    return bool(read_field(part, header=True)) and all(item.place or item.is_remote for item in read_items(part))
