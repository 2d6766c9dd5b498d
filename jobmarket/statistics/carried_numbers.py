"""How many postings an employer has open in the weeks that its crawls leave incomplete.

In such a week, postings that were published are missing, because nobody looked for them in time, or postings that were
closed are still counted, because nobody saw that they are gone. A share hardly notices, but a number would fall or rise
with the crawls. So the employer keeps the number of its last complete week for as long as a stock is carried through
an outage, and is then left out until a week is complete again.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np

from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.panel import Booleans, Numbers, Panel
from jobmarket.statistics.sources import weeks_of_sources


def complete_weeks(reader: CellReader, company_weeks: duckdb.DuckDBPyRelation) -> Booleans:
    """Return (sources, weeks): whether the week's crawls of the source leave nothing out.

    Args:
        reader: The last one opened on the warehouse, which still has the numbers of its sources in a table.
        company_weeks: week_start, board, company_slug, is_covered.
    """
    return weeks_of_sources(company_weeks.filter("is_covered"), reader.weeks, reader.n_sources)


def carried(of: CellPostings, complete: Booleans, longest: int) -> tuple[Numbers, Panel]:
    """Return a cell's postings, in incomplete weeks those of the last complete one, and which of them can be compared.

    Args:
        of: The cell.
        complete: (sources, weeks): from :func:`complete_weeks`.
        longest: For how many weeks a number is carried.

    Returns:
        (weeks, employers): the postings; and the panel, in which no week knows a source that was last complete longer
        ago, or never.
    """
    is_complete = complete[of.sources]
    is_recent = _in_last_weeks(is_complete, longest)
    # carried postings still show a source, and those that were closed meanwhile no longer do
    is_shown = _in_last_weeks(of.panel.is_present, longest)
    row, week = np.nonzero(is_shown & ~is_complete)
    is_incomplete = np.zeros(of.size.shape, dtype=np.bool_)
    is_incomplete[week, of.panel.employer[row]] = True
    size = of.size.copy()
    for now in range(1, len(size)):
        size[now] = np.where(is_incomplete[now], size[now - 1], size[now])
    return size, replace(of.panel, is_known=of.panel.is_known & is_recent)


def _in_last_weeks(rows: Booleans, n_weeks: int) -> Booleans:
    """(rows, weeks): whether a week or one of the ``n_weeks`` before it is true."""
    found = rows.copy()
    for lag in range(1, min(n_weeks, rows.shape[1] - 1) + 1):
        found[:, lag:] |= rows[:, :-lag]
    return found
