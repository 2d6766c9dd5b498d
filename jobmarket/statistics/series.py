"""Matched shares of all cells of a weekly table: from counts by employer and source to one row a week and attribute."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from jobmarket.statistics.chains import Chained, chain, shares, variance
from jobmarket.statistics.changes import HORIZONS, paired_changes, q_values
from jobmarket.statistics.panel import Floors, Numbers
from jobmarket.statistics.sources import SOURCE, Tables, Weeks, large_cells, panel_of

# Numbers held at once for one cell, 8 bytes each, twice: attributes are taken in groups that keep to it.
_NUMBERS_AT_ONCE = 16_000_000
_CHANGE_COLUMNS = ("", "_low", "_high", "_p_value")


def schema(cell: tuple[str, ...], attribute: str) -> pa.Schema:
    """Columns of the result; one row per (week_start, cell, attribute)."""
    fields = [pa.field("week_start", pa.date32()), *(pa.field(name, pa.string()) for name in (*cell, attribute))]
    fields += [pa.field(name, pa.float64()) for name in ("matched_share", "matched_variance")]
    fields += [pa.field("matched_since", pa.date32())]
    for weeks in HORIZONS:
        fields += [pa.field(f"change_{weeks}w{part}", pa.float64()) for part in (*_CHANGE_COLUMNS, "_q_value")]
    return pa.schema(fields)


def matched_shares(tables: Tables, cell: tuple[str, ...], attribute: str, floors: Floors) -> Iterator[pa.RecordBatch]:
    """Chain the shares of every cell that is large enough in some week.

    Args:
        tables: The counts.
        cell: Columns that make a cell; the first is ``measure``.
        attribute: Column of the attribute whose share is taken: a skill, a workplace.
        floors: Least sample.

    Yields:
        Batches of ``schema(cell, attribute)``.
    """
    weeks = {measure: Weeks(tables, measure) for measure in ("flow", "stock")}
    for values, condition in large_cells(tables.samples, cell, floors):
        counts = tables.samples.filter(condition).project(
            f"week_start, company_key, {SOURCE} as source, n_postings::double as n_postings"
        )
        parts = tables.having.filter(condition).project(
            f"week_start, company_key, {attribute} as attribute, n_with::double as n_with"
        )
        yield from _of_cell(counts.df(), parts.df(), weeks[values[0]], values, schema(cell, attribute), floors)


def _of_cell(
    counts: pd.DataFrame,
    parts: pd.DataFrame,
    weeks: Weeks,
    values: tuple[str, ...],
    columns: pa.Schema,
    floors: Floors,
) -> Iterator[pa.RecordBatch]:
    week = weeks.of(counts["week_start"])
    panel, employer, employers = panel_of(counts, week, weeks)
    size = np.zeros((len(weeks.index), panel.n_employers))
    np.add.at(size, (week, employer), counts["n_postings"].to_numpy())
    attributes = np.sort(parts["attribute"].unique())
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, size.size))
    found: list[tuple[Numbers, ...]] = []
    chained_since = np.full(len(weeks.index), -1)
    # without attributes there is nothing to compare
    for start in range(0, len(attributes), at_once):
        group = pd.Index(attributes[start : start + at_once])
        chosen = parts[parts["attribute"].isin(group)]
        having = np.zeros((*size.shape, len(group)))
        place = (
            weeks.of(chosen["week_start"]),
            employers.get_indexer(pd.Index(chosen["company_key"])),
            group.get_indexer(pd.Index(chosen["attribute"])),
        )
        np.add.at(having, place, chosen["n_with"].to_numpy())
        chained = chain(shares(having, size), len(group), size, panel, floors)
        chained_since = chained.since
        found.append(_estimates(chained, having, size, floors))
    for number in np.flatnonzero(chained_since >= 0):
        estimates = [np.concatenate([group[part][number] for group in found]) for part in range(len(found[0]))]
        yield _batch(weeks, int(number), int(chained_since[number]), values, attributes, estimates, columns)


def _estimates(chained: Chained, having: Numbers, size: Numbers, floors: Floors) -> tuple[Numbers, ...]:
    """Level, its variance, and the changes: arrays of (weeks, attributes) each."""
    n_weeks, _, n_attributes = having.shape
    # influences that cancelled leave rounding behind
    is_counted = np.abs(chained.influence).max(axis=2, initial=0.0) > 1e-12
    variances = np.stack([variance(chained.influence[week], is_counted[week].sum()) for week in range(n_weeks)])
    changes = []
    for horizon in HORIZONS:
        of_horizon = np.full((len(_CHANGE_COLUMNS), n_weeks, n_attributes), np.nan)
        for week in range(horizon, n_weeks):
            earlier = week - horizon
            if chained.since[week] < 0 or chained.since[week] != chained.since[earlier]:
                continue
            asked_by = np.count_nonzero(having[week] + having[earlier], axis=0)
            judged = asked_by >= floors.companies
            moved = paired_changes(
                (chained.level[week] - chained.level[earlier])[judged],
                (chained.influence[week] - chained.influence[earlier])[:, judged],
                int(np.count_nonzero(size[week] + size[earlier])),
            )
            for part, values in enumerate((moved.value, moved.low, moved.high, moved.p_value)):
                of_horizon[part, week, judged] = values
        changes += list(of_horizon)
    return (chained.level, variances, *changes)


def _batch(
    weeks: Weeks,
    number: int,
    since: int,
    values: tuple[str, ...],
    attributes: Numbers,
    estimates: list[Numbers],
    columns: pa.Schema,
) -> pa.RecordBatch:
    size = len(attributes)
    level, variances, *changes = estimates
    # the chain adds differences: it may leave 0 to 1 by a little; the bounds of what is clipped are the macro's affair
    arrays: list[object] = [[weeks.starts[number]] * size, *([value] * size for value in values), attributes]
    arrays += [np.clip(level, 0.0, 1.0), variances, [weeks.starts[since]] * size]
    parts = len(_CHANGE_COLUMNS)
    for start in range(0, len(changes), parts):
        arrays += [*changes[start : start + parts], q_values(changes[start + parts - 1])]
    return pa.RecordBatch.from_arrays(
        [pa.array(array, from_pandas=True).cast(field.type) for array, field in zip(arrays, columns, strict=True)],
        schema=columns,
    )
