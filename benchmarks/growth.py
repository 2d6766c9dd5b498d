"""Measure how the pipeline grows: `python -m benchmarks.growth --home DIR --postings 20000 [--day 400]`.

Lands the crawls of a multiplied market (:mod:`benchmarks.multiplied`) and measures, each stage in its own process:

- landing → published on an empty warehouse (load, gate, build, gate, publish),
- the same for a further day on which ``--day`` contents are new or changed,
- the cookbook's queries on the published database,
- the memory of all processes together, and the sizes on disk.

Appends the results, with the seconds of the slowest dbt nodes, to ``DIR/figures.jsonl``, and writes a Markdown table of
all rows of that file to standard output.

Records each finished step in ``DIR/<postings>-<weeks>/steps.jsonl``, so the same command resumes after the last one.
Progress goes to standard error, with the time and the seconds so far.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson

from benchmarks.memory import PeakMemory
from benchmarks.multiplied import MultipliedMarket, Newest
from jobmarket.pipeline import Job, run_stage
from jobmarket.settings import Home, Settings

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("load", "gate-raw", "build", "gate-marts", "publish")
_FORK = multiprocessing.get_context("fork")
_TIMES_A_QUERY = 5
_SLOWEST_NODES = 12
_SECONDS_A_LINE = 30


def generate(market: MultipliedMarket, home: Home, moments: list[datetime], new: Newest | None = None) -> int:
    """Land the crawls of some moments, each board in its own process; return the number of new contents."""
    landed = _FORK.SimpleQueue()

    def crawls(board: str) -> None:
        landed.put(sum(market.crawl(home, board, moment, new) for moment in moments))

    processes = [_FORK.Process(target=crawls, args=(board,)) for board in market.boards]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit("Generating the landing failed; see the messages above.")
    return sum(landed.get() for _ in processes)


def measured(run: Callable[[], Any]) -> dict[str, float]:
    """Run something in its own process; return its ``seconds``, ``cpu`` seconds and ``peak_gib``."""
    process = _FORK.Process(target=run)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process.start()
    with PeakMemory(process.pid or 0) as peak:
        process.join()
    elapsed, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.exitcode:
        sys.exit(f"A stage failed with exit code {process.exitcode}; see the messages above.")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": elapsed, "cpu": cpu, "peak_gib": peak.bytes / 2**30}


class Journal:
    """Record of the steps measured for one size; an interrupted measurement resumes after its last finished step.

    Args:
        file: Where each finished step is recorded; may exist already.
    """

    def __init__(self, file: Path) -> None:
        self._file, self._started = file, time.perf_counter()
        lines = file.read_bytes().splitlines() if file.exists() else []
        self._done: dict[str, Any] = {one["step"]: one["measured"] for one in map(orjson.loads, lines)}

    def step(self, name: str, run: Callable[[], Any]) -> Any:
        """Measure a step, or return its earlier result."""
        if name not in self._done:
            self.tell(f"{name} begins")
            self._done[name] = run()
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                noted = {"step": name, "measured": self._done[name]}
                file.write(orjson.dumps(noted, option=orjson.OPT_APPEND_NEWLINE))
            self.tell(f"{name} done: {self._done[name]}")
        return self._done[name]

    def tell(self, what: str) -> None:
        """Write a line to standard error."""
        now = datetime.now().astimezone()
        sys.stderr.write(f"{now:%H:%M:%S} {time.perf_counter() - self._started:8,.0f} s  {what[:300]}\n")


class Lines:
    """A stage's progress as lines, one every half minute."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._noted_at = journal, time.perf_counter()

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """Report how far the stage is."""
        if time.perf_counter() - self._noted_at > _SECONDS_A_LINE:
            self._noted_at = time.perf_counter()
            self._journal.tell(f"{stage}: {detail} ({done:,}{f' of {total:,}' if total else ''})")


def passage(journal: Journal, what: str, home: Home, settings: Settings, as_of: datetime) -> dict[str, Any]:
    """Measure landing → published, stage by stage."""
    job = Job(home, settings, "sample", as_of, Lines(journal))

    def run(stage: str) -> dict[str, Any]:
        found: dict[str, Any] = measured(lambda: run_stage(job, stage))
        return found | (_nodes(home) if stage == "build" else {})

    stages = {stage: journal.step(f"{what} {stage}", lambda stage=stage: run(stage)) for stage in STAGES}
    return {
        "stages": stages,
        "seconds": sum(one["seconds"] for one in stages.values()),
        "cpu": sum(one["cpu"] for one in stages.values()),
        "peak_gib": max(one["peak_gib"] for one in stages.values()),
        "cookbook": journal.step(f"{what} cookbook", lambda: cookbook(home, settings)),
        "sizes": journal.step(f"{what} sizes", lambda: sizes(home)),
    }


