"""Quarterly time to close in simulated worlds with a known truth, computed from what crawls would see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.closing_pace import NoPace, Pace
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.quarters_to_close import HORIZONS, QuarterLives, QuarterToClose, quarters_to_close
from tests.rendered_macros import MACROS, rendered

Numbers = Any
MODEL = MACROS.parent / "models" / "intermediate" / "int_quarter_durations.sql"
FLOORS = Floors(postings=30, companies=5, company_share=0.5)
DAY_0 = datetime(2026, 1, 1)  # noqa: DTZ001 - as the warehouse stores them: UTC without a zone
FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
_SECOND_BEGINS, _THIRD_BEGINS, _END = 90, 181, 270
# Published long before the first crawl: of these only long lifetimes are ever seen.
_BEGINS = -200
_EPOCH = date(1970, 1, 1)


def closes(chance: Numbers, begins: Numbers, factor: Numbers, before: float, after: float) -> Numbers:
    """Return when postings close, if their median lifetime changes at the beginning of the third quarter.

    ``chance``: each posting's lifetime in medians; ``factor``: the employer's factor on the median.
    """
    spent = np.maximum(0, _THIRD_BEGINS - begins) / (before * factor)
    in_time = begins + chance * before * factor
    return np.where(chance < spent, in_time, np.maximum(begins, _THIRD_BEGINS) + (chance - spent) * after * factor)


def crawled(company: Numbers, begins: Numbers, ends: Numbers, crawls: list[Numbers]) -> duckdb.DuckDBPyConnection:
    """Return the sightings by crawls of each employer, as tables of the warehouse; days count from January 1."""
    rows = []
    for key, (of, begin, end) in enumerate(zip(company, begins, ends, strict=True)):
        looks = crawls[of]
        first, last = np.searchsorted(looks, begin), np.searchsorted(looks, end) - 1
        if first <= last:
            missed = looks[last + 1] if last + 1 < len(looks) else None
            rows.append((str(key), f"c{of:04}", begin, looks[first], looks[last], missed))
    moments = [(f"c{of:04}", look) for of, looks in enumerate(crawls) for look in looks]
    connection = duckdb.connect()
    for name, columns, values in (("lives", ("key", "slug", "posted", "first", "last", "missed"), rows),
                                ("looks", ("slug", "look"), moments)):  # fmt: skip
        connection.register(name, pa.table(dict(zip(columns, zip(*values, strict=True), strict=True))))
    connection.execute(
        f"""create macro moment(day) as timestamp '{DAY_0}' + to_microseconds(cast(day * 86400e6 as bigint));
        create table int_posting_lives as select key as posting_key, 'ashby' as board, slug as company_slug,
            moment(posted) as posted_at, moment(first) as first_seen_at, moment(last) as last_seen_at,
            moment(missed) as closed_at
        from lives;
        create table int_posting_durations as select posting_key, 1 as version_no, company_slug as company_key,
            if(closed_at is null, null, greatest(round(date_diff('second', posted_at, closed_at) / 86400),
                round(date_diff('second', posted_at, last_seen_at) / 86400) + 1)::integer) as missed_day
        from int_posting_lives;
        create table int_crawl_moments as select 'ashby' as board, slug as company_slug, moment(look) as as_of,
            timestamp '-infinity' as closes_seen_since
        from looks"""
    )
    return connection


def estimated(world: duckdb.DuckDBPyConnection) -> dict[date, QuarterToClose]:
    """Estimate the quarters of a world with a single cell."""
    model = rendered(MODEL.read_text(encoding="utf-8"), "same", "day_of_life", known_for_weeks=2)
    columns = world.sql(
        f"""with durations as ({model})
        select quarter_start - date '{_EPOCH}' as quarter, dense_rank() over (order by company_key) - 1 as company,
            entered_day, last_seen_day, coalesce(missed_day, {STILL_OPEN}) as missed_day,
            columns('is_watched_.*')
        from durations where entered_day <= 365"""
    ).fetchnumpy()
    quarters = {}
    for quarter in np.unique(columns["quarter"]):
        part = {name: column[columns["quarter"] == quarter] for name, column in columns.items()}
        seen = (part[name].astype(int) for name in ("entered_day", "last_seen_day", "missed_day", "company"))
        before, after = (
            {horizon: part[f"is_watched_{horizon}_{side}"] for horizon in HORIZONS} for side in ("before", "after")
        )
        quarters[_EPOCH + timedelta(int(quarter))] = QuarterLives(Lives(*seen), before, after)
    return {quarter.quarter_start: quarter for quarter in quarters_to_close(quarters, FLOORS)}


def planted(
    seed: int, after: float, *, n_passing: int = 0, since: int = 0, until: int = _END
) -> duckdb.DuckDBPyConnection:
    """Lifetimes have a median of 40 days up to the third quarter; half of the employers are crawled daily, half weekly.

    ``n_passing`` more, with lifetimes three times as long, are crawled only from day ``since`` to ``until``.
    """
    rng = np.random.default_rng(seed)
    n_companies, n_each = 60 + n_passing, 40
    company = np.repeat(np.arange(n_companies), n_each)
    own = np.where(np.arange(n_companies) < 60, np.exp(rng.normal(0, 0.3, n_companies)), 3)
    begins = rng.uniform(_BEGINS, _END, len(company))
    crawls = [
        np.arange(rng.uniform(0, 7) + (0 if of < 60 else since), _END if of < 60 else until, 1 if of % 2 else 7)
        for of in range(n_companies)
    ]
    lives = rng.exponential(1 / np.log(2), len(company))
    return crawled(company, begins, closes(lives, begins, own[company], 40, after), crawls)


def by_date_posted(world: duckdb.DuckDBPyConnection) -> list[float]:
    """Return medians by quarter of publication, which do not estimate the time to close of a quarter."""
    return [
        days
        for (days,) in world.sql(
            "select median(date_diff('day', posted_at, closed_at)) from int_posting_lives "
            "where posted_at >= '2026-01-01' group by date_trunc('quarter', posted_at) order by min(posted_at)"
        ).fetchall()
    ]


def medians(worlds: list[dict[date, QuarterToClose]]) -> Numbers:
    """Return medians, (worlds, quarters)."""
    return np.array([[world[quarter].found.median_days for quarter in (FIRST, SECOND, THIRD)] for world in worlds])


def test_in_a_stable_market_quarters_agree_although_medians_by_publication_date_fall() -> None:
    worlds = [planted(seed, 40) for seed in range(12)]
    quarters = [estimated(world) for world in worlds]
    # the mean of twelve is accurate to a day
    assert medians(quarters).mean(axis=0) == pytest.approx([40, 40, 40], abs=2)
    pace = [found[quarter].pace["quarter"] for found in quarters for quarter in (SECOND, THIRD)]
    holds = [isinstance(change, Pace) and change.low < 0 < change.high for change in pace]
    assert np.mean(holds) >= 0.9
    assert np.mean([change.change for change in pace if isinstance(change, Pace)]) == pytest.approx(0, abs=0.08)
    for world in worlds:
        first, _, third = by_date_posted(world)
        assert third < 0.65 * first, "the medians by quarter of publication are shown to fall"


def test_halved_lifetimes_show_in_the_quarter_in_which_they_begin() -> None:
    quarters = [estimated(planted(seed, 20)) for seed in range(12)]
    assert medians(quarters).mean(axis=0) == pytest.approx([40, 40, 20], abs=2)
    before, after = ([found[quarter].pace["quarter"] for found in quarters] for quarter in (SECOND, THIRD))
    assert all(isinstance(change, Pace) and change.low > 0.2 for change in after)
    assert np.mean([isinstance(change, Pace) and change.low < 1 < change.high for change in after]) >= 0.8
    assert np.mean([isinstance(change, Pace) and change.low < 0 < change.high for change in before]) >= 0.8


@pytest.mark.parametrize("days_before", [0, 10, 45, 85])
def test_employers_that_join_lengthen_the_median_but_do_not_change_the_pace(days_before: int) -> None:
    quarters = [estimated(planted(seed, 40, n_passing=40, since=_THIRD_BEGINS - days_before)) for seed in range(6)]
    first, _, third = medians(quarters).mean(axis=0)
    assert third > first + 15
    assert_no_pace(quarters)


@pytest.mark.parametrize("days_after", [0, 10, 45, 85])
def test_employers_that_leave_lengthened_the_median_but_do_not_change_the_pace(days_after: int) -> None:
    quarters = [estimated(planted(seed, 40, n_passing=40, until=_THIRD_BEGINS + days_after)) for seed in range(6)]
    first, second, _ = medians(quarters).mean(axis=0)
    assert [first, second] == pytest.approx([59, 59], abs=3)
    assert_no_pace(quarters)


def assert_no_pace(quarters: list[dict[date, QuarterToClose]]) -> None:
    pace = [world[THIRD].pace["quarter"] for world in quarters]
    assert np.mean([change.change for change in pace if isinstance(change, Pace)]) == pytest.approx(0, abs=0.1)
    assert all(isinstance(change, Pace) and change.low < 0 < change.high for change in pace)


def daily(rate: float, n_companies: int = 12, n_each: int = 20) -> QuarterLives:
    """Return exponential lifetimes, seen daily for 60 days, of companies that are watched in all quarters."""
    n = n_companies * n_each
    length = np.random.default_rng(round(1000 * rate)).exponential(1 / rate, n)
    missed = np.where(length < 60, np.ceil(np.maximum(length, 0.1)), STILL_OPEN).astype(int)
    last_seen = np.where(missed == STILL_OPEN, 60, missed - 1)
    lives = Lives(np.zeros(n, int), last_seen, missed, np.arange(n) % n_companies)
    everybody = {horizon: np.ones(n, dtype=np.bool_) for horizon in HORIZONS}
    return QuarterLives(lives, everybody, everybody)


def test_a_quarter_is_compared_with_the_one_before_and_the_one_a_year_before() -> None:
    given = {date(2025, 1, 1): daily(0.04), date(2025, 10, 1): daily(0.01), date(2026, 1, 1): daily(0.02)}
    found = {quarter.quarter_start: quarter.pace for quarter in quarters_to_close(given, FLOORS)}
    for first in (date(2025, 1, 1), date(2025, 10, 1)):
        assert found[first] == dict.fromkeys(HORIZONS, NoPace.NOT_FOLLOWED)
    doubled, halved = found[date(2026, 1, 1)]["quarter"], found[date(2026, 1, 1)]["year"]
    assert isinstance(doubled, Pace)
    assert isinstance(halved, Pace)
    assert doubled.low < 1 < doubled.high
    assert doubled.low > 0
    assert halved.low < -0.5 < halved.high < 0


def test_a_quarter_below_a_floor_shows_its_sample_and_no_comparison() -> None:
    few = daily(0.03, n_companies=4)
    given = {date(2025, 10, 1): few, date(2026, 1, 1): daily(0.02)}
    small, large = quarters_to_close(given, FLOORS)
    assert (small.found.n_postings, small.found.n_companies) == (80, 4)
    assert small.found.median_days is None
    assert large.found.median_days is not None
    assert small.pace == {}
    assert large.pace == {"quarter": NoPace.FEW_IN_BOTH, "year": NoPace.NOT_FOLLOWED}


def test_the_sample_watched_in_both_quarters_must_also_pass_the_floors() -> None:
    earlier, later = daily(0.03), daily(0.02)
    of_four = dict.fromkeys(HORIZONS, later.lives.companies < 4)
    later = QuarterLives(later.lives, of_four, later.is_watched_after)
    given = {date(2025, 10, 1): earlier, date(2026, 1, 1): later}
    (_, found) = quarters_to_close(given, FLOORS)
    assert found.found.median_days is not None
    assert found.pace["quarter"] is NoPace.FEW_IN_BOTH
