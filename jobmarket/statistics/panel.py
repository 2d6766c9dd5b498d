"""Which employers can be compared between two weeks: those that the crawls of both weeks know completely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Booleans = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Indexes = NDArray[np.int64]

# How many weeks back a week is compared. Several lags link past a week in which an employer was missed, and average
# out the chance that a chain picks up in a single week. 4 and 13 are the horizons of published changes.
LAGS = (1, 2, 3, 4, 8, 13)


@dataclass(frozen=True)
class Floors:
    """Minimum samples, below which nothing is estimated; vars of the dbt project.

    Attributes:
        postings: Minimum number of postings.
        companies: Minimum number of employers.
        company_share: Maximum share of the postings that one employer may have.
        coverage: Minimum share of the expected sources that the first week of a series must know. The few sources
            reached on a bad first day are a different market, and would set all later levels.
    """

    postings: int
    companies: int
    company_share: float
    coverage: float = 0.0

    def are_met(self, size: Numbers) -> bool:
        """Return whether a sample is large enough; ``size`` has the postings of each employer."""
        total = size.sum()
        is_large = total >= self.postings and np.count_nonzero(size) >= self.companies
        return bool(is_large and size.max() <= self.company_share * total)

    def may_begin(self, panel: Panel) -> Booleans:
        """Return (weeks,): whether a series may begin with the week; any may if none knows enough."""
        if panel.known_share is None or panel.known_share.max(initial=0) < self.coverage:
            return np.ones(panel.is_known.shape[1], dtype=np.bool_)
        return panel.known_share >= self.coverage

    def may_be_met(self, size: Numbers) -> bool:
        """Return whether any week, (weeks, employers), or a part of its employers can be large enough."""
        is_large = (size.sum(axis=1) >= self.postings) & (np.count_nonzero(size, axis=1) >= self.companies)
        return bool(is_large.any())

    def met_by_week(self, size: Numbers) -> Booleans:
        """Return (weeks,): the same for each week's postings, (weeks, employers)."""
        total = size.sum(axis=1)
        is_large = (total >= self.postings) & (np.count_nonzero(size, axis=1) >= self.companies)
        return np.asarray(is_large & (size.max(axis=1, initial=0.0) <= self.company_share * total))


@dataclass(frozen=True)
class Panel:
    """What crawls knew about the employers of one cell, week by week.

    An employer has a row for each (board, company) that showed one of its postings. Most have one; employers on an
    aggregator or on two boards have more.

    Attributes:
        employer: Index of each row's employer, 0 to ``n_employers - 1``.
        n_employers: The number of employers.
        is_present: (rows, weeks): whether the row showed a posting of the employer in the week.
        is_known: (rows, weeks): whether the week knows the row's (board, company), from int_company_weeks.
        known_share: (weeks,): the share of all sources expected in the week, in any cell, that it knows; None for all.
    """

    employer: Indexes
    n_employers: int
    is_present: Booleans
    is_known: Booleans
    known_share: Numbers | None = None

    def comparable(self, earlier: int, later: int, known_then: Booleans | None = None) -> Booleans:
        """Return the employers that two weeks compare: both know every row that showed a posting between them.

        An employer that moves from a known board to a new one, or whose postings an aggregator begins to copy, is left
        out entirely until both weeks know both sources: half of it would look like a fall.

        Args:
            earlier: Index of the earlier week.
            later: Index of the later week.
            known_then: (rows,): whether the earlier week knew the row when it was as young as the later week is now;
                None if it knew every row that it knows.
        """
        is_needed = self.is_present[:, earlier : later + 1].any(axis=1)
        is_known = self.is_known[:, earlier] & self.is_known[:, later]
        is_missed = is_needed & ~(is_known if known_then is None else is_known & known_then)
        found = np.ones(self.n_employers, dtype=np.bool_)
        found[self.employer[is_missed]] = False
        return found

    def comparable_over(self, lag: int) -> Booleans:
        """Return (weeks - lag, employers): the same for each week and the week a lag later."""
        n_pairs = self.is_present.shape[1] - lag
        until = np.cumsum(self.is_present, axis=1, dtype=np.int32)
        is_needed = until[:, lag:] - until[:, :n_pairs] + self.is_present[:, :n_pairs] > 0
        row, week = np.nonzero(is_needed & ~(self.is_known[:, :n_pairs] & self.is_known[:, lag:]))
        found = np.ones((n_pairs, self.n_employers), dtype=np.bool_)
        found[week, self.employer[row]] = False
        return found
