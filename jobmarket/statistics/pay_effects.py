"""The association of an attribute of a job with pay among comparable jobs: fast least squares with controls.

    log pay = effect × attribute + controls + error

Controls are partialled out once for all attributes (Frisch, Waugh and Lovell). The residuals of pay and of each
attribute, y and d, give the same effect as the full regression:

    effect = Σ d y / Σ d²

Errors are clustered by employer with the jackknife: each employer is left out in turn, and the effect is re-estimated
with its controls (CV3 of MacKinnon, Nielsen and Webb 2023):

    v  = (C - 1) / C · Σ_c (effect without c - effect)²
    df = (Σ_c s_c)² / Σ_c s_c² - 1,    s_c = Σ_{i in c} d_i²                effective number of employers, less one

No regression is rerun. With orthonormal columns Q that span the controls, and the rows d_c, y_c, Q_c of employer c, the
sums without that employer are

    Σ d² - d_c' H d_c   and   Σ d y - d_c' H y_c,       H = (I - Q_c Q_c')⁻¹ = I + U S² / (1 - S²) U',    Q_c = U S V'

Where S is 1, only this employer identifies a control; the control is dropped with it and the term left out.

For an attribute with several values (``effects_of_values``), d has one column per value. The sums become a matrix A and
a row b, and the other values are partialled out like controls:

    effect = (b_v - A_vo A_oo⁻¹ b_o) / (A_vv - A_vo A_oo⁻¹ A_ov),      o: the other values
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array, csr_array

from jobmarket.statistics.changes import LEAST_EMPLOYERS, t_quantile, t_tail
from jobmarket.statistics.panel import Indexes, Numbers

# Below this part of an attribute's own variance there is nothing left to compare: controls determine it.
_LEFT = 1e-6
# Only one employer identifies a control if the others have less than this part of its variation.
_OTHERS = 1e-6
# Below this standard error, in logarithms of pay, employers differ only by rounding.
_ROUNDING = 1e-9
# Numbers of attributes' residuals in memory at once: 80 MB.
_NUMBERS_AT_ONCE = 10_000_000


@dataclass(frozen=True)
class Effects:
    """Effects in logarithms of pay, one value per attribute.

    NaN where there is nothing left to compare, or nothing without one of the employers, or no spread between employers.
    ``freedom`` is the interval's degrees of freedom; ``n_controls`` the rank of the controls, including the constant.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    p_value: Numbers
    freedom: Numbers
    n_controls: int


def dummies(factors: Sequence[ArrayLike]) -> Numbers:
    """Build dummy columns for the levels of factors, except each factor's most frequent one, and a constant.

    Args:
        factors: Each has a value for every posting: its country, its level …
    """
    columns = []
    for factor in factors:
        levels, counts = np.unique(factor, return_counts=True)
        columns.append((np.asarray(factor)[:, None] == np.delete(levels, counts.argmax())).astype(float))
    number = len(columns[0]) if columns else 0
    return np.hstack([np.ones((number, 1)), *columns])


@dataclass(frozen=True)
class _Leverage:
    """The leverage of the controls in employers of one size.

    Attributes:
        employers: (employers of the size,): their indexes.
        rows: (employers of the size, size): their postings.
        factor: (employers of the size, columns, size): S / √(1 - S²) U'. Multiplied with residuals in an employer's
            postings it gives columns whose products add to those of the residuals if the employer is left out.
    """

    employers: Indexes
    rows: Indexes
    factor: Numbers


@dataclass(frozen=True)
class Controlled:
    """Pay with controls partialled out, from which the effects of any attributes are estimated.

    Attributes:
        pay: (postings,): residuals of log pay.
        basis: (postings, columns): orthonormal columns that span the controls.
        employers: (postings,): index of each posting's employer, from 0.
        of_employers: ``membership``.
        leverages: The controls' leverage, by size of employer.
        within: Whether employers are controls too.
    """

    pay: Numbers
    basis: Numbers
    employers: Indexes
    of_employers: csr_array
    leverages: list[_Leverage]
    within: bool

    def left_of(self, attributes: csc_array) -> Numbers:
        """Return (postings, attributes): the residuals of each attribute."""
        # by rows, as the postings of an employer are read together
        left = np.asarray(attributes.toarray(order="C") - self.basis @ (attributes.T @ self.basis).T)
        if self.within:
            left -= ((self.of_employers @ attributes).toarray() / np.bincount(self.employers)[:, None])[self.employers]
        return left


