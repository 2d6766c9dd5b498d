"""Why employers were not observed, in the readers' words: every reason that a crawl notes by itself has some."""

import re

import pytest

from jobmarket.report.gaps import in_words
from jobmarket.report.language import speaking
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("empty answer; counts when repeated three times",
         "an empty list, believed from the third time on"),
        ("404: no board of this name", "there is no board of this name"),
        ("500: internal server error, 3 times", "the board’s server failed"),
        ("no answer in time, 3 times", "no answer in time"),
        ("418: I am a teapot", "418: I am a teapot"),
        ("said by\u202e a board", "said by a board"),
        (None, None),
    ],
)  # fmt: skip
def test_a_reason_is_told_in_words(noted: str | None, told: str | None) -> None:
    assert in_words(noted) == told


def test_what_the_crawler_notes_by_itself_is_known_in_every_language() -> None:
    outcomes = (ROOT / "scrapers" / "outcomes.py").read_text(encoding="utf-8")
    judged = (ROOT / "jobmarket" / "warehouse" / "qualifying.py").read_text(encoding="utf-8")
    noted = [f"{status}: {said}" for status, said in re.findall(r'^    (\d{3}): "(.+)",$', outcomes, re.MULTILINE)]
    noted += re.findall(r"then '([^']+)'", judged) + re.findall(r"coalesce\(reason, '([^']+)'\)", judged)
    assert len(noted) >= 8
    with speaking("de"):
        assert [reason for reason in noted if in_words(reason) == reason] == []
