"""How much more often two things are asked for together than they would be if neither had to do with the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from jobmarket.statistics.changes import q_values, t_quantile, t_tail
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Indexes, Numbers

# Of squares that cancel, what rounding leaves: below it employers do not differ.
_CANCELLED = 1e-24


@dataclass(frozen=True)
class Openings:
    """Openings of one cell, and what each of them asks for.

    Attributes:
        company: (openings,): index of the employer, from 0 on without gaps.
        family: (openings,): index of the family, likewise; all 0 where the cell is one family.
        asks: (openings, skills), 1 where the opening asks for the skill.
    """

    company: Indexes
    family: Indexes
    asks: csc_array

    def by_company(self) -> tuple[Numbers, Numbers]:
        """(families, companies) openings, and (families, skills, companies) those of them that ask for each skill."""
        families, companies = int(self.family.max()) + 1, int(self.company.max()) + 1
        cell = self.family * companies + self.company
        size = np.bincount(cell, minlength=families * companies).astype(float)
        asking = (_groups(cell, families * companies) @ self.asks).toarray().reshape(families, companies, -1)
        return size.reshape(families, companies), np.ascontiguousarray(asking.transpose(0, 2, 1))


@dataclass(frozen=True)
class Associations:
    """Of several pairs, each array one value a pair; NaN where nothing is told of it."""

    lift: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    q_value: Numbers


def associations(openings: Openings, first: Indexes, second: Indexes) -> Associations:
    """Lift of each pair with its interval, clustered by employer.

    The lift is the number of openings that ask for both, over ``E = sum_f a_f b_f / N_f``: as many would if within
    each family ``f`` neither had to do with the other. It is 1 then, however the families differ. An employer's
    influence on its logarithm is

        u = both_c / both - sum_f (a_fc b_f / N_f + b_fc a_f / N_f - n_fc a_f b_f / N_f^2) / E

    and the variance ``sum u^2`` over what it expects of openings that are all alike within an employer,
    ``1 - 2 sum n^3 / (N sum n^2) + 1 / K`` with ``K = N^2 / sum n^2`` employers of equal size. Degrees of freedom: K,
    or the employers that ask for both if these are fewer, less one: the others say little of it.

    Where every employer is alike (all openings ask for one of the two, or each employer's for both as often as the
    next one's), there is no interval, and the lift is not told either.

    Args:
        openings: Of the cell, from two employers or more.
        first: (pairs,): column of the one skill; pairs that are below their floors are no comparison to correct for
            and are not among these.
        second: (pairs,): of the other. Some opening asks for both.

    Returns:
        Lift, bounds of its 95 % interval, p and Benjamini and Hochberg's q.
    """
    size, asking = openings.by_company()
    total = size.sum(axis=1)
    rate = asking.sum(axis=2) / total[:, None]
    lift, squares, companies_both = (np.full(len(first), np.nan) for _ in range(3))
    for one in np.unique(first):
        pairs = np.flatnonzero(first == one)
        others = second[pairs]
        with_both = _with_both(openings, one, others)
        both, joint = with_both.sum(axis=1), rate[:, [one]] * rate[:, others]
        expected = total @ joint
        own = with_both / both[:, None]
        chance = np.einsum("fc,fp->pc", asking[:, one], rate[:, others])
        chance += np.einsum("fpc,f->pc", asking[:, others], rate[:, one])
        chance = (chance - joint.T @ size) / expected[:, None]
        lift[pairs] = both / expected
        spread = np.square(own - chance).sum(axis=1)
        # what all employers do alike, to the last opening, says nothing of how far others differ
        squares[pairs] = np.where(spread > _CANCELLED * np.square(own).sum(axis=1), spread, np.nan)
        companies_both[pairs] = np.count_nonzero(with_both, axis=1)
    lift = np.where(np.isnan(squares), np.nan, lift)
    effective, divisor = equal_companies(size.sum(axis=0))
    freedom = np.maximum(np.minimum(effective, companies_both) - 1, 1)
    deviation = np.sqrt(squares / divisor)
    half = t_quantile(freedom) * deviation
    p_value = 2 * t_tail(np.abs(np.log(lift)) / deviation, freedom)
    return Associations(lift, lift * np.exp(-half), lift * np.exp(half), p_value, q_values(p_value))


def _with_both(openings: Openings, one: int, others: Indexes) -> Numbers:
    """(others, companies): openings that ask for the one skill and for each of the others."""
    rows = openings.asks.indices[openings.asks.indptr[one] : openings.asks.indptr[one + 1]]
    by_company = _groups(openings.company[rows], int(openings.company.max()) + 1)
    found: Numbers = (by_company @ openings.asks[:, others].tocsr()[rows]).toarray().T
    return found


def _groups(group: Indexes, number: int) -> csr_array:
    """(groups, rows): a matrix that adds up the rows of each group."""
    rows = np.arange(len(group))
    return csr_array((np.ones(len(group)), (group, rows)), shape=(number, len(group)))
