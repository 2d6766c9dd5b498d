"""Progress on a terminal and in a log."""

from __future__ import annotations

import io
import re
import threading
import time

import pytest
from rich.console import Console

from jobmarket import terminal
from jobmarket.stages import StageResult


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
        "  report: drawing: 111 steps done",
    ]  # fmt: skip


def test_live_progress_shows_brackets_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **choices: Console(file=screen, force_terminal=True, **choices))
    monkeypatch.setattr(terminal.sys.stdout, "isatty", lambda: True, raising=False)
    with terminal.terminal_progress() as progress:
        progress.update("load", "[bold] 1 of 2 [/runs]", 1, 2)
    assert "[bold] 1 of 2 [/runs]" in screen.getvalue()


def test_plain_progress_goes_on_while_a_long_step_gives_no_news(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_PLAIN_INTERVAL", 0.03)
    printed = ""
    with terminal.terminal_progress() as progress:
        for happens, line in (
            (lambda: None, r"  starting, at work for 0 s"),
            (lambda: progress.update("publish", "rpt_pay", 33, 42), r"  publish: rpt_pay: 33 of 42, at work for \d s"),
            (lambda: progress.finish("publish", StageResult("publish", "ok")), r"  after publish, at work for \d s"),
        ):
            happens()
            deadline = time.monotonic() + 20
            while not re.search(line, printed):
                assert time.monotonic() < deadline, printed
                time.sleep(0.01)
                printed += capsys.readouterr().out
    capsys.readouterr()
    time.sleep(0.1)
    assert capsys.readouterr().out == "", "nothing is printed once the command is over"


def test_nobody_who_reads_the_progress_is_no_error_of_the_watching_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = threading.Event()

    def broken(line: str) -> None:
        tried.set()
        raise BrokenPipeError(line)

    errors: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(terminal, "_PLAIN_INTERVAL", 0.03)
    monkeypatch.setattr(terminal.click, "echo", broken)
    monkeypatch.setattr(threading, "excepthook", errors.append)
    with terminal.terminal_progress():
        assert tried.wait(20)
    assert errors == []
