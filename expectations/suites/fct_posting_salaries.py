"""Checks of ``fct_posting_salaries`` before publication: one row per stated range."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, Check, TableSuite, check
from expectations.suites.shared_bounds import PAY_LEAST, PAY_MOST, REBUILD, TRACE
from jobmarket.extract import facts


def _enumeration(column: str, values: tuple[str, ...]) -> Check:
    return check(
        gxe.ExpectColumnValuesToBeInSet,
        f"{column}_known",
        f"with an unknown {column}",
        column=column,
        value_set=values,
        severity="critical",
        reason="2026-11: annualising and provenance use these names; an unknown one is left out silently.",
        remedy=REBUILD,
    )


def _outside(column: str) -> str:
    return f"coalesce({column} < {PAY_LEAST} or {column} > {PAY_MOST}, false)"


_MIDDLE = "(coalesce(salary_min_annual, salary_max_annual) + coalesce(salary_max_annual, salary_min_annual)) / 2"
_ANY_OUTSIDE = f"({_outside('salary_min_usd_annual')} or {_outside('salary_max_usd_annual')})"

SUITE = TableSuite(
    gate="marts",
    table="marts.fct_posting_salaries",
    batches=(
        Batch(
            name="",
            unit="ranges",
            relation="marts.fct_posting_salaries",
            where="posting_key",
            where_unit="postings",
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: a few postings may all lack pay; a third of the recorded ones state it.",
                    remedy="Run the extractor by hand on a posting that states pay.",
                ),
                _enumeration("period", facts.PAY_PERIODS),
                _enumeration("kind", facts.PAY_KINDS),
                _enumeration("amount_basis", facts.AMOUNT_BASES),
                _enumeration("currency_basis", facts.CURRENCY_BASES),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "currency_code",
                    "whose currency is not an ISO 4217 code",
                    column="currency",
                    regex=r"^[A-Z]{3}$",
                    severity="critical",
                    reason="2026-11: exchange rates are looked up by it.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "rate_plausible",
                    "converted at an impossible rate",
                    column="usd_per_unit",
                    min_value=0.000_001,
                    max_value=10,
                    severity="critical",
                    reason="2026-11: one unit of a currency is worth between 0.00001 and about 3.3 USD; outside, the "
                    "rate was inverted.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "lower_end_plausible",
                    "with a lower end outside 5 thousand to 3 million USD a year",
                    column="salary_min_usd_annual",
                    min_value=PAY_LEAST,
                    max_value=PAY_MOST,
                    severity="warning",
                    reason="2026-11: recorded ranges lie between 10 thousand and 1 million USD.",
                    remedy=TRACE,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "upper_end_plausible",
                    "with an upper end outside 5 thousand to 3 million USD a year",
                    column="salary_max_usd_annual",
                    min_value=PAY_LEAST,
                    max_value=PAY_MOST,
                    severity="warning",
                    reason="2026-11: recorded ranges lie between 10 thousand and 1 million USD.",
                    remedy=TRACE,
                ),
            ),
        ),
        Batch(
            name="by_posting",
            unit="postings with several ranges",
            relation="marts.fct_posting_salaries where is_preferred and kind in ('base', 'unspecified') "
            "group by posting_key, currency having count(*) > 1",
            where="posting_key",
            where_unit="postings",
            columns={"times_apart": f"max({_MIDDLE}) / nullif(min({_MIDDLE}), 0)"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "not_far_apart",
                    "whose counted ranges in one currency are more than twice apart",
                    column="times_apart",
                    max_value=2,
                    severity="warning",
                    reason="2026-11: pay zones differ by less; recorded ranges so far apart are of several levels, or "
                    "one is other money or of another period. Below a third of the highest a range does not count.",
                    remedy=TRACE,
                ),
            ),
        ),
        Batch(
            name="by_basis",
            unit="provenances",
            relation="marts.fct_posting_salaries where is_preferred group by amount_basis",
            where="amount_basis",
            where_unit="provenances",
            columns={
                "outside_share": f"""case when count(*) filter (where {_ANY_OUTSIDE}) >= 5
                    then avg({_ANY_OUTSIDE}::int) end""",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "mostly_plausible",
                    "with more than 5 % of their ranges outside 5 thousand to 3 million USD a year",
                    column="outside_share",
                    max_value=0.05,
                    severity="critical",
                    reason="2026-11: at least five ranges and more than one in twenty mean a misread period or unit; "
                    "single ones are warnings. Checked for the ranges that count for their posting.",
                    remedy=TRACE,
                ),
            ),
        ),
    ),
)
