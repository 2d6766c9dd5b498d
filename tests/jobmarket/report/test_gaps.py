"""Why employers were not observed: every reason that the crawler notes becomes a sentence for readers."""

import re

import pytest

from jobmarket.report.gaps import in_words
from jobmarket.report.language import speaking
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("noted", "sentence"),
    [
        ("empty answer; counts when repeated on three days",
         "an empty list, accepted from the third day on"),
        ("the list was replaced between two crawls", "postings may have come and gone between two crawls"),
        ("404: no board of this name", "there is no board of this name"),
        ("500: internal server error, 3 times", "the board’s server failed"),
        ("no answer in time, 3 times", "no answer in time"),
        ("3 rejected: no title (3)", "part of the responses could not be read"),
        ("9 of 12 listed postings have no page of their own", "some listed postings have no page of their own"),
        ("the list shrank from 1,000 postings to 900 while it was read; no answer in time",
         "the board’s list changed while it was being read"),
        ("the list's order changed while it was read: 6 postings came twice, and as many may have been skipped",
         "the board’s list changed while it was being read"),
        ("no number under the key 'totalFound': more pages may follow", "the board showed only part of its list"),
        ("truncated HTML: it breaks off after 1,200 bytes", "the board’s response was cut off"),
        ("418: I am a teapot", "418: I am a teapot"),
        ("said by\u202e a board", "said by a board"),
        (None, None),
    ],
)  # fmt: skip
def test_a_noted_reason_becomes_a_sentence(noted: str | None, sentence: str | None) -> None:
    assert in_words(noted) == sentence


def test_every_reason_that_the_crawler_notes_is_translated() -> None:
    def written(*path: str) -> str:
        return ROOT.joinpath(*path).read_text(encoding="utf-8")

    statuses = re.findall(r'^    (\d{3}): "(.+)",$', written("scrapers", "outcomes.py"), re.MULTILINE)
    judged = written("jobmarket", "warehouse", "qualifying.py")
    sizes = re.findall(r'(?:yield|return) f?"(.+)"', written("scrapers", "stated_size.py"))
    walk = written("scrapers", "walk.py")
    by_source = [
        [f"{status}: {words}" for status, words in statuses],
        re.findall(r"then '([^']+)'", judged) + re.findall(r"coalesce\(reason, '([^']+)'\)", judged),
        [re.sub(r"\{[^}]+\}", "1,200", words) for words in sizes],
        [re.sub(r"\{[^}]+\}", "1,200", words) for words in re.findall(r'UnexpectedShape\(f"(.+)"\)', walk)],
        [f"1,200 {words}, by the next crawls" for words in re.findall(r'"(postings? ha\w+ yet [^"]+)"', walk)],
    ]
    assert [len(noted) for noted in by_source] == [5, 3, 6, 5, 2]
    noted = [reason for reasons in by_source for reason in reasons]
    with speaking("de"):
        assert [reason for reason in noted if in_words(reason) == reason] == []
