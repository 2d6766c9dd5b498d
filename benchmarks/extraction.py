"""Measure extraction side by side: `python -m benchmarks.extraction [--runs 5] [--recorded DIR]`.

Every contender gets the same texts, each run in a fresh process that has read none before. Reports medians of CPU
seconds, and rates per byte of the incoming HTML and per byte of the plain text in it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from benchmarks.contenders import CONTENDERS, Run, extraction
from benchmarks.texts import Texts, recorded, without_repetition
from jobmarket.extract import batch
from jobmarket.extract.batch import Extraction
from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.taxonomy import Taxonomy

ROOT = Path(__file__).resolve().parents[1]
OWN_RECORDINGS = ROOT / "tests" / "recordings" / "boards" / "ashby"
_FEWEST_POSTINGS = 40
_IDLE = 2.0  # seconds


class Figures(NamedTuple):
    """Medians of one contender."""

    name: str
    html_rate: float
    text_rate: float
    growth: str


def _apart(measure: Callable[[], float], runs: int) -> float:
    """Return the median over several runs, each in a newly forked process that remembers no text."""
    forking = multiprocessing.get_context("fork")
    seconds: list[float] = []
    for _ in range(runs):
        receiver, sender = forking.Pipe(duplex=False)
        process = forking.Process(target=_send, args=(measure, sender))
        process.start()
        seconds.append(receiver.recv())
        process.join()
    return statistics.median(seconds)


def _send(measure: Callable[[], float], sender: Connection) -> None:
    sender.send(measure())


def _cpu(run: Run, texts: Texts) -> float:
    """CPU seconds of a run in this process."""
    started = time.process_time()
    run(texts)
    return time.process_time() - started


def _sizes(texts: Texts, largest: float) -> Iterator[Texts]:
    """Yield a quarter, half and all of the largest share."""
    for share in (largest / 4, largest / 2, largest):
        part = texts.part(share)
        if share == largest or len(part.postings) >= _FEWEST_POSTINGS:
            yield part


def side_by_side(texts: Texts, taxonomy: Taxonomy, runs: int) -> Iterator[Figures]:
    """Yield the figures of each contender on the same texts."""
    for name, make, largest in CONTENDERS:
        run = make(taxonomy)
        parts = list(_sizes(texts, largest))
        seconds = [_apart(partial(_cpu, run, part), runs) for part in parts]
        growth = ", ".join(f"{one:.2f} s" for one in seconds)
        yield Figures(name, parts[-1].html_megabytes / seconds[-1], parts[-1].text_megabytes / seconds[-1], growth)


def _rate(megabytes: float) -> str:
    return f"{megabytes:.1f}" if megabytes >= 1 else f"{megabytes:.2g}"


def on_cores(texts: Texts, taxonomy: Taxonomy, runs: int) -> Iterator[tuple[int, float]]:
    """Yield the number of processes and the busiest one's CPU seconds for Arrow tables: one process, then one per core.

    That is the elapsed time on otherwise idle cores. Titles alone start the processes first, so that none has read a
    text before.
    """
    table = pa.table(
        {
            "content_hash": [str(number) for number in range(len(texts.postings))],
            "title": [posting.title for posting in texts.postings],
            "location_text": [posting.location for posting in texts.postings],
            "description_html": [posting.html for posting in texts.postings],
            "company_name": [posting.company for posting in texts.postings],
        }
    )
    titles = table.select(["content_hash", "title", "location_text"])
    titles = pa.concat_tables([titles] * -(-batch._WORTH_A_PROCESS // titles.num_rows))
    for processes in dict.fromkeys((1, os.cpu_count() or 1)):
        yield processes, _apart(partial(_busiest, table, titles, taxonomy, processes), runs)


def _busiest(table: pa.Table, titles: pa.Table, taxonomy: Taxonomy, processes: int) -> float:
    """Return the busiest process's CPU seconds for a table, after ``titles`` have started the processes."""
    with Extraction(taxonomy, processes) as facts:
        facts.table(titles)
        before = _when_idle()
        facts.table(table)
        return max(spent - before.get(pid, 0.0) for pid, spent in _cpu_seconds().items())


def _cpu_seconds() -> dict[int, float]:
    """Return process id → CPU seconds so far, for this process and its children, from Linux's /proc."""
    spent: dict[int, float] = {}
    for pid in (os.getpid(), *(child.pid for child in multiprocessing.active_children() if child.pid)):
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        spent[pid] = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return spent


def _when_idle() -> dict[int, float]:
    """Return :func:`_cpu_seconds` once the child processes have finished starting."""
    while True:
        spent = _cpu_seconds()
        time.sleep(_IDLE)
        if all(spent.get(pid) == now for pid, now in _cpu_seconds().items() if pid != os.getpid()):
            return spent


def main() -> None:
    """Measure, and write the tables to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs of each size; medians are shown")
    parser.add_argument("--recorded", type=Path, default=ROOT.parent / "shared" / "boards" / "ashby")
    arguments = parser.parse_args()
    folder = arguments.recorded if arguments.recorded.is_dir() else OWN_RECORDINGS
    if folder is OWN_RECORDINGS:
        sys.stderr.write(f"no recorded boards in {arguments.recorded}: measuring the small recordings of the tests\n")
    taxonomy = Taxonomy.from_seeds(ROOT / "dbt_project" / "seeds")
    gazetteer()
    forking = multiprocessing.get_context("fork")
    with forking.Pool(1) as pool:  # another process reads the texts, so that this one remembers nothing of them
        try:
            texts = pool.apply(recorded, (folder,))
        except ValueError as error:
            parser.error(str(error))
        new = pool.apply(without_repetition, (texts,))

    def write(line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()  # the slow ones take minutes

    write(
        f"{texts.name}: {len(texts.postings):,} postings, {texts.html_megabytes:.1f} MB of HTML, "
        f"{texts.text_megabytes:.1f} MB of text, {len(taxonomy.patterns):,} spellings\n\n"
        "| what | MB/s of HTML | MB/s of text | all facts, compared | a quarter, half, all of its texts |\n"
        "|---|---|---|---|---|\n"
    )
    ours: Figures | None = None
    for figures in side_by_side(texts, taxonomy, arguments.runs):
        ours = ours or figures
        ratio = f"{ours.text_rate / figures.text_rate:.2f} × as fast" if figures is not ours else ""
        rates = f"{_rate(figures.html_rate)} | {_rate(figures.text_rate)}"
        write(f"| {figures.name} | {rates} | {ratio} | {figures.growth} |\n")
    seconds = _apart(partial(_cpu, extraction(taxonomy), new), arguments.runs)
    write(
        f"| all facts, {new.name.rpartition(', ')[2]} | {new.html_megabytes / seconds:.1f} "
        f"| {new.text_megabytes / seconds:.1f} | | {seconds:.2f} s for {new.html_megabytes:.1f} MB of HTML |\n\n"
    )
    for processes, elapsed in on_cores(texts, taxonomy, arguments.runs):
        write(f"{processes} process(es), Arrow tables in and out: {elapsed:.2f} s for the busiest\n")
    write(
        f"\n{os.cpu_count()} cores, Python {platform.python_version()}, medians of {arguments.runs} runs, CPU seconds\n"
    )


if __name__ == "__main__":
    main()
