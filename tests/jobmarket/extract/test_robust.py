"""Any input is read, whatever its characters, markup or length, in time proportional to its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobmarket.extract.facts import Facts
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher

# Fragments that the readers look for, so that they also occur where nobody would write them.
PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<li>",
        "<b>",
        "</b>",
        "<h2>",
        "</h2>",
        "<!--",
        "-->",
        "<script>",
        "<",
        ">",
        "&amp;",
        "&#5;",
        "&#10;",
    ]
    + [
        "\n",
        "\r",
        "\t",
        "\x05",
        "\x00",
        "\ud800",
        "\u200b",
        "\u0301",
        "İ",
        "ﬃ",
        "中",
        "🙂",
        "Â",
        "â€™",
        "’",
        "|",
        " - ",
    ]
    + ["Requirements:", "is a plus", "ideally ", "Python", "C++", "C#", ".NET", "Go", "R", "node.js", "CI/CD", "AI+ML"]
    + ["$", "€", "120k", "-150K", "120,000", "60.000 €", "per year", "OTE", "401k", "5+ years", "PhD", "Bachelor's"]
    + [
        "remote",
        "Remote - US",
        "#LI-Hybrid",
        "3 days",
        "in the office",
        "full-time",
        "Senior",
        "Berlin, Germany",
        ", CA",
    ]
    + ["jane [at] x.io", "+49 30 1234567", "fluent in German", "500 employees", "visa sponsorship", "Ansprechpartner: "]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)

# Each is repeated to fill the text: input that would defeat a backtracking pattern or a restarting loop.
HOSTILE = (
    [
        "<",
        "<p>",
        "</p>",
        "<b>",
        "<p ",
        "&amp",
        "&#1",
        "<!--",
        "</p>1",
        "\n",
        "\t",
        "(",
        "|",
        "1",
        "1,000",
        "é",
        "\u0301",
        "中",
    ]
    + [
        "a ",
        "- ",
        ". ",
        "C++",
        "go/",
        "Go, ",
        "java, spark or ",
        "machine learning",
        "https://x.io ",
        "senior ",
        "phd or ",
    ]
    + [
        "remote ",
        "#li-",
        "office days ",
        "$1 ",
        "$1k-",
        "120k - ",
        "10 years ",
        "is a plus ",
        "ideally (",
        "full-time ",
    ]
    + [
        "fluent in german and ",
        "500 employees ",
        "visa ",
        "@",
        "x@y.z ",
        "London, ",
        "Requirements: ",
        "we are hiring an ",
    ]
)
_LENGTH = 40_000
_TIMES = 4
# Linear work takes four times as long on four times the text, quadratic work sixteen times.
_MOST_GROWTH = 9.0
# Shorter times are mostly noise, so they are not used as divisors.
_LEAST_SECONDS = 0.05


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(TEXT, TEXT, TEXT, st.booleans())
def test_any_characters_and_any_markup_are_read(
    matcher: SkillMatcher, title: str, location: str, text: str, is_html: bool
) -> None:
    description = {"html": text} if is_html else {"text": text}
    posting = PostingText(title, location, company=title or None, **description)  # type: ignore[arg-type]
    facts = extract_many([posting], matcher)[0]
    assert extract_many([posting, posting], matcher) == [facts, facts]


def _seconds(piece: str, length: int, matcher: SkillMatcher) -> float:
    repeated = piece * (length // len(piece))
    fields = (PostingText(repeated[:200], repeated[:2_000], html=repeated), PostingText("x", None, text=repeated))
    started = time.process_time()
    for posting in fields:
        assert isinstance(extract_many([posting], matcher)[0], Facts)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("piece", "length"),
    # Copying a line at each of its skills costs more than reading them only in lines of several hundred kilobytes.
    [*((piece, _LENGTH) for piece in HOSTILE), ("Python, Java, Go, ", 8 * _LENGTH)],
)
def test_reading_time_grows_linearly_with_the_text(piece: str, length: int, matcher: SkillMatcher) -> None:
    # Nothing cached for the shorter text helps the longer one: a line of another length is another line.
    short = max(_seconds(piece, length, matcher), _LEAST_SECONDS)
    # A reading that was disturbed is repeated.
    assert any(_seconds(piece, _TIMES * length + extra, matcher) / short < _MOST_GROWTH for extra in (0, 100))


@pytest.mark.parametrize("piece", ["a ", "<p>x</p>", "<li>• ", "é(", "12 "])
def test_ten_megabytes_are_read(piece: str, matcher: SkillMatcher) -> None:
    html = piece * (10_000_000 // len(piece))
    assert extract_many([PostingText("Data Engineer", None, html=html)], matcher)[0].role_family == "data_engineer"


def test_ten_megabytes_of_different_lines_are_read(matcher: SkillMatcher) -> None:
    lines = [f"{number} engineers write Python at {number}th Street" for number in range(10_000_000 // 44)]
    facts = extract_many([PostingText("Data Engineer", None, text="\n".join(lines))], matcher)[0]
    assert [skill.name for skill in facts.skills] == ["Python"]
