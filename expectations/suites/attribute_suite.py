"""The suite of a weekly table of shares by attribute: one row per week, cell and value."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.suite import Check, TableSuite
from expectations.suites.report_suite import WEEKLY_CELL, holds, report_suite
from expectations.suites.shared_bounds import MAX_FALSE_CHANGES

SHARES = ("share", "share_low", "share_high", "matched_share", "matched_low", "matched_high")
INTERVALS = {
    "share": ("share_low", "share_high"),
    "matched_share": ("matched_low", "matched_high"),
    "change_13w": ("change_13w_low", "change_13w_high"),
}
KNOWN_SHARES = ("share_of_known", "share_of_known_low", "share_of_known_high", "known_share")
KNOWN_INTERVALS = {"share_of_known": ("share_of_known_low", "share_of_known_high")}
# tables with so many values that some change by chance
FLAGGED_INTERVALS = {"change_4w": ("change_4w_low", "change_4w_high")}
# n_with / n_postings is the share
ESTIMATES = ("coverage_effect", "change_13w", "n_with")


def flags_hold() -> Check:
    """A change is flagged if its q-value is below the bound, and has a q-value if and only if it has an interval.

    A flagged change, and no other, has an interval of the flagged, around its own and without 0.
    """
    return holds(
        "flags_hold",
        "whose flag does not match the q-value or the intervals of its change",
        column="flags_hold",
        reason="2026-11: among dozens of values some change by chance; the flag separates them from the others, and "
        "the interval of the flagged allows for being selected by it.",
    )


def _flag_holds(horizon: str) -> str:
    """SQL: whether flag, q-value and intervals of a change agree."""
    change, flag = f"change_{horizon}", f"is_significant_{horizon}"
    low, high = f"{change}_selected_low", f"{change}_selected_high"
    return f"""(({change}_q_value is null) = ({change}_low is null) and coalesce({change}_q_value between 0 and 1, true)
            and {flag} is not distinct from ({change}_q_value < {MAX_FALSE_CHANGES})
            and case
                when {flag}
                    then coalesce({low} <= {change}_low and {high} >= {change}_high and {low} * {high} > 0, false)
                else {low} is null and {high} is null end)"""


FLAGS_HOLD = " and ".join(_flag_holds(horizon) for horizon in ("4w", "13w"))


def attribute_suite(
    table: str,
    names: Mapping[str, tuple[str, ...]],
    *,
    is_answered: bool = False,
    may_be_empty: bool = False,
    is_flagged: bool = False,
) -> TableSuite:
    """Build the suite of such a table.

    Args:
        table: Name of the table.
        names: Enumeration of the attribute's column, if it has one.
        is_answered: Whether the table also has shares of the postings that state the attribute.
        may_be_empty: Whether the table may have no rows.
        is_flagged: Whether its changes have q-values and flags.
    """
    flagged_intervals = FLAGGED_INTERVALS if is_flagged else {}
    shares = (*SHARES, *(KNOWN_SHARES if is_answered else ()))
    return report_suite(
        table,
        names={**WEEKLY_CELL, **names},
        shares=shares,
        intervals={**INTERVALS, **flagged_intervals, **(KNOWN_INTERVALS if is_answered else {})},
        estimates=(*shares, *ESTIMATES, *flagged_intervals),
        may_lack=("change_13w", *flagged_intervals),
        columns={"flags_hold": FLAGS_HOLD} if is_flagged else {},
        checks=(flags_hold(),) if is_flagged else (),
        may_be_empty=may_be_empty,
    )
