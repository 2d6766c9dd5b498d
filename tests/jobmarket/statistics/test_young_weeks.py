"""Growth of the flow up to recent weeks, whose late openings are not yet discovered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import numpy as np
import pandas as pd
import pytest

from jobmarket.statistics.cell_reader import CellPostings, CellReader
from jobmarket.statistics.panel import LAGS, Booleans, Floors, Indexes
from jobmarket.statistics.young_weeks import MEASURED, YoungWeeks, young_weeks
from tests.jobmarket.statistics.one_cell import cell_of, count_entries, count_series
from tests.measured import show
from tests.rendered_macros import rendered

WEEKS, EMPLOYERS = 32, 60
LATE_OPENINGS = Path(__file__).parents[3] / "dbt_project/models/intermediate/int_late_openings.sql"
FLOORS = Floors(postings=30, companies=5, company_share=0.5)
# Days for which each week is known after its end: one for the last, eight for the week before; neither is final.
AGE = np.array([0] * (WEEKS - 2) + [8, 1])
LATE_SHARE = 0.12
GROWTH = 0.01


def drawn(seed: int) -> tuple[Indexes, Indexes, Indexes]:
    """Draw week, employer and day of discovery of the openings of a growing market.

    One opening in eight is late: one in four at half of the employers, none at the others. Half of the late ones are
    found by the eighth day after the week, the rest within another week.
    """
    rng = np.random.default_rng(seed)
    numbers = rng.poisson(3 * (1 + GROWTH) ** np.arange(WEEKS)[:, None] * np.exp(rng.normal(0, 0.4, EMPLOYERS)))
    week, employer = (np.repeat(part.ravel(), numbers.ravel()) for part in np.indices(numbers.shape))
    is_slow = rng.random(EMPLOYERS) < 0.5
    is_late = rng.random(len(week)) < np.where(is_slow, 2 * LATE_SHARE, 0)[employer]
    day = np.where(is_late, rng.integers(2, 16, len(week)), 1)
    return week, employer, day


def flow(week: Indexes, employer: Indexes, known: Booleans) -> CellPostings:
    """Build the cell of some openings. ``known`` is (employers, weeks)."""
    return cell_of(count_entries(week, employer, WEEKS, EMPLOYERS), known, week=week, employer=employer)


def series(cell: CellPostings, young: YoungWeeks | None = None) -> pd.DataFrame:
    return count_series(cell, FLOORS, young)


def seen_so_far(seed: int, known_after: Indexes | None = None) -> tuple[CellPostings, YoungWeeks]:
    """Return a market as known now, with its late openings; ``known_after`` is (employers, weeks), by default 0."""
    week, employer, day = drawn(seed)
    after = np.zeros((EMPLOYERS, WEEKS), dtype=np.int16) if known_after is None else known_after.astype(np.int16)
    found = np.maximum(day, after[employer, week])
    is_found = (AGE[week] == 0) | (found <= AGE[week])
    week, employer, found = week[is_found], employer[is_found], found[is_found]
    known = (AGE == 0) | (after <= AGE)
    number = np.arange(len(week))
    code = (number * WEEKS + week)[found > 1]
    return flow(week, employer, known), YoungWeeks(AGE, AGE == 0, code, found[found > 1], after)


@pytest.fixture(scope="module")
def worlds() -> list[tuple[pd.Series[Any], pd.Series[Any]]]:
    """The last week's figures in 200 markets: at its age, and as known now."""
    markets = (seen_so_far(seed) for seed in range(200))
    return [(series(cell, young).iloc[-1], series(cell).iloc[-1]) for cell, young in markets]


@pytest.mark.parametrize("horizon", [4, 13])
def test_a_week_is_compared_with_other_weeks_at_the_same_age(
    worlds: list[tuple[pd.Series[Any], pd.Series[Any]]], horizon: int
) -> None:
    planted = (1 + GROWTH) ** horizon - 1
    change = f"change_{horizon}w"
    # in logarithms, because the mean of a ratio exceeds the ratio of the means
    error: dict[str, list[float]] = {"at its age": [], "as known now": []}
    covered = []
    for last, as_known in worlds:
        error["at its age"].append(np.log1p(last[change]) - np.log1p(planted))
        covered.append(last[f"{change}_low"] <= planted <= last[f"{change}_high"])
        error["as known now"].append(np.log1p(as_known[change]) - np.log1p(planted))
    noise = {name: np.std(found) / np.sqrt(len(found)) for name, found in error.items()}
    summary = {name: f"{np.mean(found):+.4f} (standard error {noise[name]:.4f})" for name, found in error.items()}
    show(f"over {horizon} weeks, {LATE_SHARE:.0%} late: {summary}, coverage {np.mean(covered):.3f}")
    assert abs(np.mean(error["at its age"])) < 3 * noise["at its age"]
    assert np.mean(error["as known now"]) == pytest.approx(np.log(1 - LATE_SHARE), abs=3 * noise["as known now"])
    assert 0.92 <= np.mean(covered) <= 0.99


def test_late_openings_do_not_change_a_final_week() -> None:
    cell, young = seen_so_far(1)
    columns = ["matched_index", "matched_index_low", "change_4w", "change_13w", "change_13w_high"]
    found, plain = series(cell, young)[columns], series(cell)[columns]
    pd.testing.assert_frame_equal(found[:-2], plain[:-2])
    assert (found[-2:]["matched_index"] > plain[-2:]["matched_index"]).all()


