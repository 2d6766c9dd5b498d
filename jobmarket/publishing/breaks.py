"""Reports the coverage breaks of the last finished week, after a publication."""

from __future__ import annotations

from jobmarket.gap_words import in_words
from jobmarket.publishing.reader import open_vintage
from jobmarket.publishing.vintages import kept_vintage
from jobmarket.settings import Home

_BOARDS = f"""
from rpt_board_coverage_weekly
select
    week_start, board, n_companies_qualified, n_companies_expected,
    concat_ws('; ', break_reason, 'mostly: ' || {in_words("main_reason")}) as reasons
where
    status = 'coverage_break'
    and week_start = (select week_start from current_week where is_over)
order by board
"""
# The figures may break although no board does, because employers came or went.
_MARKET = """
from rpt_skill_demand_weekly
select distinct
    week_start, coalesce(break_reason, '') as reason
where
    status = 'coverage_break'
    and role_family = 'all'
    and country = 'all'
    and week_start = (select week_start from current_week where is_over)
"""


def coverage_breaks(home: Home, vintage_id: str) -> list[str]:
    """Return a line for each coverage break in a vintage's last finished week: of boards, and of the market's figures.

    Args:
        home: The installation's folders.
        vintage_id: The id of a kept vintage.
    """
    vintage = kept_vintage(home.published, vintage_id)
    if vintage is None:
        return []
    with open_vintage(vintage) as connection:
        boards, market = (connection.execute(query).fetchall() for query in (_BOARDS, _MARKET))
    lines = [
        f"{board}, week of {week}: {qualified} of {expected} expected employers observed{_in_brackets(reasons)}"
        for week, board, qualified, expected, reasons in boards
    ]
    return lines + [
        f"figures of the whole market, week of {week}: not comparable with the week before{_in_brackets(reason)}"
        for week, reason in market
    ]


def _in_brackets(reasons: str) -> str:
    return f" ({reasons})" if reasons else ""
