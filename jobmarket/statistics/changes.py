"""Whether figures of two weeks differ: compared employer by employer, corrected for how many figures are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from jobmarket.statistics.chains import variance_of_sum
from jobmarket.statistics.panel import Numbers

# Weeks over which a change is published.
HORIZONS = (4, 13)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Changes:
    """Changes of several figures, each array one value a figure; bounds are NaN where nothing tells how sure it is."""

    value: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers


def t_quantile(freedom: Numbers | float) -> Numbers:
    """Half the width of Student's interval, in standard errors.

    What ``scipy.stats.t.ppf`` gives, which looks at its arguments some hundred times as long as at the answer.
    """
    return np.asarray(special.stdtrit(freedom, 0.5 + CONFIDENCE / 2))


def t_tail(values: Numbers, freedom: Numbers) -> Numbers:
    """The chance of a larger value than each: ``scipy.stats.t.sf``, as above."""
    return np.asarray(special.stdtr(freedom, -values))


# What sums leave of a share that has not changed, and of the squares of influences that cancel.
_ROUNDING = 1e-12
_CANCELLED = 1e-24


def changes_of_sums(value: Numbers, squares: Numbers, fourth: Numbers, n_employers: int | Numbers) -> Changes:
    """Judge changes by the employers' own changes.

    Openings stay open for weeks, so that the two weeks share most of theirs: what stayed the same at an employer
    cancels in its influence, which intervals of the two weeks apart would count twice.

    The degrees of freedom are the effective number of employers that moved, (sum u^2)^2 / sum u^4, less one: three
    employers that changed say little, however many stood still (Carter, Schnepel and Steigerwald 2017).

    Where nobody moved, or all alike, nothing tells how far employers differ, and there is no interval. A change of all
    is NaN with it. That nothing changed where nobody moved is told, and is a comparison to correct others for, of p 1:
    left out because of how it came out, it would make chance of others look rarer.

    Args:
        value: Later minus earlier, in any shape.
        squares: The same differences of the employers' influences: the sum of their squares.
        fourth: The sum of their fourth powers.
        n_employers: Employers that either week counts.
    """
    squares = np.where(squares < _CANCELLED, 0.0, squares)
    spread = np.sqrt(variance_of_sum(squares, n_employers))
    effective = np.divide(np.square(squares), fourth, out=np.ones_like(fourth), where=fourth > 0)
    freedom = np.maximum(1.0, np.minimum(effective, n_employers) - 1)
    # what all employers did alike, to the last posting, says nothing of how much they differ
    unknown = (spread == 0) & (np.abs(value) > _ROUNDING)
    value = np.where(unknown, np.nan, value)  # and what has no interval is not told
    half = np.where(spread > 0, t_quantile(freedom) * spread, np.nan)
    ratio = np.divide(np.abs(value), spread, out=np.zeros_like(spread), where=spread > 0)
    p_value = np.where(unknown, np.nan, 2 * t_tail(ratio, freedom))
    return Changes(value, value - half, value + half, p_value)


def q_values(p_values: Numbers) -> Numbers:
    """Benjamini and Hochberg's adjusted p-values; NaN is no comparison and stays NaN.

    Below 0.05 a change is flagged: of the flagged ones, at most one in twenty is expected to be none.
    """
    found = np.full_like(p_values, np.nan)
    is_compared = ~np.isnan(p_values)
    if is_compared.any():
        found[is_compared] = _adjusted(p_values[is_compared])
    return found


def _adjusted(p_values: Numbers) -> Numbers:
    """Of p-values in ascending order p(1) to p(m): the least of p(j) m / j from each on, j >= i."""
    descending = np.argsort(-p_values, kind="stable")
    number = len(p_values)
    found = np.empty(number)
    found[descending] = np.minimum.accumulate(p_values[descending] * (number / np.arange(number, 0, -1)))
    return np.minimum(found, 1.0)
