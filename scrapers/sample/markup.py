"""Render sections as HTML and plain text, with the markup habits of the three board systems."""

from __future__ import annotations

import html
from collections.abc import Iterable

from scrapers.sample.text import Section


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def heading_html(heading: str, style: int, attribute: str = "") -> str:
    """Render a heading in the employer's style: as a heading element or a bold line."""
    text = _escape(heading)
    return (
        f"<h2><strong>{text}</strong></h2>",
        f"<p{attribute}><strong>{text}</strong></p>",
        f"<h3>{text}</h3>",
        f"<p{attribute}><b>{text}:</b><br></p>",
    )[style % 4]


def section_html(section: Section, style: int, attribute: str = "", joiner: str = "\n") -> str:
    """Render a section as HTML. ``attribute`` is added to each paragraph and list (Ashby's inline style)."""
    parts = [heading_html(section.heading, style, attribute)] if section.heading else []
    parts += [f"<p{attribute}>{_escape(text)}</p>" for text in section.paragraphs]
    if section.bullets:
        parts.append(f"<ul{attribute}>{joiner}{joiner.join(list_items(section, attribute))}{joiner}</ul>")
    return joiner.join(parts)


def list_items(section: Section, attribute: str = "") -> list[str]:
    """Render the bullets as ``<li>`` elements. With an attribute, each item contains a paragraph that carries it."""
    if attribute:
        return [f"<li><p{attribute}>{_escape(text)}</p></li>" for text in section.bullets]
    return [f"<li>{_escape(text)}</li>" for text in section.bullets]


def section_plain(section: Section) -> str:
    """Render a section as plain text: heading, paragraphs, dashed bullets."""
    lines = [section.heading] if section.heading else []
    lines += list(section.paragraphs)
    lines += [f"- {text}" for text in section.bullets]
    return "\n\n".join(lines) if not section.bullets else "\n".join(lines)


def to_html(sections: Iterable[Section], style: int, attribute: str = "", joiner: str = "\n") -> str:
    """Render all sections as HTML."""
    return joiner.join(section_html(section, style, attribute, joiner) for section in sections)


def to_plain(sections: Iterable[Section]) -> str:
    """Render all sections as plain text."""
    return "\n\n".join(section_plain(section) for section in sections)
