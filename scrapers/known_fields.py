"""The fields of each board's objects, according to its recordings. A probe compares live objects with them.

``known_fields.json`` maps each board to the fields that every recorded object of its lists has, and to those that some
have. ``python -m scrapers.known_fields tests/recordings/boards`` writes it from the recordings.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from jobmarket.field_paths import without_fields
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.replay.recordings import Recording, read_manifest
from scrapers.systems import spiders_by_name

PATH = Path(__file__).with_name("known_fields.json")
_DEPTH = 2


@dataclass(frozen=True)
class KnownFields:
    """Dotted paths of fields, including those of objects within arrays."""

    always: frozenset[str]
    sometimes: frozenset[str]

    def new(self, payloads: Iterable[Any]) -> list[str]:
        """Return the fields that no recorded object has."""
        return sorted(set(_counted(payloads)) - self.always - self.sometimes)

    def lost(self, payloads: list[Any]) -> list[str]:
        """Return the fields that every recorded object has and none of these has."""
        return sorted(self.always - set(_counted(payloads))) if payloads else []


@cache
def known_fields() -> dict[str, KnownFields]:
    """Read the known fields of each board."""
    boards = orjson.loads(PATH.read_bytes())
    return {name: KnownFields(frozenset(each["always"]), frozenset(each["sometimes"])) for name, each in boards.items()}


def learnt(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Collect the fields of each board's objects in a folder of recordings."""
    payloads: dict[str, list[Any]] = {}
    for name, spider in spiders_by_name().items():
        for recording in read_manifest(folder)[0]:
            if recording.status == 200 and recording.body_file and spider.slug_of(recording.url):
                payloads.setdefault(name, []).extend(_shown(spider(), recording))
    learnt_fields = {}
    for name, recorded in sorted(payloads.items()):
        objects = [each for each in recorded if isinstance(each, dict)]
        counts = _counted(objects)
        always = sorted(path for path, count in counts.items() if count == len(objects))
        learnt_fields[name] = {"always": always, "sometimes": sorted(counts.keys() - always)}
    return learnt_fields


def _shown(spider: BoardSpider, recording: Recording) -> Iterator[Any]:
    kind = HtmlResponse if "html" in recording.content_type else TextResponse
    body = recording.body_file.read_bytes() if recording.body_file else b""
    request = Request(recording.url, method=recording.method)
    try:
        for payload in spider.postings(kind(recording.url, body=body, request=request)):
            yield without_fields(payload, spider.personal_fields)
    except UnexpectedShape:
        return  # a recording of an error


def _counted(payloads: Iterable[Any]) -> Counter[str]:
    return Counter(path for payload in payloads for path in set(_paths(payload, "", _DEPTH)))


def _paths(value: Any, within: str, depth: int) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _paths(each, within, depth)
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            yield within + key
            yield from _paths(inner, f"{within}{key}.", depth - 1)


if __name__ == "__main__":
    PATH.write_bytes(orjson.dumps(learnt(Path(sys.argv[1])), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
