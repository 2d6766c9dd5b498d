"""Parses the bytes of a board's answer into a JSON value, an XML document or an HTML page.

Repairs what can be repaired without guessing (broken UTF-8, lone surrogates and NUL become U+FFFD). If an answer cannot
be read, the error says why in one sentence. orjson can write every text returned.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import lxml.html
import orjson
from lxml import etree

from jobmarket.gap_words import TRUNCATED_JSON, TRUNCATED_XML

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPED_NUL = b"\\u0000"
_LARGEST_DOCUMENT = 64 * 1024 * 1024
# Characters that XML never allows, and named entities that only HTML defines. Feeds contain both.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HTML_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARES_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8)", re.IGNORECASE)
_REPLACEMENT = "\ufffd".encode()
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(<\?xml|<!doctype html|<html|<|[\[{])", re.IGNORECASE)


class UnexpectedShape(Exception):  # noqa: N818 - it describes the board's answer, not a fault of ours
    """An answer that is not what the board's interface promises. The message says what came instead."""


def read_json(body: bytes) -> Any:
    """Parse an answer as JSON.

    Args:
        body: The decompressed body: UTF-8, as JSON requires; UTF-16 and UTF-32 are recognised.

    Raises:
        UnexpectedShape: for an empty answer, an HTML or XML page, or truncated or otherwise broken JSON.
    """
    if not body.strip():
        raise UnexpectedShape("empty answer instead of JSON")
    if _ESCAPED_NUL not in body:
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            pass  # the slower parser below repairs it, or says what is wrong
    return _repaired(_read_leniently(body))


def read_xml(body: bytes) -> etree._Element:
    """Parse an answer as XML and return its root. Declared entities are not resolved, and nothing is fetched.

    Args:
        body: The decompressed body, in the encoding that its declaration names, else UTF-8.

    Raises:
        UnexpectedShape: for an empty answer, an HTML page, JSON, or truncated or otherwise broken XML.
    """
    kind = _kind(body, "XML")
    if kind in (b"<!doctype html", b"<html"):
        raise UnexpectedShape("not XML: HTML page")
    if kind not in (b"<?xml", b"<"):
        raise UnexpectedShape("not XML: JSON" if kind else "not XML")
    try:
        return _xml_root(body)
    except etree.XMLSyntaxError:
        pass  # parsed again below, repaired
    repaired = _HTML_ENTITY.sub(_as_characters, _NOT_XML.sub(_REPLACEMENT, body))
    if not _DECLARES_ENCODING.match(body):
        repaired = repaired.decode("utf-8", "replace").encode()
    try:
        return _xml_root(repaired)
    except etree.XMLSyntaxError as error:
        if "Premature end" in error.msg or not body.rstrip().endswith(b">"):
            raise UnexpectedShape(TRUNCATED_XML.format(f"{len(body):,}")) from None
        raise UnexpectedShape(f"broken XML: {error.msg.lower()}") from None


def read_html(body: bytes, encoding: str | None = None) -> lxml.html.HtmlElement:
    """Parse an answer as HTML and return its root, with tags repaired as a browser would.

    Args:
        body: The decompressed body.
        encoding: The encoding in the answer's header (``response.encoding``); None: the one that the page states.

    Raises:
        UnexpectedShape: for an empty answer, JSON, or a text without tags.
    """
    if not _kind(body, "HTML").startswith(b"<"):
        raise UnexpectedShape("not HTML: the answer does not begin with a tag")
    parser = lxml.html.HTMLParser(encoding=encoding or _utf_8(body), no_network=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(body.replace(b"\x00", _REPLACEMENT), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError) as error:
        raise UnexpectedShape(f"not HTML: {error}") from None


def _kind(body: bytes, expected: str) -> bytes:
    """Return the beginning of a document that shows its kind, in lower case; empty if it is of no known kind."""
    if not body.strip():
        raise UnexpectedShape(f"empty answer instead of {expected}")
    if len(body) > _LARGEST_DOCUMENT:
        raise UnexpectedShape(f"{expected} of {len(body):,} bytes: larger than any board sends")
    beginning = _BEGINNING.match(body)
    return beginning[1].lower() if beginning else b""


def _xml_root(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(body, parser)
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnexpectedShape("XML that declares its own entities: no board sends that")
    return root


def _utf_8(body: bytes) -> str | None:
    """Return ``utf-8`` if the bytes are valid UTF-8; None leaves the encoding to the page's own statement."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _as_characters(entity: re.Match[bytes]) -> bytes:
    """Write a named HTML entity as numeric ones, which every XML parser knows; an unknown one as its letters."""
    characters = html.unescape(entity[0].decode("ascii"))
    if characters.startswith("&"):
        return b"&amp;" + entity[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def _read_leniently(body: bytes) -> Any:
    text = body.decode(json.detect_encoding(body), "replace")
    try:
        return json.loads(text, strict=False, parse_int=_storable_integer)
    except RecursionError:
        raise UnexpectedShape("JSON nested too deeply to be read") from None
    except json.JSONDecodeError as error:
        raise UnexpectedShape(_what_is_wrong(text, error)) from None


def _what_is_wrong(text: str, error: json.JSONDecodeError) -> str:
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith("<?xml"):
        return "not JSON: XML document"
    if start.startswith("<"):
        return "not JSON: HTML page"
    rest = text[error.pos :].rstrip()
    within_value = any(literal.startswith(rest) for literal in ("true", "false", "null", "-"))
    breaks_off = within_value or error.msg.startswith(("Unterminated string", "Invalid \\"))
    if start[:1] in ("{", "[") and breaks_off:
        return TRUNCATED_JSON.format(f"{len(text):,}")
    return f"not JSON: {error.msg.lower()} at character {error.pos:,}"


def _storable_integer(digits: str) -> int | float:
    """Return an integer that orjson can write; a longer one as the float that orjson would read."""
    return int(digits) if len(digits) < 19 else orjson.loads(digits)


def _repaired(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, dict):
        return {_repaired(key): _repaired(item) for key, item in value.items()}
    return value
