"""The time to close, against a library's curve and against simulated lifetimes crawled at various intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives, closing_curve
from jobmarket.statistics.survival import TimeToClose, time_to_close

Numbers = Any
LAST_DAY = 180
FIGURES = ("begins_day", "median_days", "median_low", "median_high", "share_open_30_days", "share_open_30_low")


def published(seed: int, n_companies: int, n_each: int, median: float, spread: float = 0.0) -> tuple[Numbers, ...]:
    """Draw employers, days of publication and lifetimes with the given median.

    ``spread`` is the standard deviation of the logarithm of an employer's factor on the lifetime, whose median is 1.
    """
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(n_companies), n_each)
    length = rng.exponential(median / np.log(2), len(company)) * np.exp(rng.normal(0, spread, n_companies))[company]
    return company, rng.uniform(0, LAST_DAY, len(company)), length


def looked_at(crawls: Numbers, company: Numbers, begins: Numbers, length: Numbers) -> Lives:
    """Return what crawls at given moments see; a posting that opens and closes between two of them is never seen."""
    first = np.searchsorted(crawls, begins)
    last = np.searchsorted(crawls, begins + length) - 1
    seen = first <= last
    company, begins, first, last = company[seen], begins[seen], first[seen], last[seen]
    entered, left = np.round(crawls[first] - begins), np.round(crawls[last] - begins)
    is_closed = last + 1 < len(crawls)
    missed = np.maximum(np.round(crawls[np.minimum(last + 1, len(crawls) - 1)] - begins), left + 1)
    missed = np.where(is_closed, missed, STILL_OPEN)
    return Lives(*(column.astype(int) for column in (entered, left, missed, company)))


def every(days: float) -> Numbers:
    return np.arange(0.25, LAST_DAY + 1, days)


def now_and_then(seed: int) -> Numbers:
    gaps = np.random.default_rng(seed).choice([1, 2, 3, 5, 8, 13], 200)
    moments = 0.25 + np.cumsum(gaps)
    return moments[moments <= LAST_DAY]


def of_library(watched: Lives, left: Numbers) -> SurvfuncRight:
    """Return the library's curve, which does not accept the uninformative postings seen on a single day."""
    known = left > watched.entered
    return SurvfuncRight(left[known], watched.is_closed[known].astype(int), entry=watched.entered[known])


def lives(entered: Numbers, last_seen: Numbers, missed: Numbers, company: Numbers) -> Lives:
    """Build lifetimes from columns or single numbers that apply to all postings."""
    return Lives(*(np.array(column) for column in np.broadcast_arrays(entered, last_seen, missed, company)))


def figures_of(found: TimeToClose) -> list[float | None]:
    return [getattr(found, name) for name in FIGURES]


def test_with_daily_crawls_the_curve_is_kaplan_meier_with_late_entry() -> None:
    watched = looked_at(every(1), *published(7, 20, 40, 45))
    late = np.random.default_rng(7).integers(0, 20, len(watched.entered))
    kept = watched.entered + late <= watched.last_seen
    columns = (watched.entered + late, watched.last_seen, watched.missed, watched.companies)
    watched = Lives(*(column[kept] for column in columns))
    found = time_to_close(watched)
    library = of_library(watched, watched.left)
    assert found.median_days is not None
    assert abs(found.median_days - library.quantile(0.5)) <= 1
    at_30 = library.surv_prob[np.searchsorted(library.surv_times, 30, side="right") - 1]
    assert found.share_open_30_days == pytest.approx(at_30, abs=1e-4)


def test_independent_lifetimes_have_nearly_the_librarys_interval() -> None:
    watched = looked_at(every(1), *published(11, 1, 1500, 45))
    # each posting has its own employer: no clustering
    n = len(watched.left)
    found = time_to_close(Lives(watched.entered, watched.last_seen, watched.missed, np.arange(n)))
    library = of_library(watched, watched.left)
    low, high = library.quantile_ci(0.5, method="cloglog")
    assert found.median_low is not None
    assert found.median_high is not None
    assert abs(found.median_low - low) <= 1
    assert abs(found.median_high - high) <= 1


