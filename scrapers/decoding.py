"""Bytes of a board's answer → JSON value, whatever state they arrive in.

Repairs what can be repaired without guessing (broken UTF-8, lone surrogates and NUL become U+FFFD) and
says in one plain sentence why an answer cannot be read. Everything returned can be written by orjson.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPED_NUL = b"\\u0000"


class UnexpectedShape(Exception):  # noqa: N818 - it names what was met, not a fault of ours
    """An answer that is not what the board's interface promises; the message says what came instead."""


def read_json(body: bytes) -> Any:
    """The JSON value of an answer.

    Args:
        body: The decompressed body. UTF-8 as JSON demands; UTF-16 and UTF-32 are recognised.

    Raises:
        UnexpectedShape: for an empty answer, an HTML or XML page, truncated or otherwise broken JSON.
    """
    if not body.strip():
        raise UnexpectedShape("empty answer instead of JSON")
    if _ESCAPED_NUL not in body:
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            pass  # the slow way below repairs it, or says what is wrong
    return _repaired(_read_leniently(body))


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
        return f"truncated JSON: it breaks off after {len(text):,} characters"
    return f"not JSON: {error.msg.lower()} at character {error.pos:,}"


def _storable_integer(digits: str) -> int | float:
    """An integer that orjson can write; a longer one as the float that orjson itself would read."""
    return int(digits) if len(digits) < 19 else orjson.loads(digits)


def _repaired(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, dict):
        return {_repaired(key): _repaired(item) for key, item in value.items()}
    return value
