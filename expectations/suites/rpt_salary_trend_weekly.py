"""Checks of ``rpt_salary_trend_weekly`` before publication: one row per week and cell."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import (
    COMPANIES_FLOOR,
    MEASURES,
    PAY_LEAST,
    PAY_MOST,
    POSTINGS_FLOOR,
    REBUILD,
    REPORTED_FAMILIES,
    STATUSES,
)
from expectations.suites.weekly_checks import (
    companies_floor,
    complete_interval,
    country_code,
    in_interval,
    in_interval_if_any,
    known,
    no_suppressed_estimate,
    no_week_ahead,
    not_empty,
    postings_floor,
    share,
    some_shown,
    weekly_columns,
)
from jobmarket.extract import facts

_PERCENTILES = tuple(f"salary_{name}_usd_annual" for name in ("p10", "p25", "median", "p75", "p90"))
_CHANGES = tuple(f"controlled_change_{weeks}w{basis}" for weeks in (13, 52) for basis in ("", "_usd"))
_BASES = ("share_from_board_field", "share_from_markup", "share_from_text")
# disclosure has its own floor
_DISCLOSURE = ("n_disclosing", "disclosure_share", "disclosure_low", "disclosure_high")
_ESTIMATES = (
    *_PERCENTILES, "median_low", "median_high", "salary_median_annual", "n_in_currency",
    "salary_median_constant_usd_annual", "matched_median_usd_annual", *_CHANGES, *_BASES,
)  # fmt: skip

SUITE = TableSuite(
    gate="marts",
    table="marts.rpt_salary_trend_weekly",
    batches=(
        Batch(
            name="",
            unit="rows",
            relation="marts.rpt_salary_trend_weekly",
            where="week",
            where_unit="weeks",
            columns=weekly_columns(_ESTIMATES, n_postings="n_with_pay")
            | {
                "median_interval_holds": in_interval("salary_median_usd_annual", "median_low", "median_high"),
                "own_median_interval_holds": in_interval(
                    "salary_median_annual", "salary_median_annual_low", "salary_median_annual_high"
                ),
                "constant_median_interval_holds": in_interval(
                    "salary_median_constant_usd_annual",
                    "salary_median_constant_usd_annual_low",
                    "salary_median_constant_usd_annual_high",
                ),
                # if most postings state the median itself, its uncertainty cannot be measured
                "matched_median_interval_holds": in_interval_if_any(
                    "matched_median_usd_annual", "matched_median_low", "matched_median_high"
                ),
                # likewise if pay moved alike at all employers
                "changes_hold": " and ".join(
                    in_interval_if_any(name, f"{name}_low", f"{name}_high") for name in _CHANGES
                ),
                "change_of_a_quarter": "controlled_change_13w",
                "disclosure_interval_holds": in_interval("disclosure_share", "disclosure_low", "disclosure_high"),
                "n_in_currency": "n_in_currency",
                "withheld_disclosure": f"""case when disclosure_status = 'suppressed'
                    then coalesce({", ".join(_DISCLOSURE)}, case when status = 'suppressed' then n_with_pay end) end""",
                "n_postings_of_disclosure": "case when disclosure_share is not null then n_postings end",
                "n_companies_of_disclosure": "case when disclosure_share is not null then n_companies_asked end",
                "bases_together": " + ".join(_BASES),
                "percentiles_in_order": " and ".join(
                    f"coalesce({lower} <= {upper} + 0.01, true)"
                    for lower, upper in zip(_PERCENTILES, _PERCENTILES[1:], strict=False)
                ),
                "lowest_pay": f"least({', '.join(_PERCENTILES)})",
                "highest_pay": f"greatest({', '.join(_PERCENTILES)})",
            },
            checks=(
                not_empty(),
                known("measure", MEASURES),
                known("role_family", REPORTED_FAMILIES),
                known("seniority", ("all", *facts.SENIORITIES)),
                known("status", STATUSES),
                country_code(),
                share("disclosure_share"),
                share("disclosure_low"),
                share("disclosure_high"),
                share("share_from_board_field"),
                share("share_from_markup"),
                share("share_from_text"),
                share("coverage_ratio"),
                complete_interval("median_interval_holds", "median"),
                complete_interval("own_median_interval_holds", "median_in_own_currency"),
                complete_interval("constant_median_interval_holds", "median_at_constant_rates"),
                complete_interval("disclosure_interval_holds", "disclosure_share"),
                complete_interval("matched_median_interval_holds", "matched_median"),
                complete_interval("changes_hold", "controlled_change"),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "change_plausible",
                    "where pay of comparable jobs moved by more than 25 % in 13 weeks",
                    column="change_of_a_quarter",
                    min_value=-0.25,
                    max_value=0.25,
                    severity="warning",
                    reason="2026-11: wages move by a few per cent a year; 25 % in a quarter means another unit, "
                    "another currency, or a changed parser.",
                    remedy="Compare int_pay_cells of the two weeks by job_kind; look for a kind whose pay jumped.",
                ),
                no_suppressed_estimate(),
                postings_floor(),
                companies_floor(),
                no_week_ahead(),
                known("disclosure_status", STATUSES),
                check(
                    gxe.ExpectColumnValuesToBeNull,
                    "withheld_disclosure_is_empty",
                    "that withhold disclosure_share but state a count that gives it",
                    column="withheld_disclosure",
                    severity="critical",
                    reason="2026-11: below the floor a figure describes single employers, and so does its numerator.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "enough_postings_for_disclosure",
                    f"that state disclosure_share of fewer than {POSTINGS_FLOOR} postings",
                    column="n_postings_of_disclosure",
                    min_value=POSTINGS_FLOOR,
                    severity="critical",
                    reason="2026-11: the floor applies to all postings that could state pay; if it applied to those "
                    "that do, the share would be shown only where it is high.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "enough_companies_for_disclosure",
                    f"that state disclosure_share of fewer than {COMPANIES_FLOOR} companies",
                    column="n_companies_of_disclosure",
                    min_value=COMPANIES_FLOOR,
                    severity="critical",
                    reason="2026-11: a figure of fewer than five employers describes them.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "enough_in_currency",
                    f"that state a median in the country's currency of fewer than {POSTINGS_FLOOR} postings",
                    column="n_in_currency",
                    min_value=POSTINGS_FLOOR,
                    severity="critical",
                    reason="2026-11: the floor applies to the postings in that currency, not to all with pay.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "bases_add_up",
                    "whose shares of the places where pay is stated do not add up to 1",
                    column="bases_together",
                    min_value=1 - 1e-9,
                    max_value=1 + 1e-9,
                    severity="critical",
                    reason="2026-11: an amount is stated in a field, in markup or in the text; anything else is an "
                    "undocumented place.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "percentiles_in_order",
                    "whose percentiles are not in order",
                    column="percentiles_in_order",
                    value_set=(True,),
                    severity="critical",
                    reason="2026-11: 10th ≤ 25th ≤ median ≤ 75th ≤ 90th, whatever the data.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "lowest_pay_plausible",
                    "with a percentile under 5 thousand USD a year",
                    column="lowest_pay",
                    min_value=PAY_LEAST,
                    severity="critical",
                    reason="2026-11: a tenth of a shown cell cannot earn less; hourly pay was read as yearly.",
                    remedy="Look at the cell's rows in fct_posting_salaries with the smallest amounts.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "highest_pay_plausible",
                    "with a percentile over 3 million USD a year",
                    column="highest_pay",
                    max_value=PAY_MOST,
                    severity="critical",
                    reason="2026-11: a tenth of a shown cell cannot earn more; a currency was not converted.",
                    remedy="Look at the cell's rows in fct_posting_salaries with the largest amounts.",
                ),
            ),
        ),
        Batch(
            name="shown",
            unit="published tables",
            relation="marts.rpt_salary_trend_weekly having count(*) > 0",
            columns={"n_shown": "count(*) filter (where status in ('final', 'provisional'))"},
            checks=(some_shown(),),
        ),
    ),
)
