"""Matched index of the number of postings, and its changes, for all cells of the demand table.

A source that publishes once a month, such as a thread, lifts the flow of its week and returns four or five weeks later.
A quarter contains three of them, so the mean of the index over thirteen weeks shows the trend of the flow.

The flow of a week that is not final is compared with other weeks as they were known at its age.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobmarket.statistics.batches import batch_of
from jobmarket.statistics.carried_numbers import carried
from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.chains import Chained, chain, log_totals, rows_of
from jobmarket.statistics.changes import FEW_EMPLOYERS, HORIZONS, Changes, changes_of_sums
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers
from jobmarket.statistics.young_weeks import YoungWeeks

CELL = ("measure", "role_family", "country")
_PARTS = ("", "_low", "_high")
_INDEX = ("demand_index", *(f"matched_index{part}" for part in _PARTS))
# The same week a year ago falls in the same season.
_YEAR = 52
_HORIZONS = (*HORIZONS, _YEAR)
_CHANGES = tuple(f"change_{weeks}w{part}" for weeks in _HORIZONS for part in _PARTS)
# Three months, less a third of a day.
_QUARTER = 13
_QUARTER_CHANGES = {"quarter_change": _QUARTER, "quarter_change_52w": _YEAR}
_MEANS = tuple(f"{name}{part}" for name in ("matched_index_13w", *_QUARTER_CHANGES) for part in _PARTS)
_EXPECTED = "expected_known_share"
# The estimates that may be withheld, each with a reason.
_REASONS = {
    name: f"{name}_floor_reason"
    for name in ("matched_index", *(f"change_{weeks}w" for weeks in _HORIZONS), "matched_index_13w", *_QUARTER_CHANGES)
}
Reasons: TypeAlias = dict[str, NDArray[Any]]


class Complete(NamedTuple):
    """The weeks that the crawls of each source leave complete, (sources, weeks), and how long a number is carried."""

    weeks: Booleans
    longest: int


class NoGrowth(StrEnum):
    """Why there is no index or growth, as published."""

    NOT_COMPARED = "too few weeks that pass the floors and can be compared"
    FEW_EMPLOYERS = FEW_EMPLOYERS
    ALL_ALIKE = "all companies grew alike, so that its error is unknown"


SCHEMA = pa.schema(
    [pa.field("week_start", pa.date32()), *(pa.field(name, pa.string()) for name in CELL)]
    + [pa.field("matched_since", pa.date32())]
    + [pa.field(name, pa.float64()) for name in (*_INDEX, *_CHANGES, *_MEANS, _EXPECTED)]
    + [pa.field(name, pa.string()) for name in _REASONS.values()]
)


def matched_counts(
    reader: CellReader, floors: Floors, young: YoungWeeks | None = None, complete: Complete | None = None
) -> Iterator[pa.RecordBatch]:
    """Estimate every cell that is large enough in some week.

    Args:
        reader: Reads the postings, by CELL.
        floors: Minimum sample.
        young: The weeks of the flow that are not final, and late openings of others. None compares all weeks as known.
        complete: The weeks that crawls leave complete; None for all.

    Yields:
        Batches of ``SCHEMA``, one per cell.
    """
    for found in reader.cells():
        is_large_enough = floors.met_by_week(found.size)
        if is_large_enough.any():
            yield _of_cell(reader.weeks, found, is_large_enough, floors, young, complete)


def _of_cell(
    starts: NDArray[np.datetime64],
    of: CellPostings,
    is_large_enough: Booleans,
    floors: Floors,
    young: YoungWeeks | None,
    complete: Complete | None,
) -> pa.RecordBatch:
    is_flow = of.values[0] == "flow"
    size, panel = (of.size, of.panel) if is_flow or complete is None else carried(of, complete.weeks, complete.longest)
    known = size * panel.comparable_over(0)  # of the employers that the week knows completely
    columns: dict[str, Numbers] = {
        name: np.full(len(starts), np.nan) for name in (*_INDEX, *_CHANGES, *_MEANS, _EXPECTED)
    }
    reasons: Reasons = {name: np.full(len(starts), NoGrowth.NOT_COMPARED.value, dtype=object) for name in _REASONS}
    compared = {}
    # hardly any of the stock is still to be discovered: most of it was dated weeks ago
    if young and is_flow:
        compared = young.compared(of)
        columns[_EXPECTED] = young.expected_share(of, floors)
    chained = chain(log_totals(rows_of(size, compared)), 1, size, panel, floors, compared)
    shown = np.flatnonzero(chained.since >= 0)
    base = chained.since[shown]
    number = of.size.sum(axis=1)
    columns["demand_index"][shown] = 100 * number[shown] / number[base]
    since_base = _growth(chained, known, base, shown)
    for part, found in zip(_PARTS, (since_base.value, since_base.low, since_base.high), strict=True):
        # 100 in the first week is a definition, not an estimate
        columns[f"matched_index{part}"][shown] = np.where(shown == base, 100.0, 100 * np.exp(found))
    reasons["matched_index"][shown] = _why_not(since_base)
    reasons["matched_index"][base] = None
    for horizon in _HORIZONS:
        later = shown[shown >= horizon]
        # a change from a suppressed week would reveal its figure
        later = later[is_large_enough[later - horizon]]
        later = later[chained.since[later - horizon] == chained.since[later]]
        moved = _growth(chained, known, later - horizon, later)
        for part, found in zip(_PARTS, (moved.value, moved.low, moved.high), strict=True):
            columns[f"change_{horizon}w{part}"][later] = np.expm1(found)
        reasons[f"change_{horizon}w"][later] = _why_not(moved)
    _add_means(columns, reasons, chained, known, is_large_enough)
    arrays: list[object] = [starts[shown], *([value] * len(shown) for value in of.values)]
    arrays += [starts[chained.since[shown]], *(column[shown] for column in (*columns.values(), *reasons.values()))]
    return batch_of(arrays, SCHEMA)


def _add_means(
    columns: dict[str, Numbers], reasons: Reasons, chained: Chained, size: Numbers, is_large_enough: Booleans
) -> None:
    """Add the index's mean over each quarter whose weeks are all shown, and its growth over a quarter and over a year.

    Like the index, the mean is relative to the week that is 100, and its interval is that of this ratio.
    """
    level, influence = np.full(chained.level.shape, np.nan), np.full(chained.influence.shape, np.nan)
    employed = np.zeros(size.shape)
    for last in range(_QUARTER - 1, len(size)):
        weeks = slice(last - _QUARTER + 1, last + 1)
        if (
            is_large_enough[weeks].all()
            and (chained.since[weeks] == chained.since[last]).all()
            and chained.since[last] >= 0
        ):
            number = np.exp(chained.level[weeks])
            level[last] = np.log(number.mean(axis=0))
            # influence on the logarithm of a mean: each week weighted by its part of the sum
            influence[last] = np.tensordot((number / number.sum(axis=0))[:, 0], chained.influence[weeks], axes=1)
            employed[last] = size[weeks].sum(axis=0)
    means = Chained(level, influence, chained.since)
    whole = np.flatnonzero(~np.isnan(level[:, 0]))
    # the weeks, followed by the quarters that end with each of them
    both = Chained(
        np.concatenate([chained.level, level]),
        np.concatenate([chained.influence, influence]),
        np.concatenate([chained.since, chained.since]),
    )
    since_base = _growth(both, np.concatenate([size, employed]), chained.since[whole], len(size) + whole)
    for part, found in zip(_PARTS, (since_base.value, since_base.low, since_base.high), strict=True):
        columns[f"matched_index_13w{part}"][whole] = 100 * np.exp(found)
    reasons["matched_index_13w"][whole] = _why_not(since_base)
    for name, horizon in _QUARTER_CHANGES.items():
        later = whole[np.isin(whole - horizon, whole)]
        later = later[chained.since[later - horizon] == chained.since[later]]
        moved = _growth(means, employed, later - horizon, later)
        for part, found in zip(_PARTS, (moved.value, moved.low, moved.high), strict=True):
            columns[f"{name}{part}"][later] = np.expm1(found)
        reasons[name][later] = _why_not(moved)


def _growth(chained: Chained, size: Numbers, earlier: Indexes, later: Indexes) -> Changes:
    """Estimate the growth of the logarithm between pairs of weeks.

    Growth that the largest employers share leaves no trace in how much employers differ. So no more employers count as
    having moved than carry the openings of either week.
    """
    squares, fourth = np.empty((2, len(later)))
    for number, (before, after) in enumerate(zip(earlier, later, strict=True)):
        squared = np.square(chained.influence[after, :, 0] - chained.influence[before, :, 0])
        squares[number], fourth[number] = squared.sum(), np.square(squared).sum()
    value = chained.level[later, 0] - chained.level[earlier, 0]
    by_size = np.minimum(_effective(size[earlier]), _effective(size[later]))
    return changes_of_sums(value, squares, fourth, np.count_nonzero(size[later] + size[earlier], axis=1), by_size)


def _effective(size: Numbers) -> Numbers:
    """(weeks,): how many employers of equal size would carry as much information."""
    return np.asarray(np.square(size.sum(axis=1)) / np.square(size).sum(axis=1))


def _why_not(growth: Changes) -> NDArray[Any]:
    """Return why each growth is withheld; None if it is not."""
    found = np.full(growth.value.shape, None, dtype=object)
    found[np.isnan(growth.value)] = NoGrowth.ALL_ALIKE.value
    found[growth.is_of_few] = NoGrowth.FEW_EMPLOYERS.value
    return found
