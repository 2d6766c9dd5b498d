"""Which skills go together, judged from sums over employers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from jobmarket.statistics.pairs import Associations, associations

Counts = NDArray[np.int64]


def _sums(a: Counts, b: Counts, both: Counts, n: Counts) -> dict[str, NDArray[np.float64]]:
    """What int_skill_pair_counts holds, of arrays (pairs, employers)."""
    products = {
        "sum_both_both": both * both, "sum_both_a": both * a, "sum_both_b": both * b, "sum_both_n": both * n,
        "sum_aa": a * a, "sum_bb": b * b, "sum_ab": a * b, "sum_an": a * n, "sum_bn": b * n, "sum_nn": n * n,
        "n_both": both, "n_with": a, "n_with_other": b, "n_postings": n,
        "n_companies": n > 0, "n_companies_both": both > 0,
    }  # fmt: skip
    return {name: values.sum(axis=1).astype(float) for name, values in products.items()}


def _markets(
    random: np.random.Generator, pairs: int, employers: int, lift: float = 1.0
) -> tuple[Counts, Counts, Counts, Counts]:
    """Markets of one pair each: an employer asks for a and b with probabilities of its own, of mean 0.4 and 0.3."""
    n = random.integers(3, 15, size=(pairs, employers))
    taste = random.beta(0.4 * 4, 0.6 * 4, size=(pairs, employers))
    other = 0.6 * random.beta(0.5 * 4, 0.5 * 4, size=(pairs, employers))
    a = random.binomial(n, taste)
    # P(b | a) is lift times P(b) where the mean of a's probability is 0.4
    given_a, given_not = other * lift, other * (1 - 0.4 * lift) / 0.6
    both = random.binomial(a, given_a)
    return a, both + random.binomial(n - a, given_not), both, n


def test_the_sums_are_those_of_the_employers_influences() -> None:
    a, b, both, n = _markets(np.random.default_rng(4), pairs=3, employers=40, lift=1.5)
    found = associations(_sums(a, b, both, n), np.ones(3, dtype=bool))
    total = n.sum(axis=1, keepdims=True)
    p_a, p_b, p_both = (values.sum(axis=1, keepdims=True) / total for values in (a, b, both))
    influence = (both / p_both - a / p_a - b / p_b + n) / total
    spread = np.sqrt(40 / 39 * np.square(influence).sum(axis=1))
    assert found.lift == pytest.approx((p_both / (p_a * p_b)).ravel())
    width = np.log(found.high / found.low) / spread / 2
    # Student's t of the employers that ask for both
    assert np.all((width > 1.96) & (width < 2.1))


def _judged(lift: float) -> Associations:
    markets = _markets(np.random.default_rng(20261126), pairs=1500, employers=60, lift=lift)
    return associations(_sums(*markets), np.ones(1500, dtype=bool))


@pytest.mark.parametrize("lift", [1.0, 1.6])
def test_nineteen_of_twenty_intervals_hold_the_planted_lift(lift: float) -> None:
    """1,500 markets of 60 employers whose postings resemble each other; the lift is known by the draw."""
    found = _judged(lift)
    assert 0.93 <= np.mean((found.low <= lift) & (lift <= found.high)) <= 0.97


def test_skills_that_have_nothing_to_do_with_each_other_are_not_flagged() -> None:
    unrelated, related = _judged(1.0), _judged(1.6)
    assert np.mean(unrelated.q_value < 0.05) <= 0.01
    assert np.mean(related.q_value < 0.05) > 0.95


def test_what_is_below_its_floor_is_not_estimated_and_corrects_nothing() -> None:
    a, b, both, n = _markets(np.random.default_rng(5), pairs=4, employers=30, lift=1.5)
    alone = associations(_sums(a[:1], b[:1], both[:1], n[:1]), np.array([True]))
    found = associations(_sums(a, b, both, n), np.array([True, False, False, False]))
    assert found.q_value[0] == alone.p_value[0]
    assert np.isnan(found.lift[1:]).all()
    assert np.isnan(found.q_value[1:]).all()


def test_where_every_employer_is_alike_no_lift_is_told_and_none_corrected_for() -> None:
    """Of the first pair every posting asks for both, of the second a quarter of each employer's do: no width."""
    varied = _markets(np.random.default_rng(5), pairs=1, employers=30, lift=1.5)
    size = 12 * np.arange(1, 31)[None]
    every, quarter = (size, size, size, size), (size // 2, size // 3, size // 4, size)
    alone = associations(_sums(*varied), np.array([True]))
    together = [np.vstack(rows) for rows in zip(every, quarter, varied, strict=True)]
    found = associations(_sums(*together), np.ones(3, dtype=bool))
    for told in (found.lift, found.low, found.high, found.p_value, found.q_value):
        assert np.isnan(told).tolist() == [True, True, False]
    assert (found.lift[2], found.q_value[2]) == (alone.lift[0], alone.p_value[0])


def test_one_posting_among_millions_is_no_rounding() -> None:
    size = 12 * np.full((1, 45), 10_000)
    a = size // 2
    a[0, 0] += 1
    found = associations(_sums(a, size // 3, size // 4, size), np.array([True]))
    assert found.low[0] < found.lift[0] < found.high[0]
