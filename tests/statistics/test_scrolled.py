"""Postings that came and scrolled off a list of the newest while it was not crawled are no fall of the market.

The tests run the complete transformation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt
from tests.measured import show
from tests.statistics import scrolled

Ask = Callable[[str], list[tuple[Any, ...]]]
SHOCKED = scrolled.FIRST.date() + timedelta(weeks=scrolled.OUTAGE)
PUBLISHED = scrolled.OWN + scrolled.ON_FEED
_BUILD = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--select")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Query all markets."""
    home = Home(tmp_path_factory.mktemp("scrolled") / "home")
    scrolled.land(home)
    warehouse.load(home, SETTINGS)
    (home.root / "companies.csv").write_text("board,slug,company,sector,size_band,hq_country,basis\n")
    run_dbt(home, "build", *_BUILD, "+rpt_role_demand_weekly", "+rpt_board_coverage_weekly")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def weekly(ask: Ask, market: scrolled.Market, *columns: str, measure: str = "flow") -> dict[date, Any]:
    """Return a column, or several as tuples, by week, for the weeks that are final apart from breaks."""
    rows = ask(
        f"""select week_start, {", ".join(columns)} from marts.rpt_role_demand_weekly
        where measure = '{measure}' and role_family = 'all' and country = '{market.code}'
            and week_start in (select week_start from intermediate.int_weeks where not is_provisional)
        order by week_start"""
    )
    return {week: values[0] if len(columns) == 1 else tuple(values) for week, *values in rows}


def test_postings_lost_between_two_crawls_move_the_plain_flow_which_has_a_break(ask: Ask) -> None:
    before, after = SHOCKED - timedelta(weeks=1), SHOCKED + timedelta(weeks=1)
    counted = weekly(ask, scrolled.LOST, "n_postings")
    status = weekly(ask, scrolled.LOST, "status", "break_reason")
    show(f"scrolled off: {counted[SHOCKED]} of {PUBLISHED} published postings were seen, {status[SHOCKED]}")
    assert counted[before] == counted[after] == PUBLISHED
    assert counted[SHOCKED] < 0.9 * PUBLISHED
    assert status[before] == ("final", None)
    assert status[SHOCKED] == ("coverage_break", "few_reached")
    assert status[after] == ("coverage_break", "coverage_rose")
    assert status[after + timedelta(weeks=1)] == ("final", None)
    ((reason, qualified),) = ask(
        f"""select main_reason, n_companies_expected - n_companies_qualified from marts.rpt_board_coverage_weekly
        where board = '{scrolled.FEED}' and week_start = date '{SHOCKED}'"""
    )
    assert (reason, qualified) == ("list_replaced", 2)


def test_postings_lost_between_two_crawls_do_not_move_the_matched_flow(ask: Ask) -> None:
    plain, matched = (weekly(ask, scrolled.LOST, column) for column in ("demand_index", "matched_index"))
    show(f"scrolled off: the flow falls to {plain[SHOCKED]:.1f}, matched {matched[SHOCKED]:.1f}")
    assert plain[SHOCKED] < 90
    assert len(matched) >= scrolled.WEEKS - 6
    assert all(value == pytest.approx(100, abs=0.01) for value in matched.values())


@pytest.mark.parametrize("market", [scrolled.LOST, scrolled.KEPT], ids=lambda market: market.name)
def test_what_a_list_does_not_show_when_it_is_first_crawled_or_lost_moves_no_matched_stock(
    ask: Ask, market: scrolled.Market
) -> None:
    plain, matched = (weekly(ask, market, column, measure="stock") for column in ("demand_index", "matched_index"))
    show(
        f"scrolled off: the stock of {market.name} climbs to {max(plain.values()):.1f}, and is {plain[SHOCKED]:.1f} in "
        f"the week of the outage; matched from {min(matched.values()):.1f} to {max(matched.values()):.1f}"
    )
    assert max(plain.values()) > 105
    assert len(matched) >= scrolled.WEEKS - 4
    assert all(value == pytest.approx(100, abs=0.5) for value in matched.values())


def test_a_list_that_still_shows_what_was_seen_has_lost_nothing(ask: Ask) -> None:
    figures = weekly(ask, scrolled.KEPT, "n_postings", "status")
    assert figures[SHOCKED] == (PUBLISHED, "final")
    matched = weekly(ask, scrolled.KEPT, "matched_index")
    assert all(value == pytest.approx(100, abs=0.01) for value in matched.values())


def test_a_list_that_each_crawl_finds_replaced_has_no_known_flow_or_stock(ask: Ask) -> None:
    known = ask(
        f"""select company_slug, count(*), count(*) filter (where is_known_flow), count(*) filter (where is_known_stock)
        from intermediate.int_company_weeks where board = '{scrolled.FEED}' group by all order by all"""
    )
    show(f"weeks, with a known flow, with a known stock, by list: {known}")
    # the flow of all but the first week, the last one, and the outage; the stock of all but the five weeks that follow
    # the first crawl, the outage, and the five weeks that follow it
    assert known == [("always", 16, 0, 0), ("kept", 16, 14, 11), ("lost", 16, 13, 5)]
    # in the first weeks the feed holds less than a fifth of the openings
    assert set(list(weekly(ask, scrolled.ALWAYS, "status").values())[2:]) == {"coverage_break"}
