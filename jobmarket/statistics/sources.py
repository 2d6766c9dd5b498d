"""The inputs of a matched series, and which sources each of its weeks knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from jobmarket.statistics.panel import Booleans, Indexes

_NUMBERED = "select number, week_start from company_weeks join numbered_sources using (board, company_slug)"


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
        starts = tables.weeks.project("week_start").order("week_start").fetchnumpy()["week_start"]
        self.starts: NDArray[np.datetime64] = np.asarray(starts)
        shares = tables.company_weeks.aggregate(f"week_start, coalesce(avg(is_known_{measure}::int), 0) as known")
        expected, week = _placed(shares, self.starts)
        self.known_share = np.zeros(len(self.starts))
        self.known_share[week] = expected["known"]
        self._known = tables.company_weeks.filter(f"is_known_{measure}")

    def known(self, n_sources: int) -> Booleans:
        """Return (sources, weeks): whether the week knows each source of the table ``numbered_sources``."""
        return weeks_of_sources(self._known, self.starts, n_sources)


def weeks_of_sources(
    company_weeks: duckdb.DuckDBPyRelation, starts: NDArray[np.datetime64], n_sources: int
) -> Booleans:
    """Return (sources, weeks): whether ``company_weeks`` has the week of the source.

    Args:
        company_weeks: week_start, board, company_slug.
        starts: The weeks, sorted.
        n_sources: The length of the table ``numbered_sources``.
    """
    found = np.zeros((n_sources, len(starts)), dtype=np.bool_)
    sources, week = _placed(company_weeks.query("company_weeks", _NUMBERED), starts)
    found[sources["number"], week] = True
    return found


def _placed(rows: duckdb.DuckDBPyRelation, starts: NDArray[np.datetime64]) -> tuple[dict[str, NDArray[Any]], Indexes]:
    """Return the rows whose ``week_start`` is among ``starts``, and its index."""
    columns = {name: np.asarray(column) for name, column in rows.fetchnumpy().items()}
    is_there = np.isin(columns["week_start"], starts)
    found = {name: column[is_there] for name, column in columns.items()}
    return found, np.searchsorted(starts, found["week_start"])
