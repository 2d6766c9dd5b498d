from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from jobmarket.statistics.side_by_side import side_by_side


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_results_come_in_the_order_of_the_cells(threads: int) -> None:
    later_is_done = threading.Event()

    def estimate(cell: int) -> int:
        if threads > 1 and cell == 0:
            assert later_is_done.wait(timeout=10)
        if cell == 1:
            later_is_done.set()
        return cell * cell

    assert list(side_by_side(estimate, iter(range(7)), threads)) == [number * number for number in range(7)]


def test_at_most_one_cell_is_prepared_ahead_of_the_threads() -> None:
    made: list[int] = []

    def cells() -> Iterator[int]:
        for number in range(50):
            made.append(number)
            yield number

    for number, found in enumerate(side_by_side(str, cells(), threads=2)):
        assert found == str(number)
        assert len(made) <= number + 3


def test_an_error_in_one_cell_is_raised() -> None:
    def estimate(cell: int) -> float:
        return 1 / (cell - 3)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(estimate, range(9), threads=2))
