"""Checks that the weekly report tables share: the honesty rules of a series with a status."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Check, check
from expectations.suites.shared_bounds import (
    COMPANIES_FLOOR,
    COUNTRY_OR_ALL,
    POSTINGS_FLOOR,
    REBUILD,
    days_ahead,
)

_IS_SHOWN = "status in ('final', 'provisional')"


def weekly_columns(
    estimates: tuple[str, ...], n_postings: str = "n_postings", n_companies: str = "n_companies"
) -> dict[str, str]:
    """Expressions behind the checks below, for a table with these estimates and this sample."""
    return {
        "week": "week_start::varchar",
        "suppressed_estimate": f"case when status = 'suppressed' then coalesce({', '.join(estimates)}) end",
        "n_postings_of_shown": f"case when {_IS_SHOWN} then coalesce({n_postings}, 0) end",
        "n_companies_of_shown": f"case when {_IS_SHOWN} then coalesce({n_companies}, 0) end",
        "week_days_ahead": days_ahead("week_start"),
    }


def in_interval(estimate: str, low: str, high: str) -> str:
    """SQL: whether an estimate lies between its bounds, and has them where it is told and only there.

    Estimates are doubles: a bound that is the estimate may differ from it in the last digits.
    """
    tolerance = f"1e-9 * greatest(1, abs({estimate}))"
    return f"""coalesce({low} <= {estimate} + {tolerance} and {estimate} <= {high} + {tolerance},
        {estimate} is null and {low} is null and {high} is null)"""


def in_interval_if_any(estimate: str, low: str, high: str) -> str:
    """The same of an estimate of which nothing may tell a width: it has both bounds or none."""
    return f"(coalesce({low}, {high}) is null or {in_interval(estimate, low, high)})"


def not_empty() -> Check:
    """The table has rows."""
    return check(
        gxe.ExpectTableRowCountToBeBetween,
        "not_empty",
        "are missing altogether",
        min_value=1,
        severity="warning",
        reason="2026-11: possible for a first crawl: no week over yet, or no ML posting; the report then says so.",
        remedy="If a week is over, see role_family in fct_postings; where it names no family, look at extraction.",
    )


def known(column: str, values: tuple[str, ...]) -> Check:
    """The column holds values of an enumeration."""
    return check(
        gxe.ExpectColumnValuesToBeInSet,
        f"{column}_known",
        f"with an unknown {column}",
        column=column,
        value_set=values,
        severity="critical",
        reason="2026-11: analysts filter by these names; a new one is announced and documented before it is published.",
        remedy=REBUILD,
    )


def country_code() -> Check:
    """The country is 'all' or a code."""
    return check(
        gxe.ExpectColumnValuesToMatchRegex,
        "country_code",
        "whose country is neither 'all' nor an ISO 3166 code",
        column="country",
        regex=COUNTRY_OR_ALL,
        severity="critical",
        reason="2026-11: every regional figure groups by it; 'USA' beside 'US' halves the market.",
        remedy=REBUILD,
    )


def share(column: str) -> Check:
    """The column is a share."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        f"{column}_is_a_share",
        f"whose {column} is not between 0 and 1",
        column=column,
        min_value=0,
        max_value=1,
        severity="critical",
        reason="2026-11: a share is a part of a whole; outside, numerator and denominator count different things.",
        remedy=REBUILD,
    )


def complete_interval(column: str, estimate: str) -> Check:
    """The interval holds its estimate and is there with it."""
    return check(
        gxe.ExpectColumnValuesToBeInSet,
        f"{estimate}_in_interval",
        f"whose {estimate} has no interval around it",
        column=column,
        value_set=(True,),
        severity="critical",
        reason="2026-11: no figure is published without its uncertainty, and the interval holds the estimate.",
        remedy=REBUILD,
    )


def no_suppressed_estimate() -> Check:
    """A suppressed row tells nothing."""
    return check(
        gxe.ExpectColumnValuesToBeNull,
        "suppressed_is_empty",
        "that are suppressed and state an estimate all the same",
        column="suppressed_estimate",
        severity="critical",
        reason="2026-11: below the floor a figure is about single employers; it is not shown, and not in the file.",
        remedy=REBUILD,
    )


def postings_floor() -> Check:
    """A shown row stands on enough postings."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "enough_postings",
        f"that are shown on fewer than {POSTINGS_FLOOR} postings",
        column="n_postings_of_shown",
        min_value=POSTINGS_FLOOR,
        severity="critical",
        reason="2026-11: under 30 the interval of a share is wider than the changes that anyone asks about.",
        remedy=REBUILD,
    )


def companies_floor() -> Check:
    """A shown row stands on enough companies."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "enough_companies",
        f"that are shown on fewer than {COMPANIES_FLOOR} companies",
        column="n_companies_of_shown",
        min_value=COMPANIES_FLOOR,
        severity="critical",
        reason="2026-11: under five employers a figure is about them, and the clustered interval has no footing.",
        remedy=REBUILD,
    )


def no_week_ahead() -> Check:
    """No week that has not begun."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "no_week_ahead",
        "of a week that has not begun",
        column="week_days_ahead",
        max_value=0,
        severity="critical",
        reason="2026-11: a replay of a past day must not know what came after it.",
        remedy="Check that every model filters runs by the var as_of.",
    )


def some_shown() -> Check:
    """The report has something to show."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "something_shown",
        "in which every row is suppressed or in a coverage break",
        column="n_shown",
        min_value=1,
        severity="warning",
        reason="2026-11: true to the rules on a small crawl, but the report is then all gaps.",
        remedy="See floor_reason and coverage_ratio; add employers, or crawl for some more weeks.",
    )
