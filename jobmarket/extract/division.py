"""Assign postings to processes so that each employer's postings go to the process that remembers its lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.int64]

_TEXTS = ("description_html", "description_text")
# An employer's postings are sent in pieces of at most this fraction of a process's share, mostly to one process.
_PIECES = 8


class Division:
    """Divides tables of postings among processes by the length of their texts."""

    def __init__(self, processes: int) -> None:
        self._loads = [0] * processes
        self._process_of: dict[str, int] = {}

    def rows(self, table: pa.Table) -> list[Rows]:
        """Return the rows of a table that each process reads, in order; every row once.

        An employer stays with its first process as long as that process has no more than its share.
        """
        given: list[list[Rows]] = [[] for _ in self._loads]
        sizes = _sizes(table)
        largest = max(1, int(sizes.sum()) // (_PIECES * len(self._loads)))
        share = (sum(self._loads) + int(sizes.sum())) / len(self._loads)
        pieces = [
            (int(sizes[rows].sum()), employer, rows)
            for employer, of_employer in _by_employer(table)
            for rows in _pieces(of_employer, sizes, largest)
        ]
        for size, employer, rows in sorted(pieces, key=lambda piece: -piece[0]):
            process = self._process(employer, share + largest - size)
            self._loads[process] += size
            given[process].append(rows)
        return [np.sort(np.concatenate(rows)) if rows else np.empty(0, np.int64) for rows in given]

    def _process(self, employer: str | None, most: float) -> int:
        least = min(range(len(self._loads)), key=self._loads.__getitem__)
        if employer is None:
            return least
        process = self._process_of.setdefault(employer, least)
        return process if self._loads[process] <= most else least


def _sizes(table: pa.Table) -> NDArray[np.int64]:
    """Return the length of each row's texts, at least 1."""
    sizes = np.ones(table.num_rows, np.int64)
    for name in _TEXTS:
        if name in table.column_names:
            sizes += _numbers(pc.fill_null(pc.binary_length(table.column(name)), 0))
    return sizes


def _by_employer(table: pa.Table) -> Iterator[tuple[str | None, Rows]]:
    """Yield the rows of each employer; rows without an employer come together, under None."""
    if "company_name" not in table.column_names:
        yield None, np.arange(table.num_rows)
        return
    names = table.column("company_name").combine_chunks().dictionary_encode(null_encoding="encode")
    codes = _numbers(names.indices)
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        if rows.size:
            yield names.dictionary[int(codes[rows[0]])].as_py(), rows


def _pieces(rows: Rows, sizes: NDArray[np.int64], largest: int) -> list[Rows]:
    piece = (np.cumsum(sizes[rows]) - 1) // largest
    return np.split(rows, np.flatnonzero(np.diff(piece)) + 1)


def _numbers(values: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return np.asarray(array.to_numpy(zero_copy_only=False), np.int64)
