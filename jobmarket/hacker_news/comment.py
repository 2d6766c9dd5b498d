"""Split a comment's HTML into paragraphs of lines, and collect its links.

Hacker News writes ``<p>`` between paragraphs and never closes it, and escapes slashes and quotes as entities. It cuts
the text of a link after about 60 characters, so the address is taken from the ``href``.
"""

from __future__ import annotations

import html
import re

# No part runs into the next tag or link, or an unclosed one would be read to the end of the comment from each "<a".
_LINK = re.compile(r'<a\s[^<>]*?href="([^"<>]*)"[^<>]*>((?:(?!<a\s).)*?)</a>', re.DOTALL | re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\(\s*(\S+?)\s*\)")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\u00a0\u200b\u2060\ufeff]+")


def paragraphs(comment: str) -> list[list[str]]:
    """Return the paragraphs of a comment, each as a list of lines without markup. Blank lines are dropped."""
    with_addresses = _LINK.sub(lambda match: f" {match[1]} " if "//" in html.unescape(match[2]) else match[2], comment)
    split = []
    for paragraph in _PARAGRAPH.split(with_addresses):
        text = _MARKDOWN_LINK.sub(r"\1 (\2)", html.unescape(_TAG.sub("", paragraph)))
        lines = [_SPACES.sub(" ", line).strip() for line in text.splitlines()]
        if any(lines):
            split.append([line for line in lines if line])
    return split


def links(comment: str) -> list[str]:
    """Return the addresses that the comment links to, in order and without repetition."""
    return list(dict.fromkeys(html.unescape(match[1]) for match in _LINK.finditer(comment)))
