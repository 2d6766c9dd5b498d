"""Titles: which differences are only spelling, and which mean another job."""

from __future__ import annotations

import pytest

from jobmarket.duplicates.titles import abbreviates, differences, phrases, read_title
from jobmarket.extract.facts import Location

BERLIN = (Location("Berlin", None, "DE"),)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Sr. Machine Learning Engineer", "Senior ML Engineer"),
        ("Data Scientist (m/w/d)", "Data Scientist"),
        ("Entwickler*in Python (all genders)", "Entwickler Python"),
        ("Full-Stack Engineer", "Fullstack Engineer - Remote"),
        ("Data Engineers, Berlin", "Data Engineer"),
        ("Senior Softwae Engineer", "Senior Software Engineer"),
        ("Data Analyst #18-7481", "Data Analyst"),
        ("ML Engineer at Acme", "ML Engineer"),
        ("Research & Development Engineer", "R&D Engineer"),
        ("Research and Development Engineer", "R and D Engineer"),
        ("Assistant Vice President, NLP", "AVP, Natural Language Processing"),
        ("Software Engineer I (AI)", "Software Engineer 1 (AI)"),
        ("Data Scientist III", "Data Scientist 3"),
    ],
)
def test_a_different_spelling_is_the_same_title(title: str, other: str) -> None:
    first, second = (read_title(each, BERLIN, "Acme Inc.") for each in (title, other))
    assert differences(first, second) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("title", "other", "added", "lost"),
    [
        ("Senior AI Engineer", "Staff AI Engineer", {"staff"}, {"senior"}),
        ("Data Scientist II", "Data Scientist", set(), {"2"}),
        ("AI Engineer (C#)", "AI Engineer (C++)", {"c++"}, {"c#"}),
        ("Manager (French speaking)", "Manager (Spanish speaking)", {"spanish"}, {"french"}),
        ("Data Scientist", "Data Scientist, Finance", {"finance"}, set()),
        ("Summer Intern 2026", "Summer Intern 2027", {"2027"}, {"2026"}),
        ("Java Developer", "JavaScript Developer", {"javascript"}, {"java"}),
        ("Software Engineer I", "Software Engineer", set(), {"1"}),
        ("R Engineer", "R&D Engineer", {"rnd"}, {"r"}),
        ("Vice President", "Senior Vice President", {"svp"}, {"vp"}),
    ],
)
def test_a_different_level_team_language_or_stack_is_another_title(
    title: str, other: str, added: set[str], lost: set[str]
) -> None:
    assert differences(read_title(title), read_title(other)) == (lost, added)


@pytest.mark.parametrize(
    ("company", "title", "other", "added"),
    [
        ("Principal Financial Group", "Data Engineer", "Principal Data Engineer", {"principal"}),
        ("Lead Bank", "ML Engineer", "Lead ML Engineer - Lead Bank", {"lead"}),
        ("Go Inc.", "Engineer", "Go Engineer", {"go"}),
        ("Data Meaning", "Engineer", "Data Engineer at Data Meaning", {"data"}),
        ("Data Platform GmbH", "Engineer", "Data Platform Engineer", {"data", "platform"}),
    ],
)
def test_a_level_or_trade_counts_even_if_the_employer_is_named_after_it(
    company: str, title: str, other: str, added: set[str]
) -> None:
    first, second = (read_title(each, company=company) for each in (title, other))
    assert differences(first, second) == (frozenset(), added)


def test_a_name_of_several_words_is_removed_as_a_whole() -> None:
    title = read_title("ML Engineer at Lead Bank, Data", company="Lead Bank, Inc.")
    assert title.words == {"ml", "engineer", "data"}


def test_places_and_numbers_are_removed_from_the_title() -> None:
    title = read_title("Data Analyst R-10482 (Canada) - Toronto")
    assert title.words == {"data", "analyst"}
    assert title.numbers == {"10482"}
    assert {place.country for place in title.places} == {"CA"}


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("ML Engineer (Remote)", {"remote"}),
        ("ML Engineer - Remote or On-site", {"remote", "onsite"}),
        ("ML Engineer, hybrid", {"hybrid"}),
        ("Remote Sensing Scientist", set()),
        ("Utvecklare i Umeå", set()),
    ],
)
def test_a_title_states_where_the_work_is_done(title: str, stated: set[str]) -> None:
    assert read_title(title).workplaces == stated


def test_phrases_are_words_that_follow_each_other_without_those_that_say_nothing_about_a_role() -> None:
    order = read_title("Senior Engineers, Payments Platform for the Back-End").order
    assert phrases(order) == {("senior", "engineer"), ("engineer", "payment"), ("payment", "platform")}


def test_initials_of_three_words_abbreviate_them() -> None:
    title = read_title("Business Development Representative (BDR)")
    assert abbreviates("bdr", title)
    assert not abbreviates("bd", title)
    assert not abbreviates("sdr", title)
