"""A comment's HTML → its paragraphs of lines, and its links.

Hacker News writes ``<p>`` between paragraphs and never closes it; entities stand for slashes and quotes; a link's
text is its address, cut after some 60 characters, so the address is taken from the link itself.
"""

from __future__ import annotations

import html
import re

_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\(\s*(\S+?)\s*\)")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\u00a0\u200b\u2060\ufeff]+")


def paragraphs(comment: str) -> list[list[str]]:
    """The text's paragraphs, each as its lines without markup; blank lines and paragraphs are left out."""
    with_addresses = _LINK.sub(lambda match: f" {match[1]} " if "//" in html.unescape(match[2]) else match[2], comment)
    found = []
    for paragraph in _PARAGRAPH.split(with_addresses):
        text = _MARKDOWN_LINK.sub(r"\1 (\2)", html.unescape(_TAG.sub("", paragraph)))
        lines = [_SPACES.sub(" ", line).strip() for line in text.splitlines()]
        if any(lines):
            found.append([line for line in lines if line])
    return found


def links(comment: str) -> list[str]:
    """The addresses that the comment links to, in order."""
    return list(dict.fromkeys(html.unescape(match[1]) for match in _LINK.finditer(comment)))
