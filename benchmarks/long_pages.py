"""Lengthen a recorded page: repeat its postings under new ids.

The list in a JSON or XML answer is found by trial: it is the array, or the set of elements with one name, of which a
single entry gives exactly one posting when the spider reads it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from lxml import etree
from pydantic import ValidationError
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import NotAPosting
from scrapers.decoding import UnexpectedShape
from scrapers.replay.recordings import Recording, read_manifest

RECORDINGS = Path(__file__).resolve().parents[1] / "tests" / "recordings" / "boards"
_LONG_TEXT = 100
_FIRST_ID = 1_000_000


def made_long(spider: BoardSpider, postings: int) -> tuple[Recording, bytes] | None:
    """Return a recording and its body with that many postings; None if no recording of the board is a list."""
    page = _longest_page(spider)
    if page is None:
        return None

    def id_of_only(body: bytes) -> str | None:
        shown = _shown_by(spider, page, body)
        return shown[0] if len(shown) == 1 else None

    assert page.body_file is not None  # noqa: S101 - for the type checker: it was read
    body = page.body_file.read_bytes()
    made = _long_xml(body, postings, id_of_only) if body.startswith(b"<") else _long_json(body, postings, id_of_only)
    return (page, made) if made else None


def _longest_page(spider: BoardSpider) -> Recording | None:
    """Return the board's recorded list with the most postings."""
    found: tuple[int, Recording | None] = (0, None)
    for recording in read_manifest(RECORDINGS)[0]:
        if recording.status != 200 or recording.body_file is None or not spider.slug_of(recording.url):
            continue
        shown = _shown_by(spider, recording, recording.body_file.read_bytes())
        if len(shown) > found[0]:
            found = len(shown), recording
    return found[1]


def _shown_by(spider: BoardSpider, recording: Recording, body: bytes) -> list[str]:
    """Return the ids of the postings in an answer; none if it is not an answer of the board."""
    company = Company(slug=spider.slug_of(recording.url) or "")
    response = TextResponse(recording.url, body=body, request=Request(recording.url, method=recording.method))
    ids = []
    try:
        for payload in spider.postings(response):
            ids.append(spider.to_posting(payload, company).native_id)
    except (UnexpectedShape, NotAPosting, ValidationError, AttributeError):
        return ids
    return ids


def _long_json(body: bytes, postings: int, id_of_only: Callable[[bytes], str | None]) -> bytes | None:
    answer = orjson.loads(body)
    for found in list(_arrays_in(answer)):
        before = list(found)
        usable: list[tuple[Any, str]] = []
        for source in before:
            found[:] = [source]
            if native_id := id_of_only(orjson.dumps(answer)):
                usable.append((source, native_id))
        found[:] = before
        if usable:
            found[:] = [
                _with_id(source, native_id, f"{_FIRST_ID + number}")
                for number in range(postings)
                for source, native_id in [usable[number % len(usable)]]
            ]
            return orjson.dumps(answer)
    return None


def _arrays_in(value: Any) -> Iterator[list[Any]]:
    """Yield all arrays of objects within a JSON value, outer ones first."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _arrays_in(inner)


def _with_id(value: Any, old: str, new: str) -> Any:
    """Return the object with its id replaced wherever it is a value, and appended to every long text."""
    if isinstance(value, dict):
        return {key: _with_id(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_id(inner, old, new) for inner in value]
    if isinstance(value, str) and len(value) > _LONG_TEXT:
        return f"{value} {new}"
    if isinstance(value, bool) or str(value) != old:
        return value
    return int(new) if isinstance(value, int) else new


def _long_xml(body: bytes, postings: int, id_of_only: Callable[[bytes], str | None]) -> bytes | None:
    root = etree.fromstring(body)
    for holder in root.iter("*"):
        for name in {each.tag for each in holder if isinstance(each.tag, str)}:
            before, usable = list(holder), []
            others = [each for each in before if each.tag != name]
            for source in before:
                holder[:] = [*others, source]
                if source.tag == name and (native_id := id_of_only(etree.tostring(root))):
                    usable.append((source, native_id))
            holder[:] = before
            if usable:
                holder[:] = others
                for number in range(postings):
                    holder.append(_element_with_id(*usable[number % len(usable)], f"{_FIRST_ID + number}"))
                return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return None


def _element_with_id(element: etree._Element, old: str, new: str) -> etree._Element:
    """Do what :func:`_with_id` does, for the texts of an element."""
    made = copy.deepcopy(element)
    for each in made.iter("*"):
        words = each.text or ""
        if words.strip() == old:
            each.text = new
        elif len(words) > _LONG_TEXT:
            each.text = f"{words} {new}"
    return made
