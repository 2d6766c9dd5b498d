"""Checks that tables share, above all those of weekly series: what every series with a status must satisfy."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Check, check
from expectations.suites.shared_bounds import (
    COMPANIES_FLOOR,
    POSTINGS_FLOOR,
    REBUILD,
    days_ahead,
)

_IS_SHOWN = "status in ('final', 'provisional')"


def weekly_columns(
    estimates: tuple[str, ...], n_postings: str = "n_postings", n_companies: str = "n_companies"
) -> dict[str, str]:
    """Return the SQL behind the checks below, for a table with these estimates and this sample."""
    return {
        "week": "week_start::varchar",
        "suppressed_estimate": f"case when status = 'suppressed' then coalesce({', '.join(estimates)}) end",
        "n_postings_of_shown": f"case when {_IS_SHOWN} then coalesce({n_postings}, 0) end",
        "n_companies_of_shown": f"case when {_IS_SHOWN} then coalesce({n_companies}, 0) end",
        "week_days_ahead": days_ahead("week_start"),
    }


def in_interval(estimate: str, low: str, high: str) -> str:
    """SQL: whether an estimate lies between its bounds, and has bounds if and only if it is not null.

    Estimates are doubles: a bound equal to the estimate may differ from it in the last digits.
    """
    tolerance = f"1e-9 * greatest(1, abs({estimate}))"
    return f"""coalesce({low} <= {estimate} + {tolerance} and {estimate} <= {high} + {tolerance},
        {estimate} is null and {low} is null and {high} is null)"""


def in_interval_if_any(estimate: str, low: str, high: str) -> str:
    """SQL: as in_interval, but an estimate may also lack both bounds, if its uncertainty cannot be measured."""
    return f"(coalesce({low}, {high}) is null or {in_interval(estimate, low, high)})"


def not_empty() -> Check:
    """The table has rows."""
    return check(
        gxe.ExpectTableRowCountToBeBetween,
        "not_empty",
        "are missing",
        min_value=1,
        severity="warning",
        reason="2026-11: a first crawl may have none (no week is over, or no ML posting); the report then says so.",
        remedy="If a week is over, look at role_family in fct_postings; if it has no ML family, look at extraction.",
    )


def known(column: str, values: tuple[str, ...]) -> Check:
    """Every value of the column is in its enumeration."""
    return check(
        gxe.ExpectColumnValuesToBeInSet,
        f"{column}_known",
        f"with an unknown {column}",
        column=column,
        value_set=values,
        severity="critical",
        reason="2026-11: analysts filter by these names; a new one is announced and documented before publication.",
        remedy=REBUILD,
    )


def no_suppressed_estimate() -> Check:
    """A suppressed row has no estimate."""
    return check(
        gxe.ExpectColumnValuesToBeNull,
        "suppressed_is_empty",
        "that are suppressed but state an estimate",
        column="suppressed_estimate",
        severity="critical",
        reason="2026-11: below the floor a figure describes single employers, so it must not be in the file.",
        remedy=REBUILD,
    )


def postings_floor() -> Check:
    """A shown row rests on enough postings."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "enough_postings",
        f"that are shown although they rest on fewer than {POSTINGS_FLOOR} postings",
        column="n_postings_of_shown",
        min_value=POSTINGS_FLOOR,
        severity="critical",
        reason="2026-11: below 30 the interval of a share is wider than any change of interest.",
        remedy=REBUILD,
    )


def companies_floor() -> Check:
    """A shown row rests on enough companies."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "enough_companies",
        f"that are shown although they rest on fewer than {COMPANIES_FLOOR} companies",
        column="n_companies_of_shown",
        min_value=COMPANIES_FLOOR,
        severity="critical",
        reason="2026-11: a figure of fewer than five employers describes them, and its interval is unreliable.",
        remedy=REBUILD,
    )


def no_week_ahead() -> Check:
    """No row describes a week that has not begun."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "no_week_ahead",
        "of a week that has not begun",
        column="week_days_ahead",
        max_value=0,
        severity="critical",
        reason="2026-11: a replay of a past day must not use what came after it.",
        remedy="Check that every model filters runs by the variable as_of.",
    )


def some_shown() -> Check:
    """At least one row is shown."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "something_shown",
        "in which every row is suppressed or in a coverage break",
        column="n_shown",
        min_value=1,
        severity="warning",
        reason="2026-11: correct for a small crawl, but the report then consists of gaps.",
        remedy="Look at floor_reason and coverage_ratio; add employers, or crawl for some more weeks.",
    )
