"""Samples of openings with pay, and the effects of attributes on them where the samples are large enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from jobmarket.statistics.cell_reader import renumbered
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers
from jobmarket.statistics.pay_effects import (
    Controlled,
    Effects,
    controlled,
    dummies,
    effects,
    effects_of_values,
    membership,
)

COUNTS = (
    "n_openings", "n_companies", "n_with", "n_companies_with", "n_of_largest_with", "n_compared_with",
    "n_companies_compared_with", "n_companies_with_both", "n_controls",
)  # fmt: skip
ESTIMATES = ("effect", "effect_low", "effect_high", "within", "within_low", "within_high")
_Estimator = Callable[[Controlled, Indexes], Effects]


@dataclass(frozen=True)
class PaidOpenings:
    """Openings with pay, as arrays, because subsets are taken thousands of times.

    Attributes:
        posting: Numbers of the postings.
        employer: Numbers of their employers.
        log_pay: Logarithm of their pay.
        levels: (openings, factors): levels of the control factors, as numbers.
        band: Experience bands.
        size: Size bands of the employers.
        region: Regions, empty for none.
        stated: (openings, attributes): values of attributes.
        has_description: Whether there is a whole text, so that what it does not name is not asked for.
    """

    posting: Indexes
    employer: Indexes
    log_pay: Numbers
    levels: Indexes
    band: NDArray[Any]
    size: NDArray[Any]
    region: NDArray[Any]
    stated: NDArray[Any]
    has_description: Booleans

    def where(self, chosen: Booleans | slice) -> PaidOpenings:
        """Return a subset."""
        return PaidOpenings(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @cached_property
    def employers(self) -> Indexes:
        """Indexes of the employers among these openings, from 0."""
        return renumbered(self.employer, int(self.employer.max(initial=-1)) + 1)[0]

    @cached_property
    def controls(self) -> Numbers:
        """Dummy columns of the control factors."""
        return dummies(list(self.levels.T))

    @cached_property
    def across(self) -> Controlled:
        """Pay with the controls partialled out."""
        return controlled(self.log_pay, self.controls, self.employers)

    @cached_property
    def within(self) -> Controlled:
        """Likewise, with employers as controls too."""
        return controlled(self.log_pay, self.controls, self.employers, within=True)


def estimated(openings: PaidOpenings, has: csc_array, floors: Floors, *, is_within: bool = True) -> dict[str, Numbers]:
    """Count and estimate attributes, each against the openings without it; NaN below the floors.

    Args:
        openings: The openings compared.
        has: (openings, attributes) of 0 and 1.
        floors: Minimum sample of each side.
        is_within: Whether to estimate within employers too.

    Returns:
        ``COUNTS`` and ``ESTIMATES``, one number per attribute, and ``p_value`` and ``freedom``, to judge them by.
    """
    with_it = np.asarray((membership(openings.employers) @ has).toarray())
    without = np.bincount(openings.employers)[:, None] - with_it
    return _found(openings, with_it, without, floors, lambda of, chosen: effects(of, has[:, chosen]), is_within)


def estimated_values(openings: PaidOpenings, has: csc_array, against: csc_array, floors: Floors) -> dict[str, Numbers]:
    """Likewise for all values of one attribute, each against one reference value.

    Args:
        openings: The openings compared.
        has: (openings, values) of 0 and 1, without the reference value; "not stated" is a value.
        against: (openings, 1): those that have the reference value.
        floors: Minimum sample of each side.
    """
    of_employers = membership(openings.employers)
    with_it, other = (np.asarray((of_employers @ side).toarray()) for side in (has, against))
    without = np.broadcast_to(other, with_it.shape)
    return _found(openings, with_it, without, floors, lambda of, chosen: effects_of_values(of, has, chosen), True)


def _found(
    openings: PaidOpenings, with_it: Numbers, without: Numbers, floors: Floors, estimator: _Estimator, is_within: bool
) -> dict[str, Numbers]:
    """Fill counts and estimates; ``with_it`` and ``without``: (employers, attributes), openings on each side."""
    n_employers, n_attributes = with_it.shape
    found = {
        "n_openings": np.full(n_attributes, len(openings.posting)),
        "n_companies": np.full(n_attributes, n_employers),
        "n_with": with_it.sum(axis=0),
        "n_companies_with": np.count_nonzero(with_it, axis=0),
        "n_of_largest_with": with_it.max(axis=0, initial=0.0),
        "n_compared_with": without.sum(axis=0),
        "n_companies_compared_with": np.count_nonzero(without, axis=0),
        "n_companies_with_both": np.count_nonzero((with_it > 0) & (without > 0), axis=0),
        **{name: np.full(n_attributes, np.nan) for name in ("n_controls", "p_value", "freedom", *ESTIMATES)},
    }
    # suppressed effects must not count among the comparisons of q-values
    chosen = np.flatnonzero(_is_enough(with_it, floors) & _is_enough(without, floors))
    if len(chosen):
        across = estimator(openings.across, chosen)
        found["effect"][chosen], found["effect_low"][chosen] = across.value, across.low
        found["effect_high"][chosen], found["p_value"][chosen] = across.high, across.p_value
        found["freedom"][chosen], found["n_controls"][chosen] = across.freedom, across.n_controls
    if len(chosen) and is_within:
        within = estimator(openings.within, chosen)
        compares = found["n_companies_with_both"][chosen] >= floors.companies
        for name, values in (("within", within.value), ("within_low", within.low), ("within_high", within.high)):
            found[name][chosen] = np.where(compares, values, np.nan)
    return found


def _is_enough(size: Numbers, floors: Floors) -> Booleans:
    """Return whether each attribute's sample passes the floors; ``size``: (employers, attributes)."""
    number = size.sum(axis=0)
    is_large: Booleans = (number >= floors.postings) & (np.count_nonzero(size, axis=0) >= floors.companies)
    has_no_giant: Booleans = size.max(axis=0, initial=0.0) <= floors.company_share * number
    return is_large & has_no_giant
