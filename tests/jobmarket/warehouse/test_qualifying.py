"""The rules by which crawls qualify."""

from __future__ import annotations

import pytest

from jobmarket.settings import Home
from jobmarket.warehouse import load, withdraw
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land, rows


def qualifying(home: Home) -> list[tuple[object, ...]]:
    return [row[0] for row in rows(home, "select qualifies from raw.crawl_runs order by as_of")]  # type: ignore[misc]


def test_a_truncated_crawl_does_not_qualify(home: Home) -> None:
    for day, postings in enumerate([20, 20, 4, 5]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, True, False, True]


@pytest.mark.parametrize("full", [1, 12])
def test_a_list_that_stays_short_qualifies_after_fourteen_days(home: Home, full: int) -> None:
    for day in range(full + 18):
        land(home, day, postings=20 if day < full else 4)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * full + [False] * 14 + [True] * 4


def test_the_third_short_weekly_crawl_qualifies(home: Home) -> None:
    for week, postings in enumerate([20, 4, 4, 4, 4]):
        land(home, 7 * week, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, True]


def test_the_third_short_monthly_crawl_qualifies(home: Home) -> None:
    for month, postings in enumerate([20, 4, 4, 4]):
        land(home, 30 * month, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True]


def test_a_full_list_in_between_restarts_the_fourteen_days(home: Home) -> None:
    sizes = [20] * 3 + [4] * 10 + [20] + [4] * 15
    for day, postings in enumerate(sizes):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * 3 + [False] * 10 + [True] + [False] * 14 + [True]


def test_a_list_that_shrinks_further_restarts_the_wait(home: Home) -> None:
    sizes = [100] * 2 + [20] * 12 + [2] * 15
    for day, postings in enumerate(sizes):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * 2 + [False] * 26 + [True]


def test_crawls_that_do_not_qualify_do_not_set_the_usual_size(home: Home) -> None:
    for day, postings in enumerate([20, 20, 4, 4, 4, 4, 4, 4]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert rows(home, "select distinct trailing_median from raw.crawl_runs where trailing_median > 0") == [(20,)]


def test_empty_answers_count_from_the_third_day_in_a_row(home: Home) -> None:
    days = (0, 1, 1.1, 1.2, 2, 2.1, 3, 4)
    for day in days:
        land(home, day, postings=0 if day else 9)
    load(home, SETTINGS)
    assert qualifying(home) == [day in (0, 3, 4) for day in days]


def test_a_filled_answer_restarts_the_days_of_empty_ones(home: Home) -> None:
    for day, postings in enumerate([9, 0, 0, 9, 0, 0, 0]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, False, False, True]


def test_one_empty_answer_of_a_mostly_empty_board_closes_nothing(home: Home) -> None:
    for day, postings in enumerate([1, 0, 0, 0, 0, 1, 0]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, True, True, False]


def test_an_employer_that_never_had_postings_qualifies_empty(home: Home) -> None:
    land(home, 0, postings=0)
    load(home, SETTINGS)
    assert qualifying(home) == [True]


@pytest.mark.parametrize(
    ("sizes", "later"),
    [
        ([0, 0, 0], [False, False, True]),  # an empty answer counts on the third day, as after complete crawls
        ([2, 5], [False, True]),  # a quarter of 20
        ([2] * 15, [False] * 14 + [True]),
    ],
)
def test_an_employer_whose_crawls_were_all_partial_has_a_size(home: Home, sizes: list[int], later: list[bool]) -> None:
    for day in range(2):
        land(home, day, postings=20, status="partial", errors=1)
    for day, postings in enumerate(sizes, start=2):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [False, False, *later]


def test_a_short_partial_crawl_does_not_hide_how_long_the_list_was(home: Home) -> None:
    for week, (postings, errors) in enumerate([(20, 0), (4, 0), (4, 1), (4, 0), (4, 0)]):
        land(home, 7 * week, postings, status="partial" if errors else "complete", errors=errors)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, False, True]


def test_errors_and_failures_do_not_qualify(home: Home) -> None:
    land(home, 0, postings=5, status="partial", errors=1)
    land(home, 1, postings=0, status="failed", errors=1)
    load(home, SETTINGS)
    assert qualifying(home) == [False, False]


@pytest.mark.parametrize(
    ("postings", "rejected", "qualifies"),
    [(2, 1, True), (2, 2, False), (100, 5, True), (100, 6, False)],
)
def test_a_crawl_with_a_few_broken_objects_still_qualifies(
    home: Home, postings: int, rejected: int, qualifies: bool
) -> None:
    land(home, 0, postings, status="partial", rejected=rejected)
    load(home, SETTINGS)
    assert qualifying(home) == [qualifies]


def test_broken_objects_do_not_excuse_an_answer_that_failed(home: Home) -> None:
    land(home, 0, postings=100, status="partial", errors=1, rejected=1)
    load(home, SETTINGS)
    assert qualifying(home) == [False]


def test_a_late_run_is_judged_in_chronological_order(home: Home) -> None:
    land(home, 0, postings=20)
    land(home, 2, postings=4)
    land(home, 3, postings=4)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False]
    land(home, 1, postings=6)
    load(home, SETTINGS)
    assert qualifying(home) == [True, True, True, True]  # the median of 20 and 6 is 13; a quarter of it is 3.25


def test_eleven_attempts_at_one_moment_are_judged_in_their_order(home: Home) -> None:
    for attempt in range(1, 12):
        land(home, 0, postings=10 * attempt, attempt=attempt)
    load(home, SETTINGS)
    usual_sizes = "select attempt, trailing_median from raw.crawl_runs order by attempt"
    assert rows(home, usual_sizes) == [
        (1, None), (2, 10), (3, 15), (4, 20), (5, 25), (6, 30), (7, 35), (8, 40), (9, 45), (10, 55), (11, 65),
    ]  # fmt: skip
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-2", "it was somebody else's board", DAY)
    assert rows(home, usual_sizes)[-2:] == [(10, 55), (11, 65)]
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-10", "it was somebody else's board", DAY)
    assert rows(home, usual_sizes)[-1:] == [(11, 55)]


def test_runs_after_a_withdrawn_run_are_judged_again(home: Home) -> None:
    land(home, 0, postings=20)
    for day in (1, 2):
        land(home, day, postings=4)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False]
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "it was somebody else's board", DAY)
    assert qualifying(home) == [True, True]
