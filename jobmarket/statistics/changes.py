"""Changes between two weeks, compared employer by employer and corrected for the number of comparisons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from jobmarket.statistics.chains import variance_of_sum
from jobmarket.statistics.panel import Booleans, Numbers

# Horizons of the published changes, in weeks.
HORIZONS = (4, 13)
CONFIDENCE = 0.95
# Half of Student's interval is 13 standard errors with two effective employers, and 4 with three. Effects, paces and
# changes, those of pay included, that rest on fewer are withheld. Shares and medians are not: their intervals stay
# within the range of what was observed.
LEAST_EMPLOYERS = 3
# Why an estimate is withheld, as published.
FEW_EMPLOYERS = f"fewer than {LEAST_EMPLOYERS} effective companies make up the change"


@dataclass(frozen=True)
class Changes:
    """Changes of several figures, one value per figure.

    Bounds are NaN where the uncertainty is unknown, and value and bounds where fewer than LEAST_EMPLOYERS effective
    employers make up the change. ``freedom`` is the interval's degrees of freedom.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    freedom: Numbers

    @property
    def is_of_few(self) -> Booleans:
        """Whether each is withheld because too few employers make it up: it remains a comparison."""
        return np.asarray(np.isnan(self.value) & ~np.isnan(self.p_value))


def t_quantile(freedom: Numbers | float, confidence: Numbers | float = CONFIDENCE) -> Numbers:
    """Half the width of Student's interval, in standard errors.

    The same as ``scipy.stats.t.ppf``, which spends about a hundred times as long on checking its arguments.
    """
    return np.asarray(special.stdtrit(freedom, 0.5 + confidence / 2))


def t_tail(values: Numbers, freedom: Numbers) -> Numbers:
    """The probability of a value larger than each: a fast ``scipy.stats.t.sf``, as above."""
    return np.asarray(special.stdtr(freedom, -values))


# Rounding error of a figure that has not changed, and of squared influences that cancel.
_ROUNDING = 1e-12
_CANCELLED = 1e-24


def changes_of_sums(
    value: Numbers, squares: Numbers, fourth: Numbers, n_employers: int | Numbers, by_size: Numbers | None = None
) -> Changes:
    """Estimate intervals and p-values of changes from the employers' own changes.

    Openings stay open for weeks, so the two weeks share most of them. What stayed the same at an employer cancels in
    its influence; separate intervals of the two weeks would count it twice.

    The degrees of freedom are the effective number of employers that moved, (sum u^2)^2 / sum u^4, less one: three
    employers that changed are little evidence, however many did not (Carter, Schnepel and Steigerwald 2017). A change
    that fewer than LEAST_EMPLOYERS make up is withheld.

    Where no employer moved, or all moved identically, the spread between employers is unknown and there is no
    interval. A change that all employers share is NaN itself. Where no employer moved the change is 0, with a p-value
    of 1. It remains a comparison to correct for, and so does a withheld change: dropping comparisons by their outcome
    would make the others look less likely to be chance.

    Args:
        value: Later minus earlier, in any shape.
        squares: Sum over employers of the squared differences of their influences, in the same shape.
        fourth: Likewise, of the fourth powers.
        n_employers: Employers counted in either week.
        by_size: The effective number of employers by their postings, the most that may count as having moved; None for
            ``n_employers``.
    """
    value = np.where(np.abs(value) <= _ROUNDING, 0.0, value)
    squares = np.where(squares < _CANCELLED, 0.0, squares)
    spread = np.sqrt(variance_of_sum(squares, n_employers))
    moved = np.divide(np.square(squares), fourth, out=np.ones_like(fourth), where=fourth > 0)
    effective = np.minimum(moved, n_employers if by_size is None else by_size)
    freedom = np.maximum(1.0, effective - 1)
    # identical moves of all employers carry no information about how much they differ
    unknown = (spread == 0) & (value != 0)
    is_of_few = (spread > 0) & (np.round(effective, 9) < LEAST_EMPLOYERS)
    half = np.where(spread > 0, t_quantile(freedom) * spread, np.nan)
    ratio = np.divide(np.abs(value), spread, out=np.zeros_like(spread), where=spread > 0)
    p_value = np.where(unknown, np.nan, 2 * t_tail(ratio, freedom))
    value = np.where(unknown | is_of_few, np.nan, value)
    return Changes(value, value - half, value + half, p_value, freedom)


def q_values(p_values: Numbers) -> Numbers:
    """Adjust p-values by Benjamini and Hochberg's procedure, each row of a matrix by itself.

    With a row's p-values in ascending order p(1) to p(m): for each i, the minimum of p(j) m / j over j >= i. NaN is not
    a comparison and stays NaN.

    A change is flagged below 0.05: of the flagged ones, at most one in twenty is expected to be chance.
    """
    descending = np.argsort(-p_values, axis=-1, kind="stable")  # NaN is last
    number = np.count_nonzero(~np.isnan(p_values), axis=-1, keepdims=True)
    rank = np.maximum(number - np.arange(p_values.shape[-1]), 1)
    ordered = np.take_along_axis(p_values, descending, axis=-1) * (number / rank)
    found = np.empty_like(p_values)
    np.put_along_axis(found, descending, np.minimum.accumulate(ordered, axis=-1), axis=-1)
    return np.minimum(found, 1.0)


def confidence_of_flagged(q_value: Numbers, max_false: float) -> Numbers:
    """Return the level of the intervals of flagged estimates, each row of a matrix by itself; NaN for the others.

    Intervals that are shown because their estimate is flagged miss more often than others. At this level, of all that
    are flagged in a row, at most the part ``max_false`` is expected to miss (false coverage-statement rate; Benjamini
    and Yekutieli 2005). An estimate is flagged if and only if its interval at this level excludes what it is tested
    against.

    Args:
        q_value: Adjusted p-values, of ``q_values``; NaN is not a comparison.
        max_false: q-values below it are flagged.
    """
    is_flagged = q_value < max_false
    number = np.count_nonzero(~np.isnan(q_value), axis=-1, keepdims=True)
    part = np.count_nonzero(is_flagged, axis=-1, keepdims=True) / np.maximum(1, number)
    return np.where(is_flagged, 1 - max_false * part, np.nan)


def widened(
    value: Numbers, low: Numbers, high: Numbers, freedom: Numbers, confidence: Numbers
) -> tuple[Numbers, Numbers]:
    """Widen Student's intervals to another confidence; NaN where it is.

    Args:
        value: The estimates, in any shape, as are the others.
        low: Lower bounds at ``CONFIDENCE``.
        high: Upper bounds, as far from the estimates.
        freedom: Degrees of freedom.
        confidence: ``confidence_of_flagged``.
    """
    wider = np.full(value.shape, np.nan)
    chosen = ~np.isnan(confidence)
    ratio = t_quantile(freedom[chosen], confidence[chosen]) / t_quantile(freedom[chosen])
    wider[chosen] = (high - value)[chosen] * (ratio - 1)
    return low - wider, high + wider