def test_the_interval_between_crawls_does_not_change_measured_lifetimes() -> None:
    schedules = {"daily": every(1), "weekly": every(7), "every eight days": every(8), "now and then": None}
    medians: dict[str, list[int]] = {name: [] for name in schedules}
    shares: dict[str, list[float]] = {name: [] for name in schedules}
    middles = []
    for seed in range(30):
        world = published(seed, 60, 15, 30)
        for name, crawls in schedules.items():
            watched = looked_at(now_and_then(seed) if crawls is None else crawls, *world)
            found = time_to_close(watched)
            assert found.median_days is not None
            assert found.share_open_30_days is not None
            medians[name].append(found.median_days)
            shares[name].append(found.share_open_30_days)
            if name == "every eight days":
                # the midpoint between two crawls as the day of closing
                middle = np.where(watched.is_closed, (watched.last_seen + watched.missed) // 2, watched.last_seen)
                middle = np.maximum(middle, watched.entered)
                middles.append(of_library(watched, middle + 1).quantile(0.5) - 1)
    for name, found_medians in medians.items():
        # the mean of 30 worlds is accurate to half a day
        assert np.mean(found_medians) == pytest.approx(30, abs=0.9), name
        assert np.mean(np.subtract(found_medians, medians["daily"])) == pytest.approx(0, abs=0.6), name
        assert np.mean(shares[name]) == pytest.approx(0.5, abs=0.015), name
    assert np.mean(middles) > 32, "the middle of the interval is shown to be too late"


@pytest.mark.parametrize("days", [1, 7])
def test_the_interval_covers_the_truth_although_postings_of_an_employer_are_alike(days: int) -> None:
    covered = wrongly_narrow = 0
    worlds, naive_worlds = 200, 50
    for seed in range(worlds):
        watched = looked_at(every(days), *published(seed, 60, 12, 45, spread=0.6))
        truth = 45  # employers' factors have median 1, so the mixture's median hardly differs
        found = time_to_close(watched)
        assert found.median_low is not None
        covered += found.median_low <= truth <= (found.median_high or 10_000)
        if seed >= naive_worlds:
            continue
        apart = np.arange(len(watched.left))
        naive = time_to_close(Lives(watched.entered, watched.last_seen, watched.missed, apart))
        wrongly_narrow += not (naive.median_low or 0) <= truth <= (naive.median_high or 10_000)
    assert 0.93 <= covered / worlds <= 0.98
    assert wrongly_narrow / naive_worlds > 0.1, "counting postings instead of employers is shown to fail"


def test_open_postings_are_not_counted_as_closed() -> None:
    watched = looked_at(every(7), *published(3, 40, 40, 60))
    found = time_to_close(watched)
    closed_only = np.median(watched.left[watched.is_closed])
    assert found.median_days is not None
    assert abs(found.median_days - 60) <= 6
    assert closed_only < 45, "the plain median of the closed ones is far too short"


def test_the_curve_begins_once_enough_postings_are_watched() -> None:
    watched = looked_at(every(1), *published(5, 40, 40, 60))
    # no posting is seen on its first two days, except three that close at once
    late = watched.last_seen >= 3
    columns = [
        column[late]
        for column in (np.maximum(watched.entered, 2), watched.last_seen, watched.missed, watched.companies)
    ]
    whole = time_to_close(Lives(*columns))
    early = np.zeros(3, int), np.zeros(3, int), np.ones(3, int), np.arange(3)
    found = time_to_close(Lives(*(np.concatenate(pair) for pair in zip(early, columns, strict=True))))
    assert figures_of(found)[:4] == figures_of(whole)[:4]
    assert found.share_open_30_days == pytest.approx(whole.share_open_30_days, abs=1e-4)
    assert whole.begins_day == 2
    assert whole.median_days is not None
    assert abs(whole.median_days - 62) <= 6
    months_late = Lives(
        columns[0] + 30, columns[1] + 30, np.where(columns[2] > 0, columns[2] + 30, STILL_OPEN), columns[3]
    )
    assert figures_of(time_to_close(months_late)) == [None] * len(FIGURES)


def test_the_median_lies_in_its_interval() -> None:
    n = 400
    # seen weekly, all at the same ages: 0.52 are open after 28 days and 0.4 after 35
    week = np.repeat((28, 35, 60), (192, 48, 160))
    missed = np.where(week < 60, week, STILL_OPEN)
    last_seen = np.where(week < 60, week - 7, week)
    found = time_to_close(lives(0, last_seen, missed, np.arange(n)))
    assert found.median_low is not None
    assert found.median_days is not None
    assert found.median_high is not None
    assert 24 <= found.median_low < found.median_days < found.median_high <= 36
    assert 28 <= found.median_days <= 30
    alone = time_to_close(lives(0, last_seen, missed, np.zeros(n, int)))
    assert (alone.median_low, alone.median_days, alone.median_high) == (None, found.median_days, None)


@pytest.mark.parametrize("day", [0, 1, 5])
def test_a_posting_missed_right_after_its_first_sighting_counts_at_any_age(day: int) -> None:
    n = 40
    at_once = np.arange(n) < n // 5
    # one of five is missed on the next day, the others stay open for long
    watched = lives(day, np.where(at_once, day, 40), np.where(at_once, day + 1, STILL_OPEN), np.arange(n))
    assert time_to_close(watched).share_open_30_days == pytest.approx(0.8, abs=1e-4)
    # and when all are missed on the next day
    everybody = lives(day, day, day + 1, np.arange(n))
    assert (time_to_close(everybody).median_days or 0) - day in (0, 1)


def test_a_curve_that_does_not_reach_one_half_has_no_median() -> None:
    n = 50
    is_missed = np.arange(n) < 10
    some = lives(0, np.where(is_missed, 19, 20), np.where(is_missed, 20, STILL_OPEN), np.arange(n) % 7)
    found = time_to_close(some)
    assert (found.median_days, found.median_high) == (None, None)
    nobody = TimeToClose(n_postings=0, n_closed=0, n_companies=0, n_of_largest_company=0, closing_interval_days=None)
    assert time_to_close(lives(*np.zeros((4, 0), int))) == nobody
    assert time_to_close(lives(*np.zeros((4, 50), int) + [[0], [0], [STILL_OPEN], [0]])) == nobody


def heap(seed: int, n_companies: int, n_each: int, before: float, on_the_day: float) -> Lives:
    """Draw a board on which most postings expire after 30 days, crawled daily."""
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(n_companies), n_each)
    chance = rng.random(len(company))
    missed = np.where(chance < before, rng.integers(1, 30, len(company)), 30)
    is_missed = chance < before + on_the_day
    return lives(0, np.where(is_missed, missed - 1, 60), np.where(is_missed, missed, STILL_OPEN), company)


