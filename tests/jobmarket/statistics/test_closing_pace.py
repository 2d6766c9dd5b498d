"""When a change of pace is given, and that it is the ratio of the two cumulative hazards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from scipy import stats

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.closing_pace import NoPace, Pace, change_of_pace
from jobmarket.statistics.survival import Watched, read_off, watched

Numbers = Any


def stretch(entered: int, missed: Numbers, companies: Numbers, until: int = 60) -> Lives:
    """Return postings seen daily from a given age until they are missed."""
    is_missed = missed <= until
    last_seen = np.where(is_missed, missed - 1, until)
    return Lives(np.full(len(missed), entered), last_seen, np.where(is_missed, missed, STILL_OPEN), companies)


def ends(seed: int, rate: float, entered: int = 0, n: int = 400) -> Numbers:
    return entered + 1 + np.random.default_rng(seed).exponential(1 / rate, n).astype(int)


COMPANIES = np.arange(400) % 20


def test_the_pace_is_the_ratio_of_cumulative_hazards_on_day_30() -> None:
    earlier, later = (watched(stretch(0, ends(seed, rate), COMPANIES)) for seed, rate in ((1, 0.01), (2, 0.02)))
    open_before, open_after = (read_off(of).share_open_30_days for of in (earlier, later))
    assert open_before is not None
    assert open_after is not None
    found = change_of_pace(earlier, later)
    assert isinstance(found, Pace)
    assert found.change == pytest.approx(np.log(open_after) / np.log(open_before) - 1)
    assert 0 < found.low < 1 < found.high
    # in the other direction it is the inverse, with the same interval
    back = change_of_pace(later, earlier)
    assert isinstance(back, Pace)
    assert 1 + back.change == pytest.approx(1 / (1 + found.change))
    assert (1 + back.low, 1 + back.high) == pytest.approx((1 / (1 + found.high), 1 / (1 + found.low)))


def test_both_curves_begin_on_the_later_first_day() -> None:
    # in the earlier period many close within ten days; the rest close as slowly as all of the later period
    soon = np.random.default_rng(3).integers(1, 10, 300)
    earlier = watched(stretch(0, np.concatenate([soon, ends(4, 0.02, entered=10)]), np.arange(700) % 20))
    later = watched(stretch(10, ends(5, 0.02, entered=10), COMPANIES))
    found = change_of_pace(earlier, later)
    assert isinstance(found, Pace)
    assert found.change == pytest.approx(0, abs=0.15)
    assert found.low < 0 < found.high


def test_the_interval_covers_no_change_if_employers_differ_equally_in_both_periods() -> None:
    covered, width = 0, []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        rate = 0.02 * np.exp(rng.normal(0, 0.6, 20))[COMPANIES]
        both = [watched(stretch(0, 1 + rng.exponential(1 / rate).astype(int), COMPANIES)) for _ in range(2)]
        found = change_of_pace(*both)
        assert isinstance(found, Pace)
        covered += found.low <= 0 <= found.high
        width.append(found.high - found.low)
    assert 0.9 <= covered / 60 <= 1
    # if the quarters' employers were treated as independent it would be twice as wide
    assert np.mean(width) < 0.5


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        pytest.param(stretch(0, ends(4, 0.02), COMPANIES, until=29), NoPace.NO_DAY, id="not up to day 30"),
        pytest.param(stretch(30, ends(5, 0.02, entered=30), COMPANIES), NoPace.NO_DAY, id="from day 30 on"),
        pytest.param(stretch(0, np.full(400, 45), COMPANIES), NoPace.NO_CLOSING, id="none closed by day 30"),
        pytest.param(stretch(0, ends(6, 0.02, n=4), COMPANIES[:4]), NoPace.NO_DAY, id="hardly anybody"),
    ],
)
def test_no_pace_is_given_if_curves_do_not_overlap_or_nothing_closes(other: Lives, reason: NoPace) -> None:
    whole, part = watched(stretch(0, ends(7, 0.02), COMPANIES)), watched(other)
    assert change_of_pace(whole, part) is reason
    assert change_of_pace(part, whole) is reason


def of_influences(moved: Numbers, closed: float) -> Watched:
    """Return a curve with cumulative hazard ``closed`` on day 30, and employers' influences relative to it."""
    curve = SimpleNamespace(
        log_survival=-closed * np.arange(31) / 30, influence=lambda *_: closed * np.asarray(moved), n_employers=20.0
    )
    return cast(Watched, SimpleNamespace(known=np.arange(31), curve=curve))


def test_the_interval_of_a_pace_counts_the_employers_that_moved() -> None:
    # seventeen of twenty employers closed as fast as before
    moved = np.where(np.arange(20) < 3, 0.1, 0.0)
    found = change_of_pace(of_influences(0 * moved, 0.5), of_influences(moved, 1.0))
    assert isinstance(found, Pace)
    assert found.change == pytest.approx(1)
    half = stats.t.ppf(0.975, 3 - 1) * np.sqrt(3 * 0.1**2)
    assert (found.low, found.high) == pytest.approx((2 * np.exp(-half) - 1, 2 * np.exp(half) - 1))


def test_a_single_employer_gives_no_change_of_pace() -> None:
    alone = [watched(stretch(0, ends(seed, 0.02), np.zeros(400, int))) for seed in (8, 9)]
    assert change_of_pace(*alone) is NoPace.FEW_EMPLOYERS


def test_less_than_three_effective_employers_give_no_change_of_pace() -> None:
    # of twenty employers two closed much faster: 2.6 effective employers, and 3 where three did
    for n_faster, slower, is_given in ((2, 0.125, False), (3, 0.0, True)):
        moved = np.where(np.arange(20) < n_faster, 0.4, 0.4 * slower)
        found = change_of_pace(of_influences(0 * moved, 0.5), of_influences(moved, 1.0))
        assert isinstance(found, Pace) if is_given else found is NoPace.FEW_EMPLOYERS


def test_an_error_as_large_as_the_hazard_gives_no_change_of_pace() -> None:
    # each of the sixteen employers that moved adds its square to the variance: 0.98 and 1.02 in all
    for size, is_given in ((0.2475, True), (0.2525, False)):
        moved = np.where(np.arange(20) < 16, size, 0.0)
        found = change_of_pace(of_influences(0 * moved, 0.5), of_influences(moved, 1.0))
        assert isinstance(found, Pace) if is_given else found is NoPace.LARGE_ERROR


def test_an_employer_in_only_one_period_contributes_to_the_error_of_that_period() -> None:
    # the second employer moved by 0.2, and so did the two that are only in the longer period
    shorter, longer = of_influences([0.1, 0.1, 0], 1.0), of_influences([0.1, 0.3, 0, 0.2, -0.2], 1.0)
    half = stats.t.ppf(0.975, 3 - 1) * np.sqrt(3 * 0.2**2)
    for found in (change_of_pace(shorter, longer), change_of_pace(longer, shorter)):
        assert isinstance(found, Pace)
        assert found.change == pytest.approx(0)
        assert (found.low, found.high) == pytest.approx((np.exp(-half) - 1, np.exp(half) - 1))
