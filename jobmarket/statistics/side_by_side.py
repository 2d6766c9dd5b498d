"""Estimate the cells of a table in several processes: cells are independent.

Threads would not do: a cell is thousands of short array operations, most of which hold Python's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.panel import Indexes
from jobmarket.workers import workers

Found = TypeVar("Found")
# Starting a further process takes most of a second.
_WORTH_A_PROCESS = 1.5
# Cells are handed out in parts of at least one cell, each about this share of the work.
_PART = 0.01


def side_by_side(
    estimate: Callable[[int], Found], seconds: NDArray[np.floating[Any]], processes: int
) -> Iterator[Found]:
    """Yield the estimate of each cell, in the order of the cells.

    This process estimates too, from the smallest cells on. The others, which take a while to start, begin with the
    largest.

    Args:
        estimate: A pure function of a cell's number. It is copied to each process, with everything it refers to.
        seconds: (cells,): about how long each estimate takes.
        processes: The maximum number of processes, with this one; fewer if the work is small.
    """
    cells = range(len(seconds))
    if processes <= 1 or seconds.sum() < _WORTH_A_PROCESS:
        yield from map(estimate, cells)
        return
    parts, found = deque(_parts(seconds)), dict[int, Found]()
    with ThreadPoolExecutor(processes - 1) as threads:
        others = [threads.submit(_elsewhere, estimate, parts) for _ in range(processes - 1)]
        try:
            while part := _taken(parts.pop):
                found |= {cell: estimate(cell) for cell in part}
        finally:
            parts.clear()  # nothing more is begun after an error
        for other in others:
            found |= other.result()
    for cell in cells:
        yield found.pop(cell)


def _parts(seconds: NDArray[np.floating[Any]]) -> list[list[int]]:
    """Return the cells in parts of about equal work, the largest cells first."""
    order = np.argsort(-seconds, kind="stable")
    number = np.floor(np.cumsum(seconds[order]) / (_PART * seconds.sum()))
    ends: Indexes = np.flatnonzero(np.diff(number)) + 1
    return [part.tolist() for part in np.split(order, ends)]


def _taken(take: Callable[[], list[int]]) -> list[int] | None:
    try:
        return take()
    except IndexError:
        return None


def _elsewhere(estimate: Callable[[int], Found], parts: deque[list[int]]) -> dict[int, Found]:
    """Have another process estimate one part after the other."""
    begun, found = deque[Future[dict[int, Found]]](), dict[int, Found]()
    with workers(1, _begin, estimate) as pool:
        while part := _taken(parts.popleft):
            begun.append(pool.submit(_of_part, part))
            # the next part waits in the process, which need not wait for this one
            if len(begun) > 1:
                found |= begun.popleft().result()
        for future in begun:
            found |= future.result()
    return found


_estimate: Callable[[int], Any]


def _begin(estimate: Callable[[int], Any]) -> None:
    global _estimate  # set once, when the process starts
    _estimate = estimate


def _of_part(part: list[int]) -> dict[int, Any]:
    return {cell: _estimate(cell) for cell in part}
