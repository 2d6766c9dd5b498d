"""Shares of postings with intervals clustered by employer, for any cell.

The formulas are those of ``dbt_project/macros/intervals.sql``, which cites the sources; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobmarket.statistics.changes import t_quantile
from jobmarket.statistics.equal_companies import equal_companies
from jobmarket.statistics.panel import Numbers

# Degrees of freedom that pooling the variance over the shares of a cell adds to a share's own.
_OF_THE_POOL = 4


@dataclass(frozen=True)
class Shares:
    """Shares of several attributes; each array has one value per attribute."""

    value: Numbers
    low: Numbers
    high: Numbers


def clustered_shares(having: Numbers, size: Numbers) -> Shares:
    """Estimate shares of one cell.

    Args:
        having: (..., employers, attributes): postings that have the attribute. Leading dimensions are cells of the
            same sizes.
        size: (employers,): postings; at least two employers have some.
    """
    total = size.sum()
    value = having.sum(axis=-2) / total
    squares = np.square((having - size[:, None] * value[..., None, :]) / total).sum(axis=-2)
    effective_companies, divisor = equal_companies(size)
    spread = squares / divisor
    within = value * (1 - value)
    # where nobody or everybody has it, the variance is 0 and carries no information
    own = np.divide(within, spread, out=np.full_like(value, total), where=(spread > 0) & (within > 0))
    effective = np.minimum(own, _worth(value, spread, size))
    t = t_quantile(effective_companies - 1 + _OF_THE_POOL)
    middle = value + t**2 / (2 * effective)
    half = t * np.sqrt(within / effective + t**2 / (4 * effective**2))
    low, high = ((middle + sign * half) / (1 + t**2 / effective) for sign in (-1, 1))
    return Shares(value, np.clip(np.minimum(low, value), 0, 1), np.clip(np.maximum(high, value), 0, 1))


def pooled_similarity(value: Numbers, spread: Numbers, total: Numbers | float, squares: Numbers | float) -> Numbers:
    """Estimate the intraclass correlation of postings of one employer, pooled over all shares of a cell.

    It ranges from 0 (unrelated) to 1 (identical), and is below 0 where employers differ less than chance would make
    them. It is NaN if nobody or everybody has each attribute, or if no employer has two postings.

    Args:
        value: (..., attributes): shares.
        spread: (..., attributes): their variances.
        total: (..., 1) or a scalar: postings.
        squares: Likewise: the sum of squares of employers' postings.

    Returns:
        (..., 1).
    """
    moving = value * (1 - value) + spread
    possible = moving.sum(axis=-1, keepdims=True) * (squares - total)
    between = (spread * total**2 - moving * total).sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(between, possible, out=np.full_like(between, np.nan), where=possible > 0))


def _worth(value: Numbers, spread: Numbers, size: Numbers) -> Numbers:
    """The number of independent postings that carry as much information, by the pooled similarity of the cell."""
    total, squares = size.sum(), np.square(size).sum()
    similarity = pooled_similarity(value, spread, total, squares)
    # unknown similarity: as if all postings of an employer were identical
    return np.asarray(total / (1 + np.clip(np.nan_to_num(similarity, nan=1.0), 0, 1) * (squares / total - 1)))
