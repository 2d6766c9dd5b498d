"""A stage that is killed or stopped at any point and then retried has the same result as an undisturbed one.

Each stage is killed (SIGKILL), and those up to the build are also stopped (Ctrl-C), at calls that change a file or a
database. Then it runs to its end. After each time, no incomplete file is visible.
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

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# The calls at which a stage is killed or stopped, as fractions of all its calls.
KILLS = (("SIGKILL", 0.1), ("SIGKILL", 0.5), ("SIGKILL", 0.9))
KILLS_AND_STOPS = (("SIGKILL", 0.1), ("SIGINT", 0.3), ("SIGKILL", 0.5), ("SIGINT", 0.7), ("SIGKILL", 0.9))
DISTURBANCES = {
    "crawl": KILLS_AND_STOPS,
    "load": KILLS_AND_STOPS,
    "gate-raw": (("SIGINT", 0.5), ("SIGKILL", 0.9)),
    "build": (("SIGINT", 0.4), ("SIGKILL", 0.6)),
    "gate-marts": (("SIGKILL", 0.9),),
}
# Hidden files that any run leaves.
BELONGS = {".lock", ".user.yml", ".ge_store_backend_id"}
# For each stage of which a second one is started: the fraction of calls at which the first is stopped, the message of
# the second, and the parts of a finished home to remove first.
SECOND = {
    # The crawl itself continues in its own process while the task is stopped, and may be complete by then.
    "crawl": (
        0.5,
        "Another crawl of .* is under way|already landed|nothing to crawl",
        ("landing", "crawl_state", "warehouse.duckdb", "origin"),
    ),
    "load": (0.5, r"locked by another process \(PID {pid}\b", ("warehouse.duckdb",)),
    "publish": (0.5, "Another process is publishing", ("published",)),
    "report": (0.8, "Another process is writing or sending reports", ("reports",)),
}


def assert_nothing_is_half_written(home: Home, published: Path | None, complete: dict[str, str]) -> None:
    for folder in sealed_runs(home):
        verify_run(folder, read_run(folder))
    for vintage in kept_vintages(home.published):
        assert is_whole(vintage), vintage
    assert current_vintage(home.published) == published or is_whole(current_vintage(home.published) or Path())
    archive = {"index.html", "feed.xml"}  # they list the reports that exist so far
    assert {(name, digest) for name, digest in reports(home).items() if name not in archive} <= set(complete.items())


def test_a_stage_that_is_killed_and_retried_ends_like_an_undisturbed_one(
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
        ended = set()
        disturbances = DISTURBANCES.get(stage, KILLS)
        for name, part in disturbances:
            published = current_vintage(scheduled.home.published)
            code, output = scheduled.run(stage, name, str(max(1, round(part * calls[stage]))))
            # DuckDB and the stages report Ctrl-C in errors of their own.
            by_signal = code == -signal.Signals[name] or (name == "SIGINT" and "KeyboardInterrupt" in output)
            assert code == 0 or by_signal or under_way(output), output
            ended |= {name} if by_signal else set()
            assert_nothing_is_half_written(scheduled.home, published, expected["reports"])
        assert ended == {name for name, _ in disturbances}, stage
        retry(scheduled, stage)
    assert state(scheduled.home) == expected
    assert set(inbox.ids) == {message_id}, "a mail that is sent twice must have the same message id"
    hidden = [
        path
        for path in scheduled.home.root.rglob(".*")
        # beside each landed run, an empty file keeps its name
        if path.name not in BELONGS and not (path.name.startswith(".run=") and path.with_name(path.name[1:]).is_dir())
    ]
    assert hidden == [], "temporary files of killed stages must be removed"


def under_way(output: str) -> bool:
    return "under way" in output or "locked by another process" in output


def retry(scheduled: Scheduled, stage: str) -> None:
    """Run a stage to its end. Processes that the killed stage started (a crawl, dbt) may take a moment to end."""
    deadline = time.monotonic() + 120
    while True:
        code, output = scheduled.run(stage)
        if code == 0:
            return
        assert under_way(output), output
        assert time.monotonic() < deadline, output
        time.sleep(1)


@pytest.mark.parametrize("stage", SECOND)
def test_a_second_run_at_the_same_time_is_refused_and_the_first_continues(
    undisturbed: tuple[Scheduled, dict[str, int]], few_boards: Path, mail: dict[str, str], stage: str, tmp_path: Path
) -> None:
    other, calls = undisturbed
    part, refusal, absent = SECOND[stage]
    shutil.copytree(other.home.root, tmp_path / "home", symlinks=True, ignore=shutil.ignore_patterns(*absent))
    scheduled = Scheduled(Home(tmp_path / "home"), str(few_boards), mail)
    with scheduled.start(stage, "SIGSTOP", str(round(calls[stage] * part))) as first:
        wait_until_stopped(first.pid)
        code, output = scheduled.run(stage)
        first.send_signal(signal.SIGCONT)
        _, errors = first.communicate()
    assert first.returncode == 0, errors
    assert code == (0 if re.search("already landed|nothing to crawl", output) else 1), output
    assert re.search(refusal.replace("{pid}", str(first.pid)), output), output
    if stage == "crawl":
        assert landing(scheduled.home) == landing(other.home)
    elif stage == "report":
        assert set(reports(scheduled.home)) == {name for name in reports(other.home) if not name.endswith(".sent")}
    else:
        assert state(scheduled.home) == state(other.home)


def wait_until_stopped(pid: int) -> None:
    deadline = time.monotonic() + 120
    while Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "T":
        assert time.monotonic() < deadline, "the process did not reach the call at which it stops"
        time.sleep(0.1)
