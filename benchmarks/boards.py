"""Measure each board system: `python -m benchmarks.boards [--postings 5000] [--runs 3] [BOARD …]`.

A recorded page of our own is made as long as asked, its postings repeated under ids of their own, and crawled from the
loopback server into an empty home: asked, decoded, mapped, validated, hashed, compressed, sealed. What counts is the
processor time of the crawl and of the server that answers it, less that of the same crawl with an empty list: it does
not depend on who else uses the machine. Boards whose postings have pages of their own, and those that answer in XML or
HTML, are named and not measured: their pages cannot be repeated without knowing their grammar.
"""

from __future__ import annotations

import argparse
import copy
import csv
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from scrapy import Request
from scrapy.http import TextResponse

from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import NotAPosting
from scrapers.decoding import UnexpectedShape
from scrapers.replay.recordings import Recording, read_manifest
from scrapers.stage import crawl, default_as_of
from scrapers.systems import spiders_by_name

ROOT = Path(__file__).resolve().parents[1]
_LONG_TEXT = 100
RECORDINGS = ROOT / "tests" / "recordings" / "boards"


def longest_page(spider: BoardSpider) -> tuple[Recording, Any, list[Any]] | None:
    """The recorded JSON list of a board that shows the most postings, and what it shows."""
    found: tuple[Recording, Any, list[Any]] | None = None
    for recording in read_manifest(RECORDINGS)[0]:
        if recording.status != 200 or recording.body_file is None or not spider.slug_of(recording.url):
            continue
        body = recording.body_file.read_bytes()
        request = Request(recording.url, method=recording.method)
        company = Company(slug=spider.slug_of(recording.url) or "")
        response = TextResponse(recording.url, body=body, request=request)
        shown = [each for each in shown_by(spider, response) if isinstance(each, dict) and id_of(spider, each, company)]
        try:
            answer = orjson.loads(body)
        except orjson.JSONDecodeError:
            continue
        if shown and (found is None or len(shown) > len(found[2])):
            found = recording, answer, shown
    return found


def lists_in(value: Any) -> Iterator[list[Any]]:
    """All arrays of objects within a JSON value, the outer ones first."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from lists_in(inner)


def with_id(value: Any, old: str, new: str) -> Any:
    """The object with its id replaced wherever it stands alone, and behind every long text: no two are alike."""
    if isinstance(value, dict):
        return {key: with_id(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_id(inner, old, new) for inner in value]
    if isinstance(value, str) and len(value) > _LONG_TEXT:
        return f"{value} {new}"
    if isinstance(value, bool) or str(value) != old:
        return value
    return int(new) if isinstance(value, int) else new


def made_long(spider: BoardSpider, postings: int) -> tuple[Recording, bytes] | None:
    """A page of so many postings, as the board would send it."""
    page = longest_page(spider)
    if page is None:
        return None
    recording, answer, _ = page
    company = Company(slug=spider.slug_of(recording.url) or "")
    answer = copy.deepcopy(answer)
    for found in list(lists_in(answer)):
        before = list(found)
        usable: list[tuple[Any, str]] = []
        for source in before:
            found[:] = [source]
            request = Request(recording.url, method=recording.method)
            shown = shown_by(spider, TextResponse(recording.url, body=orjson.dumps(answer), request=request))
            if len(shown) == 1 and (native_id := id_of(spider, shown[0], company)):
                usable.append((source, native_id))
        found[:] = before
        if usable:
            found[:] = [
                with_id(source, native_id, f"{number + 1_000_000}")
                for number in range(postings)
                for source, native_id in [usable[number % len(usable)]]
            ]
            return recording, orjson.dumps(answer)
    return None


def shown_by(spider: BoardSpider, response: TextResponse) -> list[Any]:
    """What an answer shows; nothing if it is none."""
    try:
        return list(spider.postings(response))
    except UnexpectedShape:
        return []


def id_of(spider: BoardSpider, payload: Any, company: Company) -> str | None:
    """The board's own id of a posting; None if the object is none."""
    try:
        return spider.to_posting(payload, company).native_id
    except (NotAPosting, ValidationError):
        return None


def processor_seconds(folder: Path, board: str) -> tuple[float, int]:
    """Seconds of the processor that a crawl takes, with the server that answers it; and the postings it landed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as home:
        moment = default_as_of(str(folder))
        result = crawl(Home(Path(home)), Settings(), str(folder), moment, board_names=[board], progress=Silence())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result.counts["postings"]


def folder_with(folder: Path, recording: Recording, body: bytes) -> Path:
    """A folder of that one recorded response."""
    (folder / "body").write_bytes(body)
    with (folder / "manifest.csv").open("w", newline="") as manifest:
        rows = csv.writer(manifest)
        rows.writerow(("url", "method", "status", "content_type", "file", "recorded_on"))
        rows.writerow((recording.url, recording.method, 200, recording.content_type, "body", "2026-11-20"))
    return folder


def main() -> None:
    """Measure, and write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=5_000, help="postings on the page")
    parser.add_argument("--runs", type=int, default=3, help="runs of each board; medians are shown")
    parser.add_argument("boards", nargs="*", help="these board systems only")
    asked = parser.parse_args()
    lines = ["| board | postings | MB | processor s | postings/s |", "|---|---|---|---|---|"]
    left_out: list[str] = []
    for name, spider in spiders_by_name().items():
        if asked.boards and name not in asked.boards:
            continue
        if spider.has_details():
            left_out.append(f"{name} (postings' own pages)")
            continue
        made, short = made_long(spider(), asked.postings), made_long(spider(), 1)
        if made is None or short is None:
            left_out.append(f"{name} (no JSON list)")
            continue
        seconds = []
        for _ in range(asked.runs):
            with tempfile.TemporaryDirectory() as long_one, tempfile.TemporaryDirectory() as short_one:
                took, postings = processor_seconds(folder_with(Path(long_one), *made), name)
                start, _ = processor_seconds(folder_with(Path(short_one), *short), name)
                seconds.append(took - start)
        median = statistics.median(seconds)
        cells = (name, f"{postings:,}", f"{len(made[1]) / 1e6:.1f}", f"{median:.2f}", f"{postings / median:,.0f}")
        lines.append(f"| {' | '.join(cells)} |")
        sys.stderr.write(f"{lines[-1]}\n")
    sys.stdout.write(
        "\n".join(lines) + f"\n\nmedians of {asked.runs} runs; left out: {', '.join(left_out) or 'none'}\n"
    )


if __name__ == "__main__":
    main()
