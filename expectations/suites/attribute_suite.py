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
KNOWN_SHARES = ("share_of_known", "share_of_known_low", "share_of_known_high", "known_share")
KNOWN_INTERVALS = {"share_of_known": ("share_of_known_low", "share_of_known_high")}
# n_with is the share, beside n_postings
ESTIMATES = ("coverage_effect", "change_13w", "n_with")


def counts_nest() -> Check:
    """Those that have the value are some of all."""
    return holds(
        "counts_nest",
        "that count more postings with the value than there are",
        column="counts_nest",
        reason="2026-11: those with it are some of them; more means that mentions are counted, not postings.",
    )


def known_holds() -> Check:
    """Those whose answer is known are some of all, and all but those that do not tell."""
    return holds(
        "known_holds",
        "that know the answer of more postings than there are, or of others than they leave unspecified",
        column="known_holds",
        reason="2026-11: how much is known stands beside every share of it, and is a share itself.",
    )


def attribute_suite(
    table: str, names: Mapping[str, tuple[str, ...]], *, unspecified: str | None = None, may_be_empty: bool = False
) -> TableSuite:
    """The suite of such a table.

    Args:
        table: Its name.
        names: The enumeration of the attribute's column, if it has one.
        unspecified: SQL: whether a row is of the postings that do not tell, where shares of those that do stand beside.
        may_be_empty: Whether it may have no rows.
    """
    is_answered = unspecified is not None
    columns = {"counts_nest": "n_with between 0 and n_postings"}
    if is_answered:
        columns["known_holds"] = f"""n_known between 0 and n_postings and (n_known is null) = (known_share is null)
            and (not {unspecified} or n_with + n_known = n_postings)"""
    shares = (*SHARES, *(KNOWN_SHARES if is_answered else ()))
    return report_suite(
        table,
        names={**WEEKLY_CELL, **names},
        shares=shares,
        intervals={**INTERVALS, **(KNOWN_INTERVALS if is_answered else {})},
        estimates=(*shares, *ESTIMATES),
        may_lack=("change_13w",),
        columns=columns,
        checks=(counts_nest(), *((known_holds(),) if is_answered else ())),
        may_be_empty=may_be_empty,
    )
