"""Matched shares of all cells of a weekly table: one row per week and attribute, from counts by employer and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobmarket.statistics.batches import batch_of
from jobmarket.statistics.chains import link
from jobmarket.statistics.changes import HORIZONS, Changes, confidence_of_flagged, q_values, widened
from jobmarket.statistics.mentions import CellMentions, Mentions
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers
from jobmarket.statistics.series import Estimates, matched_shares
from jobmarket.statistics.side_by_side import side_by_side

_CHANGE_PARTS = ("", "_low", "_high", "_q_value", "_selected_low", "_selected_high")
# About how long a cell takes.
_SECONDS, _SECONDS_PER_ENTRY = 0.005, 1e-6


def schema(mentions: Mentions, attribute: str) -> pa.Schema:
    """Return the columns of the result: one row per (week_start, cell, attribute)."""
    texts = (*mentions.cell, attribute)
    columns = [pa.field("week_start", pa.date32()), *(pa.field(name, pa.string()) for name in texts)]
    if mentions.has_questions:
        columns += [pa.field("question", pa.string()), pa.field("is_answer", pa.bool_())]
    columns += [pa.field(name, pa.int64()) for name in mentions.counts]
    columns += [pa.field(name, pa.float64()) for name in ("matched_share", "matched_variance")]
    columns += [pa.field("matched_since", pa.date32())]
    for weeks in HORIZONS:
        columns += [pa.field(f"change_{weeks}w{part}", pa.float64()) for part in _CHANGE_PARTS]
    return pa.schema(columns)


def mention_series(
    mentions: Mentions,
    attribute: str,
    floors: Floors,
    max_false: float,
    processes: int = 1,
    kind_of: Callable[[str], str] = lambda _: "",
) -> Iterator[pa.RecordBatch]:
    """Count the postings of every cell that name an attribute, and chain the shares of cells that are large enough.

    Args:
        mentions: The postings, and the attributes that each names.
        attribute: The name of the attribute column.
        floors: Minimum sample.
        max_false: Changes with a q-value below it are flagged, and have bounds of the flagged as well.
        processes: Processes to share the cells.
        kind_of: Maps an attribute to its kind: changes are corrected for the comparisons of the same kind. By default
            all attributes are one kind.

    Yields:
        Batches of ``schema(mentions, attribute)``, one per cell. From the first week in which a posting of the cell
        names an attribute, the attribute has a row in every week that is large enough or that a comparison reaches,
        and in other weeks if a posting names it. There are no zero rows before that week: they would add rows to weeks
        that are final.
    """
    kinds = {name: kind_of(name) for name in mentions.names}
    estimate = partial(_of_cell, mentions, floors, max_false, kinds, schema(mentions, attribute))
    seconds = _SECONDS + _SECONDS_PER_ENTRY * mentions.n_entries()
    yield from (batch for batch in side_by_side(estimate, seconds, processes) if batch is not None)


def _of_cell(
    mentions: Mentions, floors: Floors, max_false: float, kinds: Mapping[str, str], columns: pa.Schema, number: int
) -> pa.RecordBatch | None:
    one = mentions.of_cell(number)
    if one is None:
        return None
    links = link(one.size, one.panel, floors)
    is_chained = links.since >= 0
    found = None
    if is_chained.any() and len(one.names):
        found = matched_shares(links, one.having, one.size, floors)
    counts = one.counts()
    whole = is_chained | floors.met_by_week(one.size)
    is_named = counts["n_with"] > 0
    shown = is_named | (whole[:, None] & np.logical_or.accumulate(is_named))
    of_names = np.array([kinds[name] for name in one.names], dtype=np.str_)
    changes = [] if found is None else [_judged(change, of_names, max_false) for change in found.changes.values()]
    return _batch(mentions.weeks, one, shown, counts, found, changes, columns)


def _batch(
    starts: NDArray[np.datetime64],
    cell: CellMentions,
    shown: Booleans,
    counts: Mapping[str, Indexes],
    found: Estimates | None,
    changes: list[tuple[Numbers, ...]],
    columns: pa.Schema,
) -> pa.RecordBatch:
    """Build the rows of one cell; ``shown``, and the parts of ``changes``: (weeks, attributes)."""
    week, attribute = np.nonzero(shown)
    # Arrow repeats the texts: as Python objects they would take longer than the estimates
    texts = [pa.repeat(value, len(week)) for value in cell.values]
    texts += [pa.array(cell.names, pa.string()).take(pa.array(attribute))]
    if cell.questions is not None:
        # -1, for no question, indexes the last element
        labels = pa.array([*cell.questions.labels, None], pa.string())
        of_name = cell.questions.of_name % len(labels)
        texts += [labels.take(pa.array(of_name[attribute])), pa.array(cell.questions.is_answer[attribute])]
    numbers: list[object] = [count[shown] for count in counts.values()]
    if found is not None:
        is_chained = (found.since >= 0)[week]
        since = np.where(is_chained, starts[found.since][week], np.datetime64("NaT"))
        # a chain of differences may slightly exceed 0 to 1; the macro handles bounds of clipped shares
        numbers += [np.clip(found.level, 0.0, 1.0)[shown]]
        numbers += [np.where(is_chained, found.variance[shown], np.nan), since]
        numbers += [part[shown] for parts in changes for part in parts]
    arrays = [starts[week], *texts, *numbers]
    arrays += [pa.nulls(len(week))] * (len(columns) - len(arrays))
    return batch_of(arrays, columns)


def _judged(change: Changes, kinds: NDArray[np.str_], max_false: float) -> tuple[Numbers, ...]:
    """Return the _CHANGE_PARTS of (weeks, attributes), corrected in each week among the attributes of a kind."""
    judged, confidence = np.full((2, *change.value.shape), np.nan)
    for kind in np.unique(kinds):
        of_kind = kinds == kind
        judged[:, of_kind] = q_values(change.p_value[:, of_kind])
        confidence[:, of_kind] = confidence_of_flagged(judged[:, of_kind], max_false)
    low, high = widened(change.value, change.low, change.high, change.freedom, confidence)
    # where no employer moved a change has no interval, and no q-value either
    judged[np.isnan(change.low)] = np.nan
    value = change.value
    return value, *_possible(value, change.low, change.high), judged, *_possible(value, low, high)


def _possible(value: Numbers, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Limit the bounds of a change to what a share can do, and to the change itself where a chain exceeds that."""
    return np.maximum(low, np.minimum(value, -1.0)), np.minimum(high, np.maximum(value, 1.0))
