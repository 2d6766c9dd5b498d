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
    effective = np.minimum(own, _worth(value, spread, size))
    t = t_quantile(total**2 / np.square(size).sum() - 1 + _OF_THE_POOL)
    middle = value + t**2 / (2 * effective)
    half = t * np.sqrt(within / effective + t**2 / (4 * effective**2))
    low, high = ((middle + sign * half) / (1 + t**2 / effective) for sign in (-1, 1))
    return Shares(value, np.clip(np.minimum(low, value), 0, 1), np.clip(np.maximum(high, value), 0, 1))


def pooled_likeness(value: Numbers, spread: Numbers, total: Numbers | float, squares: Numbers | float) -> Numbers:
    """How alike postings of one employer are, by all shares of a cell together: their intraclass correlation.

    From 0, not at all, to 1, all the same; below 0 where employers differ by less than chance makes them. NaN of
    attributes that nobody or everybody has, and where no employer has two postings.

    Args:
        value: (..., attributes): shares.
        spread: (..., attributes): their variances.
        total: (..., 1) or one for all: postings.
        squares: The same of the sum of squares of employers' postings.

    Returns:
        (..., 1).
    """
    moving = value * (1 - value) + spread
    possible = moving.sum(axis=-1, keepdims=True) * (squares - total)
    between = (spread * total**2 - moving * total).sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(between, possible, out=np.full_like(between, np.nan), where=possible > 0))


def _worth(value: Numbers, spread: Numbers, size: Numbers) -> Numbers:
    """How many postings that are not alike the cell's are worth, by how alike they are in all of its attributes."""
    total, squares = size.sum(), np.square(size).sum()
    likeness = pooled_likeness(value, spread, total, squares)
    # where nothing is known of it: as if all of an employer's were alike
    return np.asarray(total / (1 + np.clip(np.nan_to_num(likeness, nan=1.0), 0, 1) * (squares / total - 1)))
