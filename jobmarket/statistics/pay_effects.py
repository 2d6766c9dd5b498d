"""What an attribute of a job goes with in pay, like jobs compared: an ordinary least squares with controls, fast.

    log pay = effect × attribute + controls + error

Controls are partialled out once for all attributes (Frisch, Waugh and Lovell): what is left of pay and of each
attribute, y and d, gives the same effect as the regression on everything,

    effect = Σ d y / Σ d²

Errors are clustered by employer, by the jackknife: each employer is left out in turn and the effect of the others
estimated anew, the controls with it (CV3 of MacKinnon, Nielsen and Webb 2023):

    v  = (C - 1) / C · Σ_c (effect without c - effect)²
    df = (Σ_c s_c)² / Σ_c s_c² - 1,    s_c = Σ_{i in c} d_i²                effective number of employers, less one

No regression is run again. Q are orthonormal columns that span the controls, and of employer c the rows d_c, y_c, Q_c:
without it there are left

    Σ d² - d_c' H d_c   and   Σ d y - d_c' H y_c,       H = (I - Q_c Q_c')⁻¹ = I + U S² / (1 - S²) U',    Q_c = U S V'

Where S is 1 the employer alone tells a control, which goes with it, and the term is left out.
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
# A control is an employer's own if others have less than this part of what tells it.
_OTHERS = 1e-6
# Effective employers that an effect rests on, at least.
_LEAST_EMPLOYERS = 2
# Below this, in logarithms of pay, employers differ by what rounding leaves: nothing to hold an effect against.
_ROUNDING = 1e-9
# Numbers of what is left of the attributes that are in memory at once: 80 MB.
_NUMBERS_AT_ONCE = 10_000_000


@dataclass(frozen=True)
class Effects:
    """Effects in logarithms of pay, each array one value an attribute.

    NaN where nothing is left to compare, or nothing without some one employer, and where all pay alike: how far others
    differ, they cannot tell. ``n_controls`` is how many columns of the controls the postings tell apart, the constant
    among them.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    n_controls: int


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


@dataclass(frozen=True)
class _Leverage:
    """What the controls take of employers of one size.

    Attributes:
        employers: (of the size,): their indexes.
        rows: (of the size, size): their postings.
        factor: (of the size, columns, size): times what is left of a variable in their postings, it gives columns
            whose products come on top of the variable's own where the employer is left out: S / √(1 - S²) U'.
    """

    employers: Indexes
    rows: Indexes
    factor: Numbers


def _leverages(basis: Numbers, employers: Indexes) -> list[_Leverage]:
    """Of all employers, one for each size: they are decomposed at once."""
    sizes = np.bincount(employers)
    starts, order = np.cumsum(sizes) - sizes, np.argsort(employers, kind="stable")
    found = []
    for size in np.unique(sizes):
        of_size = np.flatnonzero(sizes == size)
        rows = order[starts[of_size][:, None] + np.arange(size)]
        found.append(_Leverage(of_size, rows, _factors(basis[rows])))
    return found


def _factors(basis: Numbers) -> Numbers:
    """S / √(1 - S²) U' of each of (employers, postings, controls), from the smaller one of its products."""
    _, postings, controls = basis.shape
    turned = basis.transpose(0, 2, 1)
    squares, vectors = np.linalg.eigh(basis @ turned if postings <= controls else turned @ basis)
    others = 1 - squares
    scale = np.where(others > _OTHERS, 1 / np.sqrt(np.maximum(others, _OTHERS)), 0.0)
    if postings <= controls:
        return np.asarray((scale * np.sqrt(np.maximum(squares, 0.0)))[:, :, None] * vectors.transpose(0, 2, 1))
    return np.asarray(scale[:, :, None] * (vectors.transpose(0, 2, 1) @ turned))


def _clustered(pay: Numbers, attributes: csc_array, basis: Numbers, employers: Indexes, *, within: bool) -> Effects:
    """Effects on what is left of pay, some attributes at a time: all of them at once would not fit into memory."""
    number, n_attributes = attributes.shape
    of_employers, leverages = membership(employers), _leverages(basis, employers)
    found = np.full((4, n_attributes), np.nan)
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, number))
    for start in range(0, n_attributes, at_once):
        some = attributes[:, start : start + at_once]
        left = some.toarray() - basis @ (some.T @ basis).T
        if within:
            left -= ((of_employers @ some).toarray() / np.bincount(employers)[:, None])[employers]
        share = np.asarray(some.sum(axis=0)) / number
        own_variation = share * (1 - share) * number
        found[:, start : start + at_once] = _of_some(pay, left, own_variation, of_employers, leverages)
    value, low, high, p_value = found
    return Effects(value, low, high, p_value, basis.shape[1])


def _of_some(
    pay: Numbers, left: Numbers, own_variation: Numbers, of_employers: csr_array, leverages: list[_Leverage]
) -> Numbers:
    """(4, attributes): effects, their bounds and p-values.

    Args:
        pay: What the controls leave of pay.
        left: What they leave of each attribute.
        own_variation: Sum of squares of each attribute about its mean.
        of_employers: ``membership``.
        leverages: What goes of the controls with each employer.
    """
    n_employers = of_employers.shape[0]
    of_employer = np.asarray(of_employers @ np.square(left))
    total = of_employer.sum(axis=0)
    # what goes with each employer of Σ d² and Σ d y
    squares, products = of_employer.copy(), np.asarray(of_employers @ (left * pay[:, None]))
    value_of_all = products.sum(axis=0)
    for some in leverages:
        controlled, paid = some.factor @ left[some.rows], some.factor @ pay[some.rows][:, :, None]
        squares[some.employers] += np.square(controlled).sum(axis=1)
        products[some.employers] += (controlled * paid).sum(axis=1)
    rest = total - squares
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.square(total) / np.square(of_employer).sum(axis=0)
        # of what one employer says there is no telling how far others differ from it
        is_known = (rest.min(axis=0) > _LEFT * own_variation) & (effective >= _LEAST_EMPLOYERS)
        value: Numbers = value_of_all / total
        moved = (value_of_all - products) / rest - value
        spread = np.sqrt((n_employers - 1) / n_employers * np.square(moved).sum(axis=0))
        is_known &= spread > _ROUNDING
        freedom = np.maximum(1.0, effective - 1)
        half = t_quantile(freedom) * spread
        p_value = 2 * t_tail(np.abs(value) / spread, freedom)
    return np.where(is_known, np.stack([value, value - half, value + half, p_value]), np.nan)
