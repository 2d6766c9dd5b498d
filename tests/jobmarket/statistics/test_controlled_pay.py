"""Change of pay of comparable jobs."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from jobmarket.statistics.controlled_pay import (
    ControlledChange,
    PaySums,
    bootstrap_weights,
    controlled_changes,
    weighted_median,
)
from jobmarket.statistics.panel import Floors, Indexes, Numbers, Panel
from tests.employer_sizes import employer_sizes

FLOORS = Floors(postings=30, companies=5, company_share=0.5)
EMPLOYERS = 50


def panel_of(known: Numbers | None = None, weeks: int = 2) -> Panel:
    always = np.ones((EMPLOYERS, weeks), dtype=bool)
    return Panel(np.arange(EMPLOYERS), EMPLOYERS, always, always if known is None else known.astype(bool))


def sums(weeks: list[tuple[Indexes, Indexes, Numbers]], n_kinds: int) -> PaySums:
    """Build sums from (kinds, employers, log pay) of each week's postings."""
    shape = (len(weeks), n_kinds, EMPLOYERS)
    number, total = np.zeros(shape), np.zeros(shape)
    for week, (kinds, employers, pay) in enumerate(weeks):
        np.add.at(number[week], (kinds, employers), 1.0)
        np.add.at(total[week], (kinds, employers), pay)
    kind, employer = np.divmod(np.arange(n_kinds * EMPLOYERS), EMPLOYERS)
    return PaySums(kind, employer, n_kinds, number.reshape(len(weeks), -1), total.reshape(1, len(weeks), -1))


def change(weeks: PaySums, panel: Panel) -> ControlledChange | None:
    """Return the change from the first week to the second, on the only basis."""
    found = controlled_changes(weeks, panel, FLOORS, bootstrap_weights(EMPLOYERS), 0, 1)
    return found if found is None else found[0]


def drawn_week(draw: np.random.Generator, seniors: float, growth: float) -> tuple[Indexes, Indexes, Numbers]:
    """Draw 600 postings of two kinds, juniors at 80 and seniors at 160 thousand, up by ``growth``."""
    kinds = (draw.random(600) < seniors).astype(int)
    pay = np.log(np.where(kinds == 1, 160e3, 80e3) * (1 + growth)) + draw.normal(0, 0.05, 600)
    return kinds, draw.integers(0, EMPLOYERS, 600), pay


def test_a_larger_share_of_seniors_is_not_a_rise_of_pay() -> None:
    draw = np.random.default_rng(4)
    before, after = drawn_week(draw, 0.4, 0.0), drawn_week(draw, 0.6, 0.03)
    moved = change(sums([before, after], 2), panel_of())
    assert moved is not None
    plain = np.exp(np.median(after[2]) - np.median(before[2])) - 1
    assert plain > 0.5
    assert moved.value == pytest.approx(0.03, abs=0.01)
    assert moved.low < 0.03 < moved.high
    assert moved.n_kinds == 2


def test_a_change_compares_employers_known_in_both_weeks_and_kinds_present_in_both() -> None:
    kinds = np.repeat([0, 1, 2], 40)
    employers = np.tile(np.arange(40), 3)
    before = (kinds[:80], employers[:80], np.full(80, np.log(100e3)))
    # employers differ a little, or there would be no interval
    after = (kinds, employers, np.log(110e3) + np.random.default_rng(2).normal(0, 0.01, 120))
    # an employer unknown in the earlier week pays ten times as much for the same job
    stranger = (np.append(after[0], [0] * 30), np.append(after[1], [49] * 30), np.append(after[2], [np.log(1e6)] * 30))
    known = np.ones((EMPLOYERS, 2))
    known[49, 0] = 0
    moved = change(sums([before, stranger], 3), panel_of(known))
    assert moved is not None
    assert moved.value == pytest.approx(0.1, abs=0.01)
    assert moved.n_kinds == 2
    few = (kinds[:25], employers[:25], np.full(25, np.log(100e3)))
    assert change(sums([few, after], 3), panel_of()) is None


