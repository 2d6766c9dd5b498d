"""Checks of ``rpt_salary_trend_weekly`` before publication: one row per week and cell."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import check
from expectations.suites.report_suite import WEEKLY_CELL, report_suite
from expectations.suites.shared_bounds import (
    COMPANIES_FLOOR,
    PAY_LEAST,
    PAY_MOST,
    POSTINGS_FLOOR,
    REBUILD,
    STATUSES,
)
from jobmarket.extract import facts

_PERCENTILES = tuple(f"salary_{name}_usd_annual" for name in ("p10", "p25", "median", "p75", "p90"))
_OTHER_MEDIANS = ("salary_median_annual", "salary_median_constant_usd_annual")
_CHANGES = tuple(f"controlled_change_{weeks}w{basis}" for weeks in (13, 52) for basis in ("", "_usd"))
_BASES = ("share_from_board_field", "share_from_markup", "share_from_text")
# disclosure has its own floor
_DISCLOSURE = ("disclosure_share", "disclosure_low", "disclosure_high")

SUITE = report_suite(
    "rpt_salary_trend_weekly",
    names={**WEEKLY_CELL, "seniority": ("all", *facts.SENIORITIES), "disclosure_status": STATUSES},
    shares=(*_DISCLOSURE, *_BASES),
    intervals={
        "salary_median_usd_annual": ("salary_median_usd_annual_low", "salary_median_usd_annual_high"),
        "matched_median_usd_annual": ("matched_median_low", "matched_median_high"),
        "disclosure_share": ("disclosure_low", "disclosure_high"),
        **{name: (f"{name}_low", f"{name}_high") for name in (*_OTHER_MEDIANS, *_CHANGES)},
    },
    estimates=(
        *_PERCENTILES,
        *_OTHER_MEDIANS,
        "salary_median_usd_annual_low",
        "salary_median_usd_annual_high",
        "n_in_currency",
        "matched_median_usd_annual",
        *_CHANGES,
        *_BASES,
    ),
    # without bounds if most postings state the median itself, or if pay moved alike at all employers
    may_lack=("matched_median_usd_annual", *_CHANGES),
    sample=("n_with_pay", "n_companies"),
    columns={
        "change_of_a_quarter": "controlled_change_13w",
        "withheld_disclosure": f"""case when disclosure_status = 'suppressed'
            then coalesce(n_disclosing, {", ".join(_DISCLOSURE)},
                case when status = 'suppressed' then n_with_pay end) end""",
        "n_postings_of_disclosure": "case when disclosure_share is not null then n_postings end",
        "n_companies_of_disclosure": "case when disclosure_share is not null then n_companies_asked end",
        "n_in_currency": "n_in_currency",
        "lowest_pay": f"least({', '.join(_PERCENTILES)})",
        "highest_pay": f"greatest({', '.join(_PERCENTILES)})",
    },
    checks=(
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
)
