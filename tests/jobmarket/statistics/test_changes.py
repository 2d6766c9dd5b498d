"""Changes judged by the employers' own changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from jobmarket.statistics.changes import changes_of_sums


def test_a_change_that_all_employers_make_equally_is_withheld_because_it_has_no_interval() -> None:
    found = changes_of_sums(np.array([1.0, 0.0, 2e-16, 0.1]), np.array([0.0, 0.0, 1e-32, 0.01]), np.full(4, 1e-5), 10)
    assert np.isnan(found.p_value).tolist() == [True, False, False, False]
    assert np.isnan([found.value[0], found.low[0], found.high[0]]).all()
    assert found.low[3] < 0.1 < found.high[3]


def test_if_no_employer_moved_the_change_is_zero_without_an_interval() -> None:
    value, squares = np.array([0.0, 2e-16, -9e-16]), np.array([0.0, 1e-32, 0.01])
    found = changes_of_sums(value, squares, np.array([0.0, 1e-64, 1e-5]), 10)
    assert found.value.tolist() == [0.0, 0.0, 0.0]
    assert np.isnan([found.low[:2], found.high[:2]]).all()
    assert found.p_value[:2].tolist() == [1.0, 1.0]
    assert found.low[2] == -found.high[2] < 0.0


def test_degrees_of_freedom_count_the_employers_that_moved() -> None:
    # five of ten moved by one each: four degrees of freedom, and the variance of ten employers
    found = changes_of_sums(np.array([3.0]), np.array([5.0]), np.array([5.0]), 10)
    error = np.sqrt(10 / 9 * 5)
    assert found.high[0] - 3 == pytest.approx(stats.t.ppf(0.975, 4) * error)
    assert found.low[0] == pytest.approx(6 - found.high[0])
    assert found.p_value[0] == pytest.approx(2 * stats.t.sf(3 / error, 4))


@pytest.mark.parametrize(("movers", "is_given"), [([1.0, 1.0], False), ([1.0, 1.0, 0.9], False), ([1.0] * 3, True)])
def test_a_change_of_fewer_than_three_effective_employers_is_withheld_and_remains_a_comparison(
    movers: list[float], is_given: bool
) -> None:
    moved = np.square(np.array([movers]))
    found = changes_of_sums(np.array([3.0]), moved.sum(axis=1), np.square(moved).sum(axis=1), 10)
    assert np.isnan([found.value[0], found.low[0], found.high[0]]).tolist() == [not is_given] * 3
    assert 0 < found.p_value[0] < 1
    assert found.is_of_few.tolist() == [not is_given]


def test_no_more_employers_count_as_having_moved_than_carry_the_openings() -> None:
    squares = np.array([8.0, 8.0])
    found = changes_of_sums(np.array([3.0, 3.0]), squares, squares, 10, by_size=np.array([4.0, 2.9]))
    assert found.high[0] - 3 == pytest.approx(stats.t.ppf(0.975, 3) * np.sqrt(10 / 9 * 8))
    assert found.is_of_few.tolist() == [False, True]
