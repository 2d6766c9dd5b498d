"""What the crawl's tests share: our own recordings, folders made for one test, and what a crawl left."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.landing import CompanyOutcome, RunRecord, read_run, sealed_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageResult
from scrapers.planning import CrawlReport, Order
from scrapers.stage import crawl
from tests.scrapers.board_server import BoardServer, board_server

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Landed:
    """A home after a crawl, and what the stage said."""

    home: Home
    result: StageResult

    @property
    def records(self) -> list[RunRecord]:
        return [read_run(folder) for folder in sealed_runs(self.home)]

    @property
    def outcomes(self) -> dict[tuple[str, str], CompanyOutcome]:
        """The last outcome of each (board, company)."""
        return {(record.board, each.company_slug): each for record in self.records for each in record.companies}

    def lines(self, name: str) -> list[dict[str, Any]]:
        """All landed lines of ``postings``, ``sightings`` or ``rejected``."""
        return list(self._lines(name))

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        for folder in sealed_runs(self.home):
            with gzip.open(folder / f"{name}.jsonl.gz") as lines:
                yield from map(orjson.loads, lines)


def _crawl_into(root: Path, boards: Path | str, as_of: datetime = AS_OF, **choice: Any) -> Landed:
    """Crawl through the stage, in its own process, as everybody does."""
    home = Home(root)
    return Landed(home, crawl(home, Settings(), str(boards), as_of, progress=Silence(), **choice))


@pytest.fixture(scope="session")
def recordings(root: Path) -> Path:
    """The folder of recorded responses of our own making."""
    return root / "tests" / "recordings" / "boards"


@pytest.fixture(scope="session")
def own_crawl(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """One crawl of our own recordings, for many tests to look at."""
    return _crawl_into(tmp_path_factory.mktemp("own"), recordings)


@pytest.fixture(scope="session")
def crawl_into() -> Callable[..., Landed]:
    """Crawls a folder (or ``sample``, ``live``) into a home folder, through the stage."""
    return _crawl_into


@dataclass(frozen=True)
class Driven(Landed):
    """A home after a crawl with boards, a server or settings of the test's own."""

    result: CrawlReport  # type: ignore[assignment]  # what the crawl process told, in the place of what the stage says
    peak_mb: int = 0
    """The crawl process's largest resident size."""


@pytest.fixture(scope="session")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Driven]]:
    """Crawls with boards, a server or settings of the test's own, in a process of its own: see driver.py."""
    command = [sys.executable, str(Path(__file__).with_name("driver.py")), "many"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        orders, answers = driver.stdin, driver.stdout

        def crawl_once(
            home: Path, boards: Path | str, as_of: datetime = AS_OF, *, ok: bool = True, **choice: Any
        ) -> Driven:
            home.mkdir(parents=True, exist_ok=True)
            wanted = {
                name: choice.pop(name)
                for name in ("companies", "board_names", "retry_failed", "since")
                if name in choice
            }
            order = Order(home=home, boards=str(boards), as_of=as_of, log_file=home / "crawl.log", **wanted)
            folder = tmp_path_factory.mktemp("driven")
            line = {
                "choice": choice, "order": order.model_dump_json(), "folder": str(folder), "environ": dict(os.environ),
            }  # fmt: skip
            orders.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
            orders.flush()
            is_done = answers.readline() == b"0\n"
            assert is_done or not ok, (folder / "errors").read_text() + order.log_file.read_text()
            events = {each.pop("event"): each for each in map(orjson.loads, (folder / "output").open("rb"))}
            report = CrawlReport.model_validate(events.get("finished", {"planned": 0, "gaps": [], "notes": []}))
            return Driven(Home(home), report, events.get("peak", {"mb": 0})["mb"])

        yield crawl_once


@pytest.fixture
def served() -> Iterator[BoardServer]:
    """A server of the test's own, for ``drive(…, address=served.address)``."""
    with board_server() as server:
        yield server


@pytest.fixture
def payloads(recordings: Path) -> Callable[[str], list[Any]]:
    """The board's objects in a recording."""

    def read(name: str) -> list[Any]:
        answer = orjson.loads((recordings / name).read_bytes())
        found: list[Any] = answer if isinstance(answer, list) else answer["jobs"]
        return found

    return read


@pytest.fixture
def board_folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of recorded responses: URL, or method and URL → (status, content type, body)."""

    def make(answers: dict[str, tuple[int, str, bytes]], name: str = "boards") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        with (folder / "manifest.csv").open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("url", "method", "status", "content_type", "file", "recorded_on"))
            for number, (url, (status, content_type, body)) in enumerate(answers.items()):
                (folder / f"{number}.body").write_bytes(body)
                method, _, address = url.rpartition(" ")
                rows.writerow((address, method or "GET", status, content_type, f"{number}.body", "2026-11-20"))
        return folder

    return make
