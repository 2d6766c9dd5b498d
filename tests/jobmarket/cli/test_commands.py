"""The commands: what they run, their last lines and their exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from jobmarket import cli
from jobmarket.cli import running
from jobmarket.cli import stages as cli_stages
from jobmarket.duplicates import jsonl as of_pairs
from jobmarket.duplicates.judge import Relation
from jobmarket.extract.jsonl import _TEXT_KEYS, FACTS
from jobmarket.landing import RunRecord
from jobmarket.one_at_a_time import only_one
from jobmarket.pipeline import Job
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import GateClosedError, StageError, StageResult
from tests.jobmarket.cli.commands import answer, invoke


def test_help_lists_the_commands_in_workflow_order_each_with_a_complete_sentence() -> None:
    lines = invoke("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines][:3] == ["run", "crawl", "backfill"]
    assert sorted(line.split()[0] for line in lines) == sorted(cli.main.commands)
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []


def test_help_names_the_keys_that_extract_reads_and_writes() -> None:
    words = re.findall(r"\w+", invoke("extract", "--help").output)
    assert {"id", *_TEXT_KEYS, *FACTS} <= set(words)


def test_help_names_the_keys_that_pairs_reads_and_writes(tmp_path: Path) -> None:
    given, judged = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    posting = dict.fromkeys(of_pairs._TEXT_KEYS)
    given.write_text(json.dumps({"pair_id": 1, "a": posting, "b": posting}), encoding="utf-8")
    assert invoke("pairs", "--input", str(given), "--output", str(judged)).exit_code == 0
    words = re.findall(r"\w+", invoke("pairs", "--help").output)
    assert {*of_pairs._TEXT_KEYS, *json.loads(judged.read_bytes()), *(relation.value for relation in Relation)} <= set(
        words
    )


def test_a_file_of_another_kind_is_reported_by_its_first_lines_and_their_number(tmp_path: Path) -> None:
    given = tmp_path / "in.csv"
    given.write_text("id,title\n" * 1_021, encoding="utf-8")
    result = invoke("pairs", "--input", str(given), "--output", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 4
    assert [line.partition(":")[0] for line in result.output.splitlines()] == [
        *(f"line {number}" for number in range(1, 21)),
        "… and 1,001 more lines",
        f"0 pairs judged, written to {tmp_path / 'out.jsonl'}",
        f"1,021 lines of {given} could not be read",
    ]


def test_run_executes_all_stages_in_order_and_shows_where_the_results_are(stages: list[str], tmp_path: Path) -> None:
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 0
    assert stages == ["crawl", "load", "gate-raw", "build", "gate-marts", "publish", "report"]
    for place in ("published/jobmarket.duckdb", "reports/latest.html", "data_docs/index.html"):
        assert str(tmp_path / place) in result.output
    assert result.output.count("select ") == 3


def test_a_gap_is_named_on_the_last_line_and_the_exit_code_is_4(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gaps = ("lever/acme: 500 after 2 retries", "ashby/other: truncated JSON")
    answer(monkeypatch, "crawl", StageResult("crawl", "done", gaps=gaps))
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 4
    assert result.output.splitlines()[-1] == "Incomplete: 2 missing: lever/acme, ashby/other"
    assert "lever/acme: 500 after 2 retries" in result.output


def test_a_board_with_many_gaps_is_named_once_with_their_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gaps = ("ashby: a run that broke off", "lever/acme: 500", "ashby: robots.txt", "ashby: no answer")
    answer(monkeypatch, "crawl", StageResult("crawl", "done", gaps=gaps))
    result = invoke("run", "--home", str(tmp_path))
    assert result.output.splitlines()[-1] == "Incomplete: 4 missing: ashby (3), lever/acme"


def test_a_gap_that_no_retry_can_close_is_reported_without_failing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "crawl", StageResult("crawl", "done", notes=("lever/netflix: 404: no board of this name",)))
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "Complete, without: lever/netflix"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EROFS, "Set --home (or JOBMARKET_HOME) to a folder that you may write to."),
        (errno.ENOSPC, "Make room and start again"),
        (errno.EIO, "landing\n"),
    ],
)
def test_the_error_for_a_folder_that_cannot_be_written_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, message: str
) -> None:
    answer(monkeypatch, "crawl", OSError(number, os.strerror(number), str(tmp_path / "landing")))
    result = invoke("crawl", "--home", str(tmp_path))
    assert result.exit_code == 1
    assert result.output.startswith(f"crawl: {os.strerror(number)}: {tmp_path / 'landing'}")
    assert message in result.output


@pytest.mark.parametrize(
    ("outcome", "code"),
    [(StageError("No network: nothing was crawled"), 1), (GateClosedError("Gate raw closed: …"), 3)],
)
def test_a_stage_that_fails_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: Exception, code: int
) -> None:
    answer(monkeypatch, "load", outcome)
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == code
    assert result.output.splitlines()[-1].endswith(str(outcome))
    assert "Database" not in result.output


@pytest.mark.parametrize(
    "outcome",
    [
        OSError(28, "No space left on device"),
        duckdb.IOException("IO Error: cannot write"),
        StageError("dbt: 1 of 2 nodes failed: Could not write file: No space left on device"),
        StageError("Not published: No space left on device. The published database is unchanged. Is there room?"),
    ],
)
def test_a_full_disk_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: Exception
) -> None:
    answer(monkeypatch, "load", outcome)
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("load: ")
    if "No space left" in str(outcome):
        assert "Make room and start again." in result.output
        assert result.output.count("The published database is unchanged.") == 1
    if isinstance(outcome, OSError):
        assert str(tmp_path) in result.output


@pytest.mark.parametrize(
    ("error", "whole"),
    [
        (
            "No space left on device. `jobmarket load` continues with the rest.",
            "No space left on device. `jobmarket load` continues with the rest. Make room",
        ),
        ("Read-only file system: may this user write there?", "may this user write there? Set --home"),
        ("cannot write: Permission denied", "Permission denied. Set --home"),
    ],
)
def test_advice_starts_a_new_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: str, whole: str) -> None:
    answer(monkeypatch, "load", StageError(error))
    assert whole in invoke("run", "--home", str(tmp_path)).output


@pytest.mark.parametrize(
    ("arguments", "stage"),
    [
        (["crawl"], "crawl"), (["load"], "load"), (["gate", "raw"], "gate-raw"), (["gate", "marts"], "gate-marts"),
        (["build"], "build"), (["publish"], "publish"), (["report"], "report"),
    ],
)  # fmt: skip
def test_each_stage_has_its_command(stages: list[str], tmp_path: Path, arguments: Sequence[str], stage: str) -> None:
    assert invoke(*arguments, "--home", str(tmp_path)).exit_code == 0
    assert stages == [stage]


@pytest.mark.parametrize("arguments", [["boards"], ["crawl", "--boards", "live"]])
def test_a_broken_registry_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str]
) -> None:
    def fail(*_: object, **__: object) -> list[str]:
        raise StageError("companies.csv, line 1319, board: monster is not among the boards")

    monkeypatch.setattr("jobmarket.cli.looking.find", lambda _: fail)
    monkeypatch.setattr("jobmarket.pipeline.find", lambda _: fail)
    result = invoke(*arguments, "--home", str(tmp_path / "home"))
    assert result.exit_code == 1
    assert result.output == f"{arguments[0]}: companies.csv, line 1319, board: monster is not among the boards\n"


def test_a_file_that_this_user_may_not_read_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "private/home")

    monkeypatch.setattr("jobmarket.status.show_status", denied)
    result = invoke("status", "--home", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr == (
        "Permission denied: private/home. Set --home (or JOBMARKET_HOME) to a folder that you may write to.\n"
    )


@pytest.mark.parametrize(
    "command",
    [["crawl"], ["run"], ["run", "--board", "ashby"], ["load"], ["gate", "raw"], ["build"], ["gate", "marts"],
     ["publish"], ["maintain"]],
)  # fmt: skip
def test_beside_a_run_another_one_and_stages_that_use_the_warehouse_are_refused(
    stages: list[str], tmp_path: Path, command: list[str]
) -> None:
    with only_one(tmp_path, "crawling"):
        result = invoke(*command, "--home", str(tmp_path))
        for beside in (["report"], ["crawl", "--board", "ashby"]):
            assert invoke(*beside, "--home", str(tmp_path)).exit_code == 0
    assert (result.exit_code, stages) == (1, ["report", "crawl"])
    assert result.output == (
        f"Another process is crawling all boards or running the pipeline in {tmp_path} (PID {os.getpid()}). "
        "Wait until it is done.\n"
    )


@pytest.mark.parametrize("command", ["status", "verify", "load", "build"])
def test_what_a_first_run_has_not_made_yet_is_not_called_lost(tmp_path: Path, command: str) -> None:
    home = Home(tmp_path)
    with only_one(home.root, "running the pipeline in"):
        beside_run = invoke(command, "--home", str(home.root))
    as_of = datetime(2026, 8, 20, tzinfo=UTC)
    record = RunRecord(run_id="ashby-20260820T000000Z-1", board="ashby", origin="sample", as_of=as_of)
    writer = RunWriter(home, record)
    beside_crawl = invoke(command, "--home", str(home.root))
    writer.abandon()
    assert (beside_run.exit_code, beside_crawl.exit_code) == (1, 1)
    run = "A run is under way there" if command in ("status", "verify") else "Another process is crawling all boards or"
    assert run in beside_run.output
    assert f"(PID {os.getpid()})" in beside_run.output
    assert "A crawl is under way there: wait for its end." in beside_crawl.output
    assert "under way there" not in invoke(command, "--home", str(home.root)).output


def test_a_backfill_that_lands_nothing_loads_nothing(
    stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nothing = StageResult("backfill", "0 postings of 1 file of hn", notes=("a.jsonl: no ad in scope since 2018-01-01",))
    monkeypatch.setattr(cli_stages, "find", lambda name: lambda *_, **__: nothing)
    done = invoke("backfill", "hn", "--since", "2018-01", "--home", str(tmp_path / "home"))
    assert (done.exit_code, stages) == (0, [])
    assert "no ad in scope since 2018-01-01" in done.output


@pytest.mark.parametrize("argument", ["--help", "status"])
def test_output_to_a_full_disk_ends_in_one_line(tmp_path: Path, argument: str) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    program = [sys.executable, "-c", "from jobmarket.cli import main; main(prog_name='jobmarket')"]
    with full.open("w") as out:
        done = subprocess.run(
            [*program, argument], stdout=out, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False
        )
    assert (done.returncode, done.stderr) == (1, "The output cannot be written: No space left on device.\n")


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (["--boards", "smaple"], "Did you mean 'sample'?"),
        (
            ["--boards", "sample", "--board", "levr"],
            "crawl: No board is called levr. Did you mean 'lever'? There are: ",
        ),
        (["--as-of", "2020-01-01"], "The sample boards begin on 2026-02-23"),
    ],
)
def test_a_crawl_that_cannot_begin_leaves_no_home(tmp_path: Path, mistake: list[str], said: str) -> None:
    result = invoke("run", "--home", str(tmp_path / "home"), *mistake)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "home").exists()


def test_a_home_with_other_files_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"

    def fail(job: Job, stage: str) -> StageResult:
        (home / "landing").mkdir()
        raise StageError("no answer")

    monkeypatch.setattr(running, "run_stage", fail)
    assert invoke("run", "--home", str(home)).exit_code == 1
    assert (home / "landing").is_dir()


def test_commands_that_read_an_empty_home_say_what_to_do(tmp_path: Path) -> None:
    for arguments in (["status"], ["sql", "select 1"]):
        result = invoke(*arguments, "--home", str(tmp_path))
        assert result.exit_code == 1
        assert "jobmarket run" in result.output or "jobmarket publish" in result.output


@pytest.mark.parametrize(
    "command", [["status"], ["explain", "pay"], ["profile", "python"]], ids=lambda command: command[0]
)
def test_a_damaged_file_ends_a_command_that_shows_results_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Corrupt database file")

    for module in ("status.show_status", "explain.explain", "profile.profile"):
        monkeypatch.setattr(f"jobmarket.{module}", damaged)
    result = invoke(*command, "--home", str(tmp_path))
    advice = "If the published database is damaged, run `jobmarket publish`."
    assert (result.exit_code, result.stderr) == (
        1, f"Cannot be read: IO Error: Corrupt database file. {advice}\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "command", [["status"], ["explain", "pay"], ["profile", "python"], ["boards"], ["load"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_lack_of_memory_is_named_with_how_to_give_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    lack = duckdb.OutOfMemoryException("Out of Memory Error: (976.5 KiB used)\n\nPossible solutions:\n* SET threads=X")

    def short(*_: object, **__: object) -> None:
        raise lack

    for module in ("status.show_status", "status.show_last_crawls", "explain.explain", "profile.profile"):
        monkeypatch.setattr(f"jobmarket.{module}", short)
    answer(monkeypatch, "load", lack)
    lines = invoke(*command, "--home", str(tmp_path)).output.splitlines()
    assert lines[-1].endswith(
        "Out of Memory Error: (976.5 KiB used). Close other programs, or raise JOBMARKET_MEMORY_LIMIT if the machine "
        "has more memory."
    )


@pytest.mark.parametrize(
    "outcome", [OSError(errno.ENOSPC, "No space left on device"), duckdb.IOException("IO Error: cannot write")]
)
def test_a_withdrawal_that_cannot_be_written_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: Exception
) -> None:
    def withdraw(*_: object) -> StageResult:
        raise outcome

    monkeypatch.setattr("jobmarket.warehouse.withdraw", withdraw)
    result = invoke("load", "--home", str(tmp_path), "--withdraw", "some-run", "--reason", "wrong")
    assert result.exit_code == 1
    assert result.output.startswith("load: ")
    assert str(outcome.args[-1]) in result.output