def controlled(log_pay: Numbers, controls: Numbers, employers: Indexes, *, within: bool = False) -> Controlled:
    """Partial controls out of pay.

    Args:
        log_pay: (postings,).
        controls: (postings, columns), of any rank; see ``dummies``.
        employers: (postings,): index of each posting's employer, from 0.
        within: Compare within employers: control for employers too.
    """
    basis = _basis(_centred(controls, employers) if within else controls)
    pay = _centred(log_pay[:, None], employers)[:, 0] if within else log_pay
    left = pay - basis @ (basis.T @ pay)
    return Controlled(left, basis, employers, membership(employers), _leverages(basis, employers), within)


def effects(of: Controlled, attributes: csc_array) -> Effects:
    """Estimate the effect of each attribute by itself, given the controls.

    Args:
        of: The postings' pay.
        attributes: (postings, attributes): 1 where a posting has one.
    """
    number, n_attributes = attributes.shape
    found = np.full((5, n_attributes), np.nan)
    # in blocks of attributes, to limit memory
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, number))
    for start in range(0, n_attributes, at_once):
        some = attributes[:, start : start + at_once]
        found[:, start : start + at_once] = _of_some(of, of.left_of(some), _own_variation(some))
    value, low, high, p_value, freedom = found
    return Effects(value, low, high, p_value, freedom, of.basis.shape[1])


def effects_of_values(of: Controlled, values: csc_array, chosen: Indexes) -> Effects:
    """Estimate the effects of some values of one attribute, each relative to the postings without a value.

    Args:
        of: The postings' pay.
        values: (postings, values): 1 where a posting has one; a posting has at most one.
        chosen: Indexes of the values to estimate.
    """
    left, own_variation = of.left_of(values), _own_variation(values)
    scale = np.where(own_variation > 0, own_variation, 1.0)
    products = np.einsum("ni,nj->nij", left, left).reshape(len(left), -1)
    n_employers, n_values = of.of_employers.shape[0], values.shape[1]
    # each employer's part of Σ d d' and Σ d y
    squares = (of.of_employers @ products).reshape(n_employers, n_values, n_values)
    sums = np.asarray(of.of_employers @ (left * of.pay[:, None]))
    of_all = squares.sum(axis=0), sums.sum(axis=0)
    for some in of.leverages:
        taken, paid = some.factor @ left[some.rows], some.factor @ of.pay[some.rows][:, :, None]
        squares[some.employers] += taken.transpose(0, 2, 1) @ taken
        sums[some.employers] += (taken * paid).sum(axis=1)
    found = np.full((5, len(chosen)), np.nan)
    for place, one in enumerate(chosen):
        others = np.delete(np.arange(n_values), one)
        top, bottom, slope = _beside(of_all[0][None], of_all[1][None], one, others, scale)
        of_employer = of.of_employers @ np.square(left[:, one] - left[:, others] @ slope[0])
        top_without, bottom_without, _ = _beside(of_all[0] - squares, of_all[1] - sums, one, others, scale)
        found[:, [place]] = _jackknifed(
            top, bottom, of_employer[:, None], top_without[:, None], bottom_without[:, None], own_variation[[one]]
        )
    value, low, high, p_value, freedom = found
    return Effects(value, low, high, p_value, freedom, of.basis.shape[1] + n_values - 1)


