"""The matched median, and how often its interval covers the market's median."""

from __future__ import annotations

import numpy as np
import pytest

from jobmarket.statistics.matched_medians import MatchedMedians, matched_medians
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel
from tests.employer_sizes import employer_sizes
from tests.measured import show

FLOORS = Floors(postings=30, companies=5, company_share=0.5)
MEDIAN = np.log(150e3)


def weeks_of(pay: list[Numbers], employer: Indexes, known: Booleans | None = None) -> MatchedMedians:
    """Chain medians of constant postings; ``known`` is (weeks, employers), and a week lacks unknown employers."""
    n_employers = int(employer.max()) + 1
    known = np.ones((len(pay), n_employers), dtype=np.bool_) if known is None else known
    rows = [np.flatnonzero(is_known[employer]) for is_known in known]
    ordered = [some[np.argsort(values[some], kind="stable")] for values, some in zip(pay, rows, strict=True)]
    owners = [employer[some] for some in ordered]
    size = np.stack([np.bincount(owner, minlength=n_employers) for owner in owners]).astype(float)
    panel = Panel(np.arange(n_employers), n_employers, size.T > 0, known.T)
    values = [values[some] for values, some in zip(pay, ordered, strict=True)]
    return matched_medians(values, owners, size, panel, FLOORS)


def drawn(draw: np.random.Generator, employer: Indexes, similarity: float = 1 / 3, grid: float = 0.0) -> Numbers:
    """Draw log pay; ``similarity`` is the share of its variance between employers, ``grid`` rounds it in dollars."""
    level = draw.normal(0, np.sqrt(similarity), int(employer.max()) + 1)[employer]
    pay = MEDIAN + 0.25 * (level + draw.normal(0, np.sqrt(1 - similarity), len(employer)))
    return np.asarray(np.log(np.round(np.exp(pay) / grid) * grid) if grid else pay)


def test_if_all_employers_are_known_it_is_the_plain_median_with_its_sampling_error() -> None:
    draw = np.random.default_rng(8)
    employer = np.repeat(np.arange(40), 10)
    found, widths = [], []
    for _ in range(200):
        pay = [drawn(draw, employer) for _week in range(3)]
        matched = weeks_of(pay, employer)
        assert np.allclose(matched.level, [np.median(values) for values in pay])
        found.append(matched.level[2])
        widths.append((matched.high[2] - matched.low[2]) / 2)
    assert np.mean(widths) / 2.02 == pytest.approx(np.std(found), rel=0.15)  # Student's t of 39 degrees of freedom


@pytest.mark.parametrize(
    ("employers", "each", "is_unequal"),
    [(5, 8, True), (8, 12, False), (8, 12, True), (15, 10, True), (45, 4, False), (45, 4, True)],
)
@pytest.mark.parametrize("similarity", [1 / 3, 2 / 3])
def test_the_interval_covers_the_market_median_whatever_the_sizes_of_employers(
    employers: int, each: int, is_unequal: bool, similarity: float
) -> None:
    draw = np.random.default_rng(31)
    employer = np.repeat(np.arange(employers), employer_sizes(employers, each, is_unequal=is_unequal))
    matched = [weeks_of([drawn(draw, employer, similarity)], employer) for _ in range(700)]
    coverage = np.mean([one.low[0] <= MEDIAN <= one.high[0] for one in matched])
    show(f"{employers} x {each} unequal {is_unequal}, similarity {similarity:.2f}: coverage {coverage:.1%}")
    assert 0.92 <= coverage <= 0.99


def test_pay_in_round_numbers_has_a_valid_interval_or_none() -> None:
    draw = np.random.default_rng(32)
    employer = np.repeat(np.arange(15), employer_sizes(15, 10, is_unequal=True))
    matched = [weeks_of([drawn(draw, employer, grid=10e3)], employer) for _ in range(700)]
    width = np.array([one.high[0] - one.low[0] for one in matched])
    coverage = np.mean(
        [abs(one.level[0] - MEDIAN) <= half + 1e-9 for one, half in zip(matched, width / 2, strict=True)]
    )
    show(f"in tens of thousands: coverage {coverage:.1%}, without {np.isnan(width).mean():.1%}")
    assert coverage >= 0.92
    assert not (width < 1e-9).any()


def test_a_median_that_most_postings_state_has_no_interval() -> None:
    draw = np.random.default_rng(33)
    employer = np.repeat(np.arange(20), 6)
    pay = drawn(draw, employer)
    tied = np.where(draw.random(len(pay)) < 0.9, MEDIAN, pay)
    matched = weeks_of([tied, pay, tied], employer)
    assert np.allclose(matched.level[[0, 2]], MEDIAN)
    assert np.isnan([matched.low[[0, 2]], matched.high[[0, 2]]]).all()
    assert matched.low[1] < matched.level[1] < matched.high[1]
    # likewise with unknown employers, where an earlier week contributes to the level
    known = np.ones((2, 20), dtype=np.bool_)
    known[1, :4] = False
    matched = weeks_of([pay, tied], employer, known)
    assert matched.level[1] != pytest.approx(MEDIAN, abs=1e-6)
    assert np.isnan(matched.low).tolist() == np.isnan(matched.high).tolist() == [False, True]
    matched = weeks_of([tied, pay], employer, known)
    assert np.isnan(matched.low).tolist() == np.isnan(matched.high).tolist() == [True, False]


def test_identical_employers_give_no_interval() -> None:
    employer = np.repeat(np.arange(12), 4)
    matched = weeks_of([np.tile(MEDIAN + np.array([-0.2, -0.1, 0.1, 0.2]), 12)], employer)
    assert matched.level[0] == pytest.approx(MEDIAN)
    assert np.isnan([matched.low[0], matched.high[0]]).all()
