"""What an attribute of a job goes with in pay, like jobs compared: an ordinary least squares with controls, fast.

    log pay = effect × attribute + controls + error

Controls are partialled out once for all attributes (Frisch, Waugh and Lovell): what is left of pay and of each
attribute, y and d, gives the same effect as the regression on everything,

    effect = Σ d y / Σ d²

Errors are clustered by employer. Each employer's part in the error is divided by what it leaves to the others, as if it
had been left out (the jackknife CV3 of MacKinnon, Nielsen and Webb 2023), for few employers ask for a rare skill:

    v  = (C - 1) / C · Σ_c (Σ_{i in c} d_i e_i / (Σ d² - Σ_{i in c} d_i²))²
    df = (Σ_c s_c)² / Σ_c s_c² - 1,    s_c = Σ_{i in c} d_i²                effective number of employers, less one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.linalg import qr
from scipy.sparse import csr_array

from jobmarket.statistics.changes import CONFIDENCE
from jobmarket.statistics.panel import Indexes, Numbers

# Below this part of an attribute's own variance nothing is left to compare: controls tell it altogether.
_LEFT = 1e-6
# Effective employers that an effect rests on, at least.
_LEAST_EMPLOYERS = 2


@dataclass(frozen=True)
class Effects:
    """Effects in logarithms of pay, each array one value an attribute; NaN where nothing is left to compare."""

    value: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers


def dummies(factors: Sequence[ArrayLike]) -> Numbers:
    """Columns of 0 and 1 for the levels of some factors but each one's most frequent, and one column of 1.

    Args:
        factors: Each a value for every posting: its country, its level …
    """
    columns = []
    for factor in factors:
        _, codes, counts = np.unique(np.asarray(factor), return_inverse=True, return_counts=True)
        rest = np.delete(np.arange(len(counts)), counts.argmax())
        columns.append((codes[:, None] == rest).astype(float))
    number = len(columns[0]) if columns else 0
    return np.hstack([np.ones((number, 1)), *columns])


def effects(log_pay: Numbers, attributes: Numbers, controls: Numbers, employers: Indexes) -> Effects:
    """Estimate the effect of each attribute alone, beside the controls.

    Args:
        log_pay: (postings,).
        attributes: (postings, attributes).
        controls: (postings, columns), of any rank; see ``dummies``.
        employers: (postings,): index of each posting's employer, from 0.
    """
    basis = _basis(controls)
    return _clustered(_without(log_pay[:, None], basis)[:, 0], _without(attributes, basis), attributes, employers)


def effects_within(log_pay: Numbers, attributes: Numbers, controls: Numbers, employers: Indexes) -> Effects:
    """The same among postings of one employer: what the employer pays above others is controlled for, too."""
    membership = _membership(employers)
    sizes = np.asarray(membership.sum(axis=1))[:, None]

    def centred(values: Numbers) -> Numbers:
        return np.asarray(values - ((membership @ values) / sizes)[employers])

    basis = _basis(centred(controls))
    pay, left = (_without(centred(values), basis) for values in (log_pay[:, None], attributes))
    return _clustered(pay[:, 0], left, attributes, employers)


def _membership(employers: Indexes) -> csr_array:
    """(employers, postings) of 0 and 1."""
    number = len(employers)
    return csr_array((np.ones(number), (employers, np.arange(number))), (int(employers.max(initial=-1)) + 1, number))


def _basis(controls: Numbers) -> Numbers:
    """Orthonormal columns that span the controls, whatever their rank."""
    orthonormal, triangle, _ = qr(controls, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    return np.asarray(orthonormal[:, size > 1e-9 * max(1.0, size.max(initial=0.0))])


def _without(values: Numbers, basis: Numbers) -> Numbers:
    return np.asarray(values - basis @ (basis.T @ values))


def _clustered(pay: Numbers, left: Numbers, attributes: Numbers, employers: Indexes) -> Effects:
    membership = _membership(employers)
    n_employers = int(np.count_nonzero(np.bincount(employers)))
    of_employer = np.asarray(membership @ np.square(left))
    total = of_employer.sum(axis=0)
    spread_of_attribute = np.square(attributes - attributes.mean(axis=0)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.square(total) / np.square(of_employer).sum(axis=0)
        # of what one employer says there is no telling how far others differ from it
        is_known = (total > _LEFT * spread_of_attribute) & (effective >= _LEAST_EMPLOYERS)
        value = left.T @ pay / total
        errors = pay[:, None] - left * value
        parts = np.asarray(membership @ (left * errors)) / (total - of_employer)
        variance = (n_employers - 1) / n_employers * np.square(parts).sum(axis=0)
        freedom = np.maximum(1.0, effective - 1)
        spread = np.sqrt(variance)
        half = stats.t.ppf(0.5 + CONFIDENCE / 2, freedom) * spread
        p_value = 2 * stats.t.sf(np.abs(value) / spread, freedom)
    return Effects(*(np.where(is_known, one, np.nan) for one in (value, value - half, value + half, p_value)))
