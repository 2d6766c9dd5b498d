"""Cells estimated beside each other: none knows of another, and products of arrays leave Python to other threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Cell = TypeVar("Cell")
Found = TypeVar("Found")


def side_by_side(estimate: Callable[[Cell], Found], cells: Iterable[Cell], threads: int) -> Iterator[Found]:
    """What is found of each cell, in the order of the cells.

    Args:
        estimate: Pure: what it finds of a cell depends on no other one.
        cells: Made one by one, no more than one ahead of the threads: memory stays that of a few cells.
        threads: How many cells are estimated at once.
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
