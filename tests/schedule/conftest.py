"""Stages as a schedule runs them: each in a separate process, on the recordings of two board systems."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from jobmarket.landing import DATA_FILES, read_run, sealed_runs
from jobmarket.publishing.manifest import read_manifest
from jobmarket.publishing.vintages import current_vintage, kept_vintages
from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import parsed_for_builds
from tests.loopback import mail_server

ONE_STAGE = Path(__file__).with_name("one_stage.py")
AS_OF = "2026-11-15T00:00:00Z"
STAGES = ("crawl", "load", "gate-raw", "build", "gate-marts", "publish", "report", "send")
RAW = {
    "posting_versions": "*", "sightings": "*", "rejected_postings": "*", "exchange_rates": "*", "attributions": "*",
    "crawl_runs": "* exclude (started_at, finished_at)",
}  # fmt: skip


@pytest.fixture(scope="session")
def few_boards(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recordings of two board systems. More would be slow, as each system is a task and each task a process."""
    target = tmp_path_factory.mktemp("boards")
    with (recordings / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].split("/")[0] in ("ashby", "greenhouse")]
    assert len(rows) >= 10
    for row in rows:
        (target / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(recordings / row["file"], target / row["file"])
    with (target / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


@dataclass(frozen=True)
class Scheduled:
    """A home whose stages run in separate processes.

    Attributes:
        home: The home directory.
        boards: The boards to crawl.
        variables: Other settings of the stages, as environment variables.
    """

    home: Home
    boards: str
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, stage: str, *disturbance: str, as_of: str = AS_OF) -> subprocess.Popen[str]:
        """Start a stage. A disturbance is the name of a signal and the number of the call before which it is sent."""
        # The published database states the commit. A fixed one keeps runs comparable.
        settings = {"JOBMARKET_HOME": str(self.home.root), "JOBMARKET_BOARDS": self.boards, "JOBMARKET_GIT_SHA": "0"}
        return subprocess.Popen(
            [sys.executable, str(ONE_STAGE), stage, as_of, *disturbance],
            env=os.environ | settings | (parsed_for_builds() if stage == "build" else {}) | self.variables,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, stage: str, *disturbance: str, as_of: str = AS_OF) -> tuple[int, str]:
        """Run a stage until it ends or is killed. Return its exit code and output."""
        with self.start(stage, *disturbance, as_of=as_of) as process:
            output, errors = process.communicate()
        return process.returncode, output + errors

    def done(self, stage: str, as_of: str = AS_OF) -> dict[str, Any]:
        """Run a stage that must succeed. Return its result."""
        code, output = self.run(stage, as_of=as_of)
        assert code == 0, output
        result: dict[str, Any] = json.loads(output.splitlines()[0])
        return result


class Inbox(Message):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_message(self, message: Any) -> None:
        self.ids.append(message["Message-ID"])


@pytest.fixture(scope="session")
def server() -> Iterator[Controller]:
    with mail_server(Inbox()) as controller:
        yield controller


@pytest.fixture(scope="session")
def mail(server: Controller) -> dict[str, str]:
    return {
        "JOBMARKET_MAIL_TO": "reader@example.org", "JOBMARKET_MAIL_FROM": "market@example.org",
        "JOBMARKET_SMTP_HOST": "127.0.0.1", "JOBMARKET_SMTP_PORT": str(server.port), "JOBMARKET_SMTP_SECURITY": "none",
    }  # fmt: skip


@pytest.fixture(scope="session")
def undisturbed(
    few_boards: Path, mail: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Scheduled, dict[str, int]]:
    """A home in which every stage ran once without a disturbance, and the number of calls of each stage."""
    scheduled = Scheduled(Home(tmp_path_factory.mktemp("undisturbed") / "home"), str(few_boards), mail)
    return scheduled, {stage: scheduled.done(stage)["calls"] for stage in STAGES}


def state(home: Home) -> dict[str, Any]:
    """Return everything that later stages and users read, without the times at which it was made."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        raw = {
            table: connection.execute(f"select {columns} from raw.{table} order by all").fetchall()
            for table, columns in RAW.items()
        }
    vintages = {folder.name: (read_manifest(folder) or {})["tables"] for folder in kept_vintages(home.published)}
    current = current_vintage(home.published)
    return {"landing": landing(home), "raw": raw, "vintages": vintages, "current": current and current.name,
            "reports": reports(home)}  # fmt: skip


def landing(home: Home) -> dict[str, Any]:
    """Return the landed lines and the outcomes by run, without times, requests and sizes."""
    runs = {}
    for folder in sealed_runs(home):
        lines = {name: sorted(gzip.decompress((folder / name).read_bytes()).splitlines()) for name in DATA_FILES}
        outcomes = [
            outcome.model_dump(exclude={"started_at", "finished_at", "requests", "http_codes", "response_bytes"})
            for outcome in sorted(read_run(folder).companies, key=lambda outcome: outcome.company_slug)
        ]
        runs[folder.name] = (lines, outcomes)
    return runs


# In the notes of reports and in the feed.
_PUBLISHED_AT = re.compile(rb'(?<="published_at": ")[^"]+|(?<=<updated>)[^<]+')


def reports(home: Home) -> dict[str, str]:
    """Return the checksums of all visible files of the reports, by path, without the moments of publication."""
    return {
        str(path.relative_to(home.reports)): hashlib.sha256(_PUBLISHED_AT.sub(b"", path.read_bytes())).hexdigest()
        for path in sorted(home.reports.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