@pytest.mark.parametrize(("n_companies", "n_each", "before", "on_the_day"), [(60, 15, 0.02, 0.8), (20, 10, 0.03, 0.92)])
def test_the_median_lies_in_its_interval_if_most_postings_close_on_one_day(
    n_companies: int, n_each: int, before: float, on_the_day: float
) -> None:
    for seed in range(20):
        found = time_to_close(heap(seed, n_companies, n_each, before, on_the_day))
        assert found.median_low is not None
        assert found.median_high is not None
        assert found.median_days == 30
        assert 29 <= found.median_low <= 30 <= found.median_high <= 31


def test_a_posting_seen_once_and_never_missed_is_in_no_sample() -> None:
    watched = looked_at(every(1), *published(2, 12, 15, 30, spread=0.4))
    watched = watched.informative()
    # as many again, of 40 employers, that only the last crawl saw
    once = np.random.default_rng(2).integers(0, 3, 180), np.full(180, STILL_OPEN), 12 + np.arange(180) % 40
    columns = (watched.entered, once[0]), (watched.last_seen, once[0]), (watched.missed, once[1])
    both = Lives(*(np.concatenate(pair) for pair in (*columns, (watched.companies, once[2]))))
    found = time_to_close(both)
    assert found == time_to_close(watched)
    assert (found.n_postings, found.n_companies) == (len(watched.entered), 12)
    assert found.n_of_largest_company == 15
    # one employer remains one, however many others were seen once
    is_kept = both.companies % 12 == 0
    only = time_to_close(
        Lives(both.entered[is_kept], both.last_seen[is_kept], both.missed[is_kept], both.companies[is_kept])
    )
    assert (only.n_companies, only.median_low, only.share_open_30_low) == (1, None, None)
    assert only.median_days is not None


@pytest.mark.parametrize("days", [1, 7])
def test_the_interval_of_the_open_share_covers_the_truth(days: int) -> None:
    # exponential lifetimes with a median of 45 days times an employer's factor
    rates = np.log(2) / 45 / np.exp(np.random.default_rng(0).normal(0, 0.6, 100_000))
    covered, width = 0, []
    worlds = 100
    for seed in range(worlds):
        found = time_to_close(looked_at(every(days), *published(seed, 60, 12, 45, spread=0.6)))
        assert found.begins_day is not None
        assert found.share_open_30_low is not None
        assert found.share_open_30_high is not None
        truth = np.exp(-rates * 30).mean() / np.exp(-rates * found.begins_day).mean()
        covered += found.share_open_30_low <= truth <= found.share_open_30_high
        width.append(found.share_open_30_high - found.share_open_30_low)
    assert 0.91 <= covered / worlds <= 0.99
    assert np.mean(width) < 0.2


