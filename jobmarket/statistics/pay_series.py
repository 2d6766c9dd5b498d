"""Matched median pay and composition-controlled changes of all cells of the pay table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import stats

from jobmarket.statistics.chains import chain, medians, variance
from jobmarket.statistics.changes import CONFIDENCE
from jobmarket.statistics.controlled_pay import PaySums, bootstrap_weights, controlled_change
from jobmarket.statistics.panel import Floors, Indexes, Numbers
from jobmarket.statistics.sources import SOURCE, Tables, Weeks, large_cells, panel_of

CELL = ("measure", "role_family", "country", "seniority")
# A quarter and a year: over four weeks pay moves by less than its error.
HORIZONS = (13, 52)
# Which pay a change is of: in the currency it is stated in, and in dollars of the day it was posted.
_BASES = {"": "local_annual", "_usd": "usd_annual"}
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


def matched_pay(tables: Tables, floors: Floors) -> Iterator[pa.RecordBatch]:
    """Estimate every cell that is large enough in some week.

    Args:
        tables: ``samples`` are postings with pay: CELL, week_start, company_key, board, company_slug, n_postings,
            job_kind, usd_annual, local_annual.
        floors: Least sample.

    Yields:
        Batches of ``SCHEMA``, one a cell.
    """
    weeks = {measure: Weeks(tables, measure) for measure in ("flow", "stock")}
    for values, condition in large_cells(tables.samples, CELL, floors, number="count(*)"):
        entries = tables.samples.filter(condition).project(
            f"week_start, company_key, {SOURCE} as source, job_kind, ln(usd_annual) as usd_annual, "
            "ln(local_annual) as local_annual"
        )
        # in one order, whatever order threads deliver: sums of floating numbers depend on it
        ordered = entries.order("week_start, usd_annual, company_key, source, job_kind, local_annual").df()
        yield _of_cell(ordered, weeks[values[0]], values, floors)


def _of_cell(entries: pd.DataFrame, weeks: Weeks, values: tuple[str, ...], floors: Floors) -> pa.RecordBatch:
    week = weeks.of(entries["week_start"])
    panel, employer, _ = panel_of(entries, week, weeks)
    size = np.zeros((len(weeks.index), panel.n_employers))
    np.add.at(size, (week, employer), 1.0)
    columns: dict[str, Numbers] = {name: np.full(len(weeks.index), np.nan) for name in SCHEMA.names[len(CELL) + 1 :]}

    by_week = [np.flatnonzero(week == number) for number in range(len(weeks.index))]
    logs = entries["usd_annual"].to_numpy()
    statistic = medians([logs[rows] for rows in by_week], [employer[rows] for rows in by_week], panel.n_employers)
    chained = chain(statistic, 1, size, panel, floors)
    for number in np.flatnonzero(chained.since >= 0):
        n_employers = int(np.count_nonzero(size[number]))
        spread = np.sqrt(variance(chained.influence[number], n_employers)[0])
        half = stats.t.ppf(0.5 + CONFIDENCE / 2, max(1, n_employers - 1)) * spread
        level = chained.level[number, 0]
        for name, value in zip(_LEVELS, (level, level - half, level + half), strict=True):
            columns[name][number] = np.exp(value)

    weights = bootstrap_weights(panel.n_employers)
    for basis, column in _BASES.items():
        pay = _sums(entries["job_kind"], employer, week, entries[column].to_numpy(), len(weeks.index))
        for horizon in HORIZONS:
            for later in range(horizon, len(weeks.index)):
                change = controlled_change(pay, panel, floors, weights, later - horizon, later)
                if change is None:
                    continue
                for part, found in (("", change.value), ("_low", change.low), ("_high", change.high)):
                    columns[f"controlled_change_{horizon}w{basis}{part}"][later] = found
                columns[f"n_job_kinds_{horizon}w"][later] = change.n_kinds

    shown = np.flatnonzero(chained.since >= 0)
    arrays: list[object] = [weeks.starts[shown], *([value] * len(shown) for value in values)]
    arrays += [
        weeks.starts[chained.since[shown]] if name == "matched_since" else column[shown]
        for name, column in columns.items()
    ]
    return pa.RecordBatch.from_arrays(
        [pa.array(array, from_pandas=True).cast(field.type) for array, field in zip(arrays, SCHEMA, strict=True)],
        schema=SCHEMA,
    )


def _sums(kinds: pd.Series[str], employer: Indexes, week: Indexes, logs: Numbers, n_weeks: int) -> PaySums:
    kind, names = pd.factorize(kinds, sort=True)
    row, rows = pd.factorize(pd.MultiIndex.from_arrays([kind, employer]), sort=True)
    number, total = np.zeros((n_weeks, len(rows))), np.zeros((n_weeks, len(rows)))
    np.add.at(number, (week, row), 1.0)
    np.add.at(total, (week, row), logs)
    kind_of_row, employer_of_row = (rows.get_level_values(level).to_numpy() for level in (0, 1))
    return PaySums(kind_of_row, employer_of_row, len(names), number, total)
