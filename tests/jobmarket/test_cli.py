"""The command line: exit codes, last lines, and refused arguments."""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
import duckdb
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from jobmarket import cli, terminal
from jobmarket.cli import running
from jobmarket.extract.jsonl import _TEXT_KEYS
from jobmarket.pipeline import Job
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, Silence, StageError, StageResult
from scrapers.sample.world import SampleWorld

DEFAULT_HANDLERS = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
    signal.SIGHUP: signal.SIG_DFL,
}
SIGNALS = pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


def test_help_lists_the_commands_in_workflow_order_each_with_a_complete_sentence() -> None:
    lines = invoke("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines][:3] == ["run", "crawl", "backfill"]
    assert sorted(line.split()[0] for line in lines) == sorted(cli.main.commands)
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []


def test_help_names_the_keys_that_extract_reads() -> None:
    words = re.findall(r"\w+", invoke("extract", "--help").output)
    assert {"id", *_TEXT_KEYS} <= set(words)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the stages by ones that only record their name; other tests cover what a stage does."""
    ran: list[str] = []

    def run_stage(job: Job, stage: str) -> StageResult:
        ran.append(stage)
        return StageResult(stage, f"{stage} is done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    return ran


def answer(monkeypatch: pytest.MonkeyPatch, stage_name: str, outcome: StageResult | BaseException) -> None:
    def run_stage(job: Job, stage: str) -> StageResult:
        if stage != stage_name:
            return StageResult(stage, "done")
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(running, "run_stage", run_stage)


def test_run_executes_all_stages_in_order_and_shows_where_the_results_are(stages: list[str], tmp_path: Path) -> None:
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 0
    assert stages == ["crawl", "load", "gate-raw", "build", "gate-marts", "publish", "report"]
    for place in ("published/jobmarket.duckdb", "reports/latest.html", "data_docs/index.html"):
        assert str(tmp_path / place) in result.output
    assert result.output.count("select ") == 3


@pytest.mark.parametrize(
    "command", [["run"], ["crawl"], ["load"], ["gate", "marts"], ["build"], ["publish"], ["report"], ["maintain"]]
)
def test_a_moment_in_the_future_is_refused_before_anything_runs(
    stages: list[str], tmp_path: Path, command: list[str]
) -> None:
    result = invoke(*command, "--home", str(tmp_path), "--as-of", "2099-01-01")
    assert result.exit_code == 2
    assert "--as-of: 2099-01-01T00:00:00Z is in the future" in result.output
    assert "Give a moment up to now" in result.output
    assert stages == []
    assert invoke(*command, "--home", str(tmp_path), "--as-of", "2026-08-20").exit_code == 0


@pytest.mark.parametrize("stages_asked", [["crawl", "publish"], ["publish"]])
def test_sample_boards_allow_moments_up_to_their_own_on_a_clock_that_is_behind(
    stages_asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = SampleWorld().observation_dates[-1]
    monkeypatch.setattr(running, "newest_crawl", lambda *_: newest)
    job = Job(Home(tmp_path), Settings(), "sample", newest, Silence())
    running.require_reached(job, stages_asked, now=newest - timedelta(days=400))
    later = replace(job, as_of=newest + timedelta(seconds=1))
    with pytest.raises(click.BadParameter, match="in the future"):
        running.require_reached(later, stages_asked, now=newest - timedelta(days=400))


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
        (errno.EIO, "landing'"),
    ],
)
def test_the_error_for_a_folder_that_cannot_be_written_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, message: str
) -> None:
    answer(monkeypatch, "crawl", OSError(number, os.strerror(number), str(tmp_path / "landing")))
    result = invoke("crawl", "--home", str(tmp_path))
    assert result.exit_code == 1
    assert os.strerror(number) in result.output
    assert message in result.output.replace("\n", " ")


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


@pytest.mark.parametrize("outcome", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_an_interrupt_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: BaseException
) -> None:
    answer(monkeypatch, "publish", outcome)
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 130
    assert result.output.splitlines()[-1].startswith("Interrupted in publish. Nothing is published yet. Run the same")
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "jobmarket.duckdb").touch()
    again = invoke("run", "--home", str(tmp_path))
    assert again.output.splitlines()[-1].startswith("Interrupted in publish. The published database is unchanged. Run")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
@pytest.mark.parametrize("command", ["status", "boards"])
def test_an_interrupt_of_a_command_without_stages_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, command: str, error: BaseException
) -> None:
    def interrupted(*_: object) -> None:
        raise error

    monkeypatch.setattr("jobmarket.status.show_status", interrupted)
    monkeypatch.setattr("jobmarket.status.show_last_crawls", interrupted)
    result = invoke(command)
    assert (result.exit_code, result.output.splitlines()[-1]) == (130, "Interrupted.")


def test_other_errors_are_not_reported_as_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr("jobmarket.status.show_status", broken)
    with pytest.raises(RuntimeError, match="no such thing"):
        CliRunner().invoke(cli.main, ["status"], catch_exceptions=False)


def test_an_interrupt_after_the_publication_does_not_deny_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer(monkeypatch, "report", KeyboardInterrupt())
    last_line = invoke("run", "--home", str(tmp_path)).output.splitlines()[-1]
    assert last_line.startswith("Interrupted in report. The database is published.")


@pytest.fixture
def default_signals() -> Iterator[None]:
    """Handle signals as a new process does; the process that runs the tests may ignore them."""
    before = {each: signal.signal(each, handler) for each, handler in DEFAULT_HANDLERS.items()}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.usefixtures("default_signals")
@SIGNALS
def test_every_signal_that_ends_a_stage_cleans_up_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    def run_stage(job: Job, stage: str) -> StageResult:
        try:
            os.kill(os.getpid(), number)
            time.sleep(20)
        finally:  # here a stage stops its process and removes half-written files
            (tmp_path / "cleaned").touch()
        return StageResult(stage, "done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    result = invoke("load", "--home", str(tmp_path))
    assert {each: signal.getsignal(each) for each in DEFAULT_HANDLERS} == DEFAULT_HANDLERS
    assert result.exit_code == code
    assert result.output.splitlines()[-1].startswith("Interrupted in load. Nothing is published yet")
    assert (tmp_path / "cleaned").exists()


@pytest.mark.usefixtures("default_signals")
def test_an_interrupt_that_a_library_swallows_ends_the_run_after_the_stage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = []

    def run_stage(job: Job, stage: str) -> StageResult:
        ran.append(stage)
        with suppress(KeyboardInterrupt):  # DuckDB does so while it imports pandas
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(20)
        return StageResult(stage, "done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    result = invoke("run", "--home", str(tmp_path))
    alone = invoke("load", "--home", str(tmp_path))
    assert result.exit_code == 130
    assert result.output.splitlines()[-1].startswith("Interrupted after crawl. Nothing is published yet. Run the same")
    assert alone.exit_code == 0  # it is done, and nothing follows
    assert ran == ["crawl", "load"]


@pytest.mark.usefixtures("default_signals")
@SIGNALS
def test_an_interrupted_judgement_of_a_file_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    def judge(*_: object) -> None:
        os.kill(os.getpid(), number)
        time.sleep(20)

    monkeypatch.setattr("jobmarket.duplicates.jsonl.judge", judge)
    (tmp_path / "in.jsonl").write_text('{"pair_id": 1, "a": {}, "b": {}}')
    result = invoke("pairs", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    assert result.exit_code == code
    assert result.output.splitlines() == [f"Interrupted. {tmp_path / 'out.jsonl'} was not written."]
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


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


def test_the_error_for_a_wrong_date_shows_the_format(stages: list[str]) -> None:
    result = invoke("run", "--as-of", "20.8.2026")
    assert result.exit_code == 2
    assert "write 2026-08-20" in result.output


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["load"], ["gate", "marts"], ["status"], ["boards"], ["sql", "select 1"], ["report"], ["maintain"],
     ["explain", "python"], ["profile"], ["explore"], ["rates"], ["load", "--withdraw", "r", "--reason", "x"]],
)  # fmt: skip
def test_every_command_names_an_invalid_setting_in_one_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOBMARKET_THREADS", "abc")
    result = invoke(*arguments)
    assert result.exit_code == 2, result.output
    assert result.output == (
        "Error: JOBMARKET_THREADS is 'abc': Input should be a valid integer, unable to parse string as an integer "
        "(environment or .env).\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_setting_gives_one_warning_with_the_nearest_name(
    stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "JOBMARKET_VINTAGE_KEPT=12\njobmarket_threads=2\nJOBMARKET_BORDS=\n", encoding="utf-8"
    )
    monkeypatch.setenv("JOBMARKET_HOEM", str(tmp_path))
    monkeypatch.setenv("JOBMARKET_XYZZY", "1")
    for name in ("JOBMARKET_REED_KEY", "JOBMARKET_DATA", "JOBMARKET_DBT_THREADS", "JOBMARKETS_HOME"):
        monkeypatch.setenv(name, "1")
    result = invoke("run", "--home", str(tmp_path / "home"))
    assert (result.exit_code, len(stages)) == (0, 7)
    ignored = "(environment or .env) is not a setting and is ignored."
    assert result.stderr.splitlines() == [
        f"Warning: JOBMARKET_HOEM {ignored} Did you mean JOBMARKET_HOME?",
        f"Warning: JOBMARKET_VINTAGE_KEPT {ignored} Did you mean JOBMARKET_VINTAGES_KEPT?",
        f"Warning: JOBMARKET_XYZZY {ignored}",
    ]
    assert "Warning" not in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("THREADS", "0", "greater than or equal to 1"),
        ("SMTP_SECURITY", "ssl", "'starttls', 'tls' or 'none'"),
        ("MEMORY_LIMIT", "lots", "a number with KB, MB, GB or TB"),
        ("MEMORY_LIMIT", "80%", "a number with KB, MB, GB or TB"),
        ("HOME", __file__, "is a file, and a folder is needed"),
        ("HOME", f"{__file__}/x", f"{__file__} is a file, and a folder is needed"),
        ("HOME", "is it?", "is it? contains a question mark"),
    ],
)
def test_the_error_for_a_setting_says_which_values_it_takes(
    name: str, value: str, allowed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"JOBMARKET_{name}", value)
    result = invoke("status")
    assert result.exit_code == 2, result.output
    assert result.output.startswith(f"Error: JOBMARKET_{name} is '{value}': ")
    assert allowed in result.output
    assert result.output.count("\n") == 1


def test_an_empty_home_option_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    homes: list[Path] = []

    def run_stage(job: Job, stage: str) -> StageResult:
        homes.append(job.home.root)
        return StageResult(stage, "done")

    monkeypatch.setattr(running, "run_stage", run_stage)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JOBMARKET_HOME", raising=False)
    for arguments in (["--home", ""], ["--home", "."], ["--home", "data/"]):
        assert invoke("load", *arguments).exit_code == 0
    assert homes == [tmp_path / "data", tmp_path, tmp_path / "data"]


@pytest.mark.parametrize("below", ["", "/x", "/x/y"])
def test_a_home_below_a_file_is_refused_in_words(tmp_path: Path, below: str) -> None:
    (tmp_path / "notes.md").touch()
    result = invoke("crawl", "--home", f"{tmp_path}/notes.md{below}")
    assert result.exit_code == 2
    assert f"Invalid value for '--home': {tmp_path}/notes.md is a file, and a folder is needed" in result.output


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


def test_a_home_contains_one_kind_of_boards(tmp_path: Path) -> None:
    (tmp_path / "origin").write_text("live\n", encoding="utf-8")
    result = invoke("crawl", "--home", str(tmp_path), "--boards", "sample")
    assert result.exit_code == 1
    assert "contains live boards and cannot take sample ones" in result.output
    assert "Choose another folder with --home (or JOBMARKET_HOME)." in result.output
    assert not (tmp_path / "landing").exists()


@pytest.mark.parametrize(
    "mistake", [["--boards", "smaple"], ["--boards", "sample", "--board", "monster"], ["--as-of", "2020-01-01"]]
)
def test_a_crawl_that_cannot_begin_does_not_bind_the_home(tmp_path: Path, mistake: list[str]) -> None:
    assert invoke("crawl", "--home", str(tmp_path), *mistake).exit_code == 1
    assert not (tmp_path / "origin").exists()
    assert invoke("run", "--home", str(tmp_path / "home"), *mistake).exit_code == 1
    assert not (tmp_path / "home").exists(), "and none is created for it"


def test_a_home_with_other_files_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"

    def fail(job: Job, stage: str) -> StageResult:
        (home / "landing").mkdir()
        raise StageError("no answer")

    monkeypatch.setattr(running, "run_stage", fail)
    assert invoke("run", "--home", str(home)).exit_code == 1
    assert (home / "landing").is_dir()


def test_sending_a_report_needs_a_recipient(stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JOBMARKET_MAIL_TO", raising=False)
    result = invoke("report", "--send", "--home", str(tmp_path))
    assert (result.exit_code, stages) == (2, [])
    assert "--send needs JOBMARKET_MAIL_TO" in result.output


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


def test_a_withdrawal_needs_a_reason(tmp_path: Path) -> None:
    result = invoke("load", "--home", str(tmp_path), "--withdraw", "some-run")
    assert result.exit_code == 2
    assert "--reason" in result.output


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        (["load", "--reason", "wrong"], "--reason needs --withdraw"),
        (["load", "--withdraw", "some-run", "--reason", "wrong", "--as-of", "2026-08-20"], "leave out --as-of"),
        (["publish", "--withdraw", "some-vintage", "--as-of", "2026-08-20"], "leave out --as-of"),
    ],
)
def test_an_option_that_would_have_no_effect_is_refused(tmp_path: Path, command: list[str], advice: str) -> None:
    result = invoke(*command, "--home", str(tmp_path))
    assert result.exit_code == 2
    assert advice in result.output
    assert not list(tmp_path.iterdir())


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
    assert str(outcome).split(". ")[0] in result.output


def test_plain_progress_shows_no_speed_for_steps_that_are_slow_or_of_unknown_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter((0.0, 100.0, 200.0, 300.0, 400.0, 500.0))
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(now))
    progress = terminal.TerminalProgress(None)
    for done, total in ((1, 4), (4, 4), (900, 1200), (5, 55), (111, None)):
        progress.update("report", "drawing", done, total)
    assert capsys.readouterr().out.splitlines() == [
        "  report: drawing: 1 of 4 (300 s left)", "  report: drawing: 4 of 4", 
        "  report: drawing: 900 of 1,200 (3/s, 100 s left)", "  report: drawing: 5 of 55",
        "  report: drawing (111 steps done)",
    ]  # fmt: skip


def test_live_progress_shows_brackets_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **choices: Console(file=screen, force_terminal=True, **choices))
    monkeypatch.setattr(terminal.sys.stdout, "isatty", lambda: True, raising=False)
    with terminal.terminal_progress() as progress:
        progress.update("load", "[bold] 1 of 2 [/runs]", 1, 2)
    assert "[bold] 1 of 2 [/runs]" in screen.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain"],
        ["profile"],
        ["sql"],
        ["crawl", "--company"],
        ["run", "--boards"],
        ["report", "--role"],
        ["explore", "--home"],
    ],
)
def test_an_argument_that_is_not_utf8_is_refused_in_one_line(stages: list[str], arguments: list[str]) -> None:
    typed = os.fsdecode(b"caf\xe9")
    result = invoke(*arguments, typed)
    assert result.exit_code == 2
    assert result.output.splitlines()[-1].startswith(r"Error: The argument 'caf\xe9' is not UTF-8.")
    assert stages == []