@pytest.mark.parametrize(("growth", "value"), [(0.0, 0.0), (0.03, np.nan)])
def test_there_is_no_interval_if_pay_moved_alike_at_all_employers(growth: float, value: float) -> None:
    kinds, owners = np.tile(np.arange(4), EMPLOYERS), np.repeat(np.arange(EMPLOYERS), 4)
    before = 11.5 + np.random.default_rng(3).normal(0, 0.3, len(kinds))
    moved = change(sums([(kinds, owners, before), (kinds, owners, before + growth)], 4), panel_of())
    assert moved is not None
    np.testing.assert_equal([moved.value, moved.low, moved.high], [value, np.nan, np.nan])


def test_a_median_kind_without_a_change_leaves_no_rounding_error() -> None:
    kinds, employers = (
        np.repeat([0, 1, 2], [10, 40, 10]),
        np.concatenate([np.arange(40, 50), np.arange(40), np.arange(40, 50)]),
    )
    before = np.full(60, np.log(100e3))
    draw = np.random.default_rng(3)
    for growth in draw.uniform(0.01, 0.2, 20):
        noise = draw.normal(0, 0.01, 40)
        after = before + np.concatenate([np.full(10, -growth), noise - noise.mean(), np.full(10, growth)])
        moved = change(sums([(kinds, employers, before), (kinds, employers, after)], 3), panel_of())
        assert moved is not None
        assert moved.value == 0.0
        assert moved.low < 0.0 < moved.high


def single_employer_kinds(draw: np.random.Generator) -> ControlledChange | None:
    """Draw fifty kinds of one employer each, three postings a week; pay rose by 2 % on average, with variation."""
    kinds = np.repeat(np.arange(EMPLOYERS), 3)
    before = 11.5 + np.repeat(draw.normal(0, 0.3, EMPLOYERS), 3)
    after = before + np.repeat(draw.normal(np.log(1.02), 0.03, EMPLOYERS), 3)
    weeks = sums([(kinds, kinds, before), (kinds, kinds, after)], EMPLOYERS)
    return change(weeks, panel_of())


def test_the_interval_covers_the_growth_if_each_kind_has_one_employer() -> None:
    draw = np.random.default_rng(11)
    worlds = [moved for _ in range(300) if (moved := single_employer_kinds(draw)) is not None]
    assert len(worlds) == 300
    assert all(moved.low < moved.value < moved.high for moved in worlds)
    assert 0.91 <= np.mean([moved.low <= 0.02 <= moved.high for moved in worlds]) <= 0.99


def coverage_of_changes(size: Indexes) -> float:
    """Return how often the interval covers the change, with four kinds of jobs.

    Each employer has its own level and its own growth, 2 % on average.
    """
    draw, covered = np.random.default_rng(len(size)), []
    owners = np.repeat(np.arange(len(size)), size)
    for _ in range(400):
        level, growth = draw.normal(11.5, 0.15, len(size)), draw.normal(np.log(1.02), 0.05, len(size))
        kinds = draw.integers(0, 4, (2, len(owners)))
        kinds[1] = np.where(draw.random(len(owners)) < 0.8, kinds[0], kinds[1])
        pay = 0.2 * kinds + level[owners] + draw.normal(0, 0.05, kinds.shape)
        weeks = sums([(kinds[0], owners, pay[0]), (kinds[1], owners, pay[1] + growth[owners])], 4)
        moved = change(weeks, panel_of())
        if moved is not None:
            covered.append(moved.low <= 0.02 <= moved.high)
    assert len(covered) > 380
    return float(np.mean(covered))


@pytest.mark.parametrize(("employers", "each"), [(5, 8), (8, 6), (12, 5)])
def test_the_interval_covers_the_growth_of_few_employers(employers: int, each: int) -> None:
    assert 0.93 <= coverage_of_changes(employer_sizes(employers, each, is_unequal=False)) <= 0.985


