"""How much more often two skills are asked for together than if they were unrelated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from jobmarket.statistics.changes import confidence_of_flagged, q_values, t_quantile, t_tail
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Indexes, Numbers

# Rounding error of squares that cancel: below it employers do not differ.
_CANCELLED = 1e-24
# Steps towards a lower bound, each of which is below the last one; thirty leave less than a thousandth.
_STEPS = 30


@dataclass(frozen=True)
class OpeningSkills:
    """Openings of one cell, and the skills that each asks for.

    Attributes:
        company: (openings,): index of the employer, from 0 without gaps.
        family: (openings,): index of the role family, likewise; all 0 if the cell is one family.
        asks: (openings, skills): 1 where the opening asks for the skill.
    """

    company: Indexes
    family: Indexes
    asks: csr_array

    def by_company(self) -> tuple[Numbers, Numbers]:
        """Return openings (families, companies), and those that ask for each skill (families, skills, companies)."""
        families, companies = int(self.family.max()) + 1, int(self.company.max()) + 1
        cell = self.family * companies + self.company
        size = np.bincount(cell, minlength=families * companies).astype(float)
        asking = (_groups(cell, families * companies) @ self.asks).toarray().reshape(families, companies, -1)
        return size.reshape(families, companies), np.ascontiguousarray(asking.transpose(0, 2, 1))


@dataclass(frozen=True)
class Associations:
    """Estimates of several pairs, one value per pair; NaN where there is no estimate.

    The selected bounds are those of a pair that is shown because it is flagged; NaN if it is not.
    """

    lift: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    q_value: Numbers
    selected_low: Numbers
    selected_high: Numbers


@dataclass(frozen=True)
class _Expected:
    """The variance of the log lift that each skill alone lets expect, if the lift were a given one.

    Where most openings ask for one skill, few can show that the other is asked for without it. The influences then
    differ least at the largest lift possible, where all with the other skill ask for the one, however few they are. A
    smaller lift would have shown a larger variance. At lift ``l``, with the shares ``p_f`` and ``q_f`` of the ``N_f``
    openings of family ``f``, it is

        (sum_f N_f p_f q_f (1/l - p_f - q_f + (2 l - 1) p_f q_f) + M max(0, r_a) max(0, r_b)) / E^2

    The first sum holds for openings that are drawn one by one. ``M = sum n (n - 1)`` is the number of ordered pairs of
    openings of one employer, and ``r`` each skill's mean covariance over them.

    Attributes:
        total: (families,): openings.
        rate: (families, skills): share that asks for the skill.
        n_together: ``M``.
        covariance: (skills,): ``max(0, r)``.
    """

    total: Numbers
    rate: Numbers
    n_together: float
    covariance: Numbers

    @classmethod
    def of(cls, size: Numbers, asking: Numbers) -> _Expected:
        """Derive it from openings, and those that ask for each skill, by family and employer."""
        total, employer = size.sum(axis=1), size.sum(axis=0)
        rate = asking.sum(axis=2) / total[:, None]
        n_together = float((employer * (employer - 1)).sum())
        # each employer's openings with the skill beyond those that its families let expect
        beyond = asking.sum(axis=0) - rate.T @ size
        products = np.square(beyond).sum(axis=1) - total @ (rate * (1 - rate))
        return cls(total, rate, n_together, np.maximum(products / max(n_together, 1.0), 0.0))

    def terms(self, one: int, others: Indexes) -> Numbers:
        """Return (3, others): what to multiply by 1/l, by 1 and by l to get the variance at lift ``l``.

        All are 0 unless most openings with the one skill, the rarer in each family, are expected to ask for the other.
        """
        own, other = self.rate[:, [one]], self.rate[:, others]
        joint = own * other
        expected, twice = self.total @ joint, self.total @ np.square(joint)
        together = self.n_together * self.covariance[one] * self.covariance[others]
        constant = together - self.total @ (joint * (own + other)) - twice
        rarer = self.total @ np.minimum(own, other)
        terms = np.stack([expected, constant, 2 * twice]) / np.square(expected)
        return np.where(2 * expected > rarer, terms, 0.0)


def associations(openings: OpeningSkills, first: Indexes, second: Indexes, max_false: float) -> Associations:
    """Estimate the lift of each pair with an interval clustered by employer.

    The lift is the number of openings that ask for both skills, divided by ``E = sum_f a_f b_f / N_f``: the number
    expected if the skills were unrelated within each family ``f``. It is then 1, however the families differ. An
    employer's influence on its logarithm is

        u = both_c / both - sum_f (a_fc b_f / N_f + b_fc a_f / N_f - n_fc a_f b_f / N_f^2) / E

    The variance is ``sum u^2`` divided by its expected value if all openings of an employer are identical,
    ``1 - 2 sum n^3 / (N sum n^2) + 1 / K`` with ``K = N^2 / sum n^2`` effective employers. If most openings with the
    rarer skill are expected to ask for the other, it is at least the variance to be expected at the lift that is tested
    and at the lower bound (``_Expected``), as in a score interval. The degrees of freedom are K, or the number of
    employers that ask for both if that is smaller, less one.

    If all employers are identical (every opening asks for exactly one of the two, for example), the spread is unknown:
    lift and interval are NaN.

    Args:
        openings: The cell's openings, of at least two employers.
        first: (pairs,): column of the one skill. Leave out pairs below their floors: they are not comparisons to
            correct for.
        second: (pairs,): column of the other skill. At least one opening asks for both.
        max_false: Pairs with a q-value below it are flagged.

    Returns:
        Lift, bounds of its 95 % interval, p-value, Benjamini and Hochberg's q-value, and bounds of the flagged.
    """
    size, asking = openings.by_company()
    from_skills = _Expected.of(size, asking)
    total, rate = from_skills.total, from_skills.rate
    lift, squares, companies_both = (np.full(len(first), np.nan) for _ in range(3))
    terms = np.full((3, len(first)), np.nan)
    by_skill = openings.asks.tocsc()
    for one in np.unique(first):
        pairs = np.flatnonzero(first == one)
        others = second[pairs]
        with_both = _with_both(openings, by_skill, one, others)
        both, joint = with_both.sum(axis=1), rate[:, [one]] * rate[:, others]
        expected = total @ joint
        own = with_both / both[:, None]
        chance = np.einsum("fc,fp->pc", asking[:, one], rate[:, others])
        chance += np.einsum("fpc,f->pc", asking[:, others], rate[:, one])
        chance = (chance - joint.T @ size) / expected[:, None]
        lift[pairs] = both / expected
        spread = np.square(own - chance).sum(axis=1)
        # identical employers carry no information about the spread
        squares[pairs] = np.where(spread > _CANCELLED * np.square(own).sum(axis=1), spread, np.nan)
        terms[:, pairs] = from_skills.terms(one, others)
        companies_both[pairs] = np.count_nonzero(with_both, axis=1)
    lift = np.where(np.isnan(squares), np.nan, lift)
    effective, divisor = equal_companies(size.sum(axis=0))
    freedom = np.maximum(np.minimum(effective, companies_both) - 1, 1)
    variance = squares / divisor
    deviation = np.sqrt(np.maximum(variance, terms.sum(axis=0)))  # at lift 1
    p_value = 2 * t_tail(np.abs(np.log(lift)) / deviation, freedom)
    q_value = q_values(p_value)
    own = _bounds(lift, variance, terms, t_quantile(freedom))
    of_flagged = _bounds(lift, variance, terms, t_quantile(freedom, confidence_of_flagged(q_value, max_false)))
    return Associations(lift, *own, p_value, q_value, *of_flagged)


def _bounds(lift: Numbers, variance: Numbers, terms: Numbers, quantile: Numbers) -> tuple[Numbers, Numbers]:
    """Return the bounds that are ``quantile`` standard errors of the log lift from it."""
    return _lower_bound(lift, variance, terms, quantile), lift * np.exp(quantile * np.sqrt(variance))


def _lower_bound(lift: Numbers, variance: Numbers, terms: Numbers, quantile: Numbers) -> Numbers:
    """Return the largest lift below the observed one that is just compatible with it, given its own variance there."""
    low = lift
    for _ in range(_STEPS):
        with np.errstate(divide="ignore", over="ignore"):  # no lift above 0 is incompatible
            there = terms[0] / low + terms[1] + terms[2] * low
        low = lift * np.exp(-quantile * np.sqrt(np.maximum(variance, there)))
    return low


def _with_both(openings: OpeningSkills, by_skill: csc_array, one: int, others: Indexes) -> Numbers:
    """Return (others, companies): openings that ask for the one skill and for each of the others."""
    rows = by_skill.indices[by_skill.indptr[one] : by_skill.indptr[one + 1]]
    shape = int(openings.company.max()) + 1, len(openings.company)
    by_company = csr_array((np.ones(len(rows)), (openings.company[rows], rows)), shape)
    found: Numbers = (by_company @ openings.asks)[:, others].toarray().T
    return found


def _groups(group: Indexes, number: int) -> csr_array:
    """Return (groups, rows): a matrix that sums the rows of each group."""
    rows = np.arange(len(group))
    return csr_array((np.ones(len(group)), (group, rows)), shape=(number, len(group)))
