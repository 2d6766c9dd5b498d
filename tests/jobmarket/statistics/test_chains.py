"""Chained shares: which changes move them, and which must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from jobmarket.statistics.chains import Chained, chain, variance_of_sum
from jobmarket.statistics.changes import q_values
from jobmarket.statistics.panel import Floors, Numbers, Panel
from tests.jobmarket.statistics.one_by_one import paired_changes, shares

FLOORS = Floors(postings=30, companies=5, company_share=0.5)
WEEKS, EMPLOYERS = 20, 40


def market(seed: int = 1) -> tuple[Numbers, Numbers]:
    """Draw openings that stay for a while: having (weeks, employers, 2 attributes) and size (weeks, employers)."""
    draw = np.random.default_rng(seed)
    size = draw.integers(2, 12, (1, EMPLOYERS)) + draw.integers(-1, 2, (WEEKS, EMPLOYERS)).cumsum(axis=0)
    size = np.maximum(size, 1).astype(float)
    taste = draw.beta(2, 3, (1, EMPLOYERS))
    trend = np.linspace(0, 0.1, WEEKS)[:, None]
    having = np.stack(
        [draw.binomial(size.astype(int), np.clip(taste + trend, 0, 1)), draw.binomial(size.astype(int), taste)], axis=2
    )
    return having.astype(float), size


def chain_shares(having: Numbers, size: Numbers, panel: Panel, floors: Floors) -> Chained:
    return chain(shares(having, size), having.shape[2], size, panel, floors)


def everybody(known: Numbers | None = None) -> Panel:
    always = np.ones((EMPLOYERS, WEEKS), dtype=bool)
    return Panel(np.arange(EMPLOYERS), EMPLOYERS, always, always if known is None else known.astype(bool))


def plain(having: Numbers, size: Numbers) -> Numbers:
    return having.sum(axis=1) / size.sum(axis=1)[:, None]


def test_a_series_begins_with_a_week_that_reached_enough_of_the_market() -> None:
    """A bad first day reached eight atypical employers: they must not set later levels."""
    having, size = market()
    known = np.ones((EMPLOYERS, WEEKS))
    known[8:, 0] = size[0, 8:] = having[0, 8:] = 0
    having[:, :8, 0] = size[:, :8]
    voids = Floors(postings=10, companies=5, company_share=0.5, coverage=0.8)
    begun_badly = chain_shares(having, size, everybody(known), voids)
    panel = replace(everybody(known), known_share=known.mean(axis=0))
    begun_well = chain_shares(having, size, panel, voids)
    assert begun_badly.since[0] == begun_badly.since[-1] == 0
    assert list(begun_well.since[:2]) == [-1, 1]
    assert begun_well.level[-1] == pytest.approx(plain(having, size)[-1])
    assert begun_badly.level[-1, 0] > begun_well.level[-1, 0] + 0.2


def test_if_all_employers_are_known_the_matched_share_equals_the_plain_one() -> None:
    having, size = market()
    chained = chain_shares(having, size, everybody(), FLOORS)
    assert np.allclose(chained.level, plain(having, size), atol=1e-12)
    assert (chained.since == 0).all()
    # its variance too equals that of a ratio of sums over employers
    share = plain(having, size)[-1]
    linear = (having[-1] - size[-1][:, None] * share) / size[-1].sum()
    expected = EMPLOYERS / (EMPLOYERS - 1) * np.square(linear).sum(axis=0)
    assert np.allclose(variance_of_sum(np.square(chained.influence[-1]).sum(axis=0), EMPLOYERS), expected)


def test_an_added_source_moves_only_the_plain_share() -> None:
    having, size = market()
    without = plain(having[:, :-1], size[:, :-1])
    size[:, -1], having[:, -1, 0] = 80, 80  # a large employer that always asks for the first attribute
    known = np.ones((EMPLOYERS, WEEKS))
    known[-1, :10] = 0
    size[:10, -1], having[:10, -1] = 0, 0
    panel = everybody(known)
    panel.is_present[-1, :10] = False
    chained = chain_shares(having, size, panel, FLOORS)
    assert plain(having, size)[10, 0] - plain(having, size)[9, 0] > 0.1
    # in the week in which it enters, the chain moves as the others do
    steps = chained.level[10] - chained.level[9]
    assert np.allclose(steps, without[10] - without[9], atol=0.01)
    # an employer that never changes only dampens the changes, in proportion to its size
    assert np.abs(chained.level[:, 0] - without[:, 0]).max() < 0.03


def test_a_lost_source_moves_only_the_plain_share() -> None:
    having, size = market()
    size[:, 0], having[:, 0, 0] = 60, 60
    whole = plain(having, size)
    known = np.ones((EMPLOYERS, WEEKS))
    known[0, 12:] = 0
    size[12:, 0], having[12:, 0] = 0, 0
    panel = everybody(known)
    panel.is_present[0, 12:] = False
    chained = chain_shares(having, size, panel, FLOORS)
    assert plain(having, size)[12, 0] - whole[12, 0] < -0.08
    assert np.abs(chained.level[:, 0] - whole[:, 0]).max() < 0.03
    assert np.allclose(chained.level[:12], whole[:12])


def test_after_an_outage_the_chain_returns_to_its_level_without_the_outage() -> None:
    having, size = market()
    whole = plain(having, size)
    known = np.ones((EMPLOYERS, WEEKS))
    known[:6, 9] = 0  # six of forty are unknown for one week
    chained = chain_shares(having, size, everybody(known), FLOORS)
    # a chain of single weeks would permanently lose their change over two weeks
    links = np.zeros(2)
    for week in range(1, WEEKS):
        both = known[:, week - 1] * known[:, week] == 1
        links += plain(having[:, both], size[:, both])[week] - plain(having[:, both], size[:, both])[week - 1]
    drift_of_single_links = np.abs(whole[0] + links - whole[-1]).max()
    assert np.abs(chained.level[-1] - whole[-1]).max() < drift_of_single_links / 3


def test_an_employer_that_moves_to_a_new_board_is_left_out_completely() -> None:
    employer = np.array([0, 0, 1])
    present = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]], dtype=bool)
    known = np.array([[1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1]], dtype=bool)
    panel = Panel(employer, 2, present, known)
    assert panel.comparable(0, 1).tolist() == [True, True]
    assert panel.comparable(1, 2).tolist() == [False, True]
    assert panel.comparable(2, 3).tolist() == [True, True]


@pytest.mark.parametrize("lag", [0, 1, 4, WEEKS - 1])
def test_comparing_all_weeks_at_once_gives_the_same_employers_as_week_by_week(lag: int) -> None:
    draw = np.random.default_rng(lag)
    sources = EMPLOYERS + 10
    employer = np.concatenate([np.arange(EMPLOYERS), draw.integers(0, EMPLOYERS, sources - EMPLOYERS)])
    panel = Panel(employer, EMPLOYERS, draw.random((sources, WEEKS)) < 0.3, draw.random((sources, WEEKS)) < 0.8)
    expected = [panel.comparable(week, week + lag).tolist() for week in range(WEEKS - lag)]
    assert panel.comparable_over(lag).tolist() == expected
    assert len({employer for week in expected for employer in week}) == 2


def test_a_small_sample_has_no_level_and_a_long_gap_starts_a_new_series() -> None:
    having, size = market()
    size[3:], having[3:] = 0, 0
    assert (chain_shares(having, size, everybody(), FLOORS).since[3:] == -1).all()
    having, size = market()
    known = np.ones((EMPLOYERS, WEEKS))
    known[:, 1:17] = 0  # longer than the longest comparison
    chained = chain_shares(having, size, everybody(known), FLOORS)
    assert chained.since.tolist() == [0, *[-1] * 16, 17, 17, 17]


def test_an_incomparable_week_starts_no_new_series_while_earlier_weeks_may_be_compared() -> None:
    having, size = market()
    known = np.zeros((EMPLOYERS, WEEKS))
    known[:20, :5] = known[20:, 5:] = 1  # both halves are large, but no employer is known in both
    chained = chain_shares(having, size, everybody(known), FLOORS)
    assert chained.since.tolist() == [0] * 5 + [-1] * 13 + [18] * 2


def test_a_sample_dominated_by_one_employer_is_below_the_floors() -> None:
    assert FLOORS.are_met(np.array([50.0, 20, 10, 10, 10]))
    assert not FLOORS.are_met(np.array([96.0, 1, 1, 1, 1]))


def test_a_comparison_dominated_by_one_employer_is_not_made() -> None:
    having, size = market()
    size[9, 0], having[9, 0] = 5 * size[9].sum(), 0  # in one week nearly all openings belong to one employer
    whole = chain_shares(having, size, everybody(), FLOORS)
    assert np.flatnonzero(whole.since < 0).tolist() == [9]
    assert np.allclose(np.delete(whole.level, 9, axis=0), np.delete(plain(having, size), 9, axis=0), atol=1e-12)
    # the rest of the market is large but mostly unknown: the comparison would be mainly that employer
    size[:, 0] = 150
    having[:, 0] = 75
    known = np.ones((EMPLOYERS, WEEKS))
    known[6:, 12:] = 0
    assert (chain_shares(having, size, everybody(known), FLOORS).since[12:] == -1).all()


def test_identical_employers_have_zero_variance_and_a_single_employer_has_an_unknown_one() -> None:
    alike = np.zeros((EMPLOYERS, 2))
    assert variance_of_sum(np.square(alike).sum(axis=0), 0).tolist() == [0.0, 0.0]
    assert np.isnan(variance_of_sum(np.square(alike).sum(axis=0), 1)).all()


def test_a_change_is_judged_as_a_paired_comparison_of_employers() -> None:
    from scipy import stats

    draw = np.random.default_rng(3)
    before, after = draw.normal(0.4, 0.2, 200), draw.normal(0.43, 0.2, 200)
    difference = (after - before) / 200
    moved = paired_changes(np.array([difference.sum()]), (difference - difference.mean())[:, None], 200)
    expected = stats.ttest_rel(after, before)
    # of 200 employers that all moved, about a third are effective
    assert moved.p_value[0] == pytest.approx(expected.pvalue, rel=0.15)
    interval = expected.confidence_interval()
    assert (moved.low[0], moved.high[0]) == pytest.approx((interval.low, interval.high), rel=0.1)


def test_a_change_by_a_few_employers_is_not_significant() -> None:
    influence = np.zeros((150, 2))
    influence[:3, 0] = influence[:30, 1] = 0.01
    moved = paired_changes(influence.sum(axis=0), influence, 150)
    assert moved.p_value[0] > 0.15
    assert moved.p_value[1] < 0.001


def test_q_values_follow_benjamini_and_hochberg() -> None:
    # the example of the paper (1995): of 15 p-values the first four are flagged at 0.05
    p_values = np.array([
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ])  # fmt: skip
    with_a_gap = np.insert(p_values, 2, np.nan)
    found = q_values(with_a_gap)
    assert np.isnan(found[2])
    assert (np.delete(found, 2) < 0.05).tolist() == [True] * 4 + [False] * 11
    drawn = np.random.default_rng(3).random(200) ** 4
    for numbers in (p_values, p_values[::-1], np.round(drawn, 2), drawn[:1]):
        assert q_values(numbers) == pytest.approx(multipletests(numbers, method="fdr_bh")[1], rel=1e-12)
    assert np.isnan(q_values(np.array([np.nan]))).all()
    rows = np.stack([with_a_gap, with_a_gap[::-1], np.full(16, np.nan)])
    np.testing.assert_array_equal(q_values(rows), np.stack([q_values(row) for row in rows]))


def test_changes_in_a_stable_market_are_rarely_flagged() -> None:
    """Openings are replaced one by one while demand stays the same: hardly any alarms.

    Tested for single skills and for themes that share skills.
    """
    draw = np.random.default_rng(11)
    worlds, skills = 60, 30
    alarms = {"skills": 0, "themes": 0}
    # each theme has six consecutive skills, and shares most of them with its neighbours
    in_theme = (np.arange(skills)[:, None] - np.arange(0, skills, 2)) % skills < 6
    for _ in range(worlds):
        taste = draw.beta(1.5, 4, (EMPLOYERS, skills))
        asks = draw.random((EMPLOYERS, 8, skills)) < taste[:, None]
        weeks = []
        for _week in range(5):
            weeks.append(np.concatenate([asks, asks @ in_theme], axis=2).sum(axis=1).astype(float))
            replaced = draw.random((EMPLOYERS, 8)) < 0.12
            asks[replaced] = draw.random((int(replaced.sum()), skills)) < taste[np.nonzero(replaced)[0]]
        size = np.full((5, EMPLOYERS), 8.0)
        always = np.ones((EMPLOYERS, 5), dtype=bool)
        chained = chain_shares(np.stack(weeks), size, Panel(np.arange(EMPLOYERS), EMPLOYERS, always, always), FLOORS)
        moved = paired_changes(
            chained.level[4] - chained.level[0], chained.influence[4] - chained.influence[0], EMPLOYERS
        )
        for kind, p_values in (("skills", moved.p_value[:skills]), ("themes", moved.p_value[skills:])):
            alarms[kind] += bool((q_values(p_values) < 0.05).any())
    # where nothing changes, 5 % of worlds may have any alarm
    assert max(alarms.values()) / worlds <= 0.08, alarms
