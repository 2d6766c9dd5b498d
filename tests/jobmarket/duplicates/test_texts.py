"""Texts are compared by runs of three words, over the complete text and its role sections, singly or in batches."""

from __future__ import annotations

import re

import pytest

from jobmarket.duplicates.texts import Text, compare, compare_all, least_shared_third

from .adverts import ABOUT, ABOUT_LATER, BENEFITS, OTHER_ROLE, ROLE

ODD = [
    "a_b c-d e.f g/h",
    "Größe «zwei» — “drei”…\u00a0vier\u200bfünf",
    "C++ & C# m² ½ ٣ 数据 科学 家",
    "e\u0301te\u0301 cafe\u0301 \ud800 naïve",
    "one two",
    "",
    "da da da da da",
    "b a c, a b c; c a b",
]


def shared_runs(first: str, second: str) -> tuple[int, int, int]:
    """Count the shared and separate runs of two texts directly from their words; one or two words are one run."""
    runs = [
        set(zip(words, words[1:], words[2:], strict=False)) | ({tuple(words)} if 0 < len(words) < 3 else set())
        for words in (re.findall(r"[^\W_]+", text.lower()) for text in (first, second))
    ]
    return len(runs[0] & runs[1]), len(runs[0]), len(runs[1])


@pytest.mark.parametrize("first", ODD)
def test_a_word_is_a_run_of_letters_and_digits(first: str) -> None:
    for second in ODD:
        both = f"{first} {second} x y z"
        n_shared, n_first, n_both = shared_runs(first, both)
        wording = compare(Text(first), Text(both))
        assert wording.shorter == min(n_first, n_both)
        assert wording.contained == pytest.approx(n_shared / max(1, min(n_first, n_both)))
        assert wording.alike == pytest.approx(n_shared / max(1, n_first + n_both - n_shared))
        assert wording.length_ratio == pytest.approx(min(n_first, n_both) / max(1, n_first, n_both))


def test_dropped_line_breaks_and_invisible_signs_part_no_words() -> None:
    lines = ["What you bring", "Four years of Python", "Plain English in writing"]
    for same in ("".join(lines), " ".join(lines), "\u00ad".join(" ".join(lines)), f"\ufeff{'<br>'.join(lines)}"):
        assert compare(Text("\n".join(lines)), Text(same)).alike == 1.0
    assert "javascript" in Text("JavaScript").vocabulary  # titles are compared with whole words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("<p>Requisition ID: 295690</p>", {"295690"}),
        ("Job Requisition ID # 25WD93952", {"25wd93952"}),
        ("Req. No. R-10482", {"r-10482"}),
        ("Kennziffer: 4711-25", {"4711-25"}),
        ("Position start 2026, ref: 2027", set()),  # years
        ("Since this position opened 12000 people applied to 9000 jobs.", set()),
    ],
)
def test_a_text_states_requisition_numbers_under_a_label(text: str, numbers: set[str]) -> None:
    assert Text(text).numbers == numbers


def test_a_name_is_mentioned_in_its_own_case_and_as_a_whole_word() -> None:
    assert Text("<p>At <b>Grid</b>, we ...</p>").mentions("Grid")
    assert not Text("the power grid of Gridley").mentions("Grid")
    assert Text("C++ (Acme)").mentions("C++")


def test_savings_schemes_of_one_law_state_a_country() -> None:
    assert Text("401(k) with a match, or your RRSP").benefit_countries == {"US", "CA"}
    assert Text("401K").benefit_countries == {"US"}
    assert Text("room 4013, pension").benefit_countries == frozenset()


def test_the_part_on_the_role_is_compared_without_employer_and_benefits() -> None:
    assert compare(Text(ABOUT + ROLE + BENEFITS), Text(ABOUT_LATER + ROLE)).role_contained == 1.0
    assert compare(Text(ABOUT + ROLE), Text(ABOUT + OTHER_ROLE)).role_contained < 0.2
    assert compare(Text(ABOUT), Text(ABOUT_LATER)).role_contained == 0.0  # too short to compare


def test_texts_by_one_template_differ_in_a_third_of_both() -> None:
    rest = ABOUT_LATER + BENEFITS
    assert least_shared_third(Text(ABOUT + ROLE + rest), Text(ABOUT + OTHER_ROLE + rest)) < 0.1
    assert least_shared_third(Text(ABOUT + ROLE + BENEFITS), Text(ABOUT_LATER + ROLE + BENEFITS)) == 1.0
    assert least_shared_third(Text(ABOUT + ROLE + rest), Text(ABOUT + rest)) > 0.9  # a copy without the role
    assert least_shared_third(Text(""), Text(ROLE)) == 1.0


def test_a_batch_of_texts_gives_the_same_shares_as_single_pairs() -> None:
    sources = [ABOUT + ROLE + BENEFITS, ABOUT_LATER + ROLE, ABOUT + OTHER_ROLE, ROLE, BENEFITS + ABOUT, "", *ODD]
    texts = [Text(source) for source in sources]
    together = compare_all([(first, second) for first in texts for second in texts])
    assert together == [compare(Text(first), Text(second)) for first in sources for second in sources]
    assert len({wording.role_contained for wording in together}) >= 3


def test_a_text_is_parsed_once_for_all_that_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    monkeypatch.setattr("jobmarket.extract.document.detect_language", lambda text: parsed.append(text) or "en")
    first, second = Text(ABOUT + ROLE), Text(ABOUT + OTHER_ROLE)
    compare(first, second)
    assert len(parsed) == 2
    assert (first.stated.years, second.stated.years) == (4, 6)
    assert len(parsed) == 2
