"""Why employers were not observed: every reason that the crawler notes becomes a sentence for readers."""

import duckdb
import pytest

from jobmarket import gap_words
from jobmarket.report.gaps import in_words
from jobmarket.report.language import speaking


@pytest.mark.parametrize(
    ("noted", "sentence"),
    [
        ("empty_list", "an empty list, accepted from the third day on"),
        ("list_replaced", "postings may have come and gone between two crawls"),
        ("not_crawled", "not crawled"),
        ("not_followed_up", "no complete crawl after the week so far"),
        ("404: no board of this name", "there is no board of this name"),
        ("no board of this name: redirected to https://breezy.hr/", "there is no board of this name"),
        ("500: internal server error, 3 times", "the board’s server failed"),
        ("no answer in time, 3 times", "no answer in time"),
        ("3 rejected: no title (3)", "part of the responses could not be read"),
        ("9 of 12 listed postings have no page of their own", "some listed postings have no page of their own"),
        ("404: no board of this name; 3 rejected: no title (3)", "there is no board of this name"),
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
    statuses = [f"{status}: {words}" for status, words in gap_words.STATUS_WORDS.items()]
    words = [value for name, value in vars(gap_words).items() if name.isupper() and isinstance(value, str)]
    noted = statuses + [each.replace("{}", "1,200") for each in words if each != gap_words.NO_BOARD]
    assert len(noted) > 30
    with speaking("de"):
        assert [reason for reason in noted if in_words(reason) == reason] == []


def test_every_code_is_translated_and_has_the_same_words_on_the_command_line() -> None:
    with speaking("de"):
        assert [code for code in gap_words.WORDS_OF_CODES if in_words(code) == code] == []
    reasons = [*gap_words.WORDS_OF_CODES, "no answer in time", None]
    query = f"select {gap_words.in_words('reason')} from (select unnest(?) as reason)"
    rows = duckdb.execute(query, [reasons]).fetchall()
    assert [words for (words,) in rows] == [in_words(reason) for reason in reasons]
    assert in_words("empty_list") == "an empty list, accepted from the third day on"
