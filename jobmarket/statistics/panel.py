"""Who can be compared between two weeks: employers of whom both weeks' crawls knew everything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Booleans = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Indexes = NDArray[np.int64]

# Weeks back that a week is compared with. More than one, so that an employer missed in one week is linked past it, and
# what a chain picks up of a week's chance is averaged; 4 and 13 are the horizons that changes are published for.
LAGS = (1, 2, 3, 4, 8, 13)


@dataclass(frozen=True)
class Floors:
    """Below these nothing is estimated: vars of the dbt project.

    Attributes:
        postings: Least number of postings.
        companies: Least number of employers.
        company_share: Most that one employer may have of the postings.
        coverage: Least part of the expected sources that a week knows with which a series begins: the few that a bad
            first day reached are another market, and all later levels would be theirs.
    """

    postings: int
    companies: int
    company_share: float
    coverage: float = 0.0

    def hold(self, size: Numbers) -> bool:
        """Whether a sample is large enough; ``size`` has the postings of each employer."""
        total = size.sum()
        is_large = total >= self.postings and np.count_nonzero(size) >= self.companies
        # whoever has nearly all of them is not the market
        return bool(is_large and size.max() <= self.company_share * total)

    def may_begin(self, panel: Panel) -> Booleans:
        """(weeks,): whether a series may begin with the week; where none knows enough, the first is as good as any."""
        if panel.known_share is None or panel.known_share.max(initial=0) < self.coverage:
            return np.ones(panel.is_known.shape[1], dtype=np.bool_)
        return panel.known_share >= self.coverage

    def held(self, size: Numbers) -> Booleans:
        """(weeks,): the same of each week's postings (weeks, employers)."""
        total = size.sum(axis=1)
        is_large = (total >= self.postings) & (np.count_nonzero(size, axis=1) >= self.companies)
        return np.asarray(is_large & (size.max(axis=1, initial=0.0) <= self.company_share * total))


@dataclass(frozen=True)
class Panel:
    """What crawls knew of the employers of one cell, week by week.

    An employer has a row for each (board, company) that showed a posting of it: most have one, those on an aggregator
    or on two boards have more.

    Attributes:
        employer: Index of each row's employer, 0 to ``n_employers - 1``.
        n_employers: How many employers there are.
        is_present: (rows, weeks): the row showed a posting of the employer in the week.
        is_known: (rows, weeks): the week knows the row's (board, company), by int_company_weeks.
        known_share: (weeks,): which part of all sources expected in the week it knows, in any cell; None for all.
    """

    employer: Indexes
    n_employers: int
    is_present: Booleans
    is_known: Booleans
    known_share: Numbers | None = None

    def comparable(self, earlier: int, later: int, known_then: Booleans | None = None) -> Booleans:
        """Employers that the two weeks compare: both know every row that showed a posting from one to the other.

        An employer that moves from a known board to a new one, or whose postings an aggregator begins to copy, is left
        out as a whole until both weeks know both: half of it would look like a fall.

        Args:
            earlier: Index of the week that is compared with.
            later: Index of the week that is compared.
            known_then: (rows,): whether the earlier week knew the row when it was as young as the later one is; None:
                all that it knows, it knew.
        """
        is_needed = self.is_present[:, earlier : later + 1].any(axis=1)
        is_known = self.is_known[:, earlier] & self.is_known[:, later]
        is_missed = is_needed & ~(is_known if known_then is None else is_known & known_then)
        found = np.ones(self.n_employers, dtype=np.bool_)
        found[self.employer[is_missed]] = False
        return found

    def comparable_over(self, lag: int) -> Booleans:
        """(weeks - lag, employers): the same of each week and the one so much later."""
        n_pairs = self.is_present.shape[1] - lag
        until = np.cumsum(self.is_present, axis=1, dtype=np.int32)
        is_needed = until[:, lag:] - until[:, :n_pairs] + self.is_present[:, :n_pairs] > 0
        row, week = np.nonzero(is_needed & ~(self.is_known[:, :n_pairs] & self.is_known[:, lag:]))
        found = np.ones((n_pairs, self.n_employers), dtype=np.bool_)
        found[week, self.employer[row]] = False
        return found