def test_the_expected_known_share_is_that_of_final_weeks_at_the_same_age() -> None:
    found = [series(*seen_so_far(seed))["expected_known_share"] for seed in range(60)]
    assert all(shares[:-2].isna().all() for shares in found)
    # late openings are found on fourteen days, seven of them up to the eighth
    before_last, last = np.mean([shares[-2:] for shares in found], axis=0)
    assert last == pytest.approx(1 - LATE_SHARE, abs=0.01)
    assert before_last == pytest.approx(1 - LATE_SHARE / 2, abs=0.01)


def one_each(employers: int) -> tuple[CellPostings, YoungWeeks]:
    """Return employers with one opening a week.

    In the thirteen weeks before the last two, six of them are found on the eighth day after their week and three on
    the ninth.
    """
    week, employer = (part.ravel() for part in np.indices((WEEKS, employers)))
    is_late = (week >= WEEKS - 15) & (week < WEEKS - 2) & (employer < 9)
    known = np.ones((EMPLOYERS, WEEKS), dtype=np.bool_)
    code = (np.arange(len(week)) * WEEKS + week)[is_late]
    found = np.where(employer < 6, 8, 9)[is_late]
    return flow(week, employer, known), YoungWeeks(AGE, AGE == 0, code, found, known.astype(np.int16) * 0)


def test_openings_found_on_the_day_count_as_known_and_thirteen_final_weeks_are_measured() -> None:
    cell, young = one_each(EMPLOYERS)
    assert young.expected_share(cell, FLOORS)[-2:].tolist() == [1 - 3 / EMPLOYERS, 1 - 9 / EMPLOYERS]
    week_before = [found.size[0] for found in young.compared(cell).values()]
    assert [np.flatnonzero(size == 0).tolist() for size in week_before] == [[6, 7, 8], []]


def test_no_known_share_is_expected_below_the_floor_of_employers() -> None:
    shares = [young.expected_share(cell, FLOORS)[-2] for cell, young in map(one_each, (4, 5))]
    assert np.isnan(shares).tolist() == [True, False]


def test_an_employer_unknown_to_a_week_at_that_age_is_not_compared() -> None:
    """A fifth of the employers were crawled late in all weeks except the last: that is not growth."""
    after = np.zeros((EMPLOYERS, WEEKS), dtype=np.int64)
    after[:12, :-1] = 5
    planted = (1 + GROWTH) ** 4 - 1
    error, unheeded = [], []
    for seed in range(100):
        cell, young = seen_so_far(seed, after)
        error.append(series(cell, young)["change_4w"].iloc[-1] - planted)
        blind = replace(young, known_after=np.zeros_like(young.known_after))
        unheeded.append(series(cell, blind)["change_4w"].iloc[-1] - planted)
    assert abs(np.mean(error)) < 3 * np.std(error) / np.sqrt(len(error))
    assert np.mean(unheeded) > 0.1


def test_late_openings_are_read_from_the_warehouse() -> None:
    with duckdb.connect() as session:
        session.execute(
            """create temp table numbered_postings as
                select * from (values ('a', 1, 0), ('b', 1, 1), ('b', 2, 2)) as of(posting_key, version_no, posting);
            create temp table numbered_sources as
                select * from (values ('lever', 'x', 0), ('lever', 'y', 1)) as of(board, company_slug, number)"""
        )
        weeks = session.sql(
            """select date '2026-01-05' + 7 * number::integer as week_start, number < 2 as is_over,
                number > 0 as is_provisional, [20, 8, -3][number + 1] as known_days from range(3) as of(number)"""
        )
        late = session.sql(
            """select unnest([date '2026-01-12', date '2026-01-05']) as week_start, unnest(['b', 'a']) as posting_key,
                unnest([2, 1]) as version_no, unnest([4, 9]) as found_after_days"""
        )
        company_weeks = session.sql(
            """select date '2026-01-12' as week_start, 'lever' as board, unnest(['x', 'y']) as company_slug,
                unnest([1, 130]) as flow_known_after_days"""
        )
        starts = np.array(["2026-01-05", "2026-01-12", "2026-01-19"], dtype="datetime64[D]")
        reader = SimpleNamespace(weeks=starts, n_sources=2)
        found = young_weeks(cast(CellReader, reader), weeks, company_weeks, late)
    assert found.age.tolist() == [0, 8, 0]
    assert found.is_final.tolist() == [True, False, False]
    assert found.late.tolist() == [0 * 3 + 0, 2 * 3 + 1]
    assert found.found_after.tolist() == [9, 4]
    assert found.known_after.tolist() == [[0, 0, 0], [0, 130, 0]]


def test_late_openings_are_listed_for_all_weeks_that_young_weeks_are_compared_with() -> None:
    """Earlier weeks are not listed: they are final."""
    with duckdb.connect() as warehouse:
        warehouse.execute(
            """create table int_weeks as
                select date '2026-01-05' + 7 * number::integer as week_start, number > 29 as is_provisional
                from range(32) as weeks(number);
            create table int_posting_weeks as
                select week_start, 'flow' as measure, week_start as posting_key, 1 as version_no, true as is_canonical
                from int_weeks;
            create table int_posting_lives as
                select week_start as posting_key, week_start + interval 14 day as first_qualified_sighting_at
                from int_weeks;
            create table int_posting_duplicates as
                select week_start as posting_key, week_start as canonical_posting_key from int_weeks"""
        )
        late = warehouse.sql(rendered(LATE_OPENINGS.read_text(encoding="utf-8"), "days_after_the_week"))
        weeks = late.project("(week_start - date '2026-01-05') // 7").fetchall()
    assert sorted(week for (week,) in weeks) == list(range(30 - max(*LAGS, MEASURED), 32))
