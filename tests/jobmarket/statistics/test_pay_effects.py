"""Effects on pay: equal to those of the full regression, with intervals that cover the planted effect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csc_array

from jobmarket.statistics.changes import LEAST_EMPLOYERS, confidence_of_flagged, q_values, t_quantile, widened
from jobmarket.statistics.panel import Indexes, Numbers
from jobmarket.statistics.pay_effects import Effects, controlled, dummies, effects_of_values
from jobmarket.statistics.pay_effects import effects as effects_of
from tests.measured import documented, show

World = tuple[Numbers, csc_array, Numbers, Indexes]
Estimator = Callable[[Numbers, csc_array, Numbers, Indexes], Effects]
PREMIUM = 0.1


def effects(pay: Numbers, attributes: csc_array, controls: Numbers, employers: Indexes) -> Effects:
    return effects_of(controlled(pay, controls, employers), attributes)


def effects_within(pay: Numbers, attributes: csc_array, controls: Numbers, employers: Indexes) -> Effects:
    return effects_of(controlled(pay, controls, employers, within=True), attributes)


def world(
    draw: np.random.Generator, employers: int = 45, openings: float = 6, share: float = 0.15, taste: float = 8
) -> World:
    """Employers differ in pay and taste; openings that ask for the skill are more often senior."""
    sizes = np.maximum(1, np.round(draw.lognormal(np.log(openings), 0.6, employers))).astype(int)
    employer = np.repeat(np.arange(employers), sizes)
    chance = draw.beta(share * taste, (1 - share) * taste, employers)
    asks = draw.random(len(employer)) < chance[employer]
    is_senior = draw.random(len(employer)) < 0.3 + 0.3 * asks
    family = draw.integers(0, 3, len(employer))
    pay = 11 + 0.6 * is_senior + np.array([0.0, 0.1, -0.2])[family] + PREMIUM * asks
    pay += draw.normal(0, 0.1, employers)[employer] + draw.normal(0, 0.08, len(employer))
    return pay, csc_array(asks.astype(float)[:, None]), dummies([is_senior, family]), employer


@pytest.mark.parametrize("within", [False, True])
def test_the_effect_equals_that_of_the_full_regression(within: bool) -> None:
    pay, asks, controls, employer = world(np.random.default_rng(3))
    others = np.hstack([controls, dummies([employer])[:, 1:]]) if within else controls
    found = (effects_within if within else effects)(pay, asks, controls, employer)
    fitted = sm.OLS(pay, np.hstack([asks.toarray(), others])).fit(cov_type="cluster", cov_kwds={"groups": employer})
    assert found.value[0] == pytest.approx(fitted.params[0])
    # the jackknife's error is slightly larger than the plain one, which is too small for few employers
    spread = (found.high[0] - found.low[0]) / 2
    assert 1.0 < spread / (1.96 * fitted.bse[0]) < 1.5


@pytest.mark.parametrize("within", [False, True])
def test_the_interval_equals_that_of_regressions_without_each_employer(within: bool) -> None:
    draw = np.random.default_rng(4)
    pay, asks, controls, employer = world(draw, employers=12)
    # one employer with more openings than controls, and a control that only one employer identifies
    employer[employer < 3] = 0
    _, employer = np.unique(employer, return_inverse=True)
    own = (employer == 3) * (np.arange(len(pay)) % 2)
    rare = draw.integers(0, 9, len(pay))
    controls = np.hstack([controls, own[:, None], dummies([rare])[:, 1:]])
    assert np.bincount(employer).min() <= 3 < controls.shape[1] < np.bincount(employer).max()
    others = np.hstack([controls, dummies([employer])[:, 1:]]) if within else controls
    columns = np.hstack([asks.toarray(), others])
    value, *without = (
        np.linalg.lstsq(columns[rows], pay[rows], rcond=1e-9)[0][0]
        for rows in (employer >= 0, *(employer != one for one in range(employer.max() + 1)))
    )
    spread = np.sqrt((len(without) - 1) / len(without) * np.square(np.array(without) - value).sum())
    left = asks.toarray()[:, 0] - others @ np.linalg.lstsq(others, asks.toarray()[:, 0], rcond=1e-9)[0]
    information = np.bincount(employer, np.square(left))
    freedom = information.sum() ** 2 / np.square(information).sum() - 1
    found = (effects_within if within else effects)(pay, asks, controls, employer)
    assert found.value[0] == pytest.approx(value)
    assert found.freedom[0] == pytest.approx(freedom)
    assert found.high[0] - found.value[0] == pytest.approx(t_quantile(freedom) * spread)


# Numbers of levels of a cell's factors: 28 columns of controls.
LEVELS = (7, 4, 6, 3, 3, 6, 5)


PLANTED = np.append(PREMIUM, np.zeros(9))


def controlled_world(draw: np.random.Generator, employers: int, openings: int, premiums: Numbers = PLANTED) -> World:
    """Skills with these premiums; controls are similar within employers."""
    employer = np.repeat(np.arange(employers), openings)
    asks = draw.random((len(employer), len(premiums))) < draw.beta(1.35, 1.65, (employers, len(premiums)))[employer]
    factors = []
    for levels in LEVELS:
        reached = draw.dirichlet(np.full(levels, 1.5), employers).cumsum(axis=1)[employer]
        factors.append((draw.random(len(employer))[:, None] > reached[:, :-1]).sum(axis=1))
    pay = 11 + asks @ premiums + draw.normal(0, 0.12, employers)[employer] + draw.normal(0, 0.15, len(employer))
    return pay, csc_array(asks.astype(float)), dummies(factors), employer


@pytest.mark.parametrize("estimator", [effects, effects_within])
@pytest.mark.parametrize(("employers", "openings"), [(12, 7), (20, 5), (40, 3), (24, 7)])
def test_with_few_openings_per_control_intervals_cover_and_false_flags_are_rare(
    estimator: Estimator, employers: int, openings: int
) -> None:
    draw = np.random.default_rng(23)
    inside, chance, controls = [], [], 0
    for _ in range(150):
        drawn = controlled_world(draw, employers, openings)
        controls = drawn[2].shape[1]
        found = estimator(*drawn)
        inside.append((found.low <= PLANTED) & (found.high >= PLANTED))
        is_flagged = q_values(found.p_value) < 0.05
        chance.append(is_flagged[1:].sum() / max(1, is_flagged.sum()))
    show(
        f"{estimator.__name__} {employers} x {openings}, {controls} controls: inside {np.mean(inside):.1%}, "
        f"of the flagged by chance {np.mean(chance):.1%}"
    )
    assert 3 <= employers * openings / controls <= 6
    assert np.mean(inside) >= 0.93
    assert np.mean(chance) <= 0.05


def test_intervals_of_flagged_premiums_miss_no_more_than_one_in_twenty_while_their_own_do(root: Path) -> None:
    """Of 60 skills eight go with a premium that can just be told."""
    draw = np.random.default_rng(29)
    premiums = np.append(0.08 * np.array([1, -1] * 4), np.zeros(52))
    rates = []
    for _ in range(150):
        found = effects(*controlled_world(draw, 60, 6, premiums))
        q_value = q_values(found.p_value)
        is_flagged = q_value < 0.05
        confidence = confidence_of_flagged(q_value, 0.05)
        low, high = widened(found.value, found.low, found.high, found.freedom, confidence)
        assert (low * high > 0).tolist() == is_flagged.tolist(), "excludes 0"
        own, adjusted = (
            100 * np.count_nonzero(is_flagged & ((premiums < start) | (premiums > end))) / max(1, is_flagged.sum())
            for start, end in ((found.low, found.high), (low, high))
        )
        rates.append([is_flagged.sum(), own, adjusted])
    mean = np.mean(rates, axis=0)
    show(f"flagged premiums: {mean[0]:.1f}; missed by own, adjusted: {mean[1:]}")
    assert mean[1] > 5
    assert mean[2] <= 5
    assert documented(root, "*Flagged premiums.*") == [pytest.approx([60, 8, *mean], abs=0.51, rel=0)]


@pytest.mark.parametrize("estimator", [effects, effects_within])
@pytest.mark.parametrize(
    "plan", [{}, {"share": 0.08}, {"employers": 20, "openings": 12}, {"employers": 120, "openings": 3}, {"taste": 2}],
    ids=["plain", "rare", "few employers", "many employers", "all or nothing"],
)  # fmt: skip
def test_the_interval_covers_the_planted_premium(estimator: Estimator, plan: dict[str, float]) -> None:
    draw = np.random.default_rng(17)
    found = [estimator(*world(draw, **plan)) for _ in range(600)]  # type: ignore[arg-type]
    inside = [one.low[0] <= PREMIUM <= one.high[0] for one in found if not np.isnan(one.value[0])]
    show(f"{estimator.__name__} {plan}: planted premium inside {np.mean(inside):.1%} of {len(inside)} worlds")
    assert len(inside) > 550
    assert 0.93 <= np.mean(inside) <= 0.97
    assert np.mean([one.value[0] for one in found]) == pytest.approx(PREMIUM, abs=0.01)


@pytest.mark.parametrize("within", [False, True])
def test_each_value_of_an_attribute_is_compared_with_openings_without_a_value(within: bool) -> None:
    """Equal to estimating each value by itself, with the other values as controls."""
    draw = np.random.default_rng(6)
    pay, _, controls, employer = world(draw, employers=14)
    value = draw.integers(0, 4, len(pay))
    # only one employer has this value: without that employer the column is empty
    value = np.where((employer == 5) & (value == 3), 4, value)
    has = (value[:, None] == np.arange(1, 5)).astype(float)
    found = effects_of_values(controlled(pay, controls, employer, within=within), csc_array(has), np.array([0, 1, 3]))
    for place, one in enumerate((0, 1)):
        beside = np.hstack([controls, np.delete(has, one, axis=1)])
        alone = (effects_within if within else effects)(pay, csc_array(has[:, [one]]), beside, employer)
        for name in ("value", "low", "high", "p_value", "freedom"):
            assert getattr(found, name)[place] == pytest.approx(getattr(alone, name)[0]), name
        assert found.n_controls == alone.n_controls
    assert np.isnan(found.value[2])


def test_the_pay_level_of_an_employer_is_not_a_premium_within_employers() -> None:
    draw = np.random.default_rng(5)
    pay, _, controls, employer = world(draw)
    of_rich = employer < 5
    pay = pay + 0.4 * of_rich
    asks = csc_array((draw.random(len(pay)) < np.where(of_rich, 0.8, 0.1)).astype(float)[:, None])
    across, inside = (estimator(pay, asks, controls, employer).value[0] for estimator in (effects, effects_within))
    assert across > 0.15
    assert abs(inside) < 0.03


def test_a_mark_that_controls_determine_or_only_one_employer_has_gives_no_effect() -> None:
    pay, asks, controls, employer = world(np.random.default_rng(9))
    determined = controls[:, 1:2]
    alone = (employer == 3).astype(float)[:, None]
    found = effects(pay, csc_array(np.hstack([determined, asks.toarray()])), controls, employer)
    assert np.isnan(found.value[0])
    assert not np.isnan(found.value[1])
    assert np.isnan(effects_within(pay, csc_array(alone), controls, employer).value[0])
    partly = csc_array(alone * (np.arange(len(pay)) % 2)[:, None])
    assert np.isnan(effects_within(pay, partly, controls, employer).low[0])


def test_a_mark_that_controls_determine_for_all_but_one_employer_gives_no_effect() -> None:
    pay, asks, controls, employer = world(np.random.default_rng(9))
    asks = asks * (employer != 3)[:, None]
    largely = asks.toarray()[:, 0] + (employer == 3)
    assert np.isnan(effects(pay, csc_array(asks), np.hstack([controls, largely[:, None]]), employer).value[0])
    less = largely * (employer % 2)
    assert not np.isnan(effects(pay, csc_array(asks), np.hstack([controls, less[:, None]]), employer).value[0])


@pytest.mark.parametrize(("n_with_both", "is_given"), [(2, False), (3, True)])
def test_an_effect_needs_three_effective_employers(n_with_both: int, is_given: bool) -> None:
    employer = np.repeat(np.arange(8), 20)
    asks = (employer < n_with_both) * (np.arange(len(employer)) % 2.0)
    pay = 11 + np.random.default_rng(1).normal(0, 0.1, len(employer))
    found = effects_within(pay, csc_array(asks[:, None]), dummies([0 * employer]), employer)
    assert np.isfinite(found.value[0]) == is_given


@pytest.mark.parametrize("estimator", [effects, effects_within])
@pytest.mark.parametrize("premium", [0.0, PREMIUM])
def test_employers_that_all_pay_the_same_give_no_effect(estimator: Estimator, premium: float) -> None:
    # possible in a market of few texts: an interval without width would look like the most certain figure
    _, asks, controls, employer = world(np.random.default_rng(3))
    found = estimator(11 + premium * asks.toarray()[:, 0], asks, controls, employer)
    assert np.isnan([found.value, found.low, found.high, found.p_value]).all()


def test_each_level_of_a_factor_except_the_most_frequent_is_a_column() -> None:
    assert dummies([["a", "b", "b", "c"]]).tolist() == [[1, 1, 0], [1, 0, 0], [1, 0, 0], [1, 0, 1]]
    assert dummies([["x"] * 4]).tolist() == [[1.0]] * 4


def test_many_attributes_are_estimated_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    pay, asks, controls, employer = world(np.random.default_rng(12))
    draw = np.random.default_rng(13)
    many = csc_array(np.hstack([asks.toarray(), (draw.random((len(pay), 6)) < 0.3).astype(float)]))
    for estimator in (effects, effects_within):
        whole = estimator(pay, many, controls, employer)
        with monkeypatch.context() as patched:
            patched.setattr("jobmarket.statistics.pay_effects._NUMBERS_AT_ONCE", 2 * len(pay))
            by_two = estimator(pay, many, controls, employer)
        assert np.allclose(whole.value, by_two.value)
        assert np.allclose(whole.high, by_two.high)


def test_the_published_reason_names_the_least_number_of_employers(root: Path) -> None:
    macro = (root / "dbt_project" / "macros" / "pay_effects.sql").read_text(encoding="utf-8")
    assert f"fewer than {LEAST_EMPLOYERS} effective companies" in macro
