"""Counts by employer and source, as the estimators take them: weeks, cells and panels of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from jobmarket.statistics.panel import Booleans, Floors, Indexes, Panel

# SQL: a (board, company) as one text.
SOURCE = "board || chr(31) || company_slug"


@dataclass(frozen=True)
class Tables:
    """What a matched series is made of; relations of the warehouse.

    Attributes:
        samples: week_start, the cell's columns, company_key, board, company_slug, n_postings.
        having: The same, with the attribute's column and n_with: how many of the postings have it.
        company_weeks: week_start, board, company_slug, is_known_flow, is_known_stock.
        weeks: week_start of every week of the series.
    """

    samples: duckdb.DuckDBPyRelation
    having: duckdb.DuckDBPyRelation
    company_weeks: duckdb.DuckDBPyRelation
    weeks: duckdb.DuckDBPyRelation


class Weeks:
    """The weeks of the series, and which sources each of them knows."""

    def __init__(self, tables: Tables, measure: str) -> None:
        self.starts = tables.weeks.project("week_start").order("week_start").fetchnumpy()["week_start"]
        self.index = pd.Index(self.starts)
        expected = tables.company_weeks.aggregate(f"week_start, avg(is_known_{measure}::int) as known").df()
        self.known_share = expected.set_index("week_start")["known"].reindex(self.index).fillna(0).to_numpy()
        crawls = tables.company_weeks.filter(f"is_known_{measure}").project(f"week_start, {SOURCE} as source").df()
        self._sources = pd.Index(crawls["source"].unique())
        # one row more: a source that no week knows
        self._known = np.zeros((len(self._sources) + 1, len(self.index)), dtype=np.bool_)
        rows, weeks = self._sources.get_indexer(pd.Index(crawls["source"])), self.of(crawls["week_start"])
        self._known[rows[weeks >= 0], weeks[weeks >= 0]] = True

    def of(self, starts: pd.Series[Any]) -> Indexes:
        """Indexes of the weeks; -1 for one out of the series."""
        return np.asarray(self.index.get_indexer(pd.Index(starts)))

    def known(self, sources: pd.Index) -> Booleans:
        """(sources, weeks): whether the week knows the source."""
        return np.asarray(self._known[self._sources.get_indexer(sources)])


def large_cells(
    samples: duckdb.DuckDBPyRelation, cell: tuple[str, ...], floors: Floors, number: str = "sum(n_postings)"
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Cells that reach the floors in some week: their values, and the condition that selects them.

    Args:
        samples: week_start, company_key, the cell's columns.
        cell: Columns that make a cell: enumerations and codes, whose values need no quoting.
        floors: Least sample.
        number: SQL of the number of postings.
    """
    names = ", ".join(cell)
    large = samples.query(
        "samples",
        f"""select distinct {names} from samples group by week_start, {names}
        having {number} >= {floors.postings} and count(distinct company_key) >= {floors.companies}
        order by all""",  # noqa: S608 - names of ours
    ).fetchall()
    for values in large:
        yield values, " and ".join(f"{name} = '{value}'" for name, value in zip(cell, values, strict=True))


def panel_of(counts: pd.DataFrame, week: Indexes, weeks: Weeks) -> tuple[Panel, Indexes, pd.Index[Any]]:
    """Who can be compared in a cell.

    Args:
        counts: company_key and source of whatever was seen.
        week: Index of the week of each row.
        weeks: The weeks of the series.

    Returns:
        The panel, the index of each row's employer, and the employers' keys.
    """
    employer, employers = pd.factorize(counts["company_key"], sort=True)
    row, rows = pd.factorize(pd.MultiIndex.from_arrays([employer, counts["source"]]), sort=True)
    is_present = np.zeros((len(rows), len(weeks.index)), dtype=np.bool_)
    is_present[row, week] = True
    of_rows, sources = rows.get_level_values(0).to_numpy(), rows.get_level_values(1)
    return Panel(of_rows, len(employers), is_present, weeks.known(sources), weeks.known_share), employer, employers
