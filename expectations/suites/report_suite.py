"""The suite of a report whose rows are estimates with a sample, an interval and a status."""

from __future__ import annotations

from collections.abc import Mapping

from great_expectations import expectations as gxe

from expectations.suite import Batch, Check, TableSuite, check
from expectations.suites.shared_bounds import (
    COUNTRY_OR_ALL,
    MEASURES,
    PAY_LEAST,
    PAY_MOST,
    REBUILD,
    REPORTED_FAMILIES,
    STATUSES,
)
from expectations.suites.weekly_checks import (
    companies_floor,
    in_interval,
    in_interval_if_any,
    no_suppressed_estimate,
    no_week_ahead,
    not_empty,
    postings_floor,
    some_shown,
    weekly_columns,
)

# Estimates are doubles: a bound equal to the estimate may differ from it in the last digits.
_ROUNDING = 1e-9
WEEKLY_CELL = {"measure": MEASURES, "role_family": REPORTED_FAMILIES}


def holds(key: str, finding: str, *, column: str, reason: str, remedy: str = REBUILD) -> Check:
    """State a condition that every row must satisfy, whatever the data."""
    return check(
        gxe.ExpectColumnValuesToBeInSet,
        key,
        finding,
        column=column,
        value_set=(True,),
        severity="critical",
        reason=reason,
        remedy=remedy,
    )


def names_known() -> Check:
    """Columns that figures are grouped by contain only names of their enumerations."""
    return holds(
        "names_known",
        "of an unknown family, country, measure or status",
        column="names_known",
        reason="2026-11: analysts filter by these names; a new one is announced and documented before publication.",
    )


def shares_hold() -> Check:
    """Shares lie between 0 and 1."""
    return holds(
        "shares_hold",
        "with a share that is not between 0 and 1",
        column="shares_hold",
        reason="2026-11: outside this range, numerator and denominator count different things.",
    )


def intervals_hold() -> Check:
    """Estimates lie within their intervals."""
    return holds(
        "intervals_hold",
        "with an estimate that has no interval around it",
        column="intervals_hold",
        reason="2026-11: no figure is published without its uncertainty, and an interval contains its estimate.",
    )


def median_plausible() -> Check:
    """The median of a cell is plausible."""
    return check(
        gxe.ExpectColumnValuesToBeBetween,
        "median_plausible",
        "whose median is under 5 thousand or over 3 million USD a year",
        column="salary_median_usd_annual",
        min_value=PAY_LEAST,
        max_value=PAY_MOST,
        severity="critical",
        reason="2026-11: half of a shown cell cannot earn this; a period or a currency was misread.",
        remedy="Look at the cell's rows in fct_posting_salaries with the smallest and the largest amounts.",
    )


def all_known(names: Mapping[str, tuple[str, ...]], *, country: bool = True) -> str:
    """SQL: whether each column contains one of its names, and the country is a code or all."""
    parts = [f"""coalesce("{column}" in ({", ".join(f"'{value}'" for value in values)}), false)"""
             for column, values in names.items()]  # fmt: skip
    if country:
        parts.append(f"coalesce(regexp_matches(country, '{COUNTRY_OR_ALL}'), false)")
    return " and ".join(parts)


def all_shares(columns: tuple[str, ...]) -> str:
    """SQL: whether each column is between 0 and 1, or null."""
    return " and ".join(f"coalesce({name} between -{_ROUNDING} and 1 + {_ROUNDING}, true)" for name in columns)


def all_in_intervals(intervals: Mapping[str, tuple[str, str]], may_lack: tuple[str, ...] = ()) -> str:
    """SQL: whether each estimate lies between its bounds, and has bounds if and only if it is not null.

    Args:
        intervals: Estimate → its bounds.
        may_lack: Estimates among them that may lack bounds.
    """
    return " and ".join(
        (in_interval_if_any if estimate in may_lack else in_interval)(estimate, *bounds)
        for estimate, bounds in intervals.items()
    )


def report_suite(
    table: str,
    *,
    names: Mapping[str, tuple[str, ...]],
    shares: tuple[str, ...],
    intervals: Mapping[str, tuple[str, str]],
    estimates: tuple[str, ...],
    may_lack: tuple[str, ...] = (),
    country: bool = True,
    where: tuple[str, str] = ("week", "weeks"),
    columns: Mapping[str, str] | None = None,
    checks: tuple[Check, ...] = (),
    sample: tuple[str, str] = ("n_postings", "n_companies"),
    may_be_empty: bool = False,
    more: tuple[Batch, ...] = (),
) -> TableSuite:
    """Build the suite of a table with week_start, a sample, status and coverage_ratio.

    Args:
        table: Name of the table, without the schema marts.
        names: Column → its enumeration; status is always checked.
        shares: Columns between 0 and 1; coverage_ratio is always checked.
        intervals: Estimate → its bounds; empty if ``checks`` cover them.
        estimates: Columns that must be null in a suppressed row.
        may_lack: Estimates of ``intervals`` that may lack bounds, because employers that do not move give no measure
            of their spread.
        country: Whether the table has a country.
        where: Column that locates a failing row, and what it names, in the plural.
        columns: SQL of the columns of ``checks``.
        checks: Checks of this table alone.
        sample: Columns with the numbers of postings and of companies that a shown row rests on.
        may_be_empty: Whether the table may be empty without a warning.
        more: Further batches of this table alone.
    """
    relation = f"marts.{table}"
    shown = weekly_columns(estimates, *sample)
    if where[0] != "week":
        shown.pop("week")
    return TableSuite(
        gate="marts",
        table=relation,
        batches=(
            Batch(
                name="",
                unit="rows",
                relation=relation,
                where=where[0],
                where_unit=where[1],
                columns=shown
                | {
                    "names_known": all_known({**names, "status": STATUSES}, country=country),
                    "shares_hold": all_shares((*shares, "coverage_ratio")),
                }
                | ({"intervals_hold": all_in_intervals(intervals, may_lack)} if intervals else {})
                | dict(columns or {}),
                checks=(
                    *(() if may_be_empty else (not_empty(),)),
                    names_known(),
                    shares_hold(),
                    *((intervals_hold(),) if intervals else ()),
                    no_suppressed_estimate(),
                    postings_floor(),
                    companies_floor(),
                    no_week_ahead(),
                    *checks,
                ),
            ),
            Batch(
                name="shown",
                unit="published tables",
                relation=f"{relation} having count(*) > 0",
                columns={"n_shown": "count(*) filter (where status in ('final', 'provisional'))"},
                checks=(some_shown(),),
            ),
            *more,
        ),
    )