def test_if_the_spread_between_employers_is_unknown_a_share_has_no_interval() -> None:
    late = lives(0, 39, 40, np.arange(50) % 7)
    found = time_to_close(late)
    assert (found.share_open_30_low, found.share_open_30_high) == (None, None)
    assert found.share_open_30_days == pytest.approx(1, abs=1e-4)


def test_lifetimes_of_more_than_a_year_are_censored_at_a_year() -> None:
    n = 60
    # 40 are missed later than a year after publication: within the first year they count as open
    missed = np.where(np.arange(n) < 20, 101, 501)
    found = time_to_close(lives(0, missed - 1, missed, np.arange(n)))
    assert (found.n_postings, found.n_closed, found.closing_interval_days) == (60, 20, 1)
    assert found.median_days is None
    assert found.share_open_30_days == pytest.approx(1, abs=1e-4)


def test_a_cutoff_closes_a_posting_last_seen_before_it() -> None:
    watched = lives(0, [300, 400], [450, 450], [0, 1]).until(366)
    assert (watched.last_seen.tolist(), watched.missed.tolist()) == ([300, 366], [366, STILL_OPEN])


@pytest.mark.parametrize(("watched", "begins_day"), [(4, None), (5, 0)])
def test_a_curve_needs_at_least_five_postings(watched: int, begins_day: int | None) -> None:
    found = time_to_close(lives(0, 19, 20 + np.arange(watched), np.arange(watched)))
    assert (found.n_postings, found.begins_day) == (watched, begins_day)


@pytest.mark.parametrize(("entered", "begins_day"), [(14, 14), (15, None)])
def test_a_curve_begins_within_two_weeks_or_not_at_all(entered: int, begins_day: int | None) -> None:
    assert time_to_close(lives(entered, 39, 40 + np.arange(20), np.arange(20))).begins_day == begins_day


def test_impossible_lifetimes_are_refused() -> None:
    with pytest.raises(ValueError, match="first seen on day 0 or later, and last seen no earlier"):
        lives([1], 0, STILL_OPEN, 0)
    with pytest.raises(ValueError, match="missed on a later day than it was last seen"):
        lives([0], 3, 3, 0)
    with pytest.raises(ValueError, match="one row per posting"):
        Lives(np.zeros(1, int), np.zeros(1, int), np.ones(1, int), np.zeros(2, int))


def likelihood(watched: Lives, log_survival: Numbers) -> float:
    entered, seen, missed = (log_survival[day] for day in (watched.entered, watched.last_seen, watched.missed))
    fall = np.maximum(seen - missed, 1e-300)[watched.is_closed]
    return float((seen - entered).sum() + np.log(-np.expm1(-fall)).sum())


@pytest.mark.parametrize("seed", [9, 17, 39])
def test_no_other_hazard_is_more_likely(seed: int) -> None:
    watched = looked_at(every(7), *published(seed, 12, 6, 40, spread=0.4)).informative()
    days = int(watched.left.max())
    curve = closing_curve(watched, days, knot_days=7)
    assert curve is not None
    most, hazard = likelihood(watched, curve.log_survival), -np.diff(curve.log_survival)
    for knot in range(0, days, 7):
        height = np.maximum(0, 1 - np.abs(np.arange(days) - knot) / 7)
        for change in (-hazard[knot], -hazard[knot] / 2, 1e-4, 1e-3):
            other = curve.log_survival - change * np.append(0, np.cumsum(height))
            assert likelihood(watched, other) < most + 1e-6


def test_the_curve_is_the_same_if_exchanging_bound_hazards_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = looked_at(now_and_then(4), *published(4, 20, 10, 40, spread=0.4)).informative()
    days = int(watched.left.max())
    curve = closing_curve(watched, days, knot_days=4)
    monkeypatch.setattr("jobmarket.statistics.closing_curve._EXCHANGES", 0)
    other = closing_curve(watched, days, knot_days=4)
    assert curve is not None
    assert other is not None
    assert other.log_survival == pytest.approx(curve.log_survival, abs=1e-4)
    assert other.variance_since(0)[30] == pytest.approx(curve.variance_since(0)[30], rel=1e-4)


def test_a_curve_that_has_not_converged_gives_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = looked_at(every(7), *published(1, 40, 20, 30))
    assert time_to_close(watched).median_days is not None
    monkeypatch.setattr("jobmarket.statistics.closing_curve._MOST_STEPS", 1)
    found = time_to_close(watched)
    assert found.n_postings > 0
    assert [getattr(found, figure) for figure in FIGURES] == [None] * len(FIGURES)