def _beside(
    squares: Numbers, sums: Numbers, one: int, others: Indexes, scale: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return Σ d y and Σ d² of one value with the others partialled out, and their slopes: each (samples, …).

    Args:
        squares: (samples, values, values): Σ d d'.
        sums: (samples, values): Σ d y.
        one: Index of the value.
        others: Indexes of the others.
        scale: (values,): each value's own variation, relative to which a residual counts as 0.
    """
    unit = np.sqrt(scale[others])
    among = squares[:, others[:, None], others] / (unit[:, None] * unit)
    values, vectors = np.linalg.eigh(among)
    inverse = np.where(values > _LEFT, 1 / np.maximum(values, _LEFT), 0.0)
    crossed = squares[:, one, others] / unit
    slope = ((crossed[:, None, :] @ vectors) * inverse[:, None, :] @ vectors.transpose(0, 2, 1))[:, 0] / unit
    top = sums[:, one] - (slope * sums[:, others]).sum(axis=1)
    return top, squares[:, one, one] - (slope * squares[:, one, others]).sum(axis=1), slope


def _own_variation(attributes: csc_array) -> Numbers:
    """Return the sum of squares of each attribute about its mean."""
    share = np.asarray(attributes.sum(axis=0)) / max(1, attributes.shape[0])
    return np.asarray(share * (1 - share) * attributes.shape[0])


def membership(employers: Indexes) -> csr_array:
    """Return the (employers, postings) indicator matrix."""
    ends = np.cumsum(np.bincount(employers))
    return csr_array(
        (np.ones(len(employers)), np.argsort(employers, kind="stable"), np.append(0, ends)), (len(ends), len(employers))
    )


def _centred(values: Numbers, employers: Indexes) -> Numbers:
    sizes = np.bincount(employers)[:, None]
    return np.asarray(values - ((membership(employers) @ values) / sizes)[employers])


def _basis(controls: Numbers) -> Numbers:
    """Return orthonormal columns that span the controls, of any rank."""
    size = np.linalg.norm(controls, axis=0)
    scaled = controls[:, size > 0] / size[size > 0]
    values, vectors = np.linalg.eigh(scaled.T @ scaled)
    kept = values > 1e-9 * max(1.0, values.max(initial=0.0))
    return np.asarray(scaled @ (vectors[:, kept] / np.sqrt(values[kept])))


def _leverages(basis: Numbers, employers: Indexes) -> list[_Leverage]:
    """Return one for each size of employer, so that employers of a size are decomposed together."""
    sizes = np.bincount(employers)
    starts, order = np.cumsum(sizes) - sizes, np.argsort(employers, kind="stable")
    found = []
    for size in np.unique(sizes):
        of_size = np.flatnonzero(sizes == size)
        rows = order[starts[of_size][:, None] + np.arange(size)]
        found.append(_Leverage(of_size, rows, _factors(basis[rows])))
    return found


def _factors(basis: Numbers) -> Numbers:
    """Return S / √(1 - S²) U' of each of (employers, postings, controls), from the smaller of its Gram matrices."""
    _, postings, controls = basis.shape
    turned = basis.transpose(0, 2, 1)
    squares, vectors = np.linalg.eigh(basis @ turned if postings <= controls else turned @ basis)
    others = 1 - squares
    scale = np.where(others > _OTHERS, 1 / np.sqrt(np.maximum(others, _OTHERS)), 0.0)
    if postings <= controls:
        return np.asarray((scale * np.sqrt(np.maximum(squares, 0.0)))[:, :, None] * vectors.transpose(0, 2, 1))
    return np.asarray(scale[:, :, None] * (vectors.transpose(0, 2, 1) @ turned))


def _of_some(of: Controlled, left: Numbers, own_variation: Numbers) -> Numbers:
    """Return (5, attributes), as ``_jackknifed``, from the residuals of each attribute."""
    of_employer = np.asarray(of.of_employers @ np.square(left))
    # each employer's part of Σ d² and Σ d y
    squares, products = of_employer.copy(), np.asarray(of.of_employers @ (left * of.pay[:, None]))
    total, value_of_all = of_employer.sum(axis=0), products.sum(axis=0)
    for some in of.leverages:
        taken, paid = some.factor @ left[some.rows], some.factor @ of.pay[some.rows][:, :, None]
        squares[some.employers] += np.square(taken).sum(axis=1)
        products[some.employers] += (taken * paid).sum(axis=1)
    return _jackknifed(value_of_all, total, of_employer, value_of_all - products, total - squares, own_variation)


def _jackknifed(
    top: Numbers,
    bottom: Numbers,
    of_employer: Numbers,
    top_without: Numbers,
    bottom_without: Numbers,
    own_variation: Numbers,
) -> Numbers:
    """Return (5, attributes): effects, bounds, p-values and degrees of freedom.

    Args:
        top: (attributes,): Σ d y over all employers.
        bottom: (attributes,): Σ d².
        of_employer: (employers, attributes): each employer's part of Σ d².
        top_without: (employers, attributes): Σ d y without the employer, controls re-estimated.
        bottom_without: (employers, attributes): likewise, Σ d².
        own_variation: (attributes,): ``_own_variation``.
    """
    n_employers = len(of_employer)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.square(of_employer.sum(axis=0)) / np.square(of_employer).sum(axis=0)
        # few employers carry little information about the spread
        is_known = (bottom_without.min(axis=0) > _LEFT * own_variation) & (np.round(effective, 9) >= LEAST_EMPLOYERS)
        value: Numbers = top / bottom
        moved = top_without / bottom_without - value
        spread = np.sqrt((n_employers - 1) / n_employers * np.square(moved).sum(axis=0))
        is_known &= spread > _ROUNDING
        freedom = np.maximum(1.0, effective - 1)
        half = t_quantile(freedom) * spread
        p_value = 2 * t_tail(np.abs(value) / spread, freedom)
    return np.where(is_known, np.stack([value, value - half, value + half, p_value, freedom]), np.nan)
