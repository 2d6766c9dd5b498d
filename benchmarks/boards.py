"""Measure each board system: `python -m benchmarks.boards [--postings 5000] [--runs 3] [BOARD …]`.

Repeats the postings of a recorded page under new ids until it has the length asked for, and crawls it from the loopback
server into an empty home: request, decode, map, validate, hash, compress, seal.

Counts processor time, which does not depend on the machine's other load: that of the crawl and of the server, minus
that of a crawl of one posting. Boards whose postings have their own pages, and boards that answer in HTML, are listed
as left out.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.long_pages import made_long
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence
from scrapers.replay.recordings import Recording
from scrapers.stage import crawl, default_as_of
from scrapers.systems import spiders_by_name


def processor_seconds(folder: Path, board: str) -> tuple[float, int]:
    """Return a crawl's processor seconds, including the server's, and the number of postings it landed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as home:
        moment = default_as_of(str(folder))
        result = crawl(Home(Path(home)), Settings(), str(folder), moment, board_names=[board], progress=Silence())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result.counts["postings"]


def folder_with(folder: Path, recording: Recording, body: bytes) -> Path:
    """Write a folder of recordings that holds this one response."""
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
    parser.add_argument("boards", nargs="*", help="measure only these board systems")
    options = parser.parse_args()
    lines = ["| board | postings | MB | processor s | postings/s |", "|---|---|---|---|---|"]
    left_out: list[str] = []
    for name, spider in spiders_by_name().items():
        if options.boards and name not in options.boards:
            continue
        if spider.has_details():
            left_out.append(f"{name} (postings' own pages)")
            continue
        made, short = made_long(spider(), options.postings), made_long(spider(), 1)
        if made is None or short is None:
            left_out.append(f"{name} (no list in JSON or XML)")
            continue
        seconds = []
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory() as long_one, tempfile.TemporaryDirectory() as short_one:
                took, postings = processor_seconds(folder_with(Path(long_one), *made), name)
                start, _ = processor_seconds(folder_with(Path(short_one), *short), name)
                seconds.append(took - start)
        median = statistics.median(seconds)
        cells = (name, f"{postings:,}", f"{len(made[1]) / 1e6:.1f}", f"{median:.2f}", f"{postings / median:,.0f}")
        lines.append(f"| {' | '.join(cells)} |")
        sys.stderr.write(f"{lines[-1]}\n")
    sys.stdout.write(
        "\n".join(lines) + f"\n\nmedians of {options.runs} runs; left out: {', '.join(left_out) or 'none'}\n"
    )


if __name__ == "__main__":
    main()
