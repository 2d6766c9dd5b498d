"""Changes of pay of one cell: the currency of each basis, and the weeks that have a change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jobmarket.statistics.panel import Floors
from jobmarket.statistics.pay_series import AMOUNTS, KIND, matched_pay
from tests.jobmarket.statistics.one_cell import cell_of, count_entries, reader_of

WEEKS, EMPLOYERS = 14, 40
FLOORS = Floors(postings=30, companies=5, company_share=0.5)
# Pay in its own currency rises by a tenth, while the currency loses a fifth against the dollar.
RISE, RATE = 1.1, 0.8


def found(unknown_giant: int | None = None) -> dict[int, dict[str, Any]]:
    """Return rows by week: two kinds of jobs at each employer, with new pay in the last week.

    ``unknown_giant``: a week in which another employer, unknown to the crawls, has nearly all openings.
    """
    draw = np.random.default_rng(7)
    n = 2 * EMPLOYERS
    before = np.log(np.tile([80e3, 160e3], EMPLOYERS)) + draw.normal(0, 0.05, n)
    local = np.concatenate([before, before + np.log(RISE) + draw.normal(0, 0.005, n)])
    usd = np.concatenate([local[:n], local[n:] + np.log(RATE)])
    kind, owner = np.tile([0, 1], n), np.tile(np.repeat(np.arange(EMPLOYERS), 2), 2)
    row = np.concatenate([np.tile(np.arange(n), WEEKS - 1), np.arange(n, 2 * n)])
    week = np.repeat(np.arange(WEEKS), n)
    if unknown_giant is not None:
        of_giant = np.arange(1_000)
        row, week = np.concatenate([row, 2 * n + of_giant]), np.concatenate([week, 0 * of_giant + unknown_giant])
        local, usd = (np.concatenate([pay, np.full(1_000, np.log(50e3))]) for pay in (local, usd))
        kind, owner = np.concatenate([kind, 0 * of_giant]), np.concatenate([owner, 0 * of_giant + EMPLOYERS])
    employer = owner[row]
    size = count_entries(week, employer, WEEKS, EMPLOYERS + 1)
    known = np.ones((EMPLOYERS + 1, WEEKS), dtype=bool)
    known[-1] = False
    cell = cell_of(size, known, week=week, employer=employer, row=row, values=("stock", "all", "all", "all"))
    reader = reader_of(cell, **dict(zip((*AMOUNTS, KIND), (usd, local, kind), strict=True)))
    rows = pa.Table.from_batches(list(matched_pay(reader, FLOORS))).to_pylist()
    return {(each["week_start"] - rows[0]["week_start"]).days // 7: each for each in rows}


def test_the_change_is_given_in_the_currency_of_the_pay_and_also_in_dollars() -> None:
    rows = found()
    last = rows[WEEKS - 1]
    for name, truth in (("controlled_change_13w", RISE - 1), ("controlled_change_13w_usd", RISE * RATE - 1)):
        assert last[name] == pytest.approx(truth, abs=0.005)
        assert last[f"{name}_low"] < last[name] < last[f"{name}_high"]
    assert last["n_job_kinds_13w"] == 2
    levels = [rows[week]["matched_median_usd_annual"] for week in (0, WEEKS - 1)]
    assert levels[1] / levels[0] == pytest.approx(RISE * RATE, rel=0.03)
    assert {row["controlled_change_13w"] for week, row in rows.items() if week < 13} == {None}
    assert {row["controlled_change_52w"] for row in rows.values()} == {None}


def test_no_change_of_pay_starts_from_a_suppressed_week() -> None:
    rows = found(unknown_giant=0)
    # the others can be compared, but the week is suppressed: one employer has nearly all of it
    assert rows[WEEKS - 1]["matched_median_usd_annual"] is not None
    assert rows[WEEKS - 1]["controlled_change_13w"] is None
    assert found(unknown_giant=5)[WEEKS - 1]["controlled_change_13w"] is not None
