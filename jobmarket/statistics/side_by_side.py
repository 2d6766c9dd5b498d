"""Estimate the cells of a table in several processes: cells are independent.

Threads would not do: a cell is thousands of short array operations, most of which hold Python's lock.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
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
    found = dict[int, Found]()
    with NamedTemporaryFile() as copy:  # for all parts, which would otherwise bring a copy each
        pickle.dump(estimate, copy)
        copy.flush()
        others = _others(processes - 1)
        parts = [(part, others.submit(_of_part, copy.name, part)) for part in _parts(seconds)]
        try:
            while parts and parts[-1][1].cancel():  # not begun elsewhere
                found |= {cell: estimate(cell) for cell in parts.pop()[0]}
            for _, elsewhere in parts:
                found |= elsewhere.result()
        finally:
            for _, elsewhere in parts:
                elsewhere.cancel()  # nothing more is begun after an error
    for cell in cells:
        yield found.pop(cell)


@cache
def _others(processes: int) -> ProcessPoolExecutor:
    """Return the other processes. They are kept for the next table, because starting one takes a second of work."""
    return workers(processes)


def _parts(seconds: NDArray[np.floating[Any]]) -> list[list[int]]:
    """Return the cells in parts of about equal work, the largest cells first."""
    order = np.argsort(-seconds, kind="stable")
    number = np.floor(np.cumsum(seconds[order]) / (_PART * seconds.sum()))
    ends: Indexes = np.flatnonzero(np.diff(number)) + 1
    return [part.tolist() for part in np.split(order, ends)]


@lru_cache(maxsize=1)
def _read(copy: str) -> Callable[[int], Any]:
    estimate: Callable[[int], Any] = pickle.loads(Path(copy).read_bytes())  # noqa: S301 - from the process that started this one
    return estimate


def _of_part(copy: str, part: list[int]) -> dict[int, Any]:
    estimate = _read(copy)
    return {cell: estimate(cell) for cell in part}
