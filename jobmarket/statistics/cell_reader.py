"""Which postings count in which weeks and cells, as arrays: read once and yielded cell by cell.

A week counts one content of a posting. Each content of an edited posting has a number of its own, as if it were a
posting. A posting counts in about four cells and in five weeks or more. Its cells and its weeks are kept in separate
arrays, so that the warehouse never joins the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.panel import Indexes, Numbers, Panel
from jobmarket.statistics.sources import Tables, Weeks
from jobmarket.warehouse.naming import name_relation

# The cells are a view over several joins: stored, because they are read three times.
_NUMBERED = """
create or replace temp table cell_rows as from cells;
create or replace temp table numbered_cells as
    select *, (row_number() over (order by {columns}) - 1)::integer as cell
    from (select distinct {columns} from cell_rows);
create or replace temp table numbered_postings as
    select posting_key, version_no, (row_number() over (order by posting_key, version_no) - 1)::integer as posting
    from (select distinct posting_key, version_no from cell_rows);
create or replace temp table numbered_sources as
    select *, (row_number() over (order by company_key, board, company_slug) - 1)::integer as number
    from (select distinct company_key, board, company_slug from posting_weeks);
create or replace temp table numbered_weeks as
    select week_start, (row_number() over (order by week_start) - 1)::smallint as week from series_weeks;
