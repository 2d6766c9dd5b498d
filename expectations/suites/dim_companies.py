"""Checks of ``dim_companies`` before publication: one row per employer."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import (
    COUNTRY,
    MAIL_ADDRESS,
    ODD_SHARE_TOLERATED,
    REBUILD,
    days_ahead,
    matches,
    odd_share,
)

SUITE = TableSuite(
    gate="marts",
    table="marts.dim_companies",
    batches=(
        Batch(
            name="",
            unit="companies",
            relation="marts.dim_companies",
            where="company_key",
            where_unit="companies",
            columns={
                "n_postings_if_named": "case when company_name is not null then n_postings end",
                "seen_days_ahead": days_ahead("last_seen_at"),
            },
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="critical",
                    reason="2026-11: postings without any employer mean a failed build.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "has_postings",
                    "without a posting",
                    column="n_postings_if_named",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: companies come from postings, not from the registry alone. A copy that names no "
                    "company has a row without an opening, and is not checked.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "hq_country_code",
                    "whose country of headquarters is not a two-letter ISO 3166 code",
                    column="hq_country",
                    regex=COUNTRY,
                    severity="critical",
                    reason="2026-11: it is joined with the countries of postings by the same code.",
                    remedy="Correct the row in scrapers/companies.csv, then rebuild.",
                ),
                check(
                    gxe.ExpectColumnValuesToNotMatchRegex,
                    "no_mail_address",
                    "with a mail address as name",
                    column="company_name",
                    regex=MAIL_ADDRESS,
                    severity="warning",
                    reason="2026-11: contact data of persons is not published; publication removes single addresses.",
                    remedy="Name the company in scrapers/companies.csv, then rebuild.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "not_seen_ahead",
                    "seen after the as_of of the build",
                    column="seen_days_ahead",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: a replay of a past day must not use what came after it.",
                    remedy="Check that every model filters runs by the variable as_of.",
                ),
            ),
        ),
        Batch(
            name="oddities",
            unit="published tables",
            relation="marts.dim_companies having count(*) > 0",
            columns={"mail_address_share": odd_share(matches("company_name", MAIL_ADDRESS))},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "few_mail_addresses",
                    "with more than 1 % of names that contain a mail address",
                    column="mail_address_share",
                    max_value=ODD_SHARE_TOLERATED,
                    severity="critical",
                    reason="2026-11: contact data of persons is not published. Checked if there are at "
                    "least six such companies; fewer are employers' mistakes.",
                    remedy="Find the spider that reads an address as the name, fix it, withdraw its run, and rebuild.",
                ),
            ),
        ),
    ),
)
