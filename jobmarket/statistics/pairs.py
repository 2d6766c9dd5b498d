"""How much more often two things are asked for together than they would be if neither had to do with the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.changes import q_values, t_quantile, t_tail
from jobmarket.statistics.panel import Numbers

# Below this part of what the squares are made of, employers differ by what rounding leaves.
_ROUNDING = 1e-13


@dataclass(frozen=True)
class Associations:
    """Of several pairs, each array one value a pair; NaN where nothing is told of it."""

    lift: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    q_value: Numbers


def associations(sums: Mapping[str, Numbers], is_compared: Numbers) -> Associations:
    """Lift of each pair with its interval, clustered by employer.

    With ``p = n / N`` the lift is ``p_ab / (p_a p_b)``, 1 where the two have nothing to do with each other. An
    employer's influence on its logarithm is ``u = (ab / p_ab - a / p_a - b / p_b + n) / N`` of its own counts; the
    variance ``C / (C - 1) sum u^2`` is written out, so that only sums over employers are needed and employers without
    the pair have no row. Degrees of freedom: employers that ask for both, less one: the others say little of it.

    Where every employer is alike (all postings ask for one of the two, or each employer's for both as often as the
    next one's), there is no interval, and the lift is not told either.

    Args:
        sums: Columns of int_skill_pair_counts, arrays of the pairs of one family.
        is_compared: Booleans: pairs that are above their floors. The others are NaN, and no comparison to correct for.

    Returns:
        Lift, bounds of its 95 % interval, p and Benjamini and Hochberg's q.
    """
    postings, companies = sums["n_postings"], sums["n_companies"]
    both, one, other = (postings / sums[name] for name in ("n_both", "n_with", "n_with_other"))
    own = both**2 * sums["sum_both_both"] + one**2 * sums["sum_aa"] + other**2 * sums["sum_bb"] + sums["sum_nn"]
    squares = (
        own
        - 2 * both * one * sums["sum_both_a"]
        - 2 * both * other * sums["sum_both_b"]
        + 2 * both * sums["sum_both_n"]
        + 2 * one * other * sums["sum_ab"]
        - 2 * one * sums["sum_an"]
        - 2 * other * sums["sum_bn"]
    )
    # what all employers do alike, to the last posting, says nothing of how far others differ
    is_told = np.asarray(is_compared, dtype=bool) & (squares > _ROUNDING * own)
    squares = np.where(is_told, squares, np.nan)
    spread = np.sqrt(squares * companies / np.maximum(companies - 1, 1)) / postings
    log_lift = np.where(is_told, np.log(one * other / both), np.nan)
    freedom = np.maximum(sums["n_companies_both"] - 1, 1)
    half = t_quantile(freedom) * spread
    p_value = 2 * t_tail(np.abs(log_lift) / spread, freedom)
    lift = np.exp(log_lift)
    return Associations(lift, lift * np.exp(-half), lift * np.exp(half), p_value, q_values(p_value))
