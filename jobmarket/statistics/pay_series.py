"""Matched median pay and composition-controlled changes of all cells of the pay table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pyarrow as pa

from jobmarket.statistics.batches import batch_of
from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.controlled_pay import PaySums, bootstrap_weights, controlled_changes
from jobmarket.statistics.matched_medians import matched_medians
from jobmarket.statistics.panel import Floors, Indexes, Numbers
from jobmarket.statistics.side_by_side import side_by_side

CELL = ("measure", "role_family", "country", "seniority")
# A quarter and a year: over four weeks pay changes by less than its error.
HORIZONS = (13, 52)
# Bases of a change: the stated currency, and dollars at the rate of the day of publication.
_BASES = ("", "_usd")
# Columns of a posting: the logarithms of its pay in dollars and in its own currency (several: at constant rates), and a
# number for its kind of job.
AMOUNTS, KIND = ("log_usd", "log_own"), "kind"
# About how long a cell takes.
_SECONDS, _SECONDS_PER_ENTRY = 0.003, 1e-6
_LEVELS = ("matched_median_usd_annual", "matched_median_low", "matched_median_high")
_CHANGES = tuple(
    f"controlled_change_{weeks}w{basis}{part}"
    for weeks in HORIZONS
    for basis in _BASES
    for part in ("", "_low", "_high")
)

SCHEMA = pa.schema(
    [pa.field("week_start", pa.date32()), *(pa.field(name, pa.string()) for name in CELL)]
    + [pa.field(name, pa.float64()) for name in _LEVELS]
    + [pa.field("matched_since", pa.date32())]
    + [pa.field(name, pa.float64()) for name in _CHANGES]
    + [pa.field(f"n_job_kinds_{weeks}w", pa.int32()) for weeks in HORIZONS]
)


def matched_pay(reader: CellReader, floors: Floors, processes: int = 1) -> Iterator[pa.RecordBatch]:
    """Estimate every cell that is large enough in some week.

    Args:
        reader: Reads the postings with pay, by CELL, with the columns AMOUNTS and KIND.
        floors: Minimum sample.
        processes: Processes to share the cells.

    Yields:
        Batches of ``SCHEMA``, one per cell.
    """
    seconds = _SECONDS + _SECONDS_PER_ENTRY * reader.n_entries()
    estimate = partial(_if_large, reader, floors, bootstrap_weights(reader.n_employers))
    yield from (batch for batch in side_by_side(estimate, seconds, processes) if batch is not None)


def _if_large(reader: CellReader, floors: Floors, weights: Numbers, number: int) -> pa.RecordBatch | None:
    found = reader.of_cell(number)
    is_large = found is not None and floors.met_by_week(found.size).any()
    return _of_cell(reader, found, floors, weights) if found is not None and is_large else None


def _of_cell(reader: CellReader, found: CellPostings, floors: Floors, weights: Numbers) -> pa.RecordBatch:
    starts, size, panel = reader.weeks, found.size, found.panel
    usd, own, kinds = (reader.stated[name][found.rows] for name in (*AMOUNTS, KIND))
    # sorted by week and pay: a posting is in a week at most once, so the order is unique
    rank = np.empty(len(usd), dtype=np.int64)
    rank[np.argsort(usd, kind="stable")] = np.arange(len(usd))
    order = np.argsort(found.week * len(usd) + rank[found.row])
    week, employer, row = found.week[order], found.employer[order], found.row[order]
    logs = usd[row]
    columns: dict[str, Numbers] = {name: np.full(len(starts), np.nan) for name in SCHEMA.names[len(CELL) + 1 :]}

    ends = np.searchsorted(week, np.arange(1, len(starts)))
    in_week = np.split(logs, ends), np.split(employer, ends)
    chained = matched_medians(*in_week, size, panel, floors)
    for name, values in zip(_LEVELS, (chained.level, chained.low, chained.high), strict=True):
        columns[name] = np.exp(values)

    is_large_enough = floors.met_by_week(size)
    pay = _sums(kinds[row], employer, week, (own[row], logs), len(starts))
    for horizon in HORIZONS:
        for later in range(horizon, len(starts)):
            # a change from a suppressed week would reveal its figure
            if not is_large_enough[later - horizon]:
                continue
            changes = controlled_changes(pay, panel, floors, weights, later - horizon, later)
            for basis, change in zip(_BASES, changes or (), strict=False):
                for part, value in (("", change.value), ("_low", change.low), ("_high", change.high)):
                    columns[f"controlled_change_{horizon}w{basis}{part}"][later] = value
                columns[f"n_job_kinds_{horizon}w"][later] = change.n_kinds

    shown = np.flatnonzero(chained.since >= 0)
    arrays: list[object] = [starts[shown], *([value] * len(shown) for value in found.values)]
    arrays += [
        starts[chained.since[shown]] if name == "matched_since" else column[shown] for name, column in columns.items()
    ]
    return batch_of(arrays, SCHEMA)


def _sums(kinds: Indexes, employer: Indexes, week: Indexes, pays: tuple[Numbers, ...], n_weeks: int) -> PaySums:
    names, kind = np.unique(kinds, return_inverse=True)
    n_employers = int(employer.max()) + 1
    rows, row = np.unique(kind * n_employers + employer, return_inverse=True)
    place, shape = week * len(rows) + row, (n_weeks, len(rows))
    summed = [np.bincount(place, values, n_weeks * len(rows)) for values in (np.ones(len(row)), *pays)]
    number, *total = (np.asarray(values, dtype=float).reshape(shape) for values in summed)
    return PaySums(rows // n_employers, rows % n_employers, len(names), number, np.stack(total))
