"""Index of the number of postings: growth of the same employers."""

from __future__ import annotations

import numpy as np
import pytest

from jobmarket.statistics.chains import chain, log_totals
from jobmarket.statistics.panel import Floors, Panel

WEEKS, EMPLOYERS = 12, 30
FLOORS = Floors(postings=30, companies=5, company_share=0.5)


def test_growth_is_that_of_the_employers_known_in_both_weeks() -> None:
    size = np.outer(1.02 ** np.arange(WEEKS), np.arange(2.0, 2.0 + EMPLOYERS))
    known = np.ones((EMPLOYERS, WEEKS), dtype=bool)
    known[-6:, :5] = False  # a fifth of the employers, the largest, come with week 5
    present = known.copy()
    size[:5, -6:] = 0
    panel = Panel(np.arange(EMPLOYERS), EMPLOYERS, present, known)
    chained = chain(log_totals(size), 1, size, panel, FLOORS)
    growth = np.exp(np.diff(chained.level[:, 0]))
    assert growth == pytest.approx(1.02)
    plain = size.sum(axis=1)
    assert plain[5] / plain[4] > 1.3


def test_an_employer_that_doubles_weighs_as_many_openings_as_it_has() -> None:
    size = np.full((2, EMPLOYERS), 4.0)
    size[1, 0] = 8
    always = np.ones((EMPLOYERS, 2), dtype=bool)
    chained = chain(log_totals(size), 1, size, Panel(np.arange(EMPLOYERS), EMPLOYERS, always, always), FLOORS)
    assert np.exp(chained.level[1, 0] - chained.level[0, 0]) == pytest.approx(124 / 120)
    moved = chained.influence[1, :, 0] - chained.influence[0, :, 0]
    assert moved.sum() == pytest.approx(0)
    assert np.abs(moved).argmax() == 0