"""
_ROWS = """
select numbered_cells.cell, numbered_postings.posting{stated}
from cell_rows
join numbered_cells using ({columns})
join numbered_postings using (posting_key, version_no)
order by cell, posting
"""
_ENTRIES = """
select numbered_postings.posting, numbered_weeks.week, numbered_sources.number as source
from posting_weeks
join numbered_postings using (posting_key, version_no)
join numbered_sources using (company_key, board, company_slug)
join numbered_weeks using (week_start)
where is_canonical and measure = ?
order by posting, week
"""


@dataclass(frozen=True)
class CellPostings:
    """The postings of one cell by week. An entry is a posting in a week.

    Attributes:
        values: Values of the columns that define the cell.
        rows: The cell's rows in ``CellReader.stated``, one per posting.
        postings: The postings' numbers.
        row: (entries,): which of the cell's rows.
        week: (entries,): index of the week.
        employer: (entries,): index of the employer.
        sources: (rows of the panel,): number among all (board, company) of employers.
        size: (weeks, employers): postings.
        panel: Which employers can be compared.
    """

    values: tuple[str, ...]
    rows: slice
    postings: Indexes
    row: Indexes
    week: Indexes
    employer: Indexes
    sources: Indexes
    size: Numbers
    panel: Panel


@dataclass(frozen=True)
class _Entries:
    """Entries of one measure, grouped by posting."""

    first: Indexes
    week: NDArray[np.int16]
    source: NDArray[np.int32]


class CellReader:
    """Reads the warehouse once and yields the cells one by one.

    Args:
        session: The warehouse's connection. It keeps the tables ``numbered_postings`` and ``numbered_sources``.
        tables: ``samples`` has week_start, measure, posting_key, version_no, company_key, board, company_slug,
            is_canonical.
        cells: posting_key, version_no, ``columns`` and ``stated``: the cells that each content counts in.
        columns: Columns of ``cells`` that, with the measure, define a cell.
        stated: Numeric columns of a posting in a cell, available as ``stated``.
    """

    def __init__(
        self,
        session: duckdb.DuckDBPyConnection,
        tables: Tables,
        cells: duckdb.DuckDBPyRelation,
        columns: tuple[str, ...],
        stated: tuple[str, ...] = (),
    ) -> None:
        name_relation(session, tables.samples, "posting_weeks")
        name_relation(session, cells, "cells")
        name_relation(session, tables.weeks, "series_weeks")
        names = ", ".join(columns)
        session.execute(_NUMBERED.format(columns=names))
        weeks = {measure: Weeks(tables, measure) for measure in ("flow", "stock")}
        self.weeks = weeks["stock"].starts
        self._cells = session.sql(f"select {names} from numbered_cells order by cell").fetchall()  # noqa: S608  # only constants
        companies = columns_of(session, "select company_key from numbered_sources order by number")["company_key"]
        self._known = {measure: of.known(len(companies)) for measure, of in weeks.items()}
        self._known_share = {measure: of.known_share for measure, of in weeks.items()}
        self._employer = np.unique(companies.astype(str), return_inverse=True)[1]
        query = _ROWS.format(columns=names, stated="".join(f", cell_rows.{column}" for column in stated))
        rows = columns_of(session, query)
        session.execute("drop table cell_rows")
        self._first = np.searchsorted(rows["cell"], np.arange(len(self._cells) + 1))
        self._posting: Indexes = rows["posting"]
        self.stated = {column: rows[column] for column in stated}
        self.n_sources = len(self._employer)
        self.n_employers = int(self._employer.max(initial=-1)) + 1
        self.n_postings = int(self._posting.max(initial=-1)) + 1
        self._entries = {}
        for measure in weeks:
            entries = columns_of(session, _ENTRIES, [measure])
            first = np.searchsorted(entries["posting"], np.arange(self.n_postings + 1))
            self._entries[measure] = _Entries(first, entries["week"], entries["source"])

    def n_entries(self) -> Indexes:
        """Return (cells,): the number of postings in all weeks of each cell."""
        found = []
        for entries in self._entries.values():
            until = np.append(0, np.cumsum(np.diff(entries.first)[self._posting]))
            found.append(np.diff(until[self._first]))
        return np.concatenate(found)

    def cells(self) -> Iterator[CellPostings]:
        """Yield every cell that has a posting in some week, in order."""
        for number in range(len(self._entries) * len(self._cells)):
            if (found := self.of_cell(number)) is not None:
                yield found

    def of_cell(self, number: int) -> CellPostings | None:
        """Return one cell; None if it has no posting in any week."""
        measure = tuple(self._entries)[number // len(self._cells)]
        values, place = self._cells[number % len(self._cells)], number % len(self._cells)
        rows = slice(int(self._first[place]), int(self._first[place + 1]))
        entries, n_weeks, postings = self._entries[measure], len(self.weeks), self._posting[rows]
        first = entries.first[postings]
        n_weeks_of = entries.first[postings + 1] - first
        row = np.repeat(np.arange(len(postings)), n_weeks_of)
        if not len(row):
            return None
        at = np.arange(len(row)) + np.repeat(first - np.cumsum(n_weeks_of) + n_weeks_of, n_weeks_of)
        week = entries.week[at].astype(np.int64)
        source, sources = renumbered(entries.source[at], len(self._employer))
        of_sources, _ = renumbered(self._employer[sources], self.n_employers)
        employer, n_employers = of_sources[source], int(of_sources.max()) + 1
        size = np.bincount(week * n_employers + employer, minlength=n_weeks * n_employers).astype(float)
        is_present = np.zeros((len(sources), n_weeks), dtype=np.bool_)
        is_present[source, week] = True
        panel = Panel(of_sources, n_employers, is_present, self._known[measure][sources], self._known_share[measure])
        return CellPostings(
            (measure, *values), rows, postings, row, week, employer, sources, size.reshape(n_weeks, n_employers), panel
        )


def columns_of(
    session: duckdb.DuckDBPyConnection, query: str, given: list[Any] | None = None
) -> dict[str, NDArray[Any]]:
    """Return the columns of a query's result as arrays; the result must have no nulls."""
    return {name: np.asarray(column) for name, column in session.execute(query, given or []).fetchnumpy().items()}


def renumbered(numbers: Indexes, up_to: int) -> tuple[Indexes, Indexes]:
    """Renumber without gaps; return the new numbers, and the old ones that occur."""
    is_there = np.zeros(up_to, dtype=np.bool_)
    is_there[numbers] = True
    there = np.flatnonzero(is_there)
    renumbered = np.cumsum(is_there) - 1
    return renumbered[numbers], there
