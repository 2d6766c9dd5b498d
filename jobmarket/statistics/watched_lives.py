"""Read the lifetimes of postings from the warehouse, cell by cell; schema of the estimates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.survival import LONGEST_DAYS
from jobmarket.warehouse.naming import name_relation

Columns: TypeAlias = dict[str, NDArray[Any]]

# The fields of survival.TimeToClose.
FIGURES = (
    ("n_postings", pa.int32()),
    ("n_closed", pa.int32()),
    ("n_companies", pa.int32()),
    ("n_of_largest_company", pa.int32()),
    ("begins_day", pa.int32()),
    ("median_days", pa.int32()),
    ("median_low", pa.int32()),
    ("median_high", pa.int32()),
    ("share_open_30_days", pa.float64()),
    ("share_open_30_low", pa.float64()),
    ("share_open_30_high", pa.float64()),
    ("closing_interval_days", pa.float64()),
)

# Postings first seen at a greater age are in no curve and no sample.
_WATCHED = """
    create or replace temp view watched as
    select *
    from durations
    join cells using (posting_key, version_no)
    where durations.entered_day <= {longest}
"""
_CELLS = "select distinct role_family, country from watched order by role_family, country"
# There are millions of rows: numbers only, with cells numbered as in _CELLS.
_LIVES = """
    select
        dense_rank() over (order by role_family, country) - 1 as cell,
        dense_rank() over (order by company_key) - 1 as company,
        {further} entered_day, last_seen_day, coalesce(missed_day, {still_open}) as missed_day
    from watched
    order by cell, {within} company, entered_day, last_seen_day, missed_day
"""


def lives_by_cell(
    session: duckdb.DuckDBPyConnection,
    durations: duckdb.DuckDBPyRelation,
    cells: duckdb.DuckDBPyRelation,
    within: Sequence[str] = (),
    also: Sequence[str] = (),
) -> Iterator[tuple[tuple[str, str], Columns]]:
    """Read the lifetimes of each cell's postings.

    Args:
        session: The warehouse's connection. It keeps the views ``durations``, ``cells`` and ``watched``.
        durations: posting_key, version_no, company_key, entered_day, last_seen_day, missed_day, ``within``, ``also``.
        cells: posting_key, version_no, role_family, country.
        within: Columns by which a cell's rows are sorted before the employer.
        also: Further columns to read.

    Yields:
        (role family, country), and the columns of ``lives``, ``within`` and ``also``.
    """
    for name, relation in (("durations", durations), ("cells", cells)):
        name_relation(session, relation, name)
    session.execute(_WATCHED.format(longest=LONGEST_DAYS))
    further, sorted_by = ("".join(f"{column}, " for column in columns) for columns in ((*within, *also), within))
    read: dict[str, Any] = session.sql(
        _LIVES.format(further=further, within=sorted_by, still_open=STILL_OPEN)
    ).fetchnumpy()
    for cell, of_cell in zip(session.sql(_CELLS).fetchall(), parts(read, "cell"), strict=True):
        of_cell["company"] = np.unique(of_cell["company"], return_inverse=True)[1]
        yield cell, of_cell


def parts(columns: Mapping[str, NDArray[Any]], name: str) -> Iterator[Columns]:
    """Split columns by the values of one that they are sorted by; yields nothing for no rows."""
    values = columns[name]
    starts = np.flatnonzero(np.append([True], values[1:] != values[:-1])[: len(values)])
    for start, end in zip(starts, np.append(starts, len(values))[1:], strict=True):
        yield {name: column[start:end] for name, column in columns.items()}


def lives(columns: Mapping[str, NDArray[Any]]) -> Lives:
    """Build lifetimes from columns of ``lives_by_cell``."""
    entered, last_seen, missed = (
        columns[day].astype(np.int64) for day in ("entered_day", "last_seen_day", "missed_day")
    )
    return Lives(entered, last_seen, missed, columns["company"])
