"""A publication raises alerts for boards whose coverage broke, and for breaks in the figures of the whole market."""

import duckdb

from jobmarket.publishing.breaks import coverage_breaks
from jobmarket.settings import Home

BROKEN = "set status = 'coverage_break', break_reason = 'sources_added' where week_start = date '2026-08-17'"
FIGURES = "figures of the whole market, week of 2026-08-17: not comparable with the week before"


def alerted(home: Home, *changes: str) -> list[str]:
    """Change the only vintage, and return the lines of its alert."""
    (vintage,) = (home.published / "vintages").iterdir()
    with duckdb.connect(str(vintage / "jobmarket.duckdb")) as published:
        for change in changes:
            published.execute(change)
    return coverage_breaks(home, vintage.name)


def test_a_break_of_the_market_figures_is_reported_even_if_no_board_breaks(published_home: Home) -> None:
    assert alerted(published_home) == []
    cell = f"update rpt_skill_demand_weekly {BROKEN} and role_family = 'all' and country"
    assert alerted(published_home, f"{cell} = 'US'") == [], "one country is not the whole market"
    assert alerted(published_home, f"{cell} = 'all'") == [f"{FIGURES} (sources_added)"]
    with_all = alerted(published_home, f"update rpt_board_coverage_weekly {BROKEN} and board = 'all'")
    assert [line.partition(",")[0] for line in with_all] == ["all", "figures of the whole market"]


def test_a_coverage_break_of_a_board_is_reported_with_its_reasons(published_home: Home) -> None:
    board = f"update rpt_board_coverage_weekly {BROKEN} and board = 'lever'"
    assert alerted(published_home, board, "update rpt_board_coverage_weekly set main_reason = 'timed out'") == [
        "lever, week of 2026-08-17: 31 of 38 expected employers observed (sources_added; mostly: timed out)"
    ]
