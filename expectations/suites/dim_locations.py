"""Checks of ``dim_locations`` before publication: one row per place."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import COUNTRY, REBUILD

SUITE = TableSuite(
    gate="marts",
    table="marts.dim_locations",
    batches=(
        Batch(
            name="",
            unit="places",
            relation="marts.dim_locations",
            where="location_key",
            where_unit="places",
            columns={"city_length": "length(city)"},
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="warning",
                    reason="2026-11: a few remote postings may state no place, but a market always does.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToMatchRegex,
                    "country_code",
                    "whose country is not a two-letter ISO 3166 code",
                    column="country",
                    regex=COUNTRY,
                    severity="critical",
                    reason="2026-11: regional figures are grouped by it; 'USA' beside 'US' would split a market.",
                    remedy=REBUILD,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "city_is_a_name",
                    "whose city has more than 60 characters",
                    column="city_length",
                    max_value=60,
                    severity="warning",
                    reason="2026-11: longer names are sentences that were read as a place.",
                    remedy="Fix the extraction of places, then rebuild.",
                ),
            ),
        ),
    ),
)
