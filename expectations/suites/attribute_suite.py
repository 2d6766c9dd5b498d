"""The suite of a weekly table of shares by attribute: one row per week, cell and value."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.suite import TableSuite
from expectations.suites.flags import flag_holds, flags_hold
from expectations.suites.report_suite import WEEKLY_CELL, report_suite

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


FLAGS_HOLD = " and ".join(
    flag_holds(f"change_{horizon}", f"change_{horizon}_q_value", f"is_significant_{horizon}")
    for horizon in ("4w", "13w")
)


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
        checks=(flags_hold("change"),) if is_flagged else (),
        may_be_empty=may_be_empty,
    )
