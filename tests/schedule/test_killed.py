"""A worker that is killed in the middle of any task, and tried again, ends as if nothing had happened.

Each stage is killed with SIGKILL at several of its calls that change a file or a database, one death after another,
then runs to its end. After each death nothing half-written is visible.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from jobmarket.landing import DATA_FILES, read_run, sealed_runs, verify_run
from jobmarket.publishing.manifest import is_whole, read_manifest
from jobmarket.publishing.vintages import current_vintage, kept_vintages
from jobmarket.settings import Home
from tests.schedule.conftest import Scheduled

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(1800)]

STAGES = ("crawl", "load", "gate-raw", "build", "gate-marts", "publish", "report", "send")
# Where in a stage's calls it is killed, as a part of all of them.
DEATHS = {"gate-raw": (0.9,), "build": (0.6,), "gate-marts": (0.9,)}
USUAL_DEATHS = (0.1, 0.5, 0.9)
# Hidden files that are there after any run.
BELONGS = {".lock", ".user.yml", ".ge_store_backend_id"}
# A second one of which stage → when the first is in the middle, what is said, what of a finished home is not there yet.
SECOND = {
    # The crawl itself goes on in its own process while the task stands still, and may be through by then.
    "crawl": (
        0.5,
        "Another crawl of .* is under way|already landed",
        ("landing", "crawl_state", "warehouse.duckdb", "origin"),
    ),
    "load": (0.5, r"held by another process \(PID {pid}\b", ("warehouse.duckdb",)),
    "publish": (0.5, "Another process is publishing", ("published",)),
    "report": (0.8, "Another process is writing or sending reports", ("reports",)),
}
RAW = {
    "posting_versions": "*", "sightings": "*", "rejected_postings": "*", "exchange_rates": "*", "attributions": "*",
    "crawl_runs": "* exclude (started_at, finished_at)",
}  # fmt: skip


class Inbox(Message):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_message(self, message: Any) -> None:
        self.ids.append(message["Message-ID"])


@pytest.fixture(scope="module")
def server() -> Iterator[Controller]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def mail(server: Controller) -> dict[str, str]:
    return {
        "JOBMARKET_MAIL_TO": "reader@example.org", "JOBMARKET_MAIL_FROM": "market@example.org",
        "JOBMARKET_SMTP_HOST": "127.0.0.1", "JOBMARKET_SMTP_PORT": str(server.port), "JOBMARKET_SMTP_SECURITY": "none",
    }  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(
    few_boards: Path, mail: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Scheduled, dict[str, int]]:
    """A home in which every stage ran once, and how many calls each of them took."""
    scheduled = Scheduled(Home(tmp_path_factory.mktemp("undisturbed") / "home"), str(few_boards), mail)
    return scheduled, {stage: scheduled.done(stage)["calls"] for stage in STAGES}


def state(home: Home) -> dict[str, Any]:
    """All that later stages and people read, without the times at which it was made."""
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
    found = {}
    for folder in sealed_runs(home):
        lines = {name: sorted(gzip.decompress((folder / name).read_bytes()).splitlines()) for name in DATA_FILES}
        outcomes = [
            outcome.model_dump(exclude={"started_at", "finished_at", "requests", "http_codes", "response_bytes"})
            for outcome in sorted(read_run(folder).companies, key=lambda outcome: outcome.company_slug)
        ]
        found[folder.name] = (lines, outcomes)
    return found


def reports(home: Home) -> dict[str, str]:
    """Every visible file below the reports → its checksum."""
    return {
        str(path.relative_to(home.reports)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.reports.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def nothing_is_half_written(home: Home, published: Path | None, whole: dict[str, str]) -> None:
    for folder in sealed_runs(home):
        verify_run(folder, read_run(folder))
    for vintage in kept_vintages(home.published):
        assert is_whole(vintage), vintage
    assert current_vintage(home.published) == published or is_whole(current_vintage(home.published) or Path())
    archive = {"index.html", "feed.xml"}  # of the reports that are there by now
    assert {(name, digest) for name, digest in reports(home).items() if name not in archive} <= set(whole.items())


def test_killed_and_tried_again_each_stage_ends_as_undisturbed(
    undisturbed: tuple[Scheduled, dict[str, int]],
    few_boards: Path,
    mail: dict[str, str],
    server: Controller,
    tmp_path: Path,
) -> None:
    other, calls = undisturbed
    expected, inbox = state(other.home), server.handler
    (message_id,) = inbox.ids
    scheduled = Scheduled(Home(tmp_path / "home"), str(few_boards), mail)
    for stage in STAGES:
        killed = 0
        for part in DEATHS.get(stage, USUAL_DEATHS):
            published = current_vintage(scheduled.home.published)
            code, said = scheduled.run(stage, "SIGKILL", str(max(1, round(part * calls[stage]))))
            assert code in (0, -signal.SIGKILL) or under_way(said), said
            killed += code == -signal.SIGKILL
            nothing_is_half_written(scheduled.home, published, expected["reports"])
        assert killed, stage
        retried(scheduled, stage)
    assert state(scheduled.home) == expected
    assert set(inbox.ids) == {message_id}, "whoever got it twice got the same message"
    hidden = [path for path in scheduled.home.root.rglob(".*") if path.name not in BELONGS]
    assert hidden == [], "what the dead left behind is cleared away"


def under_way(said: str) -> bool:
    return "under way" in said or "held by another process" in said


def retried(scheduled: Scheduled, stage: str) -> None:
    """Run a stage to its end; what the dead one started (a crawl, dbt) may take a moment to notice that it is gone."""
    deadline = time.monotonic() + 120
    while True:
        code, said = scheduled.run(stage)
        if code == 0:
            return
        assert under_way(said), said
        assert time.monotonic() < deadline, said
        time.sleep(1)


@pytest.mark.parametrize("stage", SECOND)
def test_a_second_run_at_the_same_time_is_refused_and_the_first_goes_on(
    undisturbed: tuple[Scheduled, dict[str, int]], few_boards: Path, mail: dict[str, str], stage: str, tmp_path: Path
) -> None:
    other, calls = undisturbed
    part, refusal, absent = SECOND[stage]
    shutil.copytree(other.home.root, tmp_path / "home", symlinks=True, ignore=shutil.ignore_patterns(*absent))
    scheduled = Scheduled(Home(tmp_path / "home"), str(few_boards), mail)
    with scheduled.start(stage, "SIGSTOP", str(round(calls[stage] * part))) as first:
        wait_until_stopped(first.pid)
        code, said = scheduled.run(stage)
        first.send_signal(signal.SIGCONT)
        _, errors = first.communicate()
    assert first.returncode == 0, errors
    assert code == (0 if "already landed" in said else 1), said
    assert re.search(refusal.replace("{pid}", str(first.pid)), said), said
    if stage == "crawl":
        assert landing(scheduled.home) == landing(other.home)
    elif stage == "report":
        assert set(reports(scheduled.home)) == {name for name in reports(other.home) if not name.endswith(".sent")}
    else:
        assert state(scheduled.home) == state(other.home)


def wait_until_stopped(pid: int) -> None:
    deadline = time.monotonic() + 120
    while Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "T":
        assert time.monotonic() < deadline, "the process did not come to the call at which it stops"
        time.sleep(0.1)
