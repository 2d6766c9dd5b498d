"""Shares of postings with their intervals, clustered by employer: the formulas of the models' macros, for any cell.

``dbt_project/macros/intervals.sql`` has them with their sources; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.chains import variance_of_sum
from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.panel import Numbers

# Degrees of freedom that a variance pooled over the shares of a cell is worth, beside those of a share's own.
_OF_THE_POOL = 4


@dataclass(frozen=True)
class Shares:
    """Shares of several attributes, each array one value an attribute."""

    value: Numbers
    low: Numbers
    high: Numbers


def clustered_shares(having: Numbers, size: Numbers) -> Shares:
    """Estimate shares of one cell.

    Args:
        having: (..., employers, attributes): postings that have the attribute. What stands before the employers are
            cells of the same sizes.
        size: (employers,): postings; at least two employers have some.
    """
    total = size.sum()
    value = having.sum(axis=-2) / total
    squares = np.square((having - size[:, None] * value[..., None, :]) / total).sum(axis=-2)
    spread = variance_of_sum(squares, len(size))
    within = value * (1 - value)
    # nobody or everybody: the variance says nothing
    own = np.divide(within, spread, out=np.full_like(value, total), where=(spread > 0) & (within > 0))
    effective = np.minimum(own, _worth(spread, within, size))
    t = t_quantile(total**2 / np.square(size).sum() - 1 + _OF_THE_POOL)
    middle = value + t**2 / (2 * effective)
    half = t * np.sqrt(within / effective + t**2 / (4 * effective**2))
    low, high = ((middle + sign * half) / (1 + t**2 / effective) for sign in (-1, 1))
    return Shares(value, np.clip(np.minimum(low, value), 0, 1), np.clip(np.maximum(high, value), 0, 1))


def _worth(spread: Numbers, within: Numbers, size: Numbers) -> Numbers:
    """How many postings that are not alike the cell's are worth, by how alike they are in all of its attributes."""
    total, squares = size.sum(), np.square(size).sum()
    possible = (within + spread).sum(axis=-1, keepdims=True) * (squares - total)
    between = (spread * total**2 - (within + spread) * total).sum(axis=-1, keepdims=True)
    # of attributes that nobody or everybody has, nothing is known: then as if all of an employer's were alike
    likeness = np.clip(np.divide(between, possible, out=np.ones_like(between), where=possible > 0), 0, 1)
    return np.asarray(total / (1 + likeness * (squares / total - 1)))
