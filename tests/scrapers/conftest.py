"""What the crawl's tests share: invented recordings, folders made for one test, and the results of a crawl."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import orjson
import pytest

from jobmarket.landing import CompanyOutcome, RunRecord, read_run, sealed_runs
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageResult
from scrapers import stage
from scrapers.planning import CrawlReport, CrawlSpec
from tests.scrapers.board_server import BoardServer, board_server

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Landed:
    """A home after a crawl, and the stage's result."""

    home: Home
    result: StageResult

    @property
    def records(self) -> list[RunRecord]:
        return [read_run(folder) for folder in sealed_runs(self.home)]

    @property
    def outcomes(self) -> dict[tuple[str, str], CompanyOutcome]:
        """Return the last outcome of each (board, company)."""
        return {(record.board, each.company_slug): each for record in self.records for each in record.companies}

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Return all landed lines of ``postings``, ``sightings`` or ``rejected``."""
        return list(self._lines(name))

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        for folder in sealed_runs(self.home):
            with gzip.open(folder / f"{name}.jsonl.gz") as lines:
                yield from map(orjson.loads, lines)


@pytest.fixture(scope="session")
def recordings(root: Path) -> Path:
    """The folder of invented recorded responses."""
    return root / "tests" / "recordings" / "boards"


@dataclass(frozen=True)
class Driven(Landed):
    """A home after a crawl with the test's own boards, server or settings."""

    result: CrawlReport  # type: ignore[assignment]  # the crawl process's report in place of the stage's result
    peak_mb: int = 0
    """The largest resident size of the crawl process."""
    progress: dict[str, Any] = field(default_factory=dict)
    """The last event of progress."""


@dataclass(frozen=True)
class Driver:
    """Imports Scrapy once and forks for each crawl: see driver.py."""

    requests: IO[bytes]
    answers: IO[bytes]
    folders: Callable[[str], Path]

    def crawl(self, spec: CrawlSpec, choice: dict[str, Any] | None) -> tuple[int, Path]:
        """Return the exit code, and the folder with ``output`` and ``errors``."""
        folder = self.folders("driven")
        line = {
            "choice": choice, "spec": spec.model_dump_json(), "folder": str(folder), "environ": dict(os.environ),
        }  # fmt: skip
        self.requests.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
        self.requests.flush()
        return int(self.answers.readline()), folder


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """The process from which all crawls of a test worker are forked."""
    command = [sys.executable, str(Path(__file__).with_name("driver.py")), "many"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Driver(process.stdin, process.stdout, tmp_path_factory.mktemp)


@pytest.fixture(scope="session")
def drive(driver: Driver) -> Callable[..., Driven]:
    """Crawl with the test's own boards, server or settings, in a separate process: see driver.py."""

    def crawl_once(
        home: Path, boards: Path | str, as_of: datetime = AS_OF, *, ok: bool = True, **choice: Any
    ) -> Driven:
        home.mkdir(parents=True, exist_ok=True)
        wanted = {
            name: choice.pop(name) for name in ("companies", "board_names", "retry_failed", "since") if name in choice
        }
        spec = CrawlSpec(home=home, boards=str(boards), as_of=as_of, log_file=home / "crawl.log", **wanted)
        code, folder = driver.crawl(spec, choice)
        assert code == 0 or not ok, (folder / "errors").read_text() + spec.log_file.read_text()
        events = {each.pop("event"): each for each in map(orjson.loads, (folder / "output").open("rb"))}
        report = CrawlReport.model_validate(events.get("finished", {"planned": 0, "gaps": [], "notes": []}))
        return Driven(Home(home), report, events.get("peak", {"mb": 0})["mb"], events.get("progress", {}))

    return crawl_once


@pytest.fixture(scope="session")
def own_crawl(recordings: Path, crawl_into: Callable[..., Landed], tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """One crawl of the invented recordings, for many tests to examine."""
    return crawl_into(tmp_path_factory.mktemp("own"), recordings)


@pytest.fixture(scope="session")
def crawl_into(driver: Driver) -> Callable[..., Landed]:
    """Crawl a folder (or ``sample``, ``live``) into a home folder, through the stage.

    Its crawl process is a fork too. test_live, test_backfill and end_to_end test that the stage starts a new process.
    """

    @contextmanager
    def forked(spec: CrawlSpec) -> Iterator[SimpleNamespace]:
        code, folder = driver.crawl(spec, None)
        with (folder / "output").open("rb") as output, spec.log_file.open("ab") as log:
            log.write((folder / "errors").read_bytes())
            yield SimpleNamespace(stdin=BytesIO(), stdout=output, returncode=code)

    def crawl_once(root: Path, boards: Path | str, as_of: datetime = AS_OF, **choice: Any) -> Landed:
        home = Home(root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stage, "_crawl_process", forked)
            return Landed(home, stage.crawl(home, Settings(), str(boards), as_of, progress=Silence(), **choice))

    return crawl_once


@pytest.fixture
def served() -> Iterator[BoardServer]:
    """The test's own server, for ``drive(…, address=served.address)``."""
    with board_server() as server:
        yield server


@pytest.fixture
def payloads(recordings: Path) -> Callable[[str], list[Any]]:
    """Read the board's objects in a recording."""

    def read(name: str) -> list[Any]:
        answer = orjson.loads((recordings / name).read_bytes())
        found: list[Any] = answer if isinstance(answer, list) else answer["jobs"]
        return found

    return read


@pytest.fixture
def board_folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of recorded responses: URL, or method and URL → (status, content type, body)."""

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