# If the sizes were taken as equal, coverage would be 89 to 90 %.
@pytest.mark.parametrize(("employers", "each"), [(8, 12), (20, 6), (40, 4)])
def test_the_interval_covers_the_growth_of_employers_of_unequal_size(employers: int, each: int) -> None:
    assert 0.925 <= coverage_of_changes(employer_sizes(employers, each, is_unequal=True)) <= 0.985


@pytest.mark.parametrize(("size", "is_given"), [((50, 42, 3, 3, 2), False), ((40, 30, 10, 10, 10), True)])
def test_a_change_of_fewer_than_three_effective_employers_is_withheld(size: tuple[int, ...], is_given: bool) -> None:
    draw, owners = np.random.default_rng(7), np.repeat(np.arange(len(size)), size)
    kinds = np.arange(len(owners)) % 4
    weeks = [(kinds, owners, draw.normal(11.5, 0.1, len(owners))) for _ in range(2)]
    assert (change(sums(weeks, 4), panel_of()) is not None) == is_given


def test_an_employer_that_joins_in_another_week_changes_no_interval() -> None:
    draw = np.random.default_rng(5)
    first, second = drawn_week(draw, 0.4, 0.0), drawn_week(draw, 0.5, 0.02)
    # all except the first employer, which joins in a third week
    early = [(kinds[who > 0], who[who > 0], pay[who > 0]) for kinds, who, pay in (first, second)]
    third = drawn_week(draw, 0.5, 0.04)
    all_weeks = sums([*early, third], 2)
    known_early = all_weeks.employer > 0
    without = PaySums(
        all_weeks.kind[known_early], all_weeks.employer[known_early] - 1, 2,
        all_weeks.number[:2, known_early], all_weeks.total[:, :2, known_early],
    )  # fmt: skip
    always = np.ones((EMPLOYERS, 3), dtype=bool)
    with_it = change(all_weeks, panel_of(weeks=3))
    fewer = Panel(np.arange(EMPLOYERS - 1), EMPLOYERS - 1, always[1:, :2], always[1:, :2])
    assert with_it is not None
    assert [with_it] == controlled_changes(without, fewer, FLOORS, bootstrap_weights(EMPLOYERS - 1), 0, 1)


def test_each_basis_has_the_same_change_as_when_computed_alone() -> None:
    draw = np.random.default_rng(6)
    weeks = sums([drawn_week(draw, 0.4, 0.0), drawn_week(draw, 0.5, 0.02)], 2)
    rate = draw.normal(0, 0.1, weeks.total.shape)
    alone = [replace(weeks, total=total) for total in (weeks.total, weeks.total + rate)]
    together = replace(weeks, total=np.concatenate([one.total for one in alone]))
    found = controlled_changes(together, panel_of(), FLOORS, bootstrap_weights(EMPLOYERS), 0, 1)
    assert found == [change(one, panel_of()) for one in alone]
    assert found[0] != found[1]


def test_half_of_the_weight_lies_below_the_weighted_median() -> None:
    values = np.array([[3.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    assert weighted_median(values, np.ones((3, 2))).tolist() == [2.0, 1.0]
    # in one replicate the middle kind has nine tenths of the weight, in the other the largest
    replicates = np.array([[1.0, 18.0], [1.0, 1.0], [18.0, 1.0]])
    found = weighted_median(values[:, [0, 0]], replicates)
    assert found[0] == 2.0
    assert found[1] > 2.5


def test_the_weighted_median_does_not_depend_on_the_order_of_kinds_that_change_alike() -> None:
    # the middle of the zeros is at 0.35 and that of the 0.4 at 0.85, so half of the weight lies at 0.3 of the way
    values, weights = np.array([0.0, 1e-15, 0.4, 0.0]), np.array([0.1, 0.5, 0.3, 0.1])
    for order in itertools.permutations(range(4)):
        found = weighted_median(values[list(order), None], weights[list(order), None])
        assert found[0] == pytest.approx(0.4 * 0.3)
