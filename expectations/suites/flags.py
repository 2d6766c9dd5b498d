"""The check of flags: each belongs to its q-value, and the flagged have intervals that allow for being selected."""

from __future__ import annotations

from expectations.suite import Check
from expectations.suites.report_suite import holds
from expectations.suites.shared_bounds import MAX_FALSE_CHANGES


def flags_hold(estimate: str) -> Check:
    """An estimate is flagged if its q-value is below the bound, and has a q-value if and only if it has an interval.

    A flagged estimate, and no other, has an interval of the flagged, around its own and without the tested value.
    """
    return holds(
        "flags_hold",
        f"whose flag does not match the q-value or the intervals of its {estimate}",
        column="flags_hold",
        reason="2026-11: among dozens of values some differ by chance; the flag separates them from the others, and "
        "the interval of the flagged allows for being selected by it.",
    )


def flag_holds(estimate: str, q_value: str, flag: str, tested: int = 0) -> str:
    """SQL: whether q-value, flag and intervals of an estimate agree; ``tested``: what it differs from if flagged."""
    low, high = f"{estimate}_selected_low", f"{estimate}_selected_high"
    return f"""(({q_value} is null) = ({estimate}_low is null) and coalesce({q_value} between 0 and 1, true)
            and {flag} is not distinct from ({q_value} < {MAX_FALSE_CHANGES})
            and case
                when {flag} then coalesce({low} <= {estimate}_low and {high} >= {estimate}_high
                    and ({low} > {tested} or {high} < {tested}), false)
                else {low} is null and {high} is null end)"""
