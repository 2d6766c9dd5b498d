from __future__ import annotations

import os
import time

import numpy as np
import pytest

from jobmarket.statistics.panel import Numbers
from jobmarket.statistics.side_by_side import side_by_side

# Enough work for more than one process.
SECONDS = np.array([0.1, 3.0, 0.1, 2.0, 0.0, 1.0, 1.0])


def square(cell: int) -> int:
    return cell * cell


def process_of(_: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def inverse(cell: int) -> float:
    return 1 / (cell - 3)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_cells(processes: int) -> None:
    assert list(side_by_side(square, SECONDS, processes)) == [number * number for number in range(7)]


def test_a_table_without_cells_is_empty() -> None:
    assert list(side_by_side(square, np.zeros(0), 2)) == []


@pytest.mark.parametrize(("seconds", "processes"), [(SECONDS / 10, 2), (SECONDS, 1)])
def test_small_work_and_a_single_process_stay_in_this_process(seconds: Numbers, processes: int) -> None:
    assert set(side_by_side(process_of, seconds, processes)) == {os.getpid()}


def test_another_process_estimates_the_largest_cells() -> None:
    found = list(side_by_side(process_of, SECONDS, 2))
    assert found[1] != os.getpid()


def test_the_other_process_is_kept_for_the_next_table() -> None:
    found, of_the_next = (set(side_by_side(process_of, SECONDS, 2)) for _ in range(2))
    assert len(found | of_the_next) == 2


@pytest.mark.parametrize("failing", [0.0, 9.0])
def test_an_error_in_one_cell_is_raised(failing: float) -> None:
    """In this process, which begins with the smallest cell, and in the other."""
    seconds = np.full(9, 1.0)
    seconds[3] = failing
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(inverse, seconds, 2))