def _nodes(home: Home) -> dict[str, Any]:
    results = orjson.loads((home.dbt_target / "run_results.json").read_bytes())["results"]
    nodes = sorted(((one["execution_time"], one["unique_id"]) for one in results), reverse=True)
    return {
        "nodes": {name: seconds for seconds, name in nodes[:_SLOWEST_NODES]},
        "tests_seconds": sum(seconds for seconds, name in nodes if name.startswith(("test.", "unit_test."))),
    }


def cookbook(home: Home, settings: Settings) -> dict[str, Any]:
    """Time the cookbook's queries in milliseconds, each several times on one connection, as an analyst would."""
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    took: list[tuple[float, str]] = []
    with duckdb.connect(str(home.database), read_only=True, config={"threads": settings.threads}) as published:
        for query in queries:
            for _ in range(_TIMES_A_QUERY):
                started = time.perf_counter()
                published.execute(query).fetchall()
                took.append(((time.perf_counter() - started) * 1000, query))
    times = [milliseconds for milliseconds, _ in took]
    slowest = max(took)
    return {
        "queries": len(queries),
        "median_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "slowest_ms": slowest[0],
        "slowest": " ".join(slowest[1].split())[:120],
    }


def sizes(home: Home) -> dict[str, float]:
    """Return the megabytes of the compressed landing, the warehouse and the published database."""
    landing = sum(path.stat().st_size for path in home.landing.rglob("*.gz"))
    return {
        "landing_mb": landing / 1e6,
        "warehouse_mb": home.warehouse.stat().st_size / 1e6,
        "published_mb": home.database.stat().st_size / 1e6,
    }


def table(rows: list[dict[str, Any]]) -> str:
    """Return a Markdown table of the measurements."""
    lines = [
        "| postings | contents | employers | what | load | gate | build | gate | publish | total s | CPU s | GiB | "
        "landing MB | warehouse × | published × | cookbook p95 ms |",
        "|---" * 16 + "|",
    ]
    for row in rows:
        for what in ("cold", "day"):
            if what not in row:
                continue
            one = row[what]
            seconds = " | ".join(f"{one['stages'][stage]['seconds']:,.1f}" for stage in STAGES)
            size = one["sizes"]
            lines.append(
                f"| {row['postings']:,} | {one['contents']:,} | {row['employers']:,} | {what} | {seconds} "
                f"| {one['seconds']:,.0f} | {one['cpu']:,.0f} | {one['peak_gib']:.1f} | {size['landing_mb']:,.0f} "
                f"| {size['warehouse_mb'] / size['landing_mb']:.2f} | {size['published_mb'] / size['landing_mb']:.2f} "
                f"| {one['cookbook']['p95_ms']:.0f} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Generate, measure, and write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="folder to work in; each size gets a home below it")
    parser.add_argument("--postings", type=int, required=True, help="approximate number over all weeks")
    parser.add_argument("--weeks", type=int, default=26, help="weeks of history, one crawl per week")
    parser.add_argument("--day", type=int, help="new or changed contents on the further day (default: 2 %% of them)")
    parser.add_argument("--own", type=float, default=0.35, help="share of a text's lines that no other opening has")
    options = parser.parse_args()
    settings = Settings(_env_file=None)
    home = Home(options.home / f"{options.postings}-{options.weeks}")
    market = MultipliedMarket(options.postings, options.weeks, options.own)
    crawls = list(market.world.observation_dates[: options.weeks])
    journal = Journal(home.root / "steps.jsonl")
    row: dict[str, Any] = {
        "postings": market.postings, "employers": market.employers, "weeks": options.weeks, "own": options.own,
        "cores": os.cpu_count(), "at": datetime.now().astimezone().isoformat(timespec="seconds"),
    }  # fmt: skip
    contents = journal.step("landing of all weeks", lambda: generate(market, home, crawls))
    row["cold"] = passage(journal, "cold", home, settings, crawls[-1]) | {"contents": contents}
    new = market.day_after(crawls[-1], options.day or market.postings // 50)
    contents = journal.step("landing of a further day", lambda: generate(market, home, [new.moment], new))
    row["day"] = passage(journal, "day", home, settings, new.moment) | {"contents": contents}
    figures = options.home / "figures.jsonl"
    with figures.open("ab") as file:
        file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.write(table([orjson.loads(line) for line in figures.read_bytes().splitlines()]) + "\n")


if __name__ == "__main__":
    main()
