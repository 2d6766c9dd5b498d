"""Progress on a terminal and in a log."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from jobmarket import terminal


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
