"""One cell of openings, built from arrays, for tests of the series that are computed cell by cell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.count_series import Complete, matched_counts
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel
from jobmarket.statistics.young_weeks import YoungWeeks

_NONE = np.zeros(0, dtype=np.int64)


def cell_of(
    size: Numbers,
    known: Booleans | None = None,
    *,
    week: Indexes = _NONE,
    employer: Indexes = _NONE,
    row: Indexes | None = None,
    values: tuple[str, ...] = ("flow", "all", "all"),
) -> CellPostings:
    """Build a cell in which each employer has one source.

    Args:
        size: (weeks, employers): postings.
        known: (employers, weeks): whether the crawls cover the employer. By default, they always do.
        week: (entries,): index of the week. Tests of counts can leave the entries out.
        employer: (entries,): index of the employer.
        row: (entries,): the posting. By default, each entry is another posting.
        values: The measure and the columns that define the cell.
    """
    n_weeks, n_employers = size.shape
    sources = np.arange(n_employers)
    always = np.ones((n_employers, n_weeks), dtype=bool)
    panel = Panel(sources, n_employers, size.T > 0, always if known is None else known)
    rows = np.arange(len(week)) if row is None else row
    n_rows = int(rows.max(initial=-1)) + 1
    return CellPostings(values, slice(0, n_rows), np.arange(n_rows), rows, week, employer, sources, size, panel)


def count_entries(week: Indexes, employer: Indexes, n_weeks: int, n_employers: int) -> Numbers:
    """Return the number of entries by week and employer."""
    size = np.zeros((n_weeks, n_employers))
    np.add.at(size, (week, employer), 1)
    return size


def reader_of(cell: CellPostings, **columns: Any) -> CellReader:
    """Return a reader of a single cell. ``columns`` are available as ``CellReader.stated``."""
    n_weeks, n_employers = cell.size.shape
    starts = np.datetime64("2026-01-05") + 7 * np.arange(n_weeks)
    alone = SimpleNamespace(
        weeks=starts, n_employers=n_employers, stated=columns, cells=lambda: iter([cell]),
        n_entries=lambda: np.array([len(cell.week)]), of_cell=lambda _: cell,
    )  # fmt: skip
    return cast(CellReader, alone)


def count_series(
    cell: CellPostings, floors: Floors, young: YoungWeeks | None = None, complete: Complete | None = None
) -> pd.DataFrame:
    """Compute the matched counts of the cell, one row per week."""
    return pa.Table.from_batches(list(matched_counts(reader_of(cell), floors, young, complete))).to_pandas()
