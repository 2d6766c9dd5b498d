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

Of an attribute with several values (``effects_of_values``) d is a row of columns, one a value; of the sums, a matrix A
and a row b, the other values are partialled out as the controls are:

    effect = (b_v - A_vo A_oo⁻¹ b_o) / (A_vv - A_vo A_oo⁻¹ A_ov),      o: the other values
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


@dataclass(frozen=True)
class Controlled:
    """Pay of some postings without what controls tell of it: what the effects of any attributes are estimated from.

    Attributes:
        pay: (postings,): what the controls leave of log pay.
        basis: (postings, columns): orthonormal columns that span the controls.
        employers: (postings,): index of each posting's employer, from 0.
        of_employers: ``membership``.
        leverages: What goes of the controls with each employer.
        within: Whether what each employer pays above others is controlled for, too.
    """

    pay: Numbers
    basis: Numbers
    employers: Indexes
    of_employers: csr_array
    leverages: list[_Leverage]
    within: bool

    def left_of(self, attributes: csc_array) -> Numbers:
        """(postings, attributes): what the controls leave of each."""
        left = np.asarray(attributes.toarray() - self.basis @ (attributes.T @ self.basis).T)
        if self.within:
            left -= ((self.of_employers @ attributes).toarray() / np.bincount(self.employers)[:, None])[self.employers]
        return left


def controlled(log_pay: Numbers, controls: Numbers, employers: Indexes, *, within: bool = False) -> Controlled:
    """Partial controls out of pay.

    Args:
        log_pay: (postings,).
        controls: (postings, columns), of any rank; see ``dummies``.
        employers: (postings,): index of each posting's employer, from 0.
        within: Compare postings of one employer: what it pays above others is controlled for, too.
    """
    basis = _basis(_centred(controls, employers) if within else controls)
    pay = _centred(log_pay[:, None], employers)[:, 0] if within else log_pay
    left = pay - basis @ (basis.T @ pay)
    return Controlled(left, basis, employers, membership(employers), _leverages(basis, employers), within)


def effects(of: Controlled, attributes: csc_array) -> Effects:
    """Estimate the effect of each attribute alone, beside the controls.

    Args:
        of: The postings' pay.
        attributes: (postings, attributes), 1 where a posting has one.
    """
    number, n_attributes = attributes.shape
    found = np.full((4, n_attributes), np.nan)
    # some attributes at a time: all of them at once would not fit into memory
    at_once = max(1, _NUMBERS_AT_ONCE // max(1, number))
    for start in range(0, n_attributes, at_once):
        some = attributes[:, start : start + at_once]
        found[:, start : start + at_once] = _of_some(of, of.left_of(some), _own_variation(some))
    value, low, high, p_value = found
    return Effects(value, low, high, p_value, of.basis.shape[1])


def effects_of_values(of: Controlled, values: csc_array, chosen: Indexes) -> Effects:
    """Estimate the effects of some values of one attribute, each over the postings that have no value.

    Args:
        of: The postings' pay.
        values: (postings, values), 1 where a posting has one; a posting has one at most.
        chosen: Values whose effects are asked for.
    """
    left, own_variation = of.left_of(values), _own_variation(values)
    scale = np.where(own_variation > 0, own_variation, 1.0)
    products = np.einsum("ni,nj->nij", left, left).reshape(len(left), -1)
    n_employers, n_values = of.of_employers.shape[0], values.shape[1]
    # what goes with each employer of Σ d d' and Σ d y
    squares = (of.of_employers @ products).reshape(n_employers, n_values, n_values)
    sums = np.asarray(of.of_employers @ (left * of.pay[:, None]))
    of_all = squares.sum(axis=0), sums.sum(axis=0)
    for some in of.leverages:
        taken, paid = some.factor @ left[some.rows], some.factor @ of.pay[some.rows][:, :, None]
        squares[some.employers] += taken.transpose(0, 2, 1) @ taken
        sums[some.employers] += (taken * paid).sum(axis=1)
    found = np.full((4, len(chosen)), np.nan)
    for place, one in enumerate(chosen):
        others = np.delete(np.arange(n_values), one)
        top, bottom, slope = _beside(of_all[0][None], of_all[1][None], one, others, scale)
        of_employer = of.of_employers @ np.square(left[:, one] - left[:, others] @ slope[0])
        top_without, bottom_without, _ = _beside(of_all[0] - squares, of_all[1] - sums, one, others, scale)
        found[:, [place]] = _jackknifed(
            top, bottom, of_employer[:, None], top_without[:, None], bottom_without[:, None], own_variation[[one]]
        )
    value, low, high, p_value = found
    return Effects(value, low, high, p_value, of.basis.shape[1] + n_values - 1)


def _beside(
    squares: Numbers, sums: Numbers, one: int, others: Indexes, scale: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Σ d y and Σ d² of one value with the others partialled out, and by what: each (samples, …).

    Args:
        squares: (samples, values, values): Σ d d'.
        sums: (samples, values): Σ d y.
        one: Which value.
        others: The other ones.
        scale: (values,): what each value varies by itself; what is left of another one below that part of it is none.
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
    """Sum of squares of each attribute about its mean."""
    share = np.asarray(attributes.sum(axis=0)) / max(1, attributes.shape[0])
    return np.asarray(share * (1 - share) * attributes.shape[0])


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


def _of_some(of: Controlled, left: Numbers, own_variation: Numbers) -> Numbers:
    """(4, attributes): effects, their bounds and p-values, from what the controls leave of each attribute."""
    of_employer = np.asarray(of.of_employers @ np.square(left))
    # what goes with each employer of Σ d² and Σ d y
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
    """(4, attributes): effects, their bounds and p-values.

    Args:
        top: (attributes,): Σ d y, of all employers.
        bottom: (attributes,): Σ d².
        of_employer: (employers, attributes): the part of Σ d² that is each one's.
        top_without: (employers, attributes): Σ d y of the others, who tell the controls alone.
        bottom_without: (employers, attributes): their Σ d².
        own_variation: (attributes,): ``_own_variation``.
    """
    n_employers = len(of_employer)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.square(of_employer.sum(axis=0)) / np.square(of_employer).sum(axis=0)
        # of what one employer says there is no telling how far others differ from it
        is_known = (bottom_without.min(axis=0) > _LEFT * own_variation) & (effective >= _LEAST_EMPLOYERS)
        value: Numbers = top / bottom
        moved = top_without / bottom_without - value
        spread = np.sqrt((n_employers - 1) / n_employers * np.square(moved).sum(axis=0))
        is_known &= spread > _ROUNDING
        freedom = np.maximum(1.0, effective - 1)
        half = t_quantile(freedom) * spread
        p_value = 2 * t_tail(np.abs(value) / spread, freedom)
    return np.where(is_known, np.stack([value, value - half, value + half, p_value]), np.nan)
