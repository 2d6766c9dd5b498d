"""Checks of ``rpt_board_coverage_weekly`` before publication: one row per week and board."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import COVERAGE_FLOOR, REBUILD, STATUSES, days_ahead
from expectations.suites.weekly_checks import no_week_ahead

# The last week that ended before as_of, if the table has it.
_LAST_COMPLETE_WEEK = """marts.rpt_board_coverage_weekly
    where week_start = (date_trunc('week', $as_of::timestamp) - interval 7 day)::date"""

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_board_coverage_weekly",
    batches=(
        Batch(
            name="",
            unit="rows",
            relation="marts.rpt_board_coverage_weekly",
            where="board",
            where_unit="boards",
            columns={
                "week_days_ahead": days_ahead("week_start"),
                "least_count": """least(n_companies_expected, n_companies_crawled, n_companies_qualified,
                    n_runs, n_failed, n_partial, n_postings_seen, n_rejected)""",
            },
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: every crawl makes a row; without rows the other figures cannot be judged.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "status_known",
                    "with an unknown status",
                    column="status",
                    value_set=STATUSES,
                    severity="critical",
                    reason="2026-11: the report uses these names to show or hide a figure.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "ratio_is_a_share",
                    "whose coverage is not between 0 and 1",
                    column="coverage_ratio",
                    min_value=0,
                    max_value=1,
                    severity="critical",
                    reason="2026-11: qualified companies are a subset of the expected ones.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "counts_not_negative",
                    "with a negative count",
                    column="least_count",
                    min_value=0,
                    severity="critical",
                    reason="2026-11: counts cannot be negative.",
                    remedy=REBUILD,
                ),
                no_week_ahead(),
            ),
        ),
        Batch(
            name="last_week",
            unit="boards",
            relation=_LAST_COMPLETE_WEEK,
            where="board",
            where_unit="boards",
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "last_week_covered",
                    f"with less than {COVERAGE_FLOOR:.0%} coverage in the last finished week",
                    column="coverage_ratio",
                    min_value=COVERAGE_FLOOR,
                    severity="warning",
                    reason=f"2026-11: below {COVERAGE_FLOOR} the week's figures have the status coverage_break.",
                    remedy="`jobmarket status` lists the reasons. Crawl the failed companies again.",
                ),
            ),
        ),
    ),
)
