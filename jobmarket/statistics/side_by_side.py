"""Estimate cells in parallel threads: cells are independent, and array products release Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Cell = TypeVar("Cell")
Found = TypeVar("Found")


def side_by_side(estimate: Callable[[Cell], Found], cells: Iterable[Cell], threads: int) -> Iterator[Found]:
    """Yield the estimate of each cell, in the order of the cells.

    Args:
        estimate: A pure function of one cell.
        cells: Created one by one, at most one ahead of the threads, so that memory stays that of a few cells.
        threads: How many cells to estimate at once.
    """
    if threads <= 1:
        yield from map(estimate, cells)
        return
    with ThreadPoolExecutor(threads) as pool:
        begun: deque[Future[Found]] = deque()
        for cell in cells:
            begun.append(pool.submit(estimate, cell))
            if len(begun) > threads:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
