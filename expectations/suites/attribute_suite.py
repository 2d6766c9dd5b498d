"""The suite of a weekly table of shares of postings that have an attribute, one row per week, cell and value."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.suite import Check, TableSuite
from expectations.suites.report_suite import WEEKLY_CELL, holds, report_suite

SHARES = ("share", "share_low", "share_high", "matched_share", "matched_low", "matched_high")
INTERVALS = {
    "share": ("share_low", "share_high"),
    "matched_share": ("matched_low", "matched_high"),
    "change_13w": ("change_13w_low", "change_13w_high"),
}
# n_with is the share, beside n_postings
ESTIMATES = (*SHARES, "coverage_effect", "change_13w", "n_with")


def counts_nest() -> Check:
    """Those that have the value are some of all."""
    return holds(
        "counts_nest",
        "that count more postings with the value than there are",
        column="counts_nest",
        reason="2026-11: those with it are some of them; more means that mentions are counted, not postings.",
    )


def attribute_suite(
    table: str,
    names: Mapping[str, tuple[str, ...]],
    *,
    shares: tuple[str, ...] = (),
    intervals: Mapping[str, tuple[str, str]] | None = None,
    columns: Mapping[str, str] | None = None,
    checks: tuple[Check, ...] = (),
    may_be_empty: bool = False,
) -> TableSuite:
    """The suite of such a table; ``names`` is the enumeration of the attribute's column, if it has one."""
    return report_suite(
        table,
        names={**WEEKLY_CELL, **names},
        shares=(*SHARES, *shares),
        intervals={**INTERVALS, **(intervals or {})},
        estimates=(*ESTIMATES, *shares),
        may_lack=("change_13w",),
        columns={"counts_nest": "n_with between 0 and n_postings", **(columns or {})},
        checks=(counts_nest(), *checks),
        may_be_empty=may_be_empty,
    )
