"""Shares of postings with their intervals, clustered by employer: the formulas of the models' macros, for any cell.

``dbt_project/macros/intervals.sql`` has them with their sources; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.chains import variance
from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.panel import Numbers


@dataclass(frozen=True)
class Shares:
    """Shares of several attributes, each array one value an attribute."""

    value: Numbers
    low: Numbers
    high: Numbers


def clustered_shares(having: Numbers, size: Numbers) -> Shares:
    """Estimate shares.

    Args:
        having: (employers, attributes): postings that have the attribute.
        size: (employers,): postings; at least two employers have some.
    """
    total, n_employers = size.sum(), len(size)
    value = having.sum(axis=0) / total
    spread = variance((having - size[:, None] * value) / total, n_employers)
    within = value * (1 - value)
    # nobody or everybody: the variance says nothing
    effective = np.divide(within, spread, out=np.full_like(value, total), where=(spread > 0) & (within > 0))
    effective = np.minimum(effective, total)
    t = t_quantile(n_employers - 1)
    middle = value + t**2 / (2 * effective)
    half = t * np.sqrt(within / effective + t**2 / (4 * effective**2))
    low, high = ((middle + sign * half) / (1 + t**2 / effective) for sign in (-1, 1))
    return Shares(value, np.clip(np.minimum(low, value), 0, 1), np.clip(np.maximum(high, value), 0, 1))
