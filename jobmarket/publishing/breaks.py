"""Which boards' last week must not be compared with the week before it: told after a publication."""

from __future__ import annotations

from jobmarket.publishing.reader import open_vintage
from jobmarket.publishing.vintages import kept_vintage
from jobmarket.settings import Home

_LAST_WEEK_OVER = """
from rpt_board_coverage_weekly
select
    week_start, board, n_companies_qualified, n_companies_expected, main_reason
where
    status = 'coverage_break'
    and week_start = (select week_start from current_week where is_over)
order by board
"""


def coverage_breaks(home: Home, vintage_id: str) -> list[str]:
    """A line for each board, and for all together, whose coverage broke in a vintage's last week that was over.

    Args:
        home: Where it is published.
        vintage_id: Of a vintage that is kept.
    """
    vintage = kept_vintage(home.published, vintage_id)
    if vintage is None:
        return []
    with open_vintage(vintage) as connection:
        rows = connection.execute(_LAST_WEEK_OVER).fetchall()
    return [
        f"{board}, week of {week}: {qualified} of {expected} expected employers observed"
        + (f" (mostly: {reason})" if reason else "")
        for week, board, qualified, expected, reason in rows
    ]
