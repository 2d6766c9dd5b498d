"""Intervals of changes that are shown because they are flagged, on many skills of which a few change."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from jobmarket.statistics.changes import Changes, changes_of_sums, confidence_of_flagged, q_values, widened
from jobmarket.statistics.panel import Booleans, Numbers
from tests.measured import documented, show

MAX_FALSE = 0.05
EMPLOYERS, WORLDS = 45, 400
# Skills compared, how many of them change, by how many standard errors, and what part of the noise skills share.
MARKETS = ((40, 8, 3.0, 0.0), (200, 20, 3.0, 0.0), (200, 20, 3.0, 0.3), (300, 10, 3.0, 0.0))


def drawn(draw: np.random.Generator, skills: int, changing: int, by: float, shared: float) -> tuple[Changes, Numbers]:
    """Draw changes of skills from moves of employers, and the true changes; both in standard errors."""
    truth = np.zeros(skills)
    truth[:changing] = by * draw.choice([-1, 1], changing)
    noise = np.sqrt(1 - shared) * draw.normal(size=(EMPLOYERS, skills))
    noise += np.sqrt(shared) * draw.normal(size=(EMPLOYERS, 1))
    moved = noise / np.sqrt(EMPLOYERS)
    squares = np.square(moved - moved.mean(axis=0))
    value = truth + moved.sum(axis=0)
    return changes_of_sums(value, squares.sum(axis=0), np.square(squares).sum(axis=0), EMPLOYERS), truth


def missed(which: Booleans, low: Numbers, high: Numbers, truth: Numbers) -> float:
    """The part of some intervals that miss the true change; 0 without any."""
    return np.count_nonzero(which & ~((low <= truth) & (truth <= high))) / max(1, np.count_nonzero(which))


def of_flagged(found: Changes) -> tuple[Numbers, Numbers, Numbers]:
    """The q-values of changes, and the bounds of those that are flagged."""
    q_value = q_values(found.p_value)
    confidence = confidence_of_flagged(q_value, MAX_FALSE)
    return q_value, *widened(found.value, found.low, found.high, found.freedom, confidence)


@pytest.mark.parametrize("number", range(len(MARKETS)))
def test_intervals_of_the_flagged_miss_no_more_than_one_in_twenty_while_their_own_do(number: int, root: Path) -> None:
    skills, changing, by, shared = MARKETS[number]
    draw = np.random.default_rng(7)
    own, adjusted, largest, n_flagged = np.zeros((4, WORLDS))
    for world in range(WORLDS):
        found, truth = drawn(draw, skills, changing, by, shared)
        q_value, low, high = of_flagged(found)
        is_flagged = q_value < MAX_FALSE
        is_large = is_flagged & (np.abs(found.value) >= np.sort(np.abs(found.value[is_flagged]))[-3:].min(initial=99))
        n_flagged[world] = np.count_nonzero(is_flagged)
        own[world] = missed(is_flagged, found.low, found.high, truth)
        adjusted[world] = missed(is_flagged, low, high, truth)
        largest[world] = missed(is_large, low, high, truth)
    rates = [float(100 * rate.mean()) for rate in (own, adjusted, largest)]
    show(f"{MARKETS[number]}: {n_flagged.mean():.1f} flagged; missed by own, adjusted, of the three largest: {rates}")
    assert rates[0] > 100 * MAX_FALSE
    assert rates[1] <= 100 * MAX_FALSE
    assert documented(root, "## Flagged changes")[number] == pytest.approx(
        [skills, changing, by, 100 * shared, n_flagged.mean(), *rates], abs=0.51, rel=0
    )


def test_a_change_is_flagged_if_and_only_if_the_adjusted_interval_excludes_zero() -> None:
    draw = np.random.default_rng(3)
    n_flagged = 0
    for _ in range(50):
        skills = int(draw.integers(1, 60))
        weeks = [drawn(draw, skills, skills // 4, draw.uniform(0, 8), 0.1)[0] for _ in range(4)]
        found = Changes(*(np.stack([getattr(week, part.name) for week in weeks]) for part in fields(Changes)))
        found.p_value[draw.random(found.p_value.shape) < 0.1] = np.nan  # not compared
        q_value, low, high = of_flagged(found)
        is_flagged = q_value < MAX_FALSE
        assert (~np.isnan(low) == is_flagged).all()
        assert (low[is_flagged] * high[is_flagged] > 0).all(), "excludes 0"
        assert (low[is_flagged] <= found.low[is_flagged]).all(), "at least as wide as its own"
        np.testing.assert_allclose(found.value - low, high - found.value)
        # at the level of the flagged, the interval of any other change contains 0
        for week, of_week in zip(found.p_value, is_flagged, strict=True):
            chance = MAX_FALSE * np.count_nonzero(of_week) / max(1, np.count_nonzero(~np.isnan(week)))
            assert (week[of_week] < chance).all()
            assert not (week[~of_week] < chance).any()
        n_flagged += np.count_nonzero(is_flagged)
    assert n_flagged > 200


@pytest.mark.parametrize(
    ("q_value", "level"),
    [([0.01, 0.2, 0.04, np.nan], [1 - 0.05 * 2 / 3, np.nan, 1 - 0.05 * 2 / 3, np.nan]),
     ([0.01, 0.05, 0.2, 0.3], [1 - 0.05 / 4, *[np.nan] * 3]),
     ([0.05, 0.2, np.nan], [np.nan] * 3),
     ([0.01, 0.02, 0.03], [0.95] * 3),
     ([np.nan], [np.nan]),
     ([], [])],
    ids=["some", "one", "none", "all", "nothing compared", "nothing"],
)  # fmt: skip
def test_the_level_follows_from_the_part_of_the_comparisons_that_is_flagged(
    q_value: list[float], level: list[float]
) -> None:
    found = confidence_of_flagged(np.array([q_value]), MAX_FALSE)
    np.testing.assert_array_equal(found, [level])


def test_the_interval_of_the_flagged_has_the_quantile_of_its_level() -> None:
    own = stats.t.ppf(0.975, 6) * 0.5
    low, high = widened(*(np.array([x, x]) for x in (2.0, 2 - own, 2 + own, 6.0)), np.array([0.98, np.nan]))
    assert high[0] - 2 == pytest.approx(stats.t.ppf(0.99, 6) * 0.5) == 2 - low[0]
    assert np.isnan([low[1], high[1]]).all()


def test_if_all_are_flagged_the_interval_is_their_own() -> None:
    found = changes_of_sums(np.full(3, 9.0), np.full(3, 1.0), np.full(3, 0.05), 20)
    _, low, high = of_flagged(found)
    assert (low.tolist(), high.tolist()) == (found.low.tolist(), found.high.tolist()), "to the last digit, for the gate"
