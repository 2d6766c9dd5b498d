"""A worker that is killed in the middle of any task, and tried again, ends as if nothing had happened.

Each stage is killed with SIGKILL at several of its calls that change a file or a database, one death after another,
then runs to its end. After each death nothing half-written is visible.
"""

from __future__ import annotations

import re
import shutil
import signal
import time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from jobmarket.landing import read_run, sealed_runs, verify_run
from jobmarket.publishing.manifest import is_whole
from jobmarket.publishing.vintages import current_vintage, kept_vintages
from jobmarket.settings import Home
from tests.schedule.conftest import STAGES, Scheduled, landing, reports, state

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(1800)]

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
