"""The index of the number of postings: growth over the same employers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from jobmarket.statistics.carried_numbers import carried
from jobmarket.statistics.cell_reader import CellPostings
from jobmarket.statistics.chains import chain, log_totals
from jobmarket.statistics.changes import FEW_EMPLOYERS
from jobmarket.statistics.count_series import Complete
from jobmarket.statistics.panel import Booleans, Floors, Indexes, Numbers, Panel
from tests.jobmarket.statistics.one_cell import cell_of, count_series

WEEKS, EMPLOYERS = 12, 30
_NONE = np.zeros(0, dtype=np.int64)
FLOORS = Floors(postings=30, companies=5, company_share=0.5)


def test_growth_is_measured_over_the_employers_known_in_both_weeks() -> None:
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


def test_an_employer_that_doubles_is_weighted_by_its_openings() -> None:
    size = np.full((2, EMPLOYERS), 4.0)
    size[1, 0] = 8
    always = np.ones((EMPLOYERS, 2), dtype=bool)
    chained = chain(log_totals(size), 1, size, Panel(np.arange(EMPLOYERS), EMPLOYERS, always, always), FLOORS)
    assert np.exp(chained.level[1, 0] - chained.level[0, 0]) == pytest.approx(124 / 120)
    moved = chained.influence[1, :, 0] - chained.influence[0, :, 0]
    assert moved.sum() == pytest.approx(0)
    assert np.abs(moved).argmax() == 0


def test_a_stock_that_crawls_leave_incomplete_keeps_its_last_complete_number() -> None:
    # A third of the employers is missed in weeks 3 to 5: what they publish in week 3 is not seen, what they close until
    # week 5 still counts. From week 6 on they have half as many, which nobody else has.
    size = np.full((WEEKS, EMPLOYERS), 8.0)
    size[3, :10], size[5, :10], size[6:, :10] = 7.0, 9.0, 4.0
    complete = np.ones((EMPLOYERS, WEEKS), dtype=bool)
    complete[:10, 3:6] = False
    cell = cell_of(size, values=("stock", "all", "all"))
    index, as_crawled = (count_series(cell, FLOORS, complete=each) for each in (Complete(complete, 3), None))
    assert list(index["matched_index"][:6]) == pytest.approx([100.0] * 6)
    assert list(index["matched_index"][6:]) == pytest.approx([100 * 200 / 240] * 6)
    assert list(as_crawled["matched_index"][3:6]) != pytest.approx([100.0] * 3, abs=2)
    # the plain index shows what was seen
    assert list(index["demand_index"]) == pytest.approx(list(as_crawled["demand_index"]))


def test_employers_that_join_just_before_an_outage_are_compared_once_a_week_of_theirs_is_complete() -> None:
    # a third of the employers joins in week 4, is not crawled in weeks 5 and 6, and is back in week 7; nobody moves
    size = np.full((WEEKS, EMPLOYERS), 8.0)
    size[:4, :10] = 0.0
    known, complete = np.ones((EMPLOYERS, WEEKS), dtype=bool), np.ones((EMPLOYERS, WEEKS), dtype=bool)
    known[:10, :4], complete[:10, :7] = False, False
    index = count_series(cell_of(size, known, values=("stock", "all", "all")), FLOORS, complete=Complete(complete, 3))
    assert list(index["matched_index"]) == pytest.approx([100.0] * WEEKS)


def test_a_number_is_carried_for_three_weeks_and_then_left_out() -> None:
    # an employer whose postings were all closed, as was seen, before an outage of five weeks
    size = np.array([[5.0], [5.0], [5.0], [0.0], [0.0], [0.0], [0.0], [4.0]])
    complete = np.array([[True, True, True, False, False, False, False, True]])
    number, panel = carried(cell_of(size, values=("stock", "all", "all")), complete, longest=3)
    assert number[:, 0].tolist() == [5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 0.0, 4.0]
    assert panel.is_known[0].tolist() == [True] * 6 + [False, True]


def test_a_second_board_that_was_never_complete_leaves_the_employer_out() -> None:
    present = np.array([[True] * 5, [False, True, True, True, True]])
    size = np.array([[5.0], [9.0], [9.0], [9.0], [9.0]])
    both = CellPostings(
        ("stock", "all", "all"), slice(0, 0), _NONE, _NONE, _NONE, _NONE, np.arange(2), size,
        Panel(np.zeros(2, dtype=np.int64), 1, present, np.ones_like(present)),
    )  # fmt: skip
    complete = np.array([[True] * 5, [False, False, False, True, True]])
    number, panel = carried(both, complete, longest=3)
    assert number[:, 0].tolist() == [5.0, 5.0, 5.0, 9.0, 9.0]
    assert [panel.comparable(week, week + 1).tolist() for week in range(4)] == [[False], [False], [False], [True]]


def threads(weeks: int) -> Indexes:
    """Return the weeks with a thread, on the first workday of each month; week 0 begins on January 5, 2026."""
    days = [np.datetime64(f"2026-{month:02}-01") for month in range(1, 13)]
    first = np.busday_offset(days, 0, roll="forward")
    found = np.unique((first - np.datetime64("2026-01-05")).astype(int) // 7)
    return found[(found >= 0) & (found < weeks)]


def flow_with_threads(seed: int, weeks: int, growth: float) -> Numbers:
    """Draw (weeks, employers): 60 employers with two postings a week on boards, and threads of 60 single postings."""
    rng = np.random.default_rng(seed)
    level = (1 + growth) ** np.arange(weeks)[:, None]
    # each employer has its own rate of posting
    own = rng.poisson(2 * level * np.exp(rng.normal(0, 0.4, 60)))
    posts = np.zeros((weeks, 400))
    for week in threads(weeks):
        writers = rng.choice(400, int(rng.poisson(60 * level[week, 0])), replace=False)
        posts[week, writers] = 1
    return np.hstack([own, posts]).astype(float)


def index_of(size: Numbers, known: Booleans | None = None) -> pd.DataFrame:
    return count_series(cell_of(size, known), FLOORS)


@pytest.mark.parametrize("growth", [0.0, 0.01])
def test_a_monthly_thread_moves_weekly_flow_but_hardly_quarterly_flow(growth: float) -> None:
    weeks = 45
    planted = {"change_4w": (1 + growth) ** 4 - 1, "quarter_change": (1 + growth) ** 13 - 1}
    covered: dict[str, list[bool]] = {name: [] for name in planted}
    of_weeks, of_quarters, error = [], [], []
    for seed in range(40):
        found = index_of(flow_with_threads(seed, weeks, growth))
        for name, truth in planted.items():
            with_interval = found[found[f"{name}_low"].notna()]
            covered[name] += list((with_interval[f"{name}_low"] <= truth) & (truth <= with_interval[f"{name}_high"]))
        trend = np.log1p(growth) * np.arange(weeks)
        of_weeks.append(np.std(np.log(found["matched_index"]) - trend))
        of_quarters.append(np.nanstd(np.log(found["matched_index_13w"]) - trend))
        error.append(found["quarter_change"].iloc[-1] - planted["quarter_change"])
    assert np.mean(of_weeks) > 0.15, "the weeks of a thread stand out"
    assert np.mean(of_quarters) < 0.03
    assert np.mean(covered["change_4w"]) < 0.85, (
        "comparing a week with a thread to one without is shown to be meaningless"
    )
    assert np.mean(covered["quarter_change"]) > 0.9
    assert abs(np.mean(error)) < 0.02
    assert len(covered["quarter_change"]) == 40 * (weeks - 25)


def test_a_quarters_index_is_the_mean_of_its_weeks_and_needs_all_of_them() -> None:
    size = np.random.default_rng(1).poisson(5, (45, EMPLOYERS)).astype(float)
    size[10, 4:] = 0  # four employers: too few to be shown
    found = index_of(size).set_index("week_start")
    found.index = pd.Index((pd.to_datetime(found.index) - pd.Timestamp("2026-01-05")).days // 7)
    index, mean, change = found["matched_index"], found["matched_index_13w"], found["quarter_change"]
    assert mean.dropna().index.tolist() == list(range(23, 45))
    assert mean[23] == pytest.approx(index.loc[11:23].mean())
    assert change.dropna().index.tolist() == list(range(36, 45))
    assert change[44] == pytest.approx(mean[44] / mean[31] - 1)
    assert found["quarter_change_low"][44] < change[44] < found["quarter_change_high"][44]
    assert found["matched_index_13w_low"][44] < mean[44] < found["matched_index_13w_high"][44]


def test_a_quarters_index_includes_weeks_whose_own_index_is_withheld() -> None:
    """In week 5 two employers have moved since the first week. In the quarter that ends with week 12, five have."""
    size = np.full((13, EMPLOYERS), 4.0)
    size[5:, :2] = 5
    size[6:, 2:5] = 6
    found = index_of(size)
    assert found["matched_index_floor_reason"][5] == FEW_EMPLOYERS
    assert np.isnan(found["matched_index"][5])
    assert found["matched_index_13w"][12] == pytest.approx(100 * (5 * 120 + 122 + 7 * 128) / 13 / 120)
    assert pd.isna(found["matched_index_13w_floor_reason"][12])


def test_the_interval_of_a_quarters_index_covers_the_growth_since_the_first_week() -> None:
    covered, narrower = [], []
    truth = 100 * np.mean(1.01 ** np.arange(18, 31))
    for seed in range(60):
        last = index_of(flow_with_threads(seed, 31, 0.01)[:, :60]).iloc[-1]  # boards alone
        low, high = last["matched_index_13w_low"], last["matched_index_13w_high"]
        covered.append(low <= truth <= high)
        narrower.append((high - low) / (last["matched_index_high"] - last["matched_index_low"]))
    assert 0.88 <= np.mean(covered) <= 1
    assert np.mean(narrower) < 1, "thirteen weeks are known better than one"


def test_indices_start_at_100_in_the_first_large_enough_week_and_changes_skip_smaller_weeks() -> None:
    size = np.random.default_rng(2).poisson(5, (20, EMPLOYERS)).astype(float)
    size[0, 4:] = 0  # four employers: too few to begin with
    size[9, 4:] = 0
    found = index_of(size)
    found.index = pd.Index((pd.to_datetime(found["week_start"]) - pd.Timestamp("2026-01-05")).dt.days // 7)
    assert (found.index[0], found["demand_index"][1], found["matched_index"][1]) == (1, 100, 100)
    assert found["demand_index"][2] == pytest.approx(100 * size[2].sum() / size[1].sum())
    # an unknown employer has nearly all of the week: the others give a level, but the week is suppressed
    size[9] = size[8]
    size[9, 0] = 10 * size[9].sum()
    known = np.ones((EMPLOYERS, 20), dtype=bool)
    known[0, 9] = False
    found = index_of(size, known)
    found.index = pd.Index((pd.to_datetime(found["week_start"]) - pd.Timestamp("2026-01-05")).dt.days // 7)
    assert not np.isnan(found["matched_index"][9])
    assert found["change_4w"].dropna().index.tolist() == [week for week in range(5, 20) if week != 9 + 4]


def test_growth_over_a_year_is_given_once_there_is_a_year() -> None:
    weeks = 70
    size = 20 * 1.01 ** np.arange(weeks)[:, None] * np.linspace(0.5, 1.5, EMPLOYERS)
    # a yearly peak affects growth over a quarter, but not over a year
    size[[8, 60]] *= 2
    found = index_of(size + np.random.default_rng(2).normal(0, 0.1, size.shape)).reset_index(drop=True)
    year = found["change_52w"].dropna()
    assert year.index.tolist() == list(range(52, weeks))
    assert year.to_numpy() == pytest.approx(1.01**52 - 1, rel=0.02)
    assert (found["change_52w_low"] < found["change_52w"])[52:].all()
    assert (found["change_52w"] < found["change_52w_high"])[52:].all()
    assert found["change_13w"][60] == pytest.approx(2 * 1.01**13 - 1, rel=0.02)
    quarters = found["quarter_change_52w"].dropna()
    assert quarters.index.tolist() == list(range(64, weeks))
    mean = found["matched_index_13w"]
    assert quarters[66] == pytest.approx(mean[66] / mean[14] - 1)
    assert found["quarter_change_52w_low"][66] < quarters[66] < found["quarter_change_52w_high"][66]
