"""Wrong options, settings and arguments are refused before anything runs."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
import pytest

from jobmarket.cli import running
from jobmarket.pipeline import Job
from jobmarket.settings import AlertSettings, Home, Settings
from jobmarket.stages import Silence, StageResult
from scrapers.sample.world import SampleWorld
from tests.jobmarket.cli.commands import invoke


@pytest.mark.parametrize(
    "command", [["run"], ["crawl"], ["load"], ["gate", "marts"], ["build"], ["publish"], ["report"], ["maintain"]]
)
def test_a_moment_in_the_future_is_refused_before_anything_runs(
    stages: list[str], tmp_path: Path, command: list[str]
) -> None:
    home = tmp_path / "home"
    result = invoke(*command, "--home", str(home), "--as-of", "2099-01-01")
    assert result.exit_code == 2
    assert not home.exists()
    assert "--as-of: 2099-01-01T00:00:00Z is in the future" in result.output
    assert "Give a moment up to now" in result.output
    assert stages == []
    home.mkdir()
    assert invoke(*command, "--home", str(home), "--as-of", "2026-08-20").exit_code == 0


@pytest.mark.parametrize("stages_asked", [["crawl", "publish"], ["publish"]])
def test_sample_boards_allow_moments_up_to_their_own_on_a_clock_that_is_behind(
    stages_asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = SampleWorld().observation_dates[-1]
    monkeypatch.setattr("jobmarket.warehouse.newest_crawl", lambda *_: newest)
    job = Job(Home(tmp_path), Settings(), "sample", newest, Silence())
    running.require_reached(job, stages_asked, now=newest - timedelta(days=400))
    later = replace(job, as_of=newest + timedelta(seconds=1))
    with pytest.raises(click.BadParameter, match="in the future"):
        running.require_reached(later, stages_asked, now=newest - timedelta(days=400))


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
    assert result.output == ("Error: JOBMARKET_THREADS is 'abc': it must be a whole number (environment or .env).\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "most"), [("JOBMARKET_THREADS", 1024), ("JOBMARKET_DBT_THREADS", 1024), ("JOBMARKET_SMTP_PORT", 65535)]
)
def test_a_number_that_no_machine_has_is_refused_before_anything_starts(
    name: str, most: int, stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, str(most))
    assert invoke("run", "--home", str(tmp_path)).exit_code == 0
    stages.clear()
    monkeypatch.setenv(name, str(most + 1))
    result = invoke("run", "--home", str(tmp_path))
    assert result.exit_code == 2
    assert f"{name} is '{most + 1}': it must be less than or equal to {most} " in result.output
    assert stages == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "BOARDS",
            "smaple",
            "neither sample, nor live, nor a folder of recorded responses that exists. Did you mean 'sample'? ",
        ),
        ("BOARDS", "Live", "neither sample, nor live, nor a folder of recorded responses that exists. Did you mean 'l"),
        ("BOARDS", "/no/recordings", "neither sample, nor live, nor a folder of recorded responses that exists. ("),
        ("LANDING_ARCHIVE", "old/runs", "a relative path. Give the full one, such as {here}/old/runs"),
        ("LANDING_ARCHIVE", "~/old", "a relative path. Give the full one, such as {user}/old"),
        ("MAIL_TO", "ann@example.org, bob", "'bob' is not a mail address, such as you@example.org"),
        ("MAIL_TO", "ann@", "'ann@' is not a mail address"),
        ("MAIL_FROM", "Market", "'Market' is not a mail address"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_every_command(
    name: str, value: str, said: str, stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"JOBMARKET_{name}", value)
    for command in ("run", "status"):
        result = invoke(command, "--home", str(tmp_path / "home"))
        assert result.exit_code == 2, result.output
        (line,) = result.output.splitlines()
        assert line.startswith(f"Error: JOBMARKET_{name} is '{value}': {said.format(here=tmp_path, user=Path.home())}")
    assert stages == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["extract", "--output"], ["pairs", "--output"], ["report", "--out"]], ids=" ".join)
def test_a_hyphen_is_no_file_to_write(
    command: list[str], stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    source = [] if "report" in command else ["--input", "in.jsonl"]
    refused = invoke(*command, "-", *source)
    assert refused.exit_code == 2
    assert "standard output is not supported: name a file (./- for one of that name)" in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert stages == []
    assert invoke(*command, "./-", *source).exit_code == 0


def test_settings_that_work_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recordings").mkdir()
    taken = Settings(
        _env_file=None,  # type: ignore[call-arg]
        boards="recordings",
        landing_archive=tmp_path / "archive",
        mail_to="root@localhost, Ann <ann@example.org>",
        mail_from='"Market, weekly" <market@example.org>',
    )
    assert taken.boards == str(tmp_path / "recordings"), "the full path, for processes in other folders"
    assert taken.mail_recipients == ["root@localhost", "Ann <ann@example.org>"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"JOBMARKET_THREADS=2\n\xff\xfebad", "2, is not UTF-8: save the file as UTF-8, in an editor or with `iconv -"),
        (b'# threads\n\nJOBMARKET_THREADS="2\n', "3, sets nothing: write NAME=value, close each quote, and begin a "),
        (b"JOBMARKET_THREADS:2\n", "1, sets nothing: write NAME=value, close each quote, and begin a "),
        (b"JOBMARKET_THREADS=2\nmy settings\n", "2, sets nothing: write NAME=value, close each quote, and begin a "),
    ],
)
def test_a_wrong_line_in_the_file_of_settings_is_named_in_one_sentence(
    content: bytes, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(content)
    result = invoke("status")
    assert result.exit_code == 2
    assert result.output.startswith(f"Error: {tmp_path / '.env'}, line {said}")
    assert result.output.count("\n") == 1


def test_a_file_of_settings_of_another_user_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def denied(file: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(file))

    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()
    monkeypatch.setattr(Path, "read_bytes", denied)
    result = invoke("status")
    assert (result.exit_code, result.output) == (
        2,
        f"Error: {tmp_path / '.env'} cannot be read: Permission denied. Let this user read it, or start in another "
        "folder.\n",
    )


@pytest.mark.parametrize("command", [["run"], ["load"], ["crawl"], ["sql"], ["status"], ["boards"]], ids=" ".join)
def test_help_says_that_a_date_is_the_start_of_its_day(command: list[str]) -> None:
    assert "a date is its start, 00:00" in " ".join(invoke(*command, "--help").output.split())


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
        ("CONTACT", "foo", "neither a mail address nor the URL of a page"),
        ("HOME", "is it?", "is it? contains '?'"),
        ("HOME", "home*", "home* contains '*'"),
        ("HOME", "home[1]", "home[1] contains '['"),
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


def test_a_tilde_that_no_shell_has_replaced_is_the_folder_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "ann"))
    (tmp_path / ".env").write_text("JOBMARKET_HOME='~/market'\n", encoding="utf-8")
    wanted = f"There is no warehouse in {tmp_path / 'ann' / 'market'} yet."
    assert wanted in invoke("status").output
    assert wanted in invoke("status", "--home=~/market").output
    assert AlertSettings().home == tmp_path / "ann" / "market"
    assert f"in {tmp_path / '~no one' / 'market'} yet." in invoke("status", "--home=~no one/market").output


def test_a_home_whose_path_is_not_utf8_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("JOBMARKET_HOME", raising=False)
    result = invoke("status")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "JOBMARKET_HOME is 'data': its full path is not UTF-8, which DuckDB requires." in result.output


@pytest.mark.parametrize(
    ("home", "code", "said"),
    [
        ("x" * 300, 2, f"Error: Invalid value for '--home': it cannot be a folder: {os.strerror(errno.ENAMETOOLONG)}"),
        ("{tmp}/loop", 2, f"Error: Invalid value for '--home': it cannot be a folder: {os.strerror(errno.ELOOP)}"),
        ("/dev/null/x", 2, "Error: Invalid value for '--home': /dev/null is a file, and a folder is needed"),
        (
            "/proc/x/y",
            1,
            "/proc/x/y cannot be made: No such file or directory: /proc/x. Set --home (or JOBMARKET_HOME) to a folder "
            "that you may write to.",
        ),
    ],
)
def test_a_home_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path, home: str, code: int, said: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    result = invoke("crawl", "--home", home.format(tmp=tmp_path))
    assert (result.exit_code, result.output.splitlines()[-1]) == (code, said.format(tmp=tmp_path))


@pytest.mark.parametrize("below", ["", "/x", "/x/y"])
def test_a_home_below_a_file_is_refused_in_words(tmp_path: Path, below: str) -> None:
    (tmp_path / "notes.md").touch()
    result = invoke("crawl", "--home", f"{tmp_path}/notes.md{below}")
    assert result.exit_code == 2
    assert f"Invalid value for '--home': {tmp_path}/notes.md is a file, and a folder is needed" in result.output


def test_sending_a_report_needs_a_recipient(stages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JOBMARKET_MAIL_TO", raising=False)
    result = invoke("report", "--send", "--home", str(tmp_path))
    assert (result.exit_code, stages) == (2, [])
    assert "--send needs JOBMARKET_MAIL_TO" in result.output


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
