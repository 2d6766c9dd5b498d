"""The time to close, against a library's curve and against lives whose truth is planted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from jobmarket.statistics.survival import TimeToClose, time_to_close

Lives = tuple[Any, Any, Any, Any]


def drawn(seed: int, n_companies: int, n_each: int, median: float, spread: float = 0.0) -> Lives:
    """Lives of exponential length, some first seen late, some still open when the watch ends on day 180.

    ``spread`` is the standard deviation of the logarithm of an employer's own factor on the length.
    """
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(n_companies), n_each)
    factor = np.exp(rng.normal(0, spread, n_companies))[company]
    length = np.ceil(rng.exponential(median / np.log(2), len(company)) * factor).astype(int)
    entered = np.where(rng.random(len(company)) < 0.2, rng.integers(1, 40, len(company)), 0)
    watched_until = rng.integers(10, 180, len(company))
    there = (length > entered) & (watched_until > entered)
    is_closed = length <= watched_until
    lives = (entered, np.minimum(length, watched_until), is_closed, company)
    return tuple(column[there] for column in lives)  # type: ignore[return-value]


def test_the_curve_is_kaplan_and_meiers_with_late_entry() -> None:
    entered, left, is_closed, company = drawn(7, 20, 40, 45)
    found = time_to_close(entered, left, is_closed, company)
    # its postings are watched after their entry: the end of the first day is the end of day 1 there
    library = SurvfuncRight(left + 1, is_closed.astype(int), entry=entered)
    assert found.median_days == library.quantile(0.5) - 1
    at_30 = library.surv_prob[np.searchsorted(library.surv_times, 31, side="right") - 1]
    assert found.share_open_30_days == pytest.approx(at_30, abs=1e-12)


def test_independent_lives_have_the_librarys_interval_or_nearly() -> None:
    entered, left, is_closed, _ = drawn(11, 1, 1500, 45)
    # each posting an employer of its own: nothing is clustered
    found = time_to_close(entered, left, is_closed, np.arange(len(left)))
    library = SurvfuncRight(left + 1, is_closed.astype(int), entry=entered).quantile_ci(0.5, method="cloglog")
    assert found.median_low is not None
    assert found.median_high is not None
    assert abs(found.median_low - (library[0] - 1)) <= 1
    assert abs(found.median_high - (library[1] - 1)) <= 1


def test_the_interval_holds_the_truth_though_postings_of_an_employer_are_alike() -> None:
    held = wrongly_narrow = 0
    worlds = 200
    for seed in range(worlds):
        lives = drawn(seed, 60, 12, 45, spread=0.6)
        truth = 45  # employers' factors have the median 1, and with them the mixture nearly so
        found = time_to_close(*lives)
        assert found.median_low is not None
        held += found.median_low <= truth <= (found.median_high or 10_000)
        naive = time_to_close(*lives[:3], np.arange(len(lives[0])))
        wrongly_narrow += not (naive.median_low or 0) <= truth <= (naive.median_high or 10_000)
    assert 0.93 <= held / worlds <= 0.98
    assert wrongly_narrow / worlds > 0.1, "counting postings instead of employers is shown to fail"


def test_what_is_still_open_is_not_taken_for_closed() -> None:
    lives = drawn(3, 40, 40, 60)
    found = time_to_close(*lives)
    closed_only = np.median(lives[1][lives[2]])
    assert found.median_days is not None
    assert abs(found.median_days - 60) <= 6
    assert closed_only < 45, "the plain median of the closed ones is far too short"


def test_where_boards_are_crawled_once_a_week_the_curve_begins_when_enough_are_watched() -> None:
    entered, left, is_closed, company = drawn(5, 40, 40, 60)
    # nobody looks on a posting's first two days, but for three that close at once
    late = left > np.maximum(entered, 2) + 1
    entered, left, is_closed, company = np.maximum(entered, 2)[late], left[late], is_closed[late], company[late]
    whole = time_to_close(entered, left, is_closed, company)
    early = np.zeros(3, int), np.ones(3, int), np.ones(3, bool), np.arange(3)
    columns = [np.concatenate(pair) for pair in zip(early, (entered, left, is_closed, company), strict=True)]
    assert time_to_close(*columns) == whole
    assert whole.begins_day == 2
    assert whole.median_days is not None
    assert abs(whole.median_days - 62) <= 6
    months_late = (entered + 30, left + 30, is_closed, company)
    assert time_to_close(*months_late) == TimeToClose(None, None, None, None, None)


def test_the_median_lies_in_its_interval_though_the_curve_falls_in_steps() -> None:
    n = 400
    # closings are found once a week: S is 0.52 after 28 days and 0.4 after 35
    left = np.repeat((28, 35, 60), (192, 48, 160))
    found = time_to_close(np.zeros(n, int), left, left < 60, np.arange(n))
    assert (found.median_low, found.median_days, found.median_high) == (28, 35, 35)
    alone = time_to_close(np.zeros(n, int), left, left < 60, np.zeros(n, int))
    assert (alone.median_low, alone.median_days, alone.median_high) == (None, 35, None)


@pytest.mark.parametrize("day", [0, 1, 5])
def test_who_closes_on_the_day_of_the_first_sighting_counts_whichever_day_of_its_life_it_is(day: int) -> None:
    n = 40
    left = np.where(np.arange(n) < n // 2, day, day + 20)
    found = time_to_close(np.full(n, day), left, np.ones(n, bool), np.arange(n))
    assert (found.median_days, found.median_low, found.share_open_30_days) == (day, day, None)
    # one of five closes on that day, all others much later
    left = np.where(np.arange(n) < n // 5, day, 40)
    assert time_to_close(np.full(n, day), left, left < 40, np.arange(n)).share_open_30_days == pytest.approx(0.8)


def test_a_curve_that_does_not_reach_one_half_has_no_median() -> None:
    n = 50
    columns = (np.zeros(n, int), np.full(n, 20), np.arange(n) < 10, np.arange(n) % 7)
    found = time_to_close(*columns)
    assert (found.median_days, found.median_high) == (None, None)
    assert time_to_close(*(column[:0] for column in columns)) == TimeToClose(None, None, None, None, None)
    assert time_to_close(*(column[:1] for column in columns)).median_low is None  # one employer says nothing of others


def test_impossible_lives_are_refused() -> None:
    zero, one = np.zeros(1, int), np.ones(1, int)
    with pytest.raises(ValueError, match="leave before it entered"):
        time_to_close(one, zero, one.astype(bool), zero)
    with pytest.raises(ValueError, match="a row for each posting"):
        time_to_close(one, one, one.astype(bool), np.zeros(2, int))
