"""The size of each cell, week by week: the sample behind all of its figures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jobmarket.statistics.batches import batch_of
from jobmarket.statistics.cell_reader import CellReader

CELL = ("role_family", "country", "seniority", "workplace")
SCHEMA = pa.schema(
    [pa.field("week_start", pa.date32()), *(pa.field(name, pa.string()) for name in ("measure", *CELL))]
    + [pa.field(name, pa.int64()) for name in ("n_postings", "n_companies", "sum_nn", "sum_nnn", "n_of_largest")]
)


def cell_sizes(reader: CellReader) -> Iterator[pa.RecordBatch]:
    """Count the postings of every cell, with the sums over employers that intervals need.

    Args:
        reader: Reads the postings, by ``CELL``.

    Yields:
        Batches of ``SCHEMA``, one per cell, with the weeks in which it has a posting.
    """
    for found in reader.cells():
        size = found.size[found.size.sum(axis=1) > 0]
        starts = reader.weeks[found.size.sum(axis=1) > 0]
        counts = (
            size.sum(axis=1),
            np.count_nonzero(size, axis=1),
            *((size**power).sum(axis=1) for power in (2, 3)),
            size.max(axis=1),
        )
        arrays = [starts, *(np.full(len(size), value, dtype=object) for value in found.values), *counts]
        yield batch_of(arrays, SCHEMA)
