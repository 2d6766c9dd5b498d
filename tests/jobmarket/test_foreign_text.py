"""Text from a board cannot affect a terminal, a layout or a spreadsheet."""

from __future__ import annotations

import click
import pytest

from jobmarket.cli.running import close
from jobmarket.foreign_text import for_spreadsheets, harmless
from jobmarket.stages import StageResult
from jobmarket.terminal import TerminalProgress


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ingénieur·e ML – 机器学习 👩‍💻".replace("\u200d", ""), "Ingénieur·e ML – 机器学习 👩💻"),
        ("\x1b]0;pwn\x07Engineer\x1b[31m", "]0;pwnEngineer[31m"),
        ("\x9b2JEngineer\x00\x7f", "2JEngineer"),
        ("first\nsecond\tthird\r\x0bfourth\u2028fifth", "first\nsecond third  fourth fifth"),
        ("ten\u202eis\u200b", "tenis"),
    ],
)
def test_only_printable_characters_stay(text: str, left: str) -> None:
    assert harmless(text) == left


def test_a_formula_is_shown_as_text_and_not_run() -> None:
    assert for_spreadsheets('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert for_spreadsheets("ML Engineer - Paris") == "ML Engineer - Paris"


def test_an_answer_of_a_board_reaches_the_terminal_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = StageResult("crawl", "1 \x1b[31mred", details=("said \x1b]52;c;cHdu\x07",), gaps=("ashby: \x1b[2Jgone",))
    TerminalProgress(None).finish("crawl", result)
    with pytest.raises(SystemExit):
        close([result])
    out, err = capsys.readouterr()
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "said ]52;c;cHdu" in out
    assert "ashby: [2Jgone" in out
    assert "ashby" in click.unstyle(err)
