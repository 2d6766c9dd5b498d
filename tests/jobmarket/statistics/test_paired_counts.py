"""Tests of what more employers took up than dropped."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from jobmarket.statistics.changes import q_values
from jobmarket.statistics.paired_counts import rise_q_values

MAX_FALSE = 0.05


def counts(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_p_values_are_those_of_the_exact_test() -> None:
    later, earlier = counts(28, 6, 4, 0, 9), counts(0, 0, 7, 12, 1)
    exact = [stats.binomtest(int(b), int(b + c), 0.5).pvalue for b, c in zip(later, earlier, strict=True)]
    assert rise_q_values(later, earlier, MAX_FALSE) == pytest.approx(q_values(np.array(exact)))


def test_what_could_not_be_flagged_is_no_comparison() -> None:
    # six of six is the least that a single comparison flags: p = 1/32
    found = rise_q_values(counts(6, 5, 3, 0), counts(0, 0, 2, 0), MAX_FALSE)
    assert found[0] == pytest.approx(1 / 32)
    assert np.isnan(found[1:]).all()
    assert len(rise_q_values(counts(), counts(), MAX_FALSE)) == 0


def test_of_the_flagged_at_most_one_in_twenty_is_steady() -> None:
    """100 vintages of 400 steady terms and 20 that grow, each with some employers that changed."""
    rng = np.random.default_rng(2026)
    grows = np.arange(420) < 20
    wrong, found, wrong_alone = [], [], []
    for _ in range(100):
        changed = rng.poisson(np.where(grows, 25, 8))
        later = rng.binomial(changed, np.where(grows, 0.9, 0.5))
        is_flagged = rise_q_values(later, changed - later, MAX_FALSE) < MAX_FALSE
        wrong.append((is_flagged & ~grows).sum() / max(1, is_flagged.sum()))
        found.append(is_flagged[grows].mean())
        is_low = 2 * stats.binom.cdf(np.minimum(later, changed - later), changed, 0.5) < MAX_FALSE
        wrong_alone.append((is_low & ~grows).sum() / is_low.sum())
    assert np.mean(wrong) <= MAX_FALSE
    assert np.mean(found) > 0.8
    assert np.mean(wrong_alone) > 0.2, "without the correction"
