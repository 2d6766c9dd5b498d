"""The suite of a table of pay premiums: of skills, specialisations or attributes."""

from __future__ import annotations

from collections.abc import Mapping

from great_expectations import expectations as gxe

from expectations.suite import TableSuite, check
from expectations.suites.flags import flag_holds, flags_hold
from expectations.suites.report_suite import report_suite
from expectations.suites.shared_bounds import REPORTED_FAMILIES

# Half as much again, or a third less: more than any single attribute explains.
LARGEST_PREMIUM, LARGEST_DISCOUNT = 0.5, -0.35


def effect_suite(table: str, names: Mapping[str, tuple[str, ...]] | None = None) -> TableSuite:
    """Build the suite of a table of premiums.

    Args:
        table: Name of the table, without the schema marts.
        names: Column → its enumeration, besides the role family.
    """
    return report_suite(
        table,
        names={"role_family": REPORTED_FAMILIES, **(names or {})},
        shares=(),
        intervals={
            "premium": ("premium_low", "premium_high"),
            "premium_within_company": ("within_company_low", "within_company_high"),
        },
        estimates=("premium", "premium_low", "premium_within_company"),
        sample=("n_with", "n_companies_with"),
        columns={
            "flagged_premium": "case when is_significant then premium end",
            "flags_hold": flag_holds("premium", "premium_q_value", "is_significant"),
        },
        checks=(
            flags_hold("premium"),
            check(
                gxe.ExpectColumnValuesToBeBetween,
                "flagged_premium_plausible",
                "flagged with a premium over 50 %, or a discount over 35 %",
                column="flagged_premium",
                min_value=LARGEST_DISCOUNT,
                max_value=LARGEST_PREMIUM,
                severity="warning",
                reason="2026-11: no single attribute moves pay by half; a misread unit or currency does.",
                remedy="Look at the pay of its postings in fct_posting_salaries, by employer and currency.",
            ),
        ),
    )
