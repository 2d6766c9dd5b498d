"""Measure the pipeline: `python -m benchmarks [--runs 3] [--recorded DIR]`.

Runs the sample world and a folder of recorded boards in three sizes (a quarter, half and all of its responses), each
several times on an empty home. Writes a Markdown table of medians, with the slowest total. A posting counts once for
each crawl that sees it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def measure(boards: str, runs: int) -> list[dict[str, Any]]:
    """Measure several runs, each in its own process and on its own home."""
    figures = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.one_run", boards, home],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
        if done.returncode:
            sys.exit(f"the run on {boards} failed:\n{done.stderr[-3000:]}")
        figures.append(json.loads(done.stdout.splitlines()[-1]))
    return figures


def part_of(recorded: Path, target: Path, share: float) -> Path:
    """Make a folder with a share of the recorded responses, taken evenly in steps of a quarter."""
    with (recorded / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [row for number, row in enumerate(rows) if number % 4 < round(share * 4)]
    for row in kept:
        place = target / row["file"]
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(recorded / row["file"], place)
    with (target / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    return target


def sizes(recorded: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the name and ``--boards`` value of each measurement."""
    yield "sample world, 26 weeks", "sample"
    if recorded is None:
        return
    for share, name in (
        (0.25, "a quarter of the recorded boards"),
        (0.5, "half of them"),
        (1.0, "all recorded boards"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            yield name, str(part_of(recorded, Path(folder), share))


def table(measured: list[tuple[str, list[dict[str, Any]]]]) -> str:
    """Return a Markdown table of medians, with the slowest run beside the total."""
    stages = list(measured[0][1][0]["seconds"])
    lines = [
        f"| boards | postings (each crawl) | {' | '.join(stages)} | total s (slowest) | crawl postings/s | peak MiB |",
        "|---" * (len(stages) + 5) + "|",
    ]
    for name, figures in measured:
        medians = [statistics.median(f["seconds"][stage] for f in figures) for stage in stages]
        totals = [sum(f["seconds"].values()) for f in figures]
        speed = statistics.median(f["postings"] / f["seconds"]["crawl"] for f in figures)
        peak = max(f["peak_mebibytes"] for f in figures)
        cells = [name, f"{figures[0]['postings']:,}", *(f"{m:.1f}" for m in medians)]
        cells += [f"{statistics.median(totals):.1f} ({max(totals):.1f})", f"{speed:,.0f}", f"{peak:,.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each size; medians are shown")
    parser.add_argument("--recorded", type=Path, default=ROOT.parent / "shared" / "boards")
    arguments = parser.parse_args()
    recorded = arguments.recorded if (arguments.recorded / "manifest.csv").is_file() else None
    if recorded is None:
        sys.stderr.write(f"NOT MEASURED: no recorded boards in {arguments.recorded} (--recorded DIR)\n")
    measured = [(name, measure(boards, arguments.runs)) for name, boards in sizes(recorded)]
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {arguments.runs} runs, medians, seconds per stage"
    )
    sys.stdout.write(f"{table(measured)}\n\n{machine}\n")


if __name__ == "__main__":
    main()
