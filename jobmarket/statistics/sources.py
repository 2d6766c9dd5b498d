"""The inputs of a matched series, and which sources each of its weeks knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from jobmarket.statistics.panel import Booleans, Indexes

# SQL: (board, company) as one string.
SOURCE = "board || chr(31) || company_slug"


@dataclass(frozen=True)
class Tables:
    """The inputs of a matched series, as relations of the warehouse.

    Attributes:
        samples: Which posting counts in which week, with the columns that :class:`cell_reader.CellReader` documents.
        having: What postings have, with the columns that :class:`mentions.Mentions` documents; any relation if unused.
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
        # the extra row is a source that no week knows
        self._known = np.zeros((len(self._sources) + 1, len(self.index)), dtype=np.bool_)
        rows, weeks = self._sources.get_indexer(pd.Index(crawls["source"])), self.of(crawls["week_start"])
        self._known[rows[weeks >= 0], weeks[weeks >= 0]] = True

    def of(self, starts: pd.Series[Any]) -> Indexes:
        """Return the indexes of weeks; -1 for one outside the series."""
        return np.asarray(self.index.get_indexer(pd.Index(starts)))

    def known(self, sources: pd.Index) -> Booleans:
        """Return (sources, weeks): whether the week knows the source."""
        return np.asarray(self._known[self._sources.get_indexer(sources)])
