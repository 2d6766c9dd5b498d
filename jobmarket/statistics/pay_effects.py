"""What an attribute of a job goes with in pay, like jobs compared: an ordinary least squares with controls, fast.

    log pay = effect × attribute + controls + error

Controls are partialled out once for all attributes (Frisch, Waugh and Lovell): what is left of pay and of each
attribute, y and d, gives the same effect as the regression on everything,

    effect = Σ d y / Σ d²

Errors are clustered by employer. Each employer's part in the error is divided by what it leaves to the others, as if it
had been left out (the jackknife CV3 of MacKinnon, Nielsen and Webb 2023, with the controls held fixed: they are not
estimated anew), for few employers ask for a rare skill:

    v  = (C - 1) / C · Σ_c (Σ_{i in c} d_i e_i / (Σ d² - Σ_{i in c} d_i²))²
    df = (Σ_c s_c)² / Σ_c s_c² - 1,    s_c = Σ_{i in c} d_i²                effective number of employers, less one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array, csr_array

from jobmarket.statistics.changes import t_quantile, t_tail
from jobmarket.statistics.panel import Indexes, Numbers

# Below this part of an attribute's own variance nothing is left to compare: controls tell it altogether.
_LEFT = 1e-6
# Effective employers that an effect rests on, at least.
_LEAST_EMPLOYERS = 2
# Below this, in logarithms of pay, employers differ by what rounding leaves: nothing to hold an effect against.
_ROUNDING = 1e-9
# Numbers of what is left of the attributes that are in memory at once: 80 MB.
_NUMBERS_AT_ONCE = 10_000_000


@dataclass(frozen=True)
class Effects:
    """Effects in logarithms of pay, each array one value an attribute.

    NaN where nothing is left to compare, and where all pay alike: how far others differ, they cannot tell.
    """

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


def effects(log_pay: Numbers, attributes: csc_array, controls: Numbers, employers: Indexes) -> Effects:
    """Estimate the effect of each attribute alone, beside the controls.

    Args:
        log_pay: (postings,).
        attributes: (postings, attributes), 1 where a posting has one.
        controls: (postings, columns), of any rank; see ``dummies``.
        employers: (postings,): index of each posting's employer, from 0.
    """
    basis = _basis(controls)
    return _clustered(log_pay - basis @ (basis.T @ log_pay), attributes, basis, employers, within=False)


def effects_within(log_pay: Numbers, attributes: csc_array, controls: Numbers, employers: Indexes) -> Effects:
    """The same among postings of one employer: what the employer pays above others is controlled for, too."""
    basis = _basis(_centred(controls, employers))
    pay = _centred(log_pay[:, None], employers)[:, 0]
    return _clustered(pay - basis @ (basis.T @ pay), attributes, basis, employers, within=True)


def membership(employers: Indexes) -> csr_array:
    """(employers, postings) of 0 and 1."""
    ends = np.cumsum(np.bincount(employers))
    return csr_array(
        (np.ones(len(employers)), np.argsort(employers, kind="stable"), np.append(0, ends)), (len(ends), len(employers))
    )


def _centred(values: Numbers, employers: Indexes) -> Numbers:
    sizes = np.bincount(employers)[:, None]
    return np.asarray(values - ((membership(employers) @ values) / sizes)[employers])


def _basis(controls: Numbers) -> Numbers:
    """Orthonormal columns that span the controls, whatever their rank."""
    size = np.linalg.norm(controls, axis=0)
    scaled = controls[:, size > 0] / size[size > 0]
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    kept = values > 1e-9 * max(1.0, values.max(initial=0.0))
    return np.asarray(scaled @ (vectors[:, kept] / np.sqrt(values[kept])))


def _clustered(pay: Numbers, attributes: csc_array, basis: Numbers, employers: Indexes, *, within: bool) -> Effects:
    """Effects on what is left of pay, some attributes at a time: all of them at once would not fit into memory."""
    number, n_attributes = attributes.shape
    of_employers = membership(employers)
    found = np.full((4, n_attributes), np.nan)
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, number))
    for start in range(0, n_attributes, at_once):
        some = attributes[:, start : start + at_once]
        left = some.toarray() - basis @ (some.T @ basis).T
        if within:
            left -= ((of_employers @ some).toarray() / np.bincount(employers)[:, None])[employers]
        share = np.asarray(some.sum(axis=0)) / number
        found[:, start : start + at_once] = _of_some(pay, left, share * (1 - share) * number, of_employers)
    return Effects(*found)


def _of_some(pay: Numbers, left: Numbers, own_variation: Numbers, of_employers: csr_array) -> Numbers:
    """(4, attributes): effects, their bounds and p-values.

    Args:
        pay: What the controls leave of pay.
        left: What they leave of each attribute.
        own_variation: Sum of squares of each attribute about its mean.
        of_employers: ``membership``.
    """
    n_employers = of_employers.shape[0]
    of_employer = np.asarray(of_employers @ np.square(left))
    total = of_employer.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.square(total) / np.square(of_employer).sum(axis=0)
        # of what one employer says there is no telling how far others differ from it
        is_known = (total > _LEFT * own_variation) & (effective >= _LEAST_EMPLOYERS)
        value: Numbers = left.T @ pay / total
        # the employer's sum of d e, with e = y - value d
        products: Numbers = np.asarray(of_employers @ (left * pay[:, None])) - value * of_employer
        parts = products / (total - of_employer)
        spread = np.sqrt((n_employers - 1) / n_employers * np.square(parts).sum(axis=0))
        is_known &= spread > _ROUNDING
        freedom = np.maximum(1.0, effective - 1)
        half = t_quantile(freedom) * spread
        p_value = 2 * t_tail(np.abs(value) / spread, freedom)
    return np.where(is_known, np.stack([value, value - half, value + half, p_value]), np.nan)
